"""Enforcement: how many breaches of its own measures on the target the sender finds; it replaces the usual effort."""

from __future__ import annotations

from sim.economy.frictions import Frictions
from sim.levers.lever import Lever, Measure, Setting


def _apply(measure: Measure, frictions: Frictions) -> None:
    frictions.pairs.enforce(measure.sender, measure.target, measure.level)


LEVER = Lever(
    id="enforcement",
    label="Enforcement effort",
    family="economic",
    side="anyone",
    value=Setting("value", "Share of breaches found", "share of breaches", 0.0, 1.0, 0.2, "assumption"),
    hurts="Whoever breaks the rules, connectors too; beyond them, firms that stay away to be safe.",
    costs_user="Inspectors and delays: the bill grows with the square of the effort and with the trade covered.",
    dynamics="Closes leaks at once and makes detours dearer; more of it also means more over-compliance.",
    contested="Raising penalties may change policing more than behaviour (Tsebelis 1990).",
    examples=("task forces on evasion",),
    apply=_apply,
    acts_on="firms",
    takes_sector=False,
)
