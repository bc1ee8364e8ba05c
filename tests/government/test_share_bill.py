"""A leader and a follower's bill: whom it thinks of, what a fund is worth to it, and when a fund ends."""

from __future__ import annotations

import pytest

from sim.government.decisions import share_bill
from sim.government.dispute import Dispute
from sim.government.packages import fund_of, measures_of
from sim.government.question import Question
from sim.scenario.decisions import Decision
from sim.world import World
from tests.government.worlds import world

LEAD, EAST, WEST, ASIDE = range(4)


def led(follow: bool = True, **changes: object) -> World:
    """LEAD presses EAST; ASIDE and WEST are asked to follow, and WEST does if told to. A quarter has passed."""
    quarrel = {"id": "first", "issue": "a fishing quota", "senders": ["LEAD", "ASIDE", "WEST"], "target": "EAST", "stage": "imposed", "demand": 0.8,
               "package": "partial trade"}
    line = {"target": "EAST", "sector": "*", "value": 0.3, "options": {"dispute": "first"}}
    who = ["LEAD", "WEST"] if follow else ["LEAD"]
    measures = [{"state": state, "lever": lever, **line} for state in who for lever in ("import_ban", "export_ban")]
    return world(1, dispute=[quarrel], measure=measures, **changes)


def the_dispute(made: World) -> Dispute:
    return made.politics.disputes["first"]


def asked(made: World) -> Question:
    """LEAD's question in the first quarter in which the file lies open."""
    for quarter in range(1, 200):
        made.quarter = quarter
        for question in share_bill.questions(made, LEAD):
            return question
    raise AssertionError("the file never lay open")


def terms(question: Question, part: float) -> dict[str, float]:
    return dict(next(option for option in question.options if option.name == f"make good {part} of the loss of WEST").terms)


def fund(quarter: int, share: float | None = 0.5) -> Decision:
    return Decision(quarter, "LEAD", "solidarity_fund", "WEST", "", share, {"dispute": "first"})


def test_a_leader_thinks_first_of_the_follower_whose_trade_is_most_with_the_target_and_of_whom_it_pays() -> None:
    made = led()
    exposure = made.connections.exposure[:, EAST]
    assert exposure[WEST] > exposure[ASIDE]
    assert "leave its bill to WEST" in {option.name for option in asked(made).options}
    paid = led(decisions=[Decision(0, "LEAD", "solidarity_fund", "ASIDE", "", 0.5, {"dispute": "first"})])
    assert fund_of(paid, the_dispute(paid), ASIDE) is not None
    assert share_bill._at_risk(paid, the_dispute(paid), ASIDE) > share_bill._at_risk(paid, the_dispute(paid), WEST)


def test_only_who_leads_is_asked_and_only_while_there_are_followers() -> None:
    made = led()
    asked(made)
    assert all(share_bill.questions(made, state) == [] for state in (EAST, WEST, ASIDE))
    the_dispute(made).left = [ASIDE, WEST]
    assert all(not share_bill.questions(made, LEAD) for made.quarter in range(1, 60))


def test_a_fund_is_weighed_by_the_chance_it_buys_and_the_bill_it_takes_over() -> None:
    """The bill: the part made good, of WEST's loss through its own measures, in % of LEAD's income, for as long as measures are expected to last."""
    made = led()
    question = asked(made)
    assert question.options[0].terms == {} and question.options[0].name not in question.orders
    dispute = the_dispute(made)
    with_it, without = share_bill._losses(made, dispute, WEST)
    believed = {part: share_bill._believed(made, dispute, with_it, WEST, part) for part in (0.0, 0.3, 0.8)}
    assert believed[0.0] < believed[0.3] < believed[0.8]
    assert question.beliefs == {"follows without help": believed[0.0], "follows with help": believed[0.8]}
    per_point = terms(question, 0.3)["a partner kept"] / (believed[0.3] - believed[0.0])
    assert per_point > 0
    assert terms(question, 0.8)["a partner kept"] == pytest.approx(per_point * (believed[0.8] - believed[0.0]))
    small, large = (terms(question, part)["a partner's bill paid"] for part in (0.3, 0.8))
    assert large / small == pytest.approx(0.8 * believed[0.8] / (0.3 * believed[0.3]))
    own_loss = float(with_it.now[WEST] - without.now[WEST])
    years = -small / (0.3 * own_loss * 500.0 / 4000.0 * believed[0.3])
    assert 0.25 < years < 1.0 / (1.0 - made.p["discount_year"]) + 1.0


def test_who_does_not_follow_yet_is_reckoned_with_what_joining_would_cost_it() -> None:
    made = led(follow=False)
    with_it, without = share_bill._losses(made, the_dispute(made), WEST)
    assert with_it.now[WEST] > without.now[WEST] and with_it.now[EAST] > without.now[EAST]
    assert without.now[EAST] == pytest.approx(made.forecasts.of_keeping(measures_of(made, the_dispute(made))).now[EAST])


def test_what_the_leader_believes_does_not_come_from_a_followers_true_resolve() -> None:
    made = led()
    before = asked(made)
    made = led()
    the_dispute(made).followers[WEST] += 5.0
    assert asked(made).options == before.options


@pytest.mark.parametrize("institution", [False, True])
def test_a_partner_is_worth_keeping_whether_or_not_an_institution_pools_its_stakes(institution: bool) -> None:
    made = led()
    the_dispute(made).institution = institution
    assert terms(asked(made), 0.8)["a partner kept"] > 0


def test_a_fund_in_force_can_be_raised_or_stopped_and_is_not_among_the_measures_against_the_target() -> None:
    made = led(decisions=[fund(0, 0.3)])
    dispute = the_dispute(made)
    paid = fund_of(made, dispute, WEST)
    assert paid is not None and paid.level == 0.3 and paid not in measures_of(made, dispute)
    question = asked(made)
    assert set(question.orders) == {"leave its bill to WEST", "make good 0.8 of the loss of WEST"}
    (stop,) = question.orders["leave its bill to WEST"]
    assert (stop.lever, stop.target, stop.value) == ("solidarity_fund", "WEST", None)


def test_a_fund_ends_when_the_follower_leaves_and_with_the_dispute() -> None:
    lifts = [Decision(2, "WEST", lever, "EAST", "*") for lever in ("import_ban", "export_ban")]
    made = led(decisions=[fund(0), *lifts])
    for _ in range(3):
        made.step()
    assert the_dispute(made).left == [WEST] and fund_of(made, the_dispute(made), WEST) is None
    over = led(decisions=[fund(0), Decision(2, "EAST", "concession", "LEAD", "", 1.0)])
    for _ in range(3):
        over.step()
    assert the_dispute(over).stage == "settled"
    assert not any(measure.lever == "solidarity_fund" for measure in over.measures.values())
