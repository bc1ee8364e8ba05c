"""A licence in a running world: learning, independence, leverage and ledger, without any date set."""

from __future__ import annotations

import numpy as np
import pytest

from sim import api
from sim.api import Decision
from sim.government import deals
from sim.world import World

LICENCE = "technology_licence|ESTORIA|CORVANE|tech"
QUIET = {"shock_volatility": 0.0}


def world(start: int, quarters: int, *more: Decision, **parameters: float) -> World:
    """Corvane under no measures; Estoria licenses its machinery technology to it in quarter `start`."""
    given = [Decision(start, "ESTORIA", "technology_licence", "CORVANE", "tech", 1.0, {}), *more]
    made = World(api.load("who-pays"), 1, given, governments=False, timetable=False, parameters={**QUIET, **parameters})
    for _ in range(quarters):
        made.step()
    return made


def path(start: int, quarters: int, column: str, **parameters: float) -> np.ndarray:
    made = world(start, quarters, **parameters)
    tech, corvane = made.sector_place["tech"], made.place["CORVANE"]
    return made.record.series("sectors", column)[:, corvane, tech]


def test_unit_cost_falls_and_the_home_share_rises() -> None:
    cost, home = path(2, 16, "unit_cost"), path(2, 16, "home_share")
    assert cost[15] < 0.8 * cost[1]
    assert home[15] > home[1] + 0.05


def test_rent_and_leverage_shrink_to_nothing_in_two_to_four_years() -> None:
    """The licensee masters all of it between 8 and 16 quarters after the start; then it owes no royalty and would lose nothing."""
    made = world(2, 10)
    deal = made.politics.agreements[LICENCE]
    early = deals.rent(made, deal), deals.leverage(made, deal).licensee
    assert early[0] > 0.05
    assert early[1] > 0.2
    assert 0.2 < deals.mastery(made, deal) < 0.95
    late = world(2, 18)
    deal = late.politics.agreements[LICENCE]
    assert deals.mastery(late, deal) == pytest.approx(1.0)
    assert deals.rent(late, deal) == 0.0
    assert deals.leverage(late, deal).licensee == pytest.approx(0.0, abs=1e-4)


def test_the_quick_measure_of_leverage_is_close_to_the_one_from_two_equilibria() -> None:
    made = world(2, 8)
    deal = made.politics.agreements[LICENCE]
    assert deals.quick_leverage(made, deal) == pytest.approx(deals.leverage(made, deal).licensee, rel=0.6)


def test_a_licence_four_quarters_later_moves_everything_by_four_quarters() -> None:
    """Without shocks and measures the world stands still before the licence, so the whole path of mastery shifts exactly."""
    early, late = path(2, 14, "mastered"), path(6, 18, "mastered")
    assert late[4:] == pytest.approx(early, abs=1e-9)


def test_what_is_mastered_stays_when_the_licence_ends_and_what_was_lent_goes() -> None:
    """Ended in quarter 6: unit cost jumps up that quarter but stays below the base by what was mastered."""
    made = world(2, 9, Decision(6, "ESTORIA", "technology_licence", "CORVANE", "tech", None, {}))
    tech, corvane = made.sector_place["tech"], made.place["CORVANE"]
    cost = made.record.series("sectors", "unit_cost")[:, corvane, tech]
    assert cost[6] > cost[5] + 0.03
    assert cost[6] < 0.97 * cost[1]
    assert made.politics.agreements[LICENCE].status == "ended"


@pytest.mark.parametrize("off", ["technology_lent", "technology_gap"])
def test_without_lent_technology_there_is_no_leverage(off: str) -> None:
    options = {"gap": "0"} if off == "technology_gap" else {}
    given = [Decision(2, "ESTORIA", "technology_licence", "CORVANE", "tech", 1.0, options)]
    made = World(api.load("who-pays"), 1, given, governments=False, timetable=False, parameters={**QUIET, **({} if options else {off: 0.0})})
    for _ in range(6):
        made.step()
    assert deals.leverage(made, made.politics.agreements[LICENCE]).licensee < 0.01  # it would gain the royalty


def test_a_technology_control_stops_the_help_and_the_royalty_at_once() -> None:
    """The licensor itself refuses all know-how from quarter 6: promised and hoped stay, nothing is delivered to either side."""
    made = world(2, 8, Decision(6, "ESTORIA", "technology_control", "CORVANE", "", 1.0, {}))
    row = [entry for entry in made.politics.agreements[LICENCE].ledger if entry.quarter == 7]
    assert [entry.delivered for entry in row] == [0.0, 0.0]
    assert all(entry.promised > 0 for entry in row)


def test_the_ledger_hopes_for_more_than_is_promised_and_fees_sum_to_zero() -> None:
    """Two entries a quarter; the licensor hopes for a royalty on everything; what it earns the licensee pays."""
    made = world(2, 8)
    ledger = made.politics.agreements[LICENCE].ledger
    assert [entry.quarter for entry in ledger] == [q for q in range(2, 8) for _ in (0, 1)]
    assert all(entry.hoped >= entry.promised >= entry.delivered >= 0 for entry in ledger)
    assert ledger[-2].hoped > ledger[-2].promised
    fees = made.record.series("states", "licence_fees")
    assert abs(fees.sum(axis=1)).max() < 1e-15
    assert fees[7, made.place["ESTORIA"]] > 0 > fees[7, made.place["CORVANE"]]


def test_the_agreements_table_has_a_row_for_every_quarter() -> None:
    run = api.run("who-pays", decisions=[Decision(2, "ESTORIA", "technology_licence", "CORVANE", "tech", 1.0, {})], quarters=6, governments=False)
    table = run.agreements
    assert list(table["quarter"]) == [2, 3, 4, 5]
    assert (table["delivered"] > 0).all()
    assert table["leverage"].is_monotonic_decreasing
