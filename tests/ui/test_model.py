"""The model room: every part is drawn, a changed number reaches the Lab by the link, equations have this run's numbers, facts have words."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from sim import api
from tests.scenarios_tried import QUICKLY_FEW
from tests.ui.patience import SECONDS
from ui.assumptions import assumptions, filtered, groups, with_number
from ui.catalogue import scenario
from ui.charts.facts import facts as facts_chart
from ui.equations import equations
from ui.facts import counts, read
from ui.text import words
from ui.view import View

PARTS = ("words", "numbers", "equations", "facts", "cite")
W = words()


def model_page() -> None:
    from ui.pages import model

    model.show({})


def page(part: str, **query: str | list[str]) -> AppTest:
    app = AppTest.from_function(model_page, default_timeout=SECONDS)
    app.session_state["model-part"] = part
    for key, value in query.items():
        app.query_params[key] = value
    return done(app.run())


def done(app: AppTest) -> AppTest:
    assert [error.value for error in app.exception] == []
    return app


def said(app: AppTest) -> str:
    return " ".join(text.value for text in (*app.markdown, *app.caption))


def changed(app: AppTest) -> list[str]:
    found = app.query_params["p"]
    return [found] if isinstance(found, str) else list(found)


@pytest.mark.parametrize("part", PARTS)
def test_every_part_is_drawn_without_a_run_and_with_one(part: str) -> None:
    assert [error.value for error in page(part).error] == []
    assert [error.value for error in page(part, scenario="triangle", theory="rally").error] == []


@pytest.mark.parametrize("name", QUICKLY_FEW)
def test_the_equations_have_numbers_for_every_scenario(name: str) -> None:
    app = page("equations", scenario=name)
    assert [error.value for error in app.error] == []
    assert len(app.subheader) >= 3


def test_a_bad_link_is_a_sentence() -> None:
    assert "cannot be opened" in page("words", scenario="no-such").error[0].value


def test_a_changed_number_stands_in_the_link_and_can_be_put_back() -> None:
    app = page("numbers", scenario="triangle")
    app.selectbox(key="model-pick").set_value("impact_share")
    done(app.run())
    app.number_input(key="model-1-impact_share").set_value(0.5)
    done(app.run())
    assert changed(app) == ["impact_share~0.5"]
    assert "1 number is changed" in said(app)
    app.button(key="model-back").click()
    done(app.run())
    assert "p" not in app.query_params
    app.button(key="model-off").click()
    done(app.run())
    assert changed(app) == ["impact_share~1"]
    app.button(key="model-all-back").click()
    done(app.run())
    assert "p" not in app.query_params


def test_a_filter_that_fits_nothing_says_so() -> None:
    app = page("numbers")
    app.text_input(key="model-search").set_value("zzzz")
    done(app.run())
    assert "No number fits" in app.info[0].value


def test_filters_go_together() -> None:
    view, setting = View("triangle"), scenario("triangle")
    every = assumptions(view, setting)
    assert len(every) == len(api.PARAMETERS)
    disputed = filtered(every, kinds=("disputed",))
    assert disputed and all(one.parameter.contested for one in disputed)
    both = filtered(every, "threat", ("politics",), ())
    assert both and all(one.parameter.group == "politics" for one in both)
    assert set(groups()) == {one.parameter.group for one in every}
    assert not filtered(every, kinds=("changed",))


def test_a_number_out_of_range_is_refused_and_its_base_is_the_theorys() -> None:
    """Under the theory `rally` the weight of defiance is 0.6: setting it to 0.6 changes nothing there."""
    view, setting = View("triangle", theory="rally"), scenario("triangle")
    assert with_number(view, setting, "defiance", 0.6).numbers == ()
    assert with_number(view, setting, "defiance", 0.5).numbers == (("defiance", 0.5),)
    with pytest.raises(api.Refusal, match="allowed is"):
        with_number(view, setting, "defiance", 99.0)


def test_the_equation_of_shares_can_be_checked_by_hand() -> None:
    """The numbers shown multiply up to the share shown, within the four decimals they are shown with."""
    setting = scenario("triangle")
    found = api.worked(setting, "B", 5)
    names = {state.id: state.name for state in setting.states}
    sectors = {sector.id: sector.name for sector in setting.sectors}
    share = equations(found, names, sectors, {}, W)[0]
    assert share.key == "share"
    numbers = [round(value, 4) for value in (found.share.before, found.share.weight, found.share.cost)]
    by_hand = numbers[0] * numbers[1] * numbers[2] ** -(found.share.theta * found.share.impact) / round(found.share.total, 4)
    assert by_hand == pytest.approx(found.share.now, abs=2e-4)
    assert f"= {found.share.now:.4f}" in share.lines[2]


def test_a_sentence_around_an_equation_holds_no_formula() -> None:
    """The braces that keep TeX from a space after a Spanish decimal comma belong into formulas only."""
    setting, w = scenario("triangle"), words("es")
    names = {state.id: state.name for state in setting.states}
    made = equations(api.worked(setting, "B", 5), names, {sector.id: sector.name for sector in setting.sectors}, {}, w)
    assert any("{,}" in line for one in made for line in one.lines)
    assert not any("{" in text for one in made for text in one.fill.values())


def test_no_name_of_a_fact_is_cut_and_none_takes_more_than_two_lines() -> None:
    chart = facts_chart(read(), W)
    assert chart is not None
    rows = [row for data in chart.specs[0]["datasets"].values() for row in data]
    for row in rows:
        assert " ".join(row["two"].split()) == " ".join(row["one"].split()) == row["whole"]
        assert row["two"].count("\n") == 1


ROWS = [
    {"target": "O01", "name": "Success", "statistic": "a", "measures": "Half met", "unit": "share", "low": "0.2", "high": "0.4", "simulated": "0.3",
     "error": "0.01", "seeds_low": "0.25", "seeds_high": "0.5", "strictness": "MUST", "verdict": "pass", "jitter_share": "0.85", "ablated": "0.9",
     "seeds": "100", "facts": "S01,S99"},
    {"target": "O01", "name": "Success", "statistic": "b", "measures": "Full", "unit": "share", "low": "0", "high": "0.1", "simulated": "0.2",
     "error": "0.01", "seeds_low": "", "seeds_high": "", "strictness": "MUST", "verdict": "miss", "ablated": "", "facts": "S01"},
]  # fmt: skip


def test_a_facts_table_is_read_with_its_works_and_counted() -> None:
    """0.3 lies in the middle of 0.2 to 0.4: place 0.5; 0.2 lies two lengths up from 0 to 0.1: place 2. One of two passes."""
    targets = read(ROWS)
    assert [line.place for line in targets[0].lines] == pytest.approx([0.5, 2.0])
    assert counts(targets, "MUST") == (1, 2)
    assert targets[0].verdict == "miss"
    assert targets[0].works == (api.works()["S01"],)
    chart = facts_chart(targets, W)
    assert chart is not None
    assert chart.takeaway == "1 of 2 numbers with a rule come out within the evidence; 1 miss."
    assert list(chart.table["Verdict"]) == ["comes out", "misses"]


def test_without_a_table_the_targets_are_shown_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "last_facts", lambda: None)
    assert facts_chart(read(), W) is None
    app = page("facts")
    assert "No table is kept" in app.info[0].value
    assert len(app.expander) == len({row["target"] for row in api.targets()})


def test_with_a_table_every_target_has_a_verdict_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "last_facts", lambda: ROWS)
    app = page("facts")
    assert "1 of 2 numbers that must come out do" in said(app)
    assert "comes out" in said(app) and "misses" in said(app)
    assert f"within it in {W.percent(85, 0)} of the draws" in said(app) and "of 100 seeds" in said(app)
