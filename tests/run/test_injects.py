"""Injects that are more than news: each strikes those it names, in its quarter, as it says; and releases by an instructor."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sim import api
from sim.phases import shock
from sim.refusals import Refusal
from sim.scenario.scenario import Inject
from sim.world import World
from tests.government.worlds import setting

LEAD, EAST, WEST, ASIDE = range(4)


def struck(*injects: Inject, quarters: int = 1, **parameters: float) -> World:
    """The small world after so many quarters, without luck."""
    world = World(replace(setting(), injects=injects), governments=False, parameters={"shock_volatility": 0.0, **parameters})
    for _ in range(quarters):
        world.step()
    return world


def inject(kind: Any, value: float = 0.0, sector: str = "tech", states: tuple[str, ...] = ("EAST",), quarter: int = 0) -> Inject:
    return Inject(quarter, kind, states, sector, value, "Something happens.")


def produced(world: World, sector: str, state: int) -> float:
    assert world.solution is not None
    return float(world.solution.output[world.sector_place[sector], state] / world.solution.unit_costs[world.sector_place[sector], state])


def test_news_move_nothing() -> None:
    with_, without = struck(inject("news", -0.5), quarters=2), struck(quarters=2)
    assert np.array_equal(with_.record.series("states", "real_income"), without.record.series("states", "real_income"))


def test_a_fall_in_productivity_is_felt_by_the_sector_named_and_fades() -> None:
    """ln 0.9 in its quarter, 0.9 times that a quarter later; no other sector and no other state has any."""
    place = struck().sector_place["tech"]
    for quarters, left in ((1, 1.0), (2, 0.9)):
        world = struck(inject("productivity", -0.1), quarters=quarters)
        expected = np.zeros_like(world.shocks)
        expected[place, EAST] = left * np.log(0.9)
        assert world.shocks == pytest.approx(expected, abs=1e-15)
    assert produced(struck(inject("productivity", -0.1)), "tech", EAST) < produced(struck(), "tech", EAST)


def test_a_bad_harvest_costs_output_by_its_size() -> None:
    """The sector has the share v of value added in output, so A ** v = 0.94 where output is a sixteenth short for the same work and inputs."""
    world = struck(inject("supply", -0.06))
    place = world.sector_place["tech"]
    share = max(float(world.accounts.value_added[place, EAST]), 0.2)
    assert np.exp(world.shocks[place, EAST]) ** share == pytest.approx(0.94, rel=1e-12)
    loss = [float(one.record.series("states", "real_income")[0, EAST]) for one in (world, struck())]
    assert loss[0] < loss[1]


def test_every_sector_is_struck_where_none_is_named() -> None:
    for sector in ("", "*"):
        assert (struck(inject("productivity", 0.1, sector)).shocks[:, EAST] == np.log1p(0.1)).all()


def test_less_demand_abroad_costs_exports_within_the_quarter_and_comes_back() -> None:
    """Shares abroad fall by a tenth before anybody's prices answer; the state's own buyers are not struck, and relationships come back."""
    world = struck(inject("demand", -0.1, "*"))
    lasting = 1.0 - world.p["impact_share"]
    fresh = World(replace(setting(), injects=(inject("demand", -0.1, "*"),)), governments=False, parameters={"shock_volatility": 0.0})
    shock.run(fresh)
    stock = fresh.economy.relationships
    assert stock[:, EAST, LEAD] ** lasting == pytest.approx(0.9, rel=1e-12)
    assert (stock[:, EAST, EAST] == 1.0).all() and (stock[:, LEAD] == 1.0).all()
    sold = [one.record.series("states", "exports_true")[:, EAST] for one in (struck(inject("demand", -0.1, "*"), quarters=12), struck(quarters=12))]
    assert sold[0][0] < 0.97 * sold[1][0]
    assert abs(sold[0][-1] / sold[1][-1] - 1.0) < 0.5 * abs(sold[0][0] / sold[1][0] - 1.0)
    assert world.economy.relationships[0, EAST, LEAD] < 1.0


def test_support_falls_by_the_share_said_and_never_below_none() -> None:
    for value, left in ((-0.2, 0.3), (-0.9, 0.0)):
        world = World(replace(setting(), injects=(inject("support", value),)), governments=False)
        shock.run(world)
        assert world.politics.support_public[EAST] == pytest.approx(left, abs=1e-12)
        assert world.politics.support_public[WEST] == 0.5


def test_a_new_government_has_a_resolve_of_its_own_but_not_where_people_play() -> None:
    for played in ((), ("EAST",)):
        world = World(replace(setting(), injects=(inject("government"),)), governments=False, played=played)
        before = world.politics.disputes["first"].resolve_target
        shock.run(world)
        changed = world.politics.disputes["first"].resolve_target != before
        assert changed == (not played)
        assert int(world.politics.governments[EAST]) == (0 if played else 1)


def test_the_harvest_of_the_open_table_is_short() -> None:
    """Its headline says so: food from the south costs more than in the same world without it."""
    with_ = api.load("open-table")
    without = replace(with_, injects=tuple(one for one in with_.injects if one.kind == "news"))
    (harvest,) = [one for one in with_.injects if one.kind == "supply"]
    runs = [api.run(one, quarters=harvest.quarter + 1, governments=False, keep_snapshots=False) for one in (with_, without)]
    place = [with_.state_ids.index(state) for state in harvest.states]
    last = [run.record.series("states", "real_income")[:, place] for run in runs]
    assert np.array_equal(last[0][: harvest.quarter], last[1][: harvest.quarter])
    assert (last[0][harvest.quarter] < last[1][harvest.quarter]).all()


def test_an_inject_released_early_happens_then_and_one_told_again_strikes_nobody_twice() -> None:
    given = replace(setting(), injects=(inject("productivity", -0.1, quarter=4), inject("news", quarter=0)))
    early = given.with_released([(2, "0-productivity")])
    assert [(one.quarter, one.kind) for one in early.injects] == [(2, "productivity"), (0, "news")]
    late = given.with_released([(6, "0-productivity"), (6, "1-news")])
    assert [(one.quarter, one.kind) for one in late.injects] == [(4, "productivity"), (0, "news"), (6, "news"), (6, "news")]
    assert given.with_released([]) is given


@pytest.mark.parametrize(("kind", "value"), [("productivity", 0.0), ("supply", -0.95), ("demand", -1.0), ("support", 0.0)])
def test_an_inject_without_a_size_or_that_leaves_nothing_is_refused(kind: str, value: float) -> None:
    wrong = {"quarter": 1, "kind": kind, "states": ["EAST"], "sector": "tech", "value": value, "text": "It happens."}
    with pytest.raises(Refusal, match=f"is {value:g}; allowed for '{kind}' is -0.9 or more, and not 0"):
        setting(inject=[wrong])
