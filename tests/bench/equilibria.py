"""The equilibrium: warm starts as in a run, and cold starts as in `counterfactual`."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim import api
from sim.economy.accounts import Accounts
from sim.economy.equilibrium import Change, Solution, solve
from sim.scenario import Scenario
from sim.scenario.generate import gravity_world
from tests.bench.timing import Measured, measured
from tests.economy.worlds import random_world


def accounts_of(setting: Scenario) -> Accounts:
    """The accounts of a scenario, per year."""
    elasticity = np.array([sector.trade_elasticity for sector in setting.sectors])
    names = [state.id for state in setting.states], [sector.id for sector in setting.sectors]
    return Accounts.build(*names, setting.flows, elasticity, setting.value_added, setting.inputs, setting.tariffs)


def embargo(accounts: Accounts, target: int, senders: list[int]) -> Change:
    """All trade between the target and the senders banned, both ways."""
    permeability = np.ones(accounts.flows.shape)
    permeability[:, senders, target] = permeability[:, target, senders] = 0.0
    return Change(permeability=permeability)


def converged(solution: Solution, tolerance: float) -> Solution:
    """The solution, if it is one: a fast wrong answer is no answer."""
    if solution.status != "converged" or solution.residual > tolerance:
        raise SystemExit(f"bench: {solution.message} (residual {solution.residual:.1e})")
    return solution


def warm(name: str, accounts: Accounts, must: float | None, mobility: str = "specific") -> Measured:
    """As in a run: specific factors, short-run elasticities, each quarter a little different, started from the last solution."""
    rng = np.random.default_rng(1)
    changes = [Change(cost=np.exp(rng.normal(0.0, 0.01, accounts.flows.shape)), productivity=np.exp(rng.normal(0.0, 0.01, accounts.output.shape)))]
    for _ in range(7):  # a walk, as productivity and frictions walk from quarter to quarter
        assert changes[-1].cost is not None and changes[-1].productivity is not None
        step = Change(
            cost=changes[-1].cost * np.exp(rng.normal(0.0, 0.003, accounts.flows.shape)),
            productivity=changes[-1].productivity * np.exp(rng.normal(0.0, 0.003, accounts.output.shape)),
        )
        changes.append(step)
    state = {"turn": 0, "start": None, "sweeps": 0}

    def call() -> None:
        turn = state["turn"] % (2 * len(changes) - 2)
        change = changes[turn if turn < len(changes) else 2 * len(changes) - 2 - turn]
        solution = converged(solve(accounts, change, impact_share=0.25, mobility=mobility, deficits="proportional", start=state["start"]), 1e-10)
        state.update(turn=state["turn"] + 1, start=solution.start, sweeps=solution.iterations)

    row = measured(f"equilibrium {name}, warm", call, must)
    return Measured(row.what, row.median, row.worst, row.times, row.must, f"{state['sweeps']} sweeps, residual <= 1e-10")


def cold(name: str, accounts: Accounts, change: Change, must: float | None, tolerance: float = 1e-12) -> Measured:
    """As in `counterfactual`: mobile factors, long-run elasticities, deficits in proportion, from nothing."""
    last = converged(solve(accounts, change, deficits="proportional", tolerance=tolerance), tolerance)
    row = measured(f"counterfactual {name}", lambda: solve(accounts, change, deficits="proportional", tolerance=tolerance), must)
    return Measured(row.what, row.median, row.worst, row.times, row.must, f"{last.iterations} sweeps, residual {last.residual:.0e}")


def rows() -> Iterator[Measured]:
    """Every equilibrium that the design names a bound for, and its neighbours."""
    yield warm("12 x 6", accounts_of(gravity_world(12, 6)), 1e-3)
    yield warm("30 x 6", accounts_of(gravity_world(30, 6)), 3e-3)
    yield warm("195 x 10", accounts_of(gravity_world(195, 10)), 40e-3)
    one = random_world(30, 1, seed=1, inputs=False)
    yield cold("30 x 1, five senders", one, embargo(one, 0, [1, 2, 3, 4, 5]), 1e-3)
    worlds = {
        "31 x 40": random_world(31, 40, seed=1),
        "44 x 5 made by gravity": accounts_of(gravity_world(44, 5)),
        "14 x 5 russia-2014": accounts_of(api.load("russia-2014")),
    }
    for name, accounts in worlds.items():
        target = accounts.states.index("RUS") if "RUS" in accounts.states else 5
        others = [index for index in range(len(accounts.states)) if index != target]
        yield cold(f"{name}, five senders", accounts, embargo(accounts, target, others[:5]), 50e-3)
        yield cold(f"{name}, all partners", accounts, embargo(accounts, target, others), 150e-3)
