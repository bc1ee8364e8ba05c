"""A new measure of the Lab begins where it can come to something; where it cannot, the page keeps its results and says why."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from sim import api
from tests.ui.patience import SECONDS
from tests.ui.test_pages import done, lab, link
from ui.catalogue import scenario
from ui.first_asks import ANSWERS, IN_A_DISPUTE, first_ask
from ui.view import View, check, decisions

SHORT = ["first-warning", "triangle", "marriage-of-convenience", "open-table"]


@pytest.mark.parametrize("name", SHORT)
def test_every_measure_that_is_offered_can_be_used_as_it_is_offered(name: str) -> None:
    setting, view = scenario(name), View(name)
    run = api.run(setting, decisions=decisions(view.choice, setting, setting.quarters), timetable=False, keep_snapshots=False)
    offered = {lever.id: ask for lever in api.LEVERS.values() if (ask := first_ask(view, setting, lever, run)) is not None}
    assert {"tariff", "condemnation"} <= set(offered)
    assert setting.disputes or not set(offered) & {*IN_A_DISPUTE, *ANSWERS}
    for ask in offered.values():
        changed = view.with_ask(0, ask)
        check(changed, setting)
        if api.LEVERS[ask.lever].is_deed:
            api.run(setting, decisions=decisions(changed.choice, setting, ask.start + 1), quarters=ask.start + 1, timetable=False, keep_snapshots=False)


def test_an_answer_begins_where_somebody_was_asked() -> None:
    """In this case governments vote, propose deals and answer them; a mediator stands outside the dispute."""
    setting, view = scenario("marriage-of-convenience"), View("marriage-of-convenience")
    run = api.run(setting, keep_snapshots=False)
    asks = {lever: first_ask(view, setting, api.LEVERS[lever], run) for lever in ("answer_deal", "cast_vote", "mediation", "membership")}
    asked = {(choice.state, choice.quarter) for choice in run.record.choices if choice.decision.startswith(("answer deal", "vote on"))}
    assert all((ask.state, ask.start) in asked for lever in ("answer_deal", "cast_vote") if (ask := asks[lever]) is not None)
    assert asks["mediation"] is not None and asks["mediation"].state not in {state for one in setting.disputes for state in (*one.senders, one.target)}
    member = asks["membership"]
    assert member is not None and member.state not in setting.organisations[0].members
    assert first_ask(view, setting, api.LEVERS["cast_vote"], None) is None


def test_a_newest_measure_that_cannot_be_used_leaves_the_results_on_the_page() -> None:
    app = lab(scenario="first-warning", m="mediation~ALBORA~TESSIA~~1~0~")
    assert len(app.metric) == 4 and not app.error
    said = app.warning[0].value
    assert "Mediation: " in said and "year 1, Q1" in said and "no open dispute" in said
    assert "lever" not in said and "quarter 0" not in said
    app.button(key="add-tariff")


def test_a_deed_is_done_in_one_quarter_and_the_page_says_if_it_changes_nothing() -> None:
    app = lab(scenario="triangle", off="0", m="retraction~A~B~~1~0~")
    assert app.warning
    app = lab(scenario="triangle", off="0", m="condemnation~A~B~~0.05~0~")
    assert not [slider for slider in app.select_slider if str(slider.key).endswith("-when")]
    box = app.selectbox(key="lab-1-mine-0-when")
    assert [box.label, box.value] == ["When", 0]
    assert any("changed nobody’s real income" in info.value and "Condemnation" in info.value for info in app.info)
    box.set_value(3)
    done(app.run())
    assert link(app)["m"] == ["condemnation~A~B~~0.05~3~"]
    assert not any("changed nobody" in info.value for info in lab(scenario="triangle", off="0", m="tariff~A~B~*~0.25~0~").info)


def world_page() -> None:
    from ui.pages import world

    world.show({})


def test_other_pages_say_in_plain_words_that_the_run_of_the_link_has_no_answer() -> None:
    app = AppTest.from_function(world_page, default_timeout=SECONDS)
    app.query_params["scenario"], app.query_params["m"] = "first-warning", "mediation~ALBORA~TESSIA~~1~0~"
    said = done(app.run()).error[0].value
    assert "There is no open dispute" in said and "lever" not in said and "quarter 0" not in said
