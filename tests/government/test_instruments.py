"""The single instruments of governments, one question at a time: what each option is worth, by hand, and what using it does."""

from __future__ import annotations

import ast
import math
from pathlib import Path
from typing import Any

import pytest

from sim import government
from sim.government.answers import worth_to_target
from sim.government.assembly import chance_of_adoption
from sim.government.decisions import adapt, associate, belong, bind_itself, demand, escalate, label, make_amends, prepare, protect, send_monitors, speak_out
from sim.government.packages import package_measures
from sim.government.proposals import PROPOSALS, brought
from sim.government.question import Question
from sim.government.settlement import Relief
from sim.government.stakes import quit_belief
from sim.levers import LEVERS
from sim.orders import measures_of
from sim.world import World
from tests.government.worlds import setting, world

ALWAYS = {"agenda_rate": 1.0, "partner_rate": 1.0}
NOT_CHOSEN = {  # levers no government decision orders, and why
    "cast_vote": "votes are chosen in the assembly",
    "leave_coalition": "a follower leaves by lifting its measures",
    "counter_measures": "striking back is an import ban",
    "diversification": "its worth lies in relationships that a forecast of two solves does not see",
    "technology_licence": "licences come by deals",
}


def terms(question: Question, name: str) -> dict[str, float]:
    return dict(next(option for option in question.options if option.name == name).terms)


def only(questions: list[Question]) -> Question:
    assert len(questions) == 1
    return questions[0]


def place(made: World, state: str) -> int:
    return made.place[state]


def threatened(**changes: Any) -> World:
    """LEAD threatens EAST with a partial ban of trade; a quarter later EAST weighs it."""
    first = {"id": "first", "issue": "a fishing quota", "senders": ["LEAD"], "target": "EAST", "stage": "threat", "demand": 0.8, "package": "partial trade"}
    return world(1, dispute=[first], measure=[], **changes)


def test_every_other_lever_is_something_a_government_may_order() -> None:
    """Names of levers that stand in the files of decisions, packages, deals and proposals; the rest is listed with its reason."""
    folder = Path(government.__file__).parent
    files = [*(folder / "decisions").glob("*.py"), *(folder / name for name in ("packages.py", "pacts.py", "proposals.py", "answers.py"))]
    named = {
        node.value
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(LEVERS) - named == set(NOT_CHOSEN) - named
    assert {name for name, lever in LEVERS.items() if lever.family == "diplomatic"} - named == {"cast_vote", "leave_coalition"}


def test_a_sharp_word_is_weighed_against_goodwill_and_the_channel() -> None:
    """Condemnation has sharpness .05: at home .6 x 2 x salience x .05; goodwill .3 x (1 + affinity) x .05."""
    made = world(1)
    east, lead = place(made, "EAST"), place(made, "LEAD")
    dispute = made.politics.disputes["first"]
    question = only(speak_out.questions(made, east))
    closeness = 0.5 * (1.0 + made.politics.affinity[east, lead])
    said = terms(question, "condemn it in public")
    assert said == pytest.approx({"a sharp word at home": 0.6 * 2 * dispute.salience_target * 0.05, "goodwill given up": -0.3 * 2 * closeness * 0.05})
    recalled = terms(question, "call its ambassador home")
    assert recalled["a channel of talk closed"] == pytest.approx(-0.2 * made.connections.exposure[east, lead])
    assert recalled["a sharp word at home"] == pytest.approx(2 * said["a sharp word at home"])
    assert speak_out.questions(made, lead) == [] and speak_out.questions(world(2), east) == []


def test_a_pledge_doubles_the_face_at_stake_and_halves_the_belief_in_an_end() -> None:
    made = world(1)
    lead = place(made, "LEAD")
    question = next(one for one in bind_itself.questions(made, lead) if one.about == "first")
    free, bound = (question.beliefs[f"firm {how} a pledge"] for how in ("without", "under"))
    lost, lost_bound = (terms(question, name)["loss of face"] for name in ("keep its hands free", "pledge to hold on"))
    assert bound > free
    assert lost_bound / (1.0 - bound) == pytest.approx(2.0 * lost / (1.0 - free))
    assert quit_belief(0.7, 0, True, made.p) == pytest.approx(0.5 * quit_belief(0.7, 0, False, made.p)) == pytest.approx(0.04)
    assert terms(question, "pledge to hold on")["chance that the target gives in"] > terms(question, "keep its hands free")["chance that the target gives in"]
    made.politics.disputes["first"].pledged.append(lead)
    assert [one.about for one in bind_itself.questions(made, lead)] == ["second"]


def test_inspectors_are_weighed_by_what_they_would_see() -> None:
    """Feared is a quarter of what is asked; unwatched all of it counts, under a mission a fifth."""
    made = world(1)
    lead, dispute = place(made, "LEAD"), made.politics.disputes["first"]
    dispute.relief = Relief(0.5, 1.0, 3, True, 0.0)
    dispute.move("relief", made.quarter - 1)
    question = only(send_monitors.questions(made, lead))
    without, with_them = terms(question, "trust the other's word"), terms(question, "send inspectors")
    assert with_them["the target may cheat"] == pytest.approx(0.2 * without["the target may cheat"]) and without["the target may cheat"] < 0
    assert with_them["what inspectors cost"] == pytest.approx(-0.02)
    dispute.relief.monitored = 0.9
    assert send_monitors.questions(made, lead) == []


def test_a_label_is_worth_what_it_keeps_others_away_and_a_motion_what_it_spares() -> None:
    made = world(2)
    lead, east, aside = (place(made, state) for state in ("LEAD", "EAST", "ASIDE"))
    asked = next(one for quarter in range(5, 60) for one in _at(made, quarter, lead) if one.about == "EAST")
    chance, others = asked.beliefs["chance of adoption"], 1.0 - made.connections.exposure[east, lead]
    worth = 0.15 * others
    assert terms(asked, "have it designated") == pytest.approx({"others warned off": chance * worth, "a vote may be lost": -0.1 * (1.0 - chance)})
    made.politics.labelled[east] = 5
    motions = [one for quarter in range(6, 60) for one in _at(made, quarter, aside) if one.decision == "lift"]
    chance = motions[0].beliefs["chance of adoption"]
    assert terms(motions[0], "move to lift the label") == pytest.approx({"stigma lifted": 0.15 * chance, "a vote may be lost": -0.1 * (1.0 - chance)})
    assert all(one.decision != "lift" for quarter in range(6, 60) for one in _at(made, quarter, lead))  # its measures are in force


def _at(made: World, quarter: int, state: int) -> list[Question]:
    made.quarter = quarter
    return label.questions(made, state)


def test_amends_take_half_a_grudge_away_and_hurt_pride() -> None:
    made = world(2)
    east, west = place(made, "EAST"), place(made, "WEST")
    assert make_amends.questions(made, east) == []
    made.politics.grievance[west, east] = 0.6
    found: list[Question] = []
    while not found:
        made.quarter += 1
        found = make_amends.questions(made, east)
    assert terms(only(found), "own up and make amends") == pytest.approx({"grudge taken away": 1.0 * 0.5 * 0.4 * 0.6, "pride at home": -0.1})


def test_a_member_leaves_those_that_press_it_and_an_outsider_joins_friends() -> None:
    clubs = [{"id": "CLUB", "members": ["LEAD", "EAST", "ASIDE"]}, {"id": "FRIENDS", "members": ["WEST", "ASIDE"]}]
    made = world(2, organisation=clubs)
    east, west, aside = (place(made, state) for state in ("EAST", "WEST", "ASIDE"))
    made.politics.affinity[east, [west, aside]] = made.politics.affinity[[west, aside], east] = 0.6
    found: dict[str, Question] = {}
    for _ in range(200):
        made.quarter += 1
        found |= {one.about: one for one in belong.questions(made, east)}
    assert set(found) == {"CLUB", "FRIENDS"}
    assert terms(found["CLUB"], "stay a member")["members that press it"] == pytest.approx(-0.3 * 1 / 2)  # one of two
    assert terms(found["FRIENDS"], "join FRIENDS") == pytest.approx(
        {"ties with the members": 0.3 * 0.6, "common adversary": 0.25 * 0.5, "freedom given up": -0.15 * 0.5}  # WEST is pressed by LEAD too
    )
    assert found["CLUB"].orders["leave CLUB"][0].value == 0.0 and found["FRIENDS"].orders["join FRIENDS"][0].value == 1.0


def test_a_state_outside_is_asked_only_with_a_mandate_or_in_an_organisation_with_the_leader() -> None:
    made = world(2)
    aside = place(made, "ASIDE")
    made.politics.disputes["first"].package = "partial trade"
    named = {index: state for index, state in enumerate(made.ids)}
    assert named[aside] == "ASIDE" and made.setting.states[aside].neutral
    west = place(made, "WEST")

    def asked() -> list[Question]:
        found: list[Question] = []
        for _ in range(60):
            made.quarter += 1
            found += associate.questions(made, west)
        return found

    assert asked() == []
    made.politics.mandates["first"] = made.quarter
    question = asked()[0]
    assert terms(question, "associate itself with the measures")["mandate"] == pytest.approx(0.4)
    assert [order.lever for order in question.orders["associate itself with the measures"]] == ["join_coalition", "import_ban", "export_ban"]


def test_protection_moves_income_and_makes_none() -> None:
    """What the richest and the other four gain and pay cancels out in money; the rich gain when they are made good, the poor when the poor are."""
    made = world(3)
    east = place(made, "EAST")
    found: list[Question] = []
    while not found:
        made.quarter += 1
        found = protect.questions(made, east)
    question = only(found)
    base = made.people.income[east]
    for name, (lever, sector, details) in protect.WAYS.items():
        order = question.orders[name][0]
        assert (order.lever, order.sector, dict(order.options)) == (lever, sector, {**details, "dispute": "first"})
        public, elite = protect._moved(made, east, order)
        assert public * base[:-1].sum() + elite * base[-1] == pytest.approx(0.0, abs=1e-9)
    rich, poor = terms(question, "make good what the richest lose"), terms(question, "make good what the poorest lose")
    assert rich["those it rests on"] > 0 > rich["ordinary households"] and poor["ordinary households"] > 0 > poor["those it rests on"]
    assert protect.questions(made, place(made, "ASIDE")) == []


def test_what_is_put_by_counts_by_the_belief_that_measures_come() -> None:
    """Reserves: 2 % of income in each of two quarters is 1 % of a year's; it is worth .7 x 1.5 of that if measures would take as much."""
    made = threatened()
    east = place(made, "EAST")
    question = only(prepare.questions(made, east))
    put = terms(question, "put money by")
    loss = float(made.forecasts.of_adding(package_measures(made, made.politics.disputes["first"])).now[east])
    assert put == pytest.approx({"put by for hard times": 0.7 * 1.5 * min(1.0, loss), "missing now": -1.0})
    assert {order.lever for order in question.orders["fill stores"]} == {"stockpiling"}
    assert prepare.questions(made, place(made, "LEAD")) == []


def test_what_was_put_by_under_a_threat_ends_with_it() -> None:
    """EAST puts money by; the threat is carried out; the next question is whether to go on, and stopping withdraws the measure."""
    made = World(threatened_setting(), 1, _put_by)
    while made.politics.disputes["first"].stage == "threat":
        made.step()
    assert any(one.lever == "reserve_building" for one in made.measures.values())
    made.step()
    assert not any(one.lever == "reserve_building" for one in made.measures.values())
    assert made.politics.disputes["first"].stage != "threat"


def threatened_setting() -> Any:
    first = {"id": "first", "issue": "a fishing quota", "senders": ["LEAD"], "target": "EAST", "stage": "threat", "demand": 0.8, "package": "partial trade"}
    return setting(dispute=[first], measure=[])


def _put_by(quarter: int, state: str, decision: str, options: Any, beliefs: Any) -> str | None:
    wanted = ("put money by", "stop putting money by", "impose", "hold")
    return next((name for name in wanted if name in options), None)


def test_a_file_brings_one_proposal_that_is_not_in_force_and_could_be_ordered() -> None:
    made = world(1)
    lead, dispute = place(made, "LEAD"), made.politics.disputes["first"]
    seen = set()
    for quarter in range(200):
        made.quarter = quarter
        idea = brought(made, dispute, lead)
        assert idea is not None
        proposal, orders = idea
        seen.add(proposal.lever)
        assert {order.lever for order in orders} == {proposal.lever} and all(order.options == {"dispute": "first"} for order in orders)
    known = {kind for sector in made.setting.sectors for kind in [sector.kind]}
    assert seen == {one.lever for one in PROPOSALS if not one.kinds or set(one.kinds) & known}
    east = place(made, "EAST")
    for quarter in range(60):
        made.quarter = quarter
        idea = brought(made, dispute, east)
        assert idea is not None and idea[0].lever != "secondary_measures"  # EAST has no hub


def test_a_proposal_is_one_more_option_of_the_sender_under_way() -> None:
    made = world(4, parameters=ALWAYS)
    lead, found = place(made, "LEAD"), []
    for _ in range(30):
        made.quarter += 1
        found += escalate.questions(made, lead)
    assert found and all(len({option.name for option in one.options} & {p.name for p in PROPOSALS}) == 1 for one in found)


def test_asking_without_a_threat_brings_less_and_risks_less_face() -> None:
    """A plain demand is believed to be followed by measures at the agenda rate, here one half, so less is conceded to it than to a threat; refused, it costs
    a quarter of the face that backing down from a threat does."""
    first = {"id": "first", "issue": "a fishing quota", "senders": ["LEAD"], "target": "EAST", "demand": 0.8, "stage": "dormant"}
    made = world(1, dispute=[first], measure=[], parameters={"agenda_rate": 0.5})
    lead, found = place(made, "LEAD"), []
    while not found:
        made.quarter += 1
        found = demand.questions(made, lead)
    question = only(found)
    plain, threat = terms(question, "ask for half of it without a threat"), terms(question, "demand 0.5 under threat of partial trade")
    assert set(plain) == {"concession without measures", "loss of face"}
    assert 0 < plain["concession without measures"] < threat["concession without measures"]
    assert plain["loss of face"] < 0
    assert question.orders["ask for half of it without a threat"][0].lever == "demand"
    made.politics.disputes["first"].move("demand", made.quarter)
    made.politics.disputes["first"].demand = 0.5
    found = []
    while not found:
        made.quarter += 1
        found = demand.questions(made, lead)
    assert "ask for half of it without a threat" not in {option.name for option in only(found).options}  # it has been asked for


def test_who_moves_a_label_reckons_with_those_who_table_it_together() -> None:
    """LEAD and ASIDE press EAST: the chance LEAD believes in is that of the text as it is tabled, with ASIDE beside it."""
    both = {"id": "first", "issue": "a fishing quota", "senders": ["LEAD", "ASIDE"], "target": "EAST", "stage": "imposed", "demand": 0.8}
    bans = [{"state": who, "lever": "import_ban", "target": "EAST", "sector": "*", "value": 0.9, "options": {"dispute": "first"}} for who in ("LEAD", "ASIDE")]
    made = world(6, dispute=[both], measure=bans)
    lead = place(made, "LEAD")
    question = next(one for quarter in range(6, 60) for one in _at(made, quarter, lead) if one.decision == "designate")
    (order,) = question.orders["have it designated"]
    (deed,) = measures_of(order, made.ids, made.sector_ids, LEVERS["designation"])
    tabled = made.politics.table("designate", "assembly", deed)
    assert tabled.sponsors == [lead, place(made, "ASIDE")]
    assert question.beliefs["chance of adoption"] == chance_of_adoption(made, tabled)


def test_stores_are_filled_with_what_keeps_out_of_what_households_use() -> None:
    """A twentieth of what households spend on what they cannot do without and what keeps is missing in each of two quarters; what firms buy is not."""
    made = threatened()
    east = place(made, "EAST")
    kept = [index for index, sector in enumerate(made.setting.sectors) if sector.essential and sector.storable]
    usual = (1.0 - made.p["investment_share"]) * made.accounts.final_shares[kept, east].sum()
    question = only(prepare.questions(made, east))
    assert terms(question, "fill stores")["missing now"] == pytest.approx(-100.0 * 0.05 * usual / 4.0 * 2.0)
    assert {order.sector for order in question.orders["fill stores"]} == {made.sector_ids[index] for index in kept}


def test_striking_back_pays_at_home_a_share_of_what_the_policy_is_worth_and_less_as_the_rally_fades() -> None:
    """A ban of three tenths of the lines: three tenths of what holding out pays, a fifth of the policy's worth here, which fades with the rally."""
    paid = []
    for quarters in (2, 8):
        made = world(quarters, parameters={**ALWAYS, "defiance": 0.2})
        east, dispute = place(made, "EAST"), made.politics.disputes["first"]
        whole = worth_to_target(made, dispute, dispute.demand - dispute.policy)
        paid.append(terms(only(adapt.questions(made, east)), "strike back")["standing up to pressure at home"])
        assert paid[-1] == pytest.approx(0.3 * 0.2 * whole * math.exp(-quarters / made.p["rally_quarters"]))
    assert paid[0] > paid[1] > 0.0


def test_only_who_acts_too_tables_a_text_with_its_sponsor_and_nobody_a_motion_to_lift() -> None:
    """ASIDE was asked and has no measures in force: LEAD tables alone, and ASIDE speaks for itself."""
    asked = {"id": "first", "issue": "a fishing quota", "senders": ["LEAD", "ASIDE"], "target": "EAST", "stage": "imposed", "demand": 0.8}
    bans = [{"state": who, "lever": "import_ban", "target": "EAST", "sector": "*", "value": 0.9, "options": {"dispute": "first"}} for who in ("LEAD", "ASIDE")]
    alone, both = (world(2, dispute=[asked], measure=measures) for measures in (bans[:1], bans))
    lead, east, aside = (place(alone, name) for name in ("LEAD", "EAST", "ASIDE"))
    assert alone.politics.sponsors("condemn", lead, east) == [lead] and alone.politics.sponsors("condemn", aside, east) == [aside]
    assert both.politics.sponsors("condemn", lead, east) == [lead, aside]
    assert both.politics.sponsors("lift", aside, east) == [aside]


def test_help_for_a_sender_does_not_keep_a_target_from_striking_back() -> None:
    made = world(3, parameters=ALWAYS, measure=[
        {"state": "LEAD", "lever": "import_ban", "target": "EAST", "sector": "*", "value": 0.9, "options": {"dispute": "first"}},
        {"state": "EAST", "lever": "trade_facilitation", "target": "LEAD", "value": 0.02},
    ], dispute=[{"id": "first", "issue": "a fishing quota", "senders": ["LEAD"], "target": "EAST", "stage": "imposed", "demand": 0.8}])
    (question,) = adapt.questions(made, place(made, "EAST"))
    assert "strike back" in {option.name for option in question.options}


def test_a_state_adapts_to_its_oldest_dispute() -> None:
    """Under the measures of two, the one that began first is struck back at, whatever the disputes are called."""
    made = world(3, parameters=ALWAYS, measure=[
        {"state": who, "lever": "import_ban", "target": "EAST", "sector": "*", "value": 0.5, "options": {"dispute": name}}
        for who, name in (("LEAD", "first"), ("ASIDE", "a-late-one"))
    ], dispute=[
        {"id": name, "issue": "a fishing quota", "senders": [who], "target": "EAST", "stage": "imposed", "demand": 0.8}
        for who, name in (("LEAD", "first"), ("ASIDE", "a-late-one"))
    ])
    made.politics.disputes["first"].imposed_in, made.politics.disputes["a-late-one"].imposed_in = -4, 0
    (question,) = adapt.questions(made, place(made, "EAST"))
    assert question.orders["strike back"][0].target == "LEAD"


MISSING = "pay for making at home what is missing"


@pytest.mark.parametrize(("food", "energy", "sector"), [(0.2, 0.8, "energy"), (0.5, 0.8, "food"), (0.0, 0.1, "energy")])
def test_a_state_pays_for_making_at_home_what_costs_it_most_to_miss(food: float, energy: float, sector: str) -> None:
    """LEAD bans a share of what it sells to EAST: 1.29 bn of food a quarter and .59 of energy, equally hard to replace: .26 and .47, then .65 and .47."""
    bans = [
        {"state": "LEAD", "lever": "export_ban", "target": "EAST", "sector": name, "value": share, "options": {"dispute": "first"}}
        for name, share in (("food", food), ("energy", energy)) if share
    ]
    made = world(2, parameters=ALWAYS, measure=bans)
    lead, east = place(made, "LEAD"), place(made, "EAST")
    sold = made.accounts.flows[:2, lead, east]
    assert sold == pytest.approx([1.29, 0.59], abs=0.01) and len(set(made.accounts.elasticity)) == 1
    (order,) = only(adapt.questions(made, east)).orders[MISSING]
    assert (order.lever, order.sector) == ("subsidy", sector)


def test_goods_that_are_harder_to_replace_cost_more_to_miss_and_a_dear_payment_counts_as_a_ban_does() -> None:
    """Half of all imports from LEAD is banned: services, of which EAST buys most after technology, first where they are hard to replace; with dearer
    payments alone the sector with the largest imports comes first, as all are equally dear."""
    half = {"state": "LEAD", "lever": "export_ban", "target": "EAST", "sector": "*", "value": 0.5, "options": {"dispute": "first"}}
    paying = {"state": "LEAD", "lever": "payment_exclusion", "target": "EAST", "sector": "*", "value": 1.0, "options": {"dispute": "first"}}
    usual, dear = (world(2, parameters=ALWAYS, measure=[one]) for one in (half, paying))
    east = place(usual, "EAST")
    assert (adapt.missing_most(usual, east), adapt.missing_most(dear, east)) == ("tech", "tech")
    usual.accounts.elasticity[usual.sector_ids.index("services")] = 0.8
    assert adapt.missing_most(usual, east) == "services"


def test_where_nothing_is_kept_from_being_imported_nobody_pays_for_making_it_at_home() -> None:
    """LEAD buys less of EAST and sells what it sold."""
    made = world(2, parameters=ALWAYS)
    question = only(adapt.questions(made, place(made, "EAST")))
    assert MISSING not in question.orders and MISSING not in {option.name for option in question.options}
    assert "help traders to detours" in question.orders
