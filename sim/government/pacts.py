"""What two states can agree on, and which instruments put it in force.

A pact says which levers each side uses for the other. What it is worth is not written here: governments forecast it from the economy
(`partnering`). A licence works through the economy of technology and has no lever of its own; a promise of votes works in the
assembly.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.government.agreement import SIZE, Agreement
from sim.levers.lever import Measure

if TYPE_CHECKING:
    from sim.world import World


@dataclass(frozen=True)
class Pact:
    """A kind of agreement: `label` in words; `gives` and `takes` are the levers (name, level) the giver and the taker use for the other."""

    label: str
    gives: tuple[tuple[str, float], ...] = ()
    takes: tuple[tuple[str, float], ...] = ()


PACTS: Mapping[str, Pact] = {
    "payment_link": Pact("a payment link", (("payment_link", 0.3),)),
    "barter": Pact("barter", (("barter", 0.3),)),
    "treaty": Pact("easier trade", (("trade_facilitation", 0.03),), (("trade_facilitation", 0.03),)),
    "cash_for_goods": Pact("cash for goods", (("trade_facilitation", 0.03),), (("credit_line", 0.002),)),
    "credit": Pact("a credit line", (("credit_line", 0.005),)),
    "licence": Pact("a technology licence"),
    "votes": Pact("votes for votes"),
}


def measures_for(world: World, agreement: Agreement) -> list[Measure]:
    """The measures that put an agreement in force; none for licences and promised votes."""
    pact = PACTS[agreement.kind]
    sides = ((agreement.party_a, agreement.party_b, pact.gives), (agreement.party_b, agreement.party_a, pact.takes))
    return [
        Measure(
            id="|".join((lever, world.ids[user], world.ids[other], "*")),
            lever=lever,
            sender=user,
            target=other,
            sectors=np.arange(len(world.sector_ids), dtype=np.int64),
            level=float(agreement.terms.get("level", level * agreement.terms.get(SIZE, 1.0))),
            since=world.quarter,
            purpose="signal",
            notes={"agreement": agreement.id},
        )
        for user, other, lines in sides
        for lever, level in lines
    ]


def bring_in_line(world: World) -> None:
    """Put the measures of agreements that hold in force, and end those of agreements that no longer do."""
    standing = {deal.id for deal in world.politics.in_force()}
    for key in [key for key, measure in world.measures.items() if measure.notes.get("agreement", "") not in ("", *standing)]:
        del world.measures[key]
    for deal in world.politics.in_force():
        if deal.since > world.quarter:
            continue
        for measure in measures_for(world, deal):
            world.measures.setdefault((measure.lever, measure.sender, measure.target, "*"), measure)
