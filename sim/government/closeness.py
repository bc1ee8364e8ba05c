"""Real and perceived closeness of two states, two numbers from 0 to 1.

Real closeness puts together trust, affinity and what deals bind the two. Perceived closeness is what outsiders see: deals of a state that
denies them are not counted until the evidence is out. What there is to deny is help to a state under measures (`helped_by`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government.memory import HELP

if TYPE_CHECKING:
    from sim.world import World

DEALS_FULL = 3  # deals in force at which the bond of deals counts in full: assumption
WEIGHTS = (0.4, 0.2, 0.4)  # of trust, affinity, deals: assumption
DENIAL_LASTS = 8  # quarters for which a denial is believed without evidence: assumption


def closeness(world: World, one: int, other: int, seen: bool) -> float:
    """How close two states are; `seen` leaves out deals that are hidden behind a denial."""
    politics = world.politics
    bound = [deal for deal in politics.in_force() if {deal.party_a, deal.party_b} == {one, other}]
    if seen and (hides(world, one) or hides(world, other)):
        bound = []
    trust = 0.5 * float(politics.trust[one, other] + politics.trust[other, one])
    affinity = 0.5 * (1.0 + 0.5 * float(politics.affinity[one, other] + politics.affinity[other, one]))
    parts = (trust, affinity, min(1.0, len(bound) / DEALS_FULL))
    return sum(weight * part for weight, part in zip(WEIGHTS, parts, strict=True))


def known_partners(world: World, state: int) -> set[int]:
    """States with which a state is known to have a deal; what a denial hides is not."""
    partners = {deal.other(state) for deal in world.politics.in_force() if state in (deal.party_a, deal.party_b)}
    return set() if hides(world, state) else {other for other in partners if not hides(world, other)}


def hides(world: World, state: int) -> bool:
    """Whether a denial of the state still stands."""
    since = world.politics.denied.get(state)
    return since is not None and world.quarter - since < DENIAL_LASTS


def helped_by(world: World, state: int) -> set[int]:
    """States under measures of others that a state helps: with easier trade, money or barter, or by a deal of any kind. What it does to them besides,
    such as controlling transit, is no help."""
    pressed = {d.target for d in world.politics.open_disputes() if d.stage == "imposed" and state not in (d.target, *d.senders)}
    if not pressed:
        return pressed
    partners = {deal.other(state) for deal in world.politics.in_force() if deal.since <= world.quarter and state in (deal.party_a, deal.party_b)}
    given = {measure.target for measure in world.measures.of(state) if measure.lever in HELP}
    return pressed & (partners | given)


def told_pairs(world: World) -> list[tuple[int, int]]:
    """Pairs worth telling about: with a tie named by the scenario, a deal ever made, or an open dispute between them."""
    politics = world.politics
    pairs = {tuple(sorted((world.place[tie.a], world.place[tie.b]))) for tie in world.setting.ties}
    pairs |= {tuple(sorted((deal.party_a, deal.party_b))) for deal in politics.agreements.values()}
    pairs |= {tuple(sorted((sender, d.target))) for d in politics.open_disputes() for sender in d.senders}
    return sorted((a, b) for a, b in pairs)
