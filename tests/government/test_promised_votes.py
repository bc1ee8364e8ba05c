"""Promised votes and easier trade have books like every other deal, and what is not kept costs trust."""

from __future__ import annotations

import pytest

from sim.government.agreement import Entry
from sim.government.decisions import partnership
from sim.government.pacts import PACTS
from sim.scenario.decisions import Decision
from sim.world import World
from tests.government.worlds import world

LEAD, EAST, WEST, ASIDE = range(4)
TEXT = Decision(0, "LEAD", "assembly_resolution", "EAST", "", 1.0)


def ballot(state: str, vote: str) -> Decision:
    return Decision(1, state, "cast_vote", "", "", 1.0, {"vote": vote})


def deal(kind: str = "votes", since: int = 0) -> dict[str, object]:
    return {"id": "deal", "kind": kind, "party_a": "EAST", "party_b": "WEST", "since": since}


def entries(made: World, quarter: int) -> dict[int, tuple[float, float, float]]:
    """What each side was promised, given and had hoped for in a quarter."""
    found = (entry for entry in made.politics.agreements["deal"].ledger if entry.quarter == quarter)
    return {entry.side: (entry.promised, entry.delivered, entry.hoped) for entry in found}


@pytest.mark.parametrize("kind", sorted(PACTS))
def test_a_deal_of_every_kind_has_an_entry_for_either_side_in_every_quarter(kind: str) -> None:
    made = world(3, agreement=[deal(kind)])
    found = [(entry.quarter, entry.side) for entry in made.politics.agreements["deal"].ledger]
    assert found == [(quarter, side) for quarter in range(3) for side in (EAST, WEST)]


@pytest.mark.parametrize(("vote", "cast"), [("against", 1.0), ("for", 0.0), ("abstain", 0.0), ("absent", 0.0)])
def test_a_vote_is_owed_when_a_text_about_the_partner_comes_to_a_vote(vote: str, cast: float) -> None:
    """LEAD condemns EAST: WEST owes EAST a vote against it in the quarter of the vote and in no other; EAST owes nothing."""
    made = world(3, decisions=[TEXT, ballot("WEST", vote)], agreement=[deal()])
    assert entries(made, 1) == {EAST: (1.0, cast, 1.0), WEST: (0.0, 0.0, 0.0)}
    assert all(entries(made, quarter) == {EAST: (0.0, 0.0, 0.0), WEST: (0.0, 0.0, 0.0)} for quarter in (0, 2))


def test_a_promised_vote_that_is_cast_builds_the_partner_s_trust_and_one_that_is_not_costs_it() -> None:
    """Trust .5: kept .5 + .04 * .5 = .52, broken .5 * .75 = .375; with no text on the table it stays .5. Trust that fades and what EAST
    holds against a partner that only speaks are switched off."""
    ends = {}
    still = {"trust_fade": 0.0, "deserted": 0.0}
    for name, orders in (("kept", [TEXT, ballot("WEST", "against")]), ("broken", [TEXT, ballot("WEST", "absent")]), ("nothing due", [])):
        made = world(1, decisions=orders, agreement=[deal()], parameters=still)
        made.politics.trust[EAST, WEST] = made.politics.trust[WEST, EAST] = 0.5
        made.step()
        ends[name] = float(made.politics.trust[EAST, WEST])
        assert made.politics.trust[WEST, EAST] == 0.5, "nobody owed WEST a vote"
    assert ends == pytest.approx({"kept": 0.52, "broken": 0.375, "nothing due": 0.5}, abs=1e-12)


def test_a_deal_that_does_not_hold_yet_binds_no_vote() -> None:
    made = world(3, decisions=[TEXT, ballot("WEST", "for")], agreement=[deal(since=2)])
    (text,) = made.politics.resolutions.values()
    assert text.voted_in == 1 and text.promises == []
    assert entries(made, 2) == {EAST: (0.0, 0.0, 0.0), WEST: (0.0, 0.0, 0.0)}


def test_nobody_owes_a_vote_against_itself() -> None:
    """EAST tables a text against WEST, its partner: WEST owes it no vote for it; and EAST, which had promised to vote against such texts, breaks its word."""
    against = Decision(0, "EAST", "assembly_resolution", "WEST", "", 1.0)
    made = world(2, decisions=[against, ballot("WEST", "against")], agreement=[deal()])
    assert entries(made, 1) == {EAST: (0.0, 0.0, 0.0), WEST: (1.0, 0.0, 1.0)}


def test_votes_that_were_not_cast_weigh_at_what_a_promised_vote_is_worth() -> None:
    """Two votes short, .08 points each."""
    made = world(1, agreement=[deal()], parameters={"partner_rate": 1.0})
    found = made.politics.agreements["deal"]
    found.ledger += [Entry(made.quarter, EAST, 3.0, 1.0, 3.0)]
    made.step()
    made.step()
    (question,) = partnership.questions(made, EAST)
    stand = next(option for option in question.options if option.name == "stand by the deal")
    assert stand.terms["promises not kept"] == pytest.approx(-0.16)


def test_easier_trade_is_delivered_by_the_easing_in_force_on_the_trade_there_is() -> None:
    """Three per cent of the price on either side, promised on the trade of the base quarter. A ban of WEST's
    on what they trade lets it deliver a part."""
    made = world(2, agreement=[deal("treaty")])
    base = made.accounts.flows
    owed = 0.03 * float(base[:, EAST, WEST].sum() + base[:, WEST, EAST].sum())
    for promised, delivered, hoped in entries(made, 1).values():
        assert promised == hoped == pytest.approx(owed) and 0.0 < delivered <= promised
    bans = [Decision(0, "WEST", lever, "EAST", "*", 1.0) for lever in ("import_ban", "export_ban")]
    banned = world(2, decisions=bans, agreement=[deal("treaty")])
    assert banned.solution is not None
    left = banned.solution.flows[:, EAST, WEST].sum() + banned.solution.flows[:, WEST, EAST].sum()
    for promised, delivered, _ in entries(banned, 1).values():
        assert promised == pytest.approx(owed) and delivered == pytest.approx(0.03 * left)
        assert 0.0 < delivered < 0.8 * promised
