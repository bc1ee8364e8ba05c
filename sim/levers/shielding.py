"""Shielding: a government makes good part of what chosen sectors, or one group of households, have lost; everybody at home pays."""

from __future__ import annotations

from sim.economy.frictions import Frictions
from sim.levers.lever import Lever, Measure, Setting

GROUP = Setting("group", "Fifth of households, 1 poorest to 5 richest; 0: the workers and owners of the named sectors", "fifth", 0.0, 5.0, 0.0, "definition")


def _apply(measure: Measure, frictions: Frictions) -> None:
    group = round(LEVER.option(measure, "group"))
    if group:
        frictions.home.cover("relief", (measure.sender, group - 1), measure.level)
    else:
        frictions.home.cover("shield", (measure.sectors, measure.sender), measure.level)


LEVER = Lever(
    id="shielding",
    label="Shielding",
    family="economic",
    side="anyone",
    value=Setting("value", "Part of the loss made good", "share of the loss", 0.0, 1.0, 0.5, "assumption"),
    hurts="Everybody at home who is not shielded.",
    costs_user="Nothing for the state as a whole; those not shielded pay.",
    dynamics="Moves the loss from those a government needs to those it does not.",
    contested="Strategic firms were shielded (Ahn & Ludema 2020, EER 130); in another case connected firms suffered like the rest (Shamsi 2023).",
    examples=("state orders for listed firms", "price cover for the poorest"),
    apply=_apply,
    acts_on="households",
    needs_target=False,
    options=(GROUP,),
)
