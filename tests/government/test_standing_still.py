"""While governments choose, which disputes are open and which agreements hold is looked up once; afterwards every look is fresh again."""

from __future__ import annotations

from sim.government.agreement import Agreement
from tests.government.worlds import world


def test_open_disputes_are_remembered_only_while_governments_choose() -> None:
    """One that is settled while governments choose counts as open for all of them, and for nobody after that."""
    politics = world(2).politics
    before = politics.open_disputes()
    assert before
    with politics.standing_still():
        before[0].stage = "settled"
        found = politics.open_disputes()
        assert found == before
        found.clear()
        assert politics.open_disputes() == before
    assert politics.open_disputes() == before[1:] and politics.still is None


def test_agreements_are_remembered_only_while_governments_choose() -> None:
    """One that ends while governments choose holds for all of them, and for nobody after that."""
    politics = world(2).politics
    deal = Agreement("pact", "treaty", 0, 1, 0)
    politics.agreements[deal.id] = deal
    with politics.standing_still():
        deal.status = "ended"
        assert politics.in_force() == [deal]
    assert politics.in_force() == []
