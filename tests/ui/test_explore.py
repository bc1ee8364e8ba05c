"""Exploring: seeds against their twins, numbers moved one at a time, work in a process of its own, and the page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from sim import api
from tests.ui.patience import SECONDS
from ui.background import MOST_AT_ONCE, Background
from ui.catalogue import scenario
from ui.charts.bands import bands
from ui.charts.chart import Chart
from ui.charts.endings import endings
from ui.charts.over_time import Times
from ui.charts.tornado import tornado as tornado_chart
from ui.charts.verdict_shares import verdict_shares
from ui.outcome import focus_of, play
from ui.pages.lab_results import Comparison
from ui.pages.long_work import WORKS
from ui.text import words
from ui.view import View

PATIENCE = 300  # seconds; a busy machine may take long to start a process
W = words()
SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


def explore_page() -> None:
    from ui.pages import explore

    explore.show({})


def page(part: str, **query: str) -> AppTest:
    app = AppTest.from_function(explore_page, default_timeout=SECONDS)
    app.session_state["explore-part"] = part
    for key, value in query.items():
        app.query_params[key] = value
    return done(app.run())


def done(app: AppTest) -> AppTest:
    assert [error.value for error in app.exception] == []
    return app


def waited() -> None:
    for work in list(WORKS._works.values()):
        assert work.finished.wait(PATIENCE)


@pytest.fixture
def background() -> Iterator[Background]:
    found = Background("tests.ui.slow_worker")
    yield found
    found.close()


def test_the_middle_seed_of_one_seed_is_the_run_against_its_twin() -> None:
    """With one seed every quantile is that seed: the change of B's real income against the same luck without the ban."""
    setting = api.load("triangle")
    found = api.explore(setting, 1, seed=5, quarters=4)
    run = api.run(setting, seed=5, quarters=4)
    order = setting.measures[0] if setting.measures else None
    gone = [] if order is None else [api.Decision(order.quarter, order.state, order.lever, order.target, order.sector, None)]
    twin = api.run(setting, seed=5, quarters=4, decisions=gone, timetable=False, governments=False)
    place = setting.state_ids.index("B")
    with_, without = (one.record.series("states", "real_income")[:, place] for one in (run, twin))
    expected = 100.0 * (with_ / without - 1.0)
    assert np.abs(expected).max() > 0.1
    for quarter, levels in enumerate(found.bands["real_income"]["B"]):
        assert levels == pytest.approx([expected[quarter]] * 7)


def test_endings_and_verdicts_count_every_seed_once() -> None:
    setting = api.load("the-pledge")
    found = api.explore(setting, 4, quarters=10)
    assert found.finished == 4
    for dispute in setting.disputes:
        assert sum(found.endings[dispute.id].values()) == 4 - len(found.failed)
        for counts in found.verdicts.get(dispute.id, {}).values():
            assert sum(counts.values()) <= 4


def test_exploring_stops_when_it_is_told_and_sums_up_what_there_is() -> None:
    left = iter([False, False, True])
    found = api.explore(api.load("triangle"), 50, quarters=2, stop=lambda: next(left))
    assert (found.asked, found.finished) == (50, 2)
    assert len(found.bands["real_income"]["A"]) == 2


def test_a_tornado_has_the_largest_swing_first_and_nothing_where_nothing_hangs_on_a_number() -> None:
    """In Triangle nobody decides anything, so the rationality of governments moves nothing; the impact share moves trade."""
    found = api.tornado(api.load("triangle"), ["rationality", "impact_share"], "exports", "B", seeds=2, quarters=4)
    assert [swing.name for swing in found.swings] == ["impact_share", "rationality"]
    assert found.swings[0].size > 0.3
    assert found.swings[1].size == 0.0


@pytest.mark.parametrize(
    "change, said", [({"names": ["nothing"]}, "no parameter"), ({"outcome": "joy"}, "no outcome"), ({"focus": "Z"}, "no state"), ({"seeds": 0}, "out of range")]
)
def test_a_tornado_refuses_what_it_does_not_know(change: dict[str, object], said: str) -> None:
    asked: dict[str, object] = {"names": ["impact_share"], "outcome": "income", "focus": "A", "seeds": 1}
    with pytest.raises(api.Refusal, match=said):
        api.tornado(api.load("triangle"), **{**asked, **change})  # type: ignore[arg-type]


def test_work_is_shared_and_stops_when_the_last_visitor_leaves(background: Background) -> None:
    first = background.start({"end": "wait"}, "one")
    second = background.start({"end": "wait"}, "two")
    assert first is not None
    assert first is second
    background.leave(first, "one")
    assert first.running
    background.leave(first, "two")
    assert first.finished.wait(PATIENCE)
    assert (first.state, first.result) == ("stopped", {"said": "wait"})


def test_only_a_few_pieces_of_work_go_on_at_once(background: Background) -> None:
    going = [background.start({"end": "wait", "number": number}, "one") for number in range(MOST_AT_ONCE)]
    assert all(going)
    assert background.start({"end": "wait", "number": 99}, "one") is None


@pytest.mark.parametrize("end, problem", [("refuse", "no such thing"), ("die", "without an answer")])
def test_work_that_fails_says_so(background: Background, end: str, problem: str) -> None:
    work = background.start({"end": end}, "one")
    assert work is not None
    assert work.finished.wait(PATIENCE)
    assert work.state == "failed"
    assert problem in work.problem


def test_finished_work_is_found_again(background: Background) -> None:
    work = background.start({"end": "well"}, "one")
    assert work is not None
    assert work.finished.wait(PATIENCE)
    assert background.start({"end": "well"}, "two") is work
    assert background.find({"end": "well"}) is work


def test_the_page_plays_many_seeds_in_the_background_and_shows_bands() -> None:
    app = page("luck", scenario="triangle", quarters="2")
    app.segmented_control(key="explore-seeds").set_value(20)
    done(app.run())
    app.button(key="luck-start").click()
    done(app.run())
    waited()
    done(app.run())
    assert next(head.value for head in app.subheader) == "How far does luck go?"
    app.selectbox(key="explore-outcome").set_value("poverty_gap")
    done(app.run())
    assert [error.value for error in app.error] == []


def test_the_page_shows_endings_and_verdicts_of_disputes() -> None:
    app = page("luck", scenario="first-warning", quarters="6")
    app.segmented_control(key="explore-seeds").set_value(20)
    done(app.run())
    app.button(key="luck-start").click()
    done(app.run())
    waited()
    done(app.run())
    assert [head.value for head in app.subheader][:2] == ["How far does luck go?", "How does it end?"]
    assert [error.value for error in app.error] == []


def test_the_page_shows_what_matters() -> None:
    app = page("matters", scenario="triangle", quarters="2")
    app.segmented_control(key="matters-seeds").set_value(2)
    done(app.run())
    app.button(key="matters-start").click()
    done(app.run())
    waited()
    done(app.run())
    assert next(head.value for head in app.subheader) == "What matters most?"
    assert "What matters most:" in " ".join(text.value for text in app.markdown)


def test_too_many_runs_are_not_begun() -> None:
    app = page("matters", scenario="triangle")
    app.pills(key="matters-groups").set_value(["trade", "politics", "relations", "assembly"])
    app.segmented_control(key="matters-seeds").set_value(16)
    done(app.run())
    assert "at most" in app.warning[0].value
    app.pills(key="matters-groups").set_value([])
    done(app.run())
    assert "at least one group" in app.info[0].value


def test_without_a_run_the_page_points_to_the_lab() -> None:
    assert "Open a scenario in the Lab first" in page("luck").markdown[0].value


TIMES = Times([W.quarter(quarter) for quarter in range(2)], ["1"], "Year", [])


def test_bands_say_where_half_and_nearly_all_seeds_end_and_whether_luck_decides_the_sign() -> None:
    chart = bands([[0.0] * 7, [-9.0, -7.0, -5.0, -4.0, -3.0, -2.0, -1.0]], "Borland", "real income", "percent", TIMES, W)
    expected = f"half of the seeds lie between {MINUS}5.0{SPACE}% and {MINUS}3.0{SPACE}%, and 95 of 100 between {MINUS}9.0{SPACE}% and {MINUS}1.0{SPACE}%"
    assert expected in chart.takeaway
    assert chart.takeaway.endswith("Whatever the luck, it is down.")
    assert chart.table.iloc[1].tolist()[1:] == [-9.0, -7.0, -5.0, -4.0, -3.0, -2.0, -1.0]
    open_ = bands([[-1.0, -1.0, -1.0, 0.0, 1.0, 1.0, 1.0]], "Borland", "real income", "points", TIMES, W)
    assert open_.takeaway.endswith("Which way it goes is a matter of luck.")
    assert "hardly any change" in bands([[0.0] * 7], "Borland", "prices", "percent", TIMES, W).takeaway


def test_endings_are_shares_of_the_seeds() -> None:
    """3 of 4 seeds settled: 75 %; half of the demand met on average."""
    chart = endings({"settled": 3, "imposed": 1}, 0.5, "A against B", W)
    assert chart.takeaway == f"A against B: most often settled (75{SPACE}% of the seeds); on average 50{SPACE}% of the demand is met."
    assert list(chart.table.iloc[:, 1]) == [75.0, 25.0]


def test_verdicts_are_shares_of_the_seeds_in_which_measures_began() -> None:
    counts = {kind: {"success": 1, "failure": 3} for kind in ("coerce", "constrain", "signal")}
    chart = verdict_shares(counts, W)
    assert f"the demand was met in 25{SPACE}%" in chart.takeaway
    assert chart.table["success"].tolist() == [25.0, 25.0, 25.0]
    assert chart.table["no evidence"].tolist() == [0.0, 0.0, 0.0]


def parts(chart: Chart, name: str) -> list[dict[str, object]]:
    """The rows of a chart's data that have a column."""
    return [row for spec in chart.specs for rows in spec["datasets"].values() for row in rows if name in row]


def test_small_pieces_have_their_number_and_the_legend_shows_colours() -> None:
    chart = verdict_shares({"coerce": {"success": 5, "in part": 2, "failure": 93}}, W)
    assert [row["inside"] for row in parts(chart, "inside")] == ["5", "", f"93{SPACE}%"]
    (legend,) = {json.dumps(layer["encoding"]["color"]["legend"]) for layer in chart.specs[0]["layer"] if "legend" in layer["encoding"].get("color", {})}
    assert json.loads(legend)["symbolStrokeWidth"] < 1 and json.loads(legend)["symbolSize"] > 150


def test_the_three_bands_and_the_middle_seed_stand_in_the_legend_in_four_colours() -> None:
    chart = bands([[0.0] * 7, [-9.0, -7.0, -5.0, -4.0, -3.0, -2.0, -1.0]], "Borland", "real income", "percent", TIMES, W)
    scales = [layer["encoding"]["color"]["scale"] for layer in chart.specs[0]["layer"] if "scale" in layer["encoding"].get("color", {})]
    assert len(scales) == 3 and all(scale == scales[0] for scale in scales)
    assert scales[0]["domain"][-1] == "Middle seed" and len(set(scales[0]["range"])) == len(scales[0]["domain"]) == 4


def test_a_tornado_writes_a_name_as_far_as_the_page_is_wide() -> None:
    name = "Part of the trade lost to a new rule that runs on outside what the rule names"
    chart = tornado_chart(1.0, [{"name": "a", "low": 0.0, "high": 1.0, "at_low": -1.0, "at_high": 3.0, "error": 0.1}], {"a": name}, "income", W)
    assert chart is not None
    assert {row["whole"] for row in parts(chart, "whole")} == {name}
    assert {"expr": "width"} in [layer["mark"].get("limit") for layer in chart.specs[0]["layer"]]


def test_explore_begins_with_the_state_that_the_lab_shows() -> None:
    """Of three disputes of this case the second comes up first."""
    setting, view = scenario("first-warning"), View("first-warning")
    now = play(view, view.choice, setting)
    assert focus_of(view, setting) == Comparison(view, setting, now, now, W).look
    assert focus_of(view, setting) != setting.disputes[0].target
    app = page("matters", scenario="first-warning")
    assert app.selectbox(key="matters-state").value == focus_of(view, setting)
    assert focus_of(replace(view, look=setting.state_ids[0]), setting) == setting.state_ids[0]


def test_a_tornado_names_what_matters_most_and_counts_what_hardly_does() -> None:
    swings = [
        {"name": "a", "low": 0.0, "high": 1.0, "at_low": -1.0, "at_high": 3.0, "error": 0.1},
        {"name": "b", "low": 0.0, "high": 1.0, "at_low": 1.0, "at_high": 1.0, "error": 0.0},
    ]
    chart = tornado_chart(1.0, swings, {"a": "How fast", "b": "How slow"}, "income", W)
    assert chart is not None
    assert chart.takeaway.startswith(f"What matters most: how fast. It moves the outcome from {MINUS}1.0{SPACE}% to +3.0{SPACE}%")
    assert "1 of 2 numbers hardly matter" in chart.takeaway
    assert tornado_chart(1.0, [], {}, "income", W) is None
    still = tornado_chart(1.0, swings[1:], {"b": "How slow"}, "income", W)
    assert still is not None
    assert still.takeaway == "None of these numbers moves the outcome."
