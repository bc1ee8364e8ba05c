"""Patronage: what comes in from abroad holds the elite of personal governments and monarchies, and of no others."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from sim.government import home_front, patronage
from sim.scenario.decisions import Decision
from sim.scenario.generate import pair_world
from sim.scenario.scenario import RegimeType
from sim.world import World
from tests.government.worlds import world

LEAD, EAST, WEST, ASIDE = range(4)
TARGET = 1


def received(share: float) -> World:
    """A quiet quarter in which every state sold `share` of its usual abroad, at usual prices, with usual duties and deficits."""
    small = world(measure=[], dispute=[])
    assert small.solution is not None
    base = small.accounts
    flows = base.flows * np.where(np.eye(4, dtype=bool), 1.0, share)
    small.solution = replace(small.solution, flows=flows, tariff_revenue=share * base.revenue, deficit=base.deficit.copy(), consumer_prices=np.ones(4))
    return small


def test_receipts_are_sales_abroad_duties_and_what_flows_in_beyond_the_usual() -> None:
    """Half is half; a loan of as much as a quarter of the usual sales makes it three quarters; at twice the prices it buys half of that."""
    small = received(0.5)
    assert patronage.receipts(small) == pytest.approx(np.full(4, 0.5), abs=1e-12)
    assert small.solution is not None
    base = small.accounts
    usual = base.flows.sum(axis=(0, 2)) - np.einsum("sii->i", base.flows) + base.revenue
    small.solution = replace(small.solution, deficit=base.deficit + np.array([0.0, 0.25, 0.0, 0.0]) * usual)
    assert patronage.receipts(small)[EAST] == pytest.approx(0.75, abs=1e-12)
    small.solution = replace(small.solution, consumer_prices=np.full(4, 2.0))
    assert patronage.receipts(small)[EAST] == pytest.approx(0.375, abs=1e-12)


def test_only_a_personal_government_or_a_monarchy_lives_by_them() -> None:
    """EAST is personal, WEST of a single party, LEAD a democracy: half the receipts cost EAST .6 ln 2, none at all no more than a twentieth."""
    assert patronage.lift(received(0.5)) == pytest.approx([0.0, -0.6 * math.log(2.0), 0.0, 0.0], abs=1e-12)
    assert patronage.lift(received(0.0))[EAST] == pytest.approx(0.6 * math.log(0.05), abs=1e-12)
    small = received(0.5)
    before = small.politics.support_elite.copy()
    usual = small.politics.usual_elite
    home_front.move(small, small.politics.habit, small.politics.habit_elite)
    assert small.politics.support_elite[EAST] == pytest.approx(before[EAST] + 0.25 * (usual[EAST] - 0.6 * math.log(2.0) - before[EAST]), abs=1e-6)
    assert small.politics.support_elite[WEST] == pytest.approx(before[WEST] + 0.25 * (usual[WEST] - before[WEST]), abs=1e-6)


def falls(regime: RegimeType, pressed: bool, **parameters: float) -> float:
    """The chance that the target's government falls within five years, without and with goods, payments and reserves cut off in the third quarter."""
    pair = pair_world()
    states = tuple(replace(state, regime=regime) if state.id == "TARGET" else state for state in pair.states)
    cut = [Decision(2, "SENDER", lever, "TARGET", "", 1.0, {}) for lever in ("import_ban", "export_ban", "payment_exclusion", "reserve_freeze")]
    run = World(replace(pair, states=states), seed=1, decisions=cut if pressed else [], parameters=parameters)
    stays = 1.0
    for _ in range(20):
        run.step()
        stays *= 1.0 - home_front.hazard(run, TARGET)
    return 1.0 - stays


def test_measures_unsettle_personal_governments_and_monarchies_more_than_a_single_party() -> None:
    """S46 (Escribà-Folch & Wright 2010). All three fall alike as long as they are left in peace, and under measures without patronage."""
    assert falls("personal", False) == pytest.approx(falls("single-party", False), rel=0.01)
    rise = {regime: falls(regime, True) / falls(regime, False) for regime in ("single-party", "personal", "monarchy")}
    assert rise["personal"] == pytest.approx(rise["monarchy"], rel=0.01)
    assert rise["personal"] - 1.0 > 3.0 * (rise["single-party"] - 1.0) > 0.0
    assert falls("personal", True, patronage=0.0) == pytest.approx(falls("single-party", True), rel=1e-9)
