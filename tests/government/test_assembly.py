"""Texts on the table, votes, vetoes, mandates."""

from __future__ import annotations

from sim.government.agreement import Agreement
from sim.government.assembly import members, stance_of
from sim.government.resolution import Resolution
from sim.scenario.decisions import Decision
from tests.government.worlds import world

LEAD, EAST, WEST, ASIDE = range(4)


def tabled(lever: str, user: str = "LEAD", target: str = "EAST") -> Decision:
    return Decision(0, user, lever, target, "", 1.0)


def ballot(state: str, vote: str) -> Decision:
    return Decision(1, state, "cast_vote", "", "", 1.0, {"vote": vote})


def test_a_text_tabled_in_one_quarter_is_voted_on_in_the_next_by_all() -> None:
    small = world(1, decisions=[tabled("assembly_resolution")])
    assert small.record.rows("votes") == []
    small.step()
    assert [row[2] for row in small.record.rows("votes")] == ["LEAD", "EAST", "WEST", "ASIDE"]
    assert small.record.rows("votes")[0][3] == "for"


def test_people_s_votes_are_cast_as_ordered() -> None:
    small = world(2, decisions=[tabled("assembly_resolution"), ballot("WEST", "abstain"), ballot("ASIDE", "absent")])
    assert {row[2]: row[3] for row in small.record.rows("votes")}.items() >= {"WEST": "abstain", "ASIDE": "absent"}.items()


def test_one_veto_stops_the_council_and_only_members_vote_there() -> None:
    for vote, adopted in (("against", False), ("for", True)):
        orders = [tabled("council_mandate", "ASIDE"), ballot("LEAD", vote), ballot("EAST", "for")]
        small = world(2, decisions=orders)
        (text,) = small.politics.resolutions.values()
        assert text.adopted is adopted
        assert len(small.record.rows("votes")) == len(members(small, "council")) == 3


def test_an_adopted_mandate_stands_behind_the_dispute_until_it_is_lifted() -> None:
    yes = [ballot(state, "for") for state in ("EAST", "ASIDE")]
    small = world(2, decisions=[tabled("council_mandate"), *yes])
    assert small.politics.mandated("first")
    assert not small.politics.mandated("second")
    lift = [Decision(2, "ASIDE", "lift_motion", "EAST", "", 1.0)]
    later = [Decision(3, state, "cast_vote", "", "", 1.0, {"vote": "for"}) for state in ("LEAD", "EAST", "WEST")]
    small = world(4, decisions=[tabled("council_mandate"), *yes, *lift, *later])
    assert not small.politics.mandated("first")


def test_a_promised_vote_counts_for_the_partner_and_against_texts_about_it() -> None:
    small = world()
    small.politics.agreements = {"v": Agreement("v", "votes", EAST, ASIDE, 0)}
    about = Resolution("r", "condemn", [LEAD], EAST, "assembly", 0, "first")
    assert stance_of(small, about, ASIDE).promised == "against"
    assert stance_of(small, about, WEST).promised == ""
    own = Resolution("r", "condemn", [EAST], LEAD, "assembly", 0)
    assert stance_of(small, own, ASIDE).promised == "for"


def test_a_state_under_the_sponsors_measures_brings_its_grievance() -> None:
    small = world()
    text = Resolution("r", "condemn", [LEAD], WEST, "assembly", 0, "second")
    assert stance_of(small, text, EAST).grievance == 1.0
    assert stance_of(small, text, ASIDE).grievance == 0.0
