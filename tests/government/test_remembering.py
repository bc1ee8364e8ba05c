"""What states remember: measures breed grievance against those who use them, help does not."""

from __future__ import annotations

from sim.scenario.decisions import Decision
from tests.government.worlds import world

LEAD, EAST, WEST, ASIDE = range(4)


def test_a_third_party_that_stands_by_a_target_earns_no_grievance_for_it() -> None:
    """Aid and easier trade belong to the dispute as measures do, and end with it; a control of transit is held against who uses it."""
    about = {"purpose": "signal", "stance": "1", "dispute": "first"}
    help_ = [Decision(0, "ASIDE", "aid", "EAST", "", 0.003, about), Decision(0, "ASIDE", "trade_facilitation", "EAST", "*", 0.05, about)]
    closed = [Decision(0, "ASIDE", "transit_control", "EAST", "", 1.0, about)]
    alone, helped, shut = (world(3, decisions=orders).politics for orders in ([], help_, closed))
    assert helped.grievance[EAST, ASIDE] == alone.grievance[EAST, ASIDE]
    assert helped.trust[EAST, ASIDE] == alone.trust[EAST, ASIDE]
    assert shut.grievance[EAST, ASIDE] > alone.grievance[EAST, ASIDE]
    assert shut.trust[EAST, ASIDE] < alone.trust[EAST, ASIDE]
