"""The Politics page: the feed in plain words, the answer to why, and every part of the page, for shipped scenarios."""

from __future__ import annotations

import ast
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from sim import api
from sim.government import decisions
from sim.government.pacts import PACTS
from tests.scenarios_tried import FEW, QUICKLY_FEW
from tests.ui.patience import SECONDS
from ui.catalogue import scenario
from ui.pages.politics_parts import claim_words
from ui.pages.why import CHANCE, UNITS, belief_value, belief_words, ledger_table
from ui.pages.world import in_order
from ui.politics import choice_words, feed, named, names_of, sides, text_about
from ui.text import languages, words

PARTS = ("feed", "disputes", "ties", "votes", "agreements", "theories")
W = words()


def politics_page() -> None:
    from ui.pages import politics

    politics.show({})


def page(**query: str) -> AppTest:
    app = AppTest.from_function(politics_page, default_timeout=SECONDS)
    for key, value in query.items():
        app.query_params[key] = value
    return done(app.run())


def done(app: AppTest) -> AppTest:
    assert [error.value for error in app.exception] == []
    return app


def said(app: AppTest) -> str:
    return " ".join(text.value for text in (*app.markdown, *app.caption))


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("name", QUICKLY_FEW)
def test_every_part_of_every_scenario_is_drawn(name: str, part: str) -> None:
    app = AppTest.from_function(politics_page, default_timeout=SECONDS)
    app.query_params["scenario"] = name
    app.session_state["politics-part"] = part
    done(app.run())
    assert [error.value for error in app.error] == []


def test_without_a_run_the_page_points_to_the_lab() -> None:
    assert "Open a scenario in the Lab first" in page().markdown[0].value


@pytest.mark.parametrize("name", QUICKLY_FEW)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_feed_names_states_and_never_shows_an_id(name: str, seed: int) -> None:
    setting = scenario(name)
    long = [state.id for state in setting.states if len(state.id) > 1 and state.id.isupper()]
    for item in feed(api.run(setting, seed=seed, keep_snapshots=False), setting, W):
        assert item.text
        assert not [word for word in item.text.replace(",", " ").replace("(", " ").replace(")", " ").split() if word in long], item.text


def test_every_decision_but_votes_is_told_once_and_votes_behind_their_resolution() -> None:
    setting = scenario("marriage-of-convenience")
    run = api.run(setting, seed=1, keep_snapshots=False)
    items = feed(run, setting, W)
    told = [place for item in items if item.kind in ("decision", "deal") and len(item.choices) == 1 for place in item.choices]
    votes = {place for place, choice in enumerate(run.record.choices) if choice.decision.startswith("vote on")}
    assert set(told) | votes == set(range(len(run.record.choices)))
    assert {place for item in items if item.kind == "vote" for place in item.choices} == votes


def test_a_concession_stands_before_the_lifting_of_the_same_quarter() -> None:
    """first-warning, seed 1: in quarter 3 Quenta yields and Albora lifts its measures. Whatever order the record has them in, giving comes first and what it
    ended last."""
    setting = scenario("first-warning")
    run = api.run(setting, seed=1, keep_snapshots=False)
    items = [item.text for item in feed(run, setting, W) if item.quarter == 3]
    yielded, lifted = (next(place for place, text in enumerate(items) if words_in in text) for words_in in ("Quenta yielded", "Albora lifted"))
    assert yielded < lifted
    events = [(event[1], event[3]) for event in run.record.rows("events") if event[0] == 3]
    for order in (events, events[::-1]):
        told = in_order(pd.DataFrame(order, columns=["event", "text"]))
        assert told.index("Quenta towards Albora: concede") < told.index("Export ban of ALBORA on QUENTA withdrawn")
    assert "settled" in in_order(pd.DataFrame(events, columns=["event", "text"]))[-1]


def test_a_theory_is_named_once() -> None:
    for language in ("en", "es"):
        w = words(language)
        for name, theory in api.THEORIES.items():
            called = w.t(f"politics.theory.{name}")
            assert claim_words(called, w.phrase(theory.claim)).count(called) == 1


def test_a_measure_that_follows_from_a_decision_is_not_told_twice() -> None:
    """Whatever a government puts in force by its stance is told by the decision; only the scenario's own measures stand alone."""
    setting = scenario("marriage-of-convenience")
    run = api.run(setting, seed=1, keep_snapshots=False)
    alone = [item for item in feed(run, setting, W) if item.kind == "measure"]
    assert {item.quarter for item in alone} == {0}


def test_going_on_as_before_is_quiet_and_a_change_is_not() -> None:
    setting = scenario("marriage-of-convenience")
    run = api.run(setting, seed=1, keep_snapshots=False)
    by_place = {item.choices[0]: item for item in feed(run, setting, W) if item.kind == "decision" and len(item.choices) == 1}
    seen: dict[tuple[str, str], str] = {}
    for place, choice in enumerate(run.record.choices):
        key = (choice.state, choice.decision)
        if key in seen and place in by_place:
            assert by_place[place].quiet == (seen[key] == choice.chosen)
        seen[key] = choice.chosen


def test_a_line_of_the_feed_answers_why_with_a_sentence_bars_and_a_ledger() -> None:
    app = page(scenario="marriage-of-convenience")
    button = next(button for button in app.button if str(button.key).startswith("item-"))
    button.click()
    done(app.run())
    text = said(app)
    assert " rather than " in text
    assert "fresh draws of luck" in text
    assert "smallest change that would have turned it" in text
    assert len(app.dataframe) == 1


def test_the_ledger_adds_up_to_what_was_weighed() -> None:
    setting = scenario("marriage-of-convenience")
    run = api.run(setting, seed=1, keep_snapshots=False)
    for choice in run.record.choices[:20]:
        table = ledger_table(choice, names_of(setting), W)
        for _, rows in table.groupby("Option"):
            total = rows[rows["Reason"] == "all reasons together"]["Points"].sum()
            assert rows[rows["Reason"] != "all reasons together"]["Points"].sum() == pytest.approx(total, abs=1e-9)


def recorded(root: ast.AST) -> set[str]:
    """Names of beliefs that stand in a file that poses questions: keys of dicts called so or handed on as such, and what is put under them later."""
    found = set()
    for node in ast.walk(root):
        if isinstance(node, ast.Assign):
            for place in node.targets:
                if isinstance(place, ast.Subscript) and ast.unparse(place.value) == "beliefs" and isinstance(place.slice, ast.Constant):
                    found.add(str(place.slice.value))
        spoken = []
        if isinstance(node, ast.Assign) and "beliefs" in ast.unparse(node.targets[0]):
            spoken = [node.value]
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "Question":
            spoken = node.args[4:5]
        for part in spoken:
            found |= {str(key.value) for one in ast.walk(part) if isinstance(one, ast.Dict) for key in one.keys if isinstance(key, ast.Constant)}
    return found


def believed() -> set[str]:
    """The beliefs that came up in the shipped scenarios, and those that stand in the files that pose questions."""
    found = {f"{pact.label} accepted" for pact in PACTS.values()}
    for name in FEW:
        found |= {belief for choice in api.run(name, keep_snapshots=False).record.choices for belief in choice.beliefs}
    for path in Path(decisions.__file__).parent.glob("*.py"):
        found |= recorded(ast.parse(path.read_text(encoding="utf-8")))
    return found


def test_every_belief_that_a_decision_records_has_a_unit_and_words_in_every_language() -> None:
    names = believed()
    assert {"firm under a pledge", "follows without help", "chance of being found out", "grudge"} <= names
    assert set(UNITS) - names == set()
    for language in languages():
        w = words(language)
        assert all(belief_words(name, w) and belief_value(name, 0.5, w) for name in names)


def test_a_chance_is_said_in_percent_whoever_believes_it() -> None:
    """1.00 of 'firm without a pledge' is certainty, not one point; a grudge is neither."""
    assert belief_value("firm without a pledge", 1.0, W) == W.percent(100.0, 0)
    assert belief_value("barter accepted", 0.05, W) == W.percent(5.0, 1)
    assert belief_value("share of trade with the other", 0.25, W) == W.percent(25.0, 0)
    assert belief_value("grudge", 0.3, W) == "0.30 on a scale from 0 to 1"
    assert [name for name in UNITS if name.startswith(("chance", "firm", "follows", "share")) and UNITS[name] != CHANCE] == []


def test_another_theory_is_another_view_of_the_same_seed() -> None:
    app = page(scenario="marriage-of-convenience")
    app.selectbox(key="politics-1-theory").set_value("rally")
    done(app.run())
    assert app.query_params["theory"] in ("rally", ["rally"])
    assert "seed" not in app.query_params


def test_names_stand_in_for_ids_only_as_whole_words() -> None:
    assert named("A holds AB and B.", {"A": "Arden", "B": "Brome"}) == "Arden holds AB and Brome."


def test_a_decision_says_whom_it_is_about() -> None:
    setting = scenario("marriage-of-convenience")
    run = api.run(setting, seed=1, keep_snapshots=False)
    choice = next(choice for choice in run.record.choices if choice.decision.startswith("stance"))
    line = choice_words(choice, sides(run), names_of(setting), W)
    assert " in the dispute " in line


def test_texts_that_governments_table_are_called_in_the_visitors_language() -> None:
    app = AppTest.from_function(politics_page, default_timeout=SECONDS)
    app.query_params["scenario"], app.query_params["lang"] = "marriage-of-convenience", "es"
    app.session_state["politics-part"], app.session_state["language"] = "votes", "es"
    done(app.run())
    titles = [option for box in app.selectbox for option in box.options if " (" in option]
    assert any("Condena (" in title for title in titles), titles
    assert not any(word in title for title in titles for word in ("Condemnation", "Mandate", "Designation", "Lifting"))


def test_a_text_of_a_government_ends_with_the_state_it_is_about() -> None:
    assert text_about("condemn-4-AUREL-KARST", ("AUREL", "KARST")) == "KARST"
    assert text_about("vote on lift-4-A-SOUTH-A", ("A", "SOUTH-A")) == "SOUTH-A"
    assert text_about("call", ("AUREL", "KARST")) == ""
