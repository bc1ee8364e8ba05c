"""A state under measures adapts: help traders to detours, make at home what is missing, strike back, or leave it.

What adapting brings and costs is forecast from the economy; striking back is reckoned by what it costs both sides, and pays at home, as far as it goes,
as holding out does. What is taken up belongs to the
oldest of the disputes whose measures are in force and ends with it.

What is missing is what rules keep from being imported, and the sector to pay for is the one in which that costs buyers most: with imports `x[s,i]` from `i`,
of which a share `kappa` is legal and which rules make dearer by a factor `c`, prices rise at first order by `(1 - kappa c**-theta) / theta` of their weight
(CES over suppliers), so buyers lose

    missing[s] = sum_i x[s,i] (1 - kappa[s,i] c[s,i]**-theta[s]) / theta[s]

before anybody goes round a rule. Where nothing is missing there is nothing to pay for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.economy.overcompliance import help_bill
from sim.government.agenda import opened
from sim.government.answers import STANDING_UP, standing_up, worth_to_target
from sim.government.choice import Option
from sim.government.groups import felt
from sim.government.packages import ordered
from sim.government.question import Question
from sim.government.stakes import pain
from sim.levers import LEVERS, Measure
from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    from sim.government.dispute import Dispute
    from sim.world import World

WAYS = ("rerouting", "subsidy")
COUNTER = 0.3  # share of lines a counter-measure covers


def questions(world: World, state: int) -> list[Question]:
    """At most one question a quarter: the state is under measures and the file is on its agenda."""
    disputes = [d for d in world.politics.open_disputes() if d.target == state and d.stage == "imposed" and d.entered < world.quarter]
    if not disputes or not opened(world, state, "adapt", "", world.p["agenda_rate"]):
        return []
    return [_question(world, state, min(disputes, key=lambda one: (one.imposed_in or 0, one.id)))]


def _question(world: World, state: int, dispute: Dispute) -> Question:
    p, me, sender = world.p, world.ids[state], dispute.leader
    options, orders = [Option("leave it to markets", {})], {}
    for lever, name in (("rerouting", "help traders to detours"), ("subsidy", "pay for making at home what is missing")):
        if any(m.lever == lever for m in world.measures.of(state)):
            continue
        sector = missing_most(world, state) if LEVERS[lever].takes_sector else ""
        if sector is None:
            continue
        order = Decision(world.quarter, me, lever, "", sector, LEVERS[lever].value.default, {"dispute": dispute.id})
        added = ordered(world, [order])
        terms = {"what it brings": -_worth(world, state, added)}
        if lever == "rerouting":
            terms["own cost"] = -_bill(world, state, order.value)
        options.append(Option(name, terms))
        orders[name] = (order,)
    back = Decision(world.quarter, me, "import_ban", world.ids[sender], "*", COUNTER, {"purpose": "signal", "dispute": dispute.id})
    if not any(m.target == sender and not LEVERS[m.lever].friendly for m in world.measures.of(state)):
        added = ordered(world, [back])
        losses = world.forecasts.of_adding(added)
        theirs = max(0.0, float(losses.now[sender]))
        terms = {
            "own cost": -max(0.0, _worth(world, state, added)),
            "cost to the sender": p["retaliation"] * theirs * world.accounts.income[sender] / world.accounts.income[state],
            STANDING_UP: COUNTER * standing_up(world, dispute, worth_to_target(world, dispute, dispute.demand - dispute.policy)),
        }
        options.append(Option("strike back", terms))
        orders["strike back"] = (back,)
    return Question("adapt", me, tuple(options), orders, {}, covers=WAYS)


def missing_most(world: World, state: int) -> str | None:
    """The sector in which what rules keep from being imported costs the state's buyers most; None where rules keep nothing out."""
    theta, abroad = world.accounts.elasticity[:, None], np.arange(len(world.ids)) != state
    passing = world.frictions.legal()[:, :, state] * world.frictions.cost()[:, :, state] ** -theta  # (sector, exporter), share of trade
    missing = (world.accounts.flows[:, :, state] * (1.0 - passing) / theta)[:, abroad].sum(axis=1)  # (sector,), USD bn per quarter
    worst = int(np.argmax(missing))
    return world.sector_ids[worst] if missing[worst] > 0.0 else None


def _bill(world: World, state: int, effort: float | None) -> float:
    """What helping traders to detours costs the budget, in points over the time it is expected to last."""
    if world.conduct is None or effort is None:
        return 0.0
    help_ = np.zeros(len(world.ids))
    help_[state] = effort
    share = 100.0 * float(help_bill(help_, world.conduct, world.accounts.flows, world.p)[state] / world.accounts.income[state])
    return pain(share, share, world.p["forecast_decay"], world.p["agenda_rate"], world.p)


def _worth(world: World, state: int, added: list[Measure]) -> float:
    """Loss in points that the state feels from added measures, over the time they are expected to last."""
    losses = world.forecasts.of_adding(added)
    return pain(felt(world, state, losses.now), felt(world, state, losses.long_run), world.p["forecast_decay"], world.p["agenda_rate"], world.p)
