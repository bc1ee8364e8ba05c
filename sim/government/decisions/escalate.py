"""A sender under way: leave the measures as they are, enforce them harder, go on to the next larger package, or use one more instrument.

Each option is reckoned like the first imposition: what it adds to the target's pain, hence to the chance that it gives in, against what it
adds to the sender's own loss; only what the sender itself would do counts, as followers decide for themselves (see `join`). Pressing on releases a target from
its word to stay away from a partner (see `parting`).
Enforcement pays where leaks are large (Bapat & Kwon 2015); it costs lost trade and the inspectors' bill.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.economy.overcompliance import under_rules
from sim.government.agenda import opened
from sim.government.choice import Option
from sim.government.dispute import Dispute
from sim.government.forecast import Losses
from sim.government.packages import PACKAGES, beyond, measures_of, ordered
from sim.government.parting import worth_of_parting
from sim.government.proposals import brought
from sim.government.question import Question
from sim.government.sending import leading_terms, sender_view
from sim.levers import Measure
from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    from sim.world import World

WAIT = 2  # quarters of measures before more is thought of
HARDER = 0.5  # share of breaches found under hard enforcement


def questions(world: World, state: int) -> list[Question]:
    """One question for each dispute the state leads whose measures have lasted, at half the agenda rate."""
    return [
        _question(world, state, dispute)
        for dispute in world.politics.open_disputes()
        if dispute.leader == state
        and dispute.stage == "imposed"
        and world.quarter - dispute.entered >= WAIT
        and measures_of(world, dispute, state)
        and opened(world, state, "escalate", dispute.id, 0.5 * world.p["agenda_rate"])
    ]


def _question(world: World, state: int, dispute: Dispute) -> Question:
    now = world.forecasts.of_keeping(measures_of(world, dispute))
    options, orders = [], {}
    word = world.politics.partings.get(dispute.id)
    released = {} if word is None else {"a pair loosened": -worth_of_parting(world, state, word.partner)}
    for name, added, given in _ways(world, state, dispute):
        more = world.forecasts.of_adding(added) if added else None
        losses = now if more is None else Losses(now.now + more.now, now.long_run + more.long_run)
        if any(order.lever == "enforcement" for order in given):
            losses = _policing(world, losses, state, dispute.target)
        view = sender_view(world, dispute, losses, state)
        options.append(Option(name, {**leading_terms(view), **(released if given else {})}))
        if given:
            orders[name] = given
    return Question("escalate", dispute.id, tuple(options), orders, {}, covers=("enforcement",))


def _policing(world: World, losses: Losses, state: int, target: int) -> Losses:
    """The losses with what enforcing harder adds to the state's bill, in % of its income."""
    assert world.conduct is not None
    covered = under_rules(world.frictions, world.accounts.flows)[state, target]
    bill = np.zeros_like(losses.now)
    bill[state] = 100.0 * world.p["enforcement_cost"] * covered * (HARDER**2 - world.conduct.found[state, target] ** 2) / world.accounts.income[state]
    return Losses(losses.now + bill, losses.long_run + bill)


def _ways(world: World, state: int, dispute: Dispute) -> list[tuple[str, list[Measure], tuple[Decision, ...]]]:
    """Options by name, the measures they add and the orders they give."""
    me, target = world.ids[state], world.ids[dispute.target]
    ways: list[tuple[str, list[Measure], tuple[Decision, ...]]] = [("leave measures as they are", [], ())]
    assert world.conduct is not None
    if world.conduct.found[state, dispute.target] < HARDER:
        order = Decision(world.quarter, me, "enforcement", target, "", HARDER, {"dispute": dispute.id})
        ways.append(("enforce harder", ordered(world, [order]), (order,)))
    names = list(PACKAGES)
    if dispute.package in names and names.index(dispute.package) + 1 < len(names):
        larger = names[names.index(dispute.package) + 1]
        more = beyond(world, dispute, state, larger)
        ways.append((f"go on to {larger}", ordered(world, more), more))
    idea = brought(world, dispute, state)
    if idea is not None:
        proposal, orders = idea
        ways.append((proposal.name, ordered(world, orders), orders))
    return ways
