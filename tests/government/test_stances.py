"""Third parties: what standing by and trading on put in force, what they cost, and what they spare the target."""

from __future__ import annotations

from typing import Any

import pytest

from sim import api
from sim.government.answers import target_view
from sim.government.decisions import stance
from sim.government.packages import ends_with, measures_of
from sim.government.question import Question
from sim.government.sending import sender_view
from sim.government.ties import blame
from sim.scenario.decisions import Decision
from sim.world import World
from tests.government.worlds import world

ASIDE, EAST = "ASIDE", "EAST"


def question(made: World) -> Question:
    """ASIDE's question about the measures against EAST."""
    return next(one for one in stance.questions(made, made.place[ASIDE]) if one.about == "first")


def asked(**changes: Any) -> World:
    """A quarter after measures against EAST came in force, with every file on the agenda."""
    return world(1, parameters={"agenda_rate": 1.0, **changes})


def test_a_patron_gives_its_share_but_never_more_than_makes_good_a_part_of_what_the_target_lacks() -> None:
    """A small share is given whole; of a large one only half of what EAST was seen to lack last quarter, in shares of ASIDE's income."""
    small = asked(patron_share=1e-5)
    assert question(small).orders["stand by the target"][1].value == 1e-5
    large = asked(patron_share=0.05)
    assert large.solution is not None
    income, east = large.accounts.income, large.place[EAST]
    lacking = 1.0 - float(large.solution.real_income[east])
    assert lacking > 0.001
    aid = question(large).orders["stand by the target"][1]
    assert (aid.lever, aid.target) == ("aid", EAST)
    assert aid.value == pytest.approx(0.5 * lacking * income[east] / income[large.place[ASIDE]])


def test_a_gift_costs_the_patron_all_of_it() -> None:
    """1e-5 of income a quarter for 1 quarter in which the file is reopened for certain, and so for 1: 100 * 1e-5 / 4 points."""
    made = asked(patron_share=1e-5)
    option = next(one for one in question(made).options if one.name == "stand by the target")
    assert option.terms["money given away"] == pytest.approx(-100.0 * 1e-5 / 4.0)


def test_a_target_that_lacks_nothing_has_no_patron() -> None:
    made = asked(patron_cover=0.0)
    assert "stand by the target" not in {one.name for one in question(made).options}


def test_a_gift_lowers_what_the_target_would_be_spared_by_giving_in_and_easier_trade_does_not_end_with_the_dispute() -> None:
    """A patron's money ends with the dispute, so the target loses it by giving in; that a third party trades on is no loss by giving in."""
    about = {"purpose": "signal", "stance": "1", "dispute": "first"}
    help_ = [Decision(0, ASIDE, "trade_facilitation", EAST, "", 0.1, about), Decision(0, ASIDE, "aid", EAST, "", 0.001, about)]
    helped = world(1, decisions=help_)
    dispute, east = helped.politics.disputes["first"], helped.place[EAST]
    measures, ending = measures_of(helped, dispute), ends_with(helped, dispute)
    assert {m.lever for m in ending} - {m.lever for m in measures} == {"aid"}
    assert helped.forecasts.of_keeping(ending).now[east] < helped.forecasts.of_keeping(measures).now[east] - 0.05


def test_blame_grows_with_the_senders_whose_word_the_target_values_and_ends_with_those_who_leave() -> None:
    """Affinity 0.2 to LEAD and -1 to ASIDE: 0.3 * (1 - 0.4 * 1) = 0.18; with -0.5 to ASIDE 0.3 * (1 - 0.4 * 0.75) = 0.21; LEAD alone 0.18."""
    made = world(1, parameters={"blame": 0.3})
    dispute, east, lead, aside = made.politics.disputes["first"], *(made.place[name] for name in (EAST, "LEAD", ASIDE))
    dispute.senders = (lead, aside)
    made.politics.affinity[east, [lead, aside]] = 0.2, -1.0
    assert blame(made, dispute) == pytest.approx(0.18)
    made.politics.affinity[east, aside] = -0.5
    assert blame(made, dispute) == pytest.approx(0.21)
    dispute.left.append(aside)
    assert blame(made, dispute) == pytest.approx(0.18)


def test_blame_is_part_of_what_holding_out_costs_and_the_sender_reckons_with_it() -> None:
    plain, blamed = (world(1, parameters={"blame": size}) for size in (0.0, 2.0))
    views = []
    for made in (plain, blamed):
        dispute = made.politics.disputes["first"]
        losses = made.forecasts.of_keeping(measures_of(made, dispute))
        views.append((target_view(made, dispute, losses), sender_view(made, dispute, losses, dispute.leader)))
    assert views[1][0].pain > views[0][0].pain + 0.1
    assert views[1][1].suffering - views[0][1].suffering == pytest.approx(views[1][0].pain - views[0][0].pain)


def test_who_joins_the_measures_takes_no_other_stance_and_drops_the_one_it_had() -> None:
    """A state that trades on with the target and then associates itself with the measures trades on no more, and is not asked for a stance beside."""
    for seed in (1, 3):
        run = api.run("open-table", seed, keep_snapshots=False)
        joined = [(c.quarter, c.state, c.decision.partition(":")[2]) for c in run.record.choices if c.chosen == "associate itself with the measures"]
        targets = {row[1]: row[3] for row in run.record.rows("disputes")}
        table = run.measures
        for quarter, state, dispute in joined:
            asked = [c for c in run.record.choices if (c.quarter, c.state, c.decision) == (quarter, state, f"stance:{dispute}")]
            assert not asked
            mine = table[(table["sender"] == state) & (table["target"] == targets[dispute]) & (table["quarter"] == quarter)]
            assert not set(mine["lever"]) & {"trade_facilitation", "aid", "transit_control"}


def test_forwarding_given_up_is_what_the_target_in_question_brings() -> None:
    small = world(6)
    east, west = small.place["EAST"], small.place["WEST"]
    given = []
    for name in ("first", "second"):
        question = stance._question(small, small.place[ASIDE], small.politics.disputes[name])
        (option,) = [one for one in question.options if one.name == "control transit"]
        given.append(-dict(option.terms)["forwarding given up"])
    routes, solution = small.passage.routes, small.solution
    assert solution is not None and min(given) > 0.0
    cells = routes.sector, routes.exporter, routes.importer
    earned = (solution.flows[cells] * (1.0 + small.passage.markup[cells])) * small.passage.charged[:, small.place[ASIDE]]
    of_east = float(earned[(routes.exporter == east) | (routes.importer == east)].sum())
    of_west = float(earned[(routes.exporter == west) | (routes.importer == west)].sum())
    assert given[0] / given[1] == pytest.approx(of_east / of_west, rel=1e-9)
