"""Texts on the table, votes, vetoes, mandates."""

from __future__ import annotations

import numpy as np
import pytest

from sim.government.agreement import Agreement
from sim.government.assembly import chance_of_adoption, members, tabling_terms
from sim.government.choice import choose
from sim.government.decisions import table_resolution
from sim.government.outlook import Outlook
from sim.government.resolution import Resolution, ResolutionKind
from sim.government.sides import stances_on
from sim.government.votes import VOTES, cast, decide, expected_votes, vote_options
from sim.scenario.decisions import Decision
from sim.streams import Streams
from sim.world import World
from tests.government.worlds import keys_of_states, setting, world

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


def test_who_tabled_a_text_votes_for_it_and_whose_people_cast_none_stays_away_without_an_order() -> None:
    small = World(setting(), seed=1, decisions=[tabled("assembly_resolution"), ballot("ASIDE", "against")], played=["WEST"])
    small.step()
    small.step()
    cast = {choice.state: (choice.chosen, choice.told) for choice in small.record.choices if choice.decision.startswith("vote on")}
    assert (cast["LEAD"], cast["WEST"], cast["ASIDE"]) == (("for", "own_text"), ("absent", "no_ballot"), ("against", ""))


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
    assert stances_on(small, about).of(ASIDE).promised == "against"
    assert stances_on(small, about).of(WEST).promised == ""
    own = Resolution("r", "condemn", [EAST], LEAD, "assembly", 0)
    assert stances_on(small, own).of(ASIDE).promised == "for"


def test_a_state_under_the_sponsors_measures_brings_its_grievance() -> None:
    small = world()
    text = Resolution("r", "condemn", [LEAD], WEST, "assembly", 0, "second")
    assert stances_on(small, text).of(EAST).grievance == 1.0
    assert stances_on(small, text).of(ASIDE).grievance == 0.0


def leaning(small: World, kind: ResolutionKind) -> dict[int, float]:
    """By how much each state's vote for a text on EAST, tabled by ASIDE, is worth more than one against."""
    text = Resolution("text", kind, [ASIDE], EAST, "assembly", 0)
    found = {}
    for state in range(4):
        worth = {option.name: option.utility for option in vote_options(stances_on(small, text).of(state), small.p)}
        found[state] = worth["for"] - worth["against"]
    return found


def test_a_motion_to_lift_is_seen_the_other_way_round_than_a_condemnation() -> None:
    """LEAD, whose measures they are, leans against lifting EAST's label and EAST for it; on a condemnation of EAST it is the reverse."""
    small = world()
    lift, condemn = leaning(small, "lift"), leaning(small, "condemn")
    assert lift[LEAD] < lift[ASIDE] < lift[EAST] and lift[EAST] > 0
    assert condemn[EAST] < condemn[LEAD]


def test_states_without_ties_lean_against_a_motion_to_lift_while_measures_last() -> None:
    """What the text itself weighs for and against changes places for ASIDE's neighbour WEST, as long as LEAD's measures are on EAST."""
    small = world()
    text = Resolution("text", "lift", [ASIDE], EAST, "assembly", 0)
    leans = lambda: {one.name: one.terms["the resolution itself"] for one in vote_options(stances_on(small, text).of(WEST), small.p)}  # noqa: E731
    under = leans()
    for key in [key for key, measure in small.measures.items() if measure.target == EAST]:
        del small.measures[key]
    after = leans()
    assert (under["for"], under["against"]) == (after["against"], after["for"]) and after["for"] > after["against"]


def test_firms_stay_away_from_a_designated_state_whatever_they_may_by_law() -> None:
    """ASIDE has no rule against EAST: with EAST labelled its firms keep exp(-0.05) of their trade lines with it, unless nobody minds a bad name."""
    for minded, kept in ((0.005, np.exp(-0.05)), (0.0, 1.0)):
        small = world(parameters={"bad_name": minded})
        small.politics.labelled[EAST] = 0
        small.step()
        assert small.conduct is not None
        assert small.conduct.abroad[:, EAST, ASIDE] == pytest.approx(kept) and small.conduct.abroad[:, ASIDE, EAST] == pytest.approx(kept)
        forecast = Outlook.of(small, small.frictions).conduct
        assert forecast.abroad == pytest.approx(small.conduct.abroad)



def test_without_a_dispute_whoever_had_the_state_labelled_stands_against_lifting_it() -> None:
    """Both disputes are settled; WEST had tabled the designation of EAST that passed."""
    small = world()
    for dispute in small.politics.disputes.values():
        dispute.stage = "settled"
    label = Resolution("label", "designate", [WEST], EAST, "assembly", 0, adopted=True)
    small.politics.resolutions[label.id] = label
    motion = Resolution("text", "lift", [ASIDE], EAST, "assembly", 1)
    assert stances_on(small, motion).of(WEST).target_ties == 1.0
    assert stances_on(small, motion).of(LEAD).target_ties < 1.0


def test_a_promised_vote_is_for_lifting_what_is_on_the_partner() -> None:
    small = world()
    small.politics.agreements["votes"] = Agreement("votes", "votes", EAST, WEST, 0)
    assert stances_on(small, Resolution("text", "lift", [ASIDE], EAST, "assembly", 1)).of(WEST).promised == "for"
    assert stances_on(small, Resolution("text", "condemn", [ASIDE], EAST, "assembly", 1)).of(WEST).promised == "against"


@pytest.mark.parametrize("veto", [False, True])
def test_a_mandate_passes_as_often_as_its_chance_of_adoption_says(veto: bool) -> None:
    """LEAD's draft, voted on with 2,000 fresh draws by the council's rule (three seats, two needed; EAST with or without a veto): the share
    that passes is the chance foreseen, within three standard errors."""
    states = [{**keys, "veto": veto} if keys["id"] == "EAST" else keys for keys in keys_of_states()]
    small = world(1, state=states)
    draft = Resolution("draft", "mandate", [LEAD], EAST, "council", 0, "first")
    seats = members(small, "council")
    stances = {state: stances_on(small, draft).of(state) for state in seats}
    vetoes = [small.ids[state] for state in seats if small.setting.states[state].veto]
    passed = 0
    for seed in range(2000):
        votes = {
            small.ids[state]: cast(
                stances[state], small.p, streams=Streams(seed), quarter=1, state=small.ids[state], resolution="draft", forced="for" if state == LEAD else None
            ).chosen
            for state in seats
        }
        passed += decide(votes, "council", small.p, vetoes).adopted
    chance = chance_of_adoption(small, draft)
    assert 0.05 < chance < 0.95
    assert passed / 2000 == pytest.approx(chance, abs=3.0 * (chance * (1.0 - chance) / 2000) ** 0.5)


@pytest.mark.parametrize(("worth", "chance", "gain", "lost"), [(0.4, 0.5, 0.2, -0.05), (0.8, 0.5, 0.4, -0.05), (0.4, 0.75, 0.3, -0.025)])
def test_what_a_text_is_worth_does_not_change_what_a_lost_vote_costs(worth: float, chance: float, gain: float, lost: float) -> None:
    terms = tabling_terms("voices behind it", worth, chance, {"lost_vote": 0.1})
    assert terms == pytest.approx({"voices behind it": gain, "a vote may be lost": lost})


def test_the_more_a_text_is_worth_and_the_less_a_lost_vote_costs_the_likelier_it_is_tabled() -> None:
    """LEAD may seek a mandate, table a condemnation or leave it: the chance that it leaves it falls with what a mandate weighs and rises with the
    cost of a lost vote."""
    leaving = []
    for weight, lost in ((0.2, 0.1), (0.4, 0.1), (0.8, 0.1), (0.8, 0.4)):
        small = world(1, parameters={"agenda_rate": 1.0, "mandate_weight": weight, "lost_vote": lost})
        question = next(one for one in table_resolution.questions(small, LEAD) if one.about == "first")
        choice = choose(question.options, rationality=small.p["rationality"], streams=Streams(1), quarter=1, state="LEAD", decision="table a resolution")
        leaving.append(choice.probabilities["leave it to the measures"])
    assert leaving[0] > leaving[1] > leaving[2] and leaving[3] > leaving[2]


@pytest.mark.parametrize(("vote", "who"), [("against", LEAD), ("for", EAST)])
def test_a_text_that_fails_costs_its_sponsor_face_and_one_that_passes_the_state_it_is_about(vote: str, who: int) -> None:
    ballots = [ballot(state, vote) for state in ("EAST", "WEST", "ASIDE")]
    small = world(2, decisions=[tabled("assembly_resolution"), *ballots])
    (text,) = small.politics.resolutions.values()
    assert text.adopted is (vote == "for")
    plain = world(2).politics.face
    lost = small.politics.face - plain
    assert lost[who] > 0.02 and [state for state in range(4) if lost[state] != 0.0] == [who]


@pytest.mark.parametrize("kind", ["condemn", "lift"])
def test_votes_foreseen_for_all_at_once_are_the_chances_each_state_chooses_by(kind: ResolutionKind) -> None:
    """WEST owes its partner EAST a vote: every state's column is the logit of its own choice."""
    small = world()
    small.politics.agreements["votes"] = Agreement("votes", "votes", EAST, WEST, 0)
    stances = stances_on(small, Resolution("text", kind, [ASIDE], EAST, "assembly", 0))
    together = expected_votes(stances, small.p)
    for state in range(4):
        options = vote_options(stances.of(state), small.p)
        choice = choose(options, rationality=small.p["vote_rationality"], streams=Streams(1), quarter=0, state=small.ids[state], decision="vote")
        assert dict(zip(VOTES, together[:, state], strict=True)) == pytest.approx(choice.probabilities, rel=1e-12)
    assert together[:, WEST] != pytest.approx(together[:, LEAD])
