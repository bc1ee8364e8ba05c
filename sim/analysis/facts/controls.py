"""Negative controls N1 to N5: where nothing should happen, nothing happens; and the accounts balance every quarter."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sim.analysis.facts.fact import Fact, Record
from sim.analysis.facts.pairs import Pair, pair
from sim.scenario import Scenario
from sim.scenario.decisions import Decision
from sim.scenario.gravity import balanced
from sim.scenario.laboratory import target_of, world_a, world_b
from sim.world import World

START = 4
AFTER = 8
STATES = 12  # of World A here: the rules under test do not depend on their number


def experiment(seed: int, parameters: Mapping[str, float]) -> Record:
    """The largest effect in each control, in %, and the largest gap in any account, relative to world income."""
    world = world_b(seed=seed, quarters=START + AFTER)
    ban = Decision(START, "SENDER", "export_ban", "TARGET", "*", 1.0)
    lifted = dataclasses.replace(ban, value=None)
    apart = pair(_without_dyad(world), seed, START, AFTER, parameters, [ban, dataclasses.replace(ban, lever="import_ban")])
    withdrawn = pair(world, seed, START, AFTER, parameters, [ban, lifted])
    leaking = pair(world, seed, START, AFTER, {**parameters, "enforcement_default": 0.0}, [ban])
    return {
        "no_trade": _most(apart, "sectors", "output"),
        "lifted_at_once": _most(withdrawn, "states", "real_income"),
        "relabelled": _relabelled(seed, parameters),
        "unbalanced": _unbalanced(seed, parameters),
        "total_leakage": _most(leaking, "states", "real_income"),
    }


def _most(twins: Pair, table: str, column: str) -> float:
    with_, without = twins.both(table, column)
    return float(np.abs(np.log(with_ / without)).max() * 100.0)


def _without_dyad(world: Scenario) -> Scenario:
    """World B in which sender and target do not trade with each other."""
    pattern = world.flows.copy()
    pattern[:, 0, 1] = pattern[:, 1, 0] = 0.0
    flows = np.stack([balanced(part, full.sum(axis=1), full.sum(axis=0)) for part, full in zip(pattern, world.flows, strict=True)])
    return dataclasses.replace(world, flows=flows)


def _relabelled(seed: int, parameters: Mapping[str, float]) -> float:
    """Largest change of real income, %, when the states of a world under measures get one another's names and places in all lists."""
    world = world_a(STATES, 6, seed, lines=0.5, imposed=1, quarters=4)
    order = np.random.default_rng(seed).permutation(STATES)
    names = dict(zip(world.state_ids, (world.state_ids[place] for place in np.argsort(order)), strict=True))
    calm = {**parameters, "shock_volatility": 0.0}
    incomes = []
    for setting in (world, _renamed(world, order, names)):
        run = World(setting, seed, None, None, calm, governments=False)
        for _ in range(4):
            run.step()
        incomes.append(run.record.series("states", "real_income"))
    return float(np.abs(incomes[1] / incomes[0][:, order] - 1.0).max() * 100.0)


def _renamed(world: Scenario, order: NDArray[np.int64], names: Mapping[str, str]) -> Scenario:
    states = [world.states[place] for place in order]
    return dataclasses.replace(
        world,
        states=tuple(
            dataclasses.replace(
                state, id=names[state.id], reserves_held_in={names[key]: share for key, share in state.reserves_held_in.items()}
            )
            for state in states
        ),
        flows=world.flows[:, order][:, :, order],
        tariffs=world.tariffs[:, order][:, :, order],
        value_added=world.value_added[:, order],
        inputs=world.inputs[:, :, order],
        **{name: getattr(world, name)[order][:, order] for name in ("alliance", "affinity", "rivalry", "grievance", "trust")},
        ties=tuple(dataclasses.replace(tie, a=names[tie.a], b=names[tie.b]) for tie in world.ties),
        timetable=tuple(dataclasses.replace(deed, state=names[deed.state], target=names[deed.target]) for deed in world.timetable),
    )


def _unbalanced(seed: int, parameters: Mapping[str, float]) -> float:
    """Largest gap in the accounts of any quarter under a coalition's complete measures, relative to world income."""
    world = world_a(STATES, 6, seed, coalition_share=0.5, lines=1.0, imposed=1, quarters=AFTER)
    freezes = [Decision(1, "S001", lever, target_of(world), "", 1.0) for lever in ("asset_freeze", "credit_ban", "reserve_freeze")]
    run = World(world, seed, freezes, None, parameters, governments=False)
    worst = 0.0
    for _ in range(AFTER):
        run.step()
        solution, balance = run.solution, run.balance
        assert solution is not None and balance is not None
        flows = solution.flows
        gaps = (
            flows.sum(axis=2) - solution.output,  # what a sector makes is what all buy of it
            flows.sum(axis=(0, 1)) - flows.sum(axis=(0, 2)) - solution.deficit,  # imports less exports
            solution.deficit.sum(),  # one's deficit is another's surplus
            solution.factor_income.sum(axis=0) + solution.tariff_revenue + solution.deficit - solution.income,  # a state's budget
            balance.borrowing.sum() + (balance.drawn - balance.rebuilt - balance.saved).sum(),  # money lent comes from somebody
        )
        worst = max(worst, *(float(np.abs(gap).max()) for gap in gaps))
    return worst / float(run.accounts.factor_income.sum())


FACT = Fact("N", "controls", {}, (), "")
