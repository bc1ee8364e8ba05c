"""Price cap: the sender's carriers and insurers may serve the target's cargoes only if these are sold at or below the cap.

A service embargo with a leak: cargoes above the cap go with other carriers, or with a false paper (`sim.economy.services`).
"""

from __future__ import annotations

from sim.economy.frictions import Frictions
from sim.levers.lever import Lever, Measure, Setting


def _apply(measure: Measure, frictions: Frictions) -> None:
    frictions.pairs.set_cap(measure.sender, measure.sectors, measure.target, measure.level, 1.0)


LEVER = Lever(
    id="price_cap",
    label="Price cap",
    family="economic",
    side="anyone",
    value=Setting("value", "Cap, against the base-quarter price", "price, 1 = base", 0.1, 2.0, 0.8, "assumption"),
    hurts="The target's sellers of the capped good, by less than an embargo.",
    costs_user="Own carriers must check papers; own buyers gain if the price falls.",
    dynamics="Weak alone; other fleets grow around it.",
    contested="One study finds a negligible effect on the price, the embargo beside it doing the work (Kilian et al. 2026).",
    examples=("the cap on seaborne crude oil",),
    apply=_apply,
    acts_on="services",
)
