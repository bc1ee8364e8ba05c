"""The pages, played without a browser: every flow a visitor can take, and that none ends in an exception."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from sim import api
from tests.scenarios_tried import QUICKLY_FEW
from tests.ui.patience import SECONDS
from ui.outcome import _RUNS, play
from ui.pages.world import opens_at
from ui.serve import ENTRY
from ui.view import Choice, View

SCENARIOS = [name for name, _ in api.scenarios()]


def start_page() -> None:
    from ui.pages import start

    start.show({})


def lab_page() -> None:
    from ui.pages import lab

    lab.show({})


def world_page() -> None:
    from ui.pages import world

    world.show({})


def lab(**query: str | list[str]) -> AppTest:
    app = AppTest.from_function(lab_page, default_timeout=SECONDS)
    for key, value in query.items():
        app.query_params[key] = value
    return done(app.run())


def done(app: AppTest) -> AppTest:
    assert [error.value for error in app.exception] == []
    return app


def link(app: AppTest) -> dict[str, list[str]]:
    return {key: [value] if isinstance(value, str) else list(value) for key, value in app.query_params.items()}


def takeaways(app: AppTest) -> list[str]:
    """The sentence right under each chart's heading."""
    body = list(app.main.children.values())
    texts: list[str] = []

    def walk(node: object) -> None:
        for child in getattr(node, "children", {}).values():
            if getattr(child, "type", "") in ("subheader", "markdown"):
                texts.append(f"{child.type}:{child.value}")
            walk(child)

    for node in body:
        if getattr(node, "type", "") in ("subheader", "markdown"):
            texts.append(f"{node.type}:{node.value}")
        walk(node)
    heads = [place for place, text in enumerate(texts) if text.startswith("subheader:") and text.endswith("?")]
    return [texts[place + 1].removeprefix("markdown:") for place in heads]


def test_the_app_opens_on_the_start_page() -> None:
    app = done(AppTest.from_file(str(ENTRY), default_timeout=SECONDS).run())
    assert app.title[0].value == "Sanctions Lab"


def test_the_start_page_has_a_card_for_every_scenario_and_no_dead_door() -> None:
    app = done(AppTest.from_function(start_page, default_timeout=SECONDS).run())
    assert {button.key for button in app.button} == {"door-play", *(f"open-{name}" for name in SCENARIOS)}


@pytest.mark.parametrize("name", QUICKLY_FEW)
def test_every_scenario_opens_with_three_charts_each_under_its_sentence(name: str) -> None:
    app = lab(scenario=name)
    assert [metric.label for metric in app.metric] == ["Real income", "Prices (base 100)", "Exports", "Imports"]
    sentences = takeaways(app)
    assert len(sentences) == 3
    assert all(sentence.endswith(".") and len(sentence) > 20 for sentence in sentences)


def test_without_a_scenario_the_lab_offers_the_cards() -> None:
    app = lab()
    assert {f"open-{name}" for name in SCENARIOS} <= {button.key for button in app.button}


def test_a_moved_slider_changes_the_numbers_and_the_link() -> None:
    """A full ban on grain hurts B more than half a ban: the exports in the strip fall further."""
    app = lab(scenario="triangle", off="0", m="import_ban~A~B~grain~0.5~0~")
    half = app.metric[2].delta
    app.slider(key="lab-1-mine-0-value").set_value(100.0)
    done(app.run())
    assert app.metric[2].delta != half
    assert link(app)["m"] == ["import_ban~A~B~grain~1~0~"]


def test_a_measure_that_is_only_there_or_not_has_no_level_in_its_title() -> None:
    """'Condemnation' has a level in percent of goodwill, as World says it; 'Retraction' has none; what is done in one of two ways says which."""
    asks = ["condemnation~A~B~~0.05~0~", "assembly_resolution~A~B~~1~0~", "offer_settlement~A~B~~0.6~1~"]
    app = lab(scenario="triangle", off="0", m=asks)
    titles = [box.label for box in app.expander]
    assert {"Condemnation: State A towards State B, 5\N{NO-BREAK SPACE}% of goodwill", "Assembly resolution: State A towards State B"} <= set(titles)
    box = app.selectbox(key="lab-1-mine-2-snapback")
    assert [box.label, box.options] == ["If the target is seen to go back on it", ["brings measures back", "leaves them lifted"]]
    box.set_value(0.0)
    done(app.run())
    assert link(app)["m"][2] == "offer_settlement~A~B~~0.6~1~~snapback=0"


def test_a_closed_card_says_what_has_ended_and_what_this_run_does_not_reach() -> None:
    """A tariff that stays, one set to end after four quarters, and one from quarter 7, which a run of five quarters does not reach."""
    asks = ["tariff~A~B~grain~0.2~0~", "tariff~A~C~grain~0.2~0~4", "tariff~B~C~grain~0.2~7~"]
    app = lab(scenario="triangle", off="0", m=asks)
    said = [box.label for box in app.expander if box.label.startswith("Tariff")]
    assert ["(no longer in force from year 2, Q1)" in label for label in said] == [False, True, False]
    app = lab(scenario="triangle", off="0", m=asks, quarters="5")
    said = [box.label for box in app.expander if box.label.startswith("Tariff")]
    assert [label.rpartition(" (")[2] for label in said][1:] == ["no longer in force from year 2, Q1)", "begins after the end of this run)"]
    assert "(" not in said[0]


def test_a_lever_can_be_added_taken_out_undone_and_redone() -> None:
    app = lab(scenario="triangle", off="0")
    app.button(key="add-tariff").click()
    done(app.run())
    assert link(app)["m"] == ["tariff~A~B~*~0.25~0~"]
    app.button(key="undo").click()
    done(app.run())
    assert "m" not in link(app)
    app.button(key="redo").click()
    done(app.run())
    assert link(app)["m"] == ["tariff~A~B~*~0.25~0~"]
    remove = next(button.key for button in app.button if button.key.endswith("-remove"))
    app.button(key=remove).click()
    done(app.run())
    assert "m" not in link(app)


def test_switching_the_scenarios_own_measure_off_leaves_nothing_to_compare() -> None:
    app = lab(scenario="triangle")
    assert len(app.info) == 0
    app.toggle(key="lab-1-own-0").set_value(False)
    done(app.run())
    assert "Nothing to compare yet" in app.info[0].value
    assert link(app)["off"] == ["0"]


def test_another_seed_is_another_run_of_the_same_view() -> None:
    app = lab(scenario="triangle")
    before = {metric.label: metric.value for metric in app.metric}
    app.number_input(key="lab-1-seed").set_value(7)
    done(app.run())
    assert link(app)["seed"] == ["7"]
    assert before.keys() == {metric.label for metric in app.metric}


def test_a_shorter_run_ends_where_it_is_told() -> None:
    app = lab(scenario="triangle")
    app.number_input(key="lab-1-quarters").set_value(5)
    done(app.run())
    assert link(app)["quarters"] == ["5"]
    assert any("year 2, Q1" in caption.value for caption in app.caption)


def test_a_changed_number_of_the_model_is_told_and_can_be_put_back() -> None:
    app = lab(scenario="triangle", p="impact_share~0.9")
    assert any("How much of the long-run trade response" in caption.value and "0.9" in caption.value for caption in app.caption)
    app.button(key="numbers-back").click()
    done(app.run())
    assert "p" not in link(app)


def test_a_pinned_run_is_compared_with_and_can_be_gone_back_to() -> None:
    app = lab(scenario="triangle")
    app.button(key="pin").click()
    done(app.run())
    assert "same as run A" in app.info[0].value
    assert link(app)["vs"] == ["pin"]
    app.button(key="add-tariff").click()
    done(app.run())
    assert len(app.info) == 0
    app.button(key="swap").click()
    done(app.run())
    assert "m" not in link(app)
    app.button(key="unpin").click()
    done(app.run())
    assert "vs" not in link(app)


@pytest.mark.parametrize(
    "query, said",
    [
        ({"scenario": "no-such"}, "no scenario 'no-such'"),
        ({"scenario": "triangle", "seed": "x"}, "seed is 'x'"),
        ({"scenario": "triangle", "m": "bomb~A~B~*~1~0~"}, "no lever 'bomb'"),
        ({"scenario": "../../etc/passwd"}, "no scenario"),
        ({"scenario": "triangle", "m": "import_ban~A~B~grain~9~0~"}, "allowed is 0 to 1"),
    ],
)
def test_a_bad_link_gives_a_sentence_and_the_cards(query: dict[str, str], said: str) -> None:
    app = lab(**query)
    assert said in app.error[0].value
    assert {f"open-{name}" for name in SCENARIOS} <= {button.key for button in app.button}


def test_a_bad_link_to_a_known_scenario_can_be_opened_without_the_rest() -> None:
    app = lab(scenario="triangle", seed="x")
    app.button(key="open-plain").click()
    done(app.run())
    assert len(app.error) == 0
    assert len(app.metric) == 4


def test_an_unrelated_rerun_runs_no_model_and_draws_no_chart_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from ui.pages import lab_results

    app = lab(scenario="triangle", seed="11")
    runs = len(_RUNS)

    def refuse(*_: object) -> None:
        raise AssertionError("drawn again")

    for name in ("_who_pays", "_over_time", "_trade_moved"):
        monkeypatch.setattr(lab_results, name, refuse)
    done(app.run())
    assert len(_RUNS) == runs


def test_the_world_page_shows_the_run_of_the_lab() -> None:
    app = AppTest.from_function(world_page, default_timeout=SECONDS)
    app.query_params["scenario"] = "triangle"
    done(app.run())
    assert next(head.value for head in app.subheader) == "Who depends on whom?"
    slider = app.select_slider[0]
    assert str(slider.key).startswith("world-quarter")
    slider.set_value(0)
    done(app.run())
    assert "No measures are in force" in " ".join(text.value for text in app.markdown)


def test_the_world_page_opens_where_something_is_in_force_and_at_the_end_where_nothing_ever_is() -> None:
    app = AppTest.from_function(world_page, default_timeout=SECONDS)
    app.query_params["scenario"] = "who-pays"
    done(app.run())
    force = api.run("who-pays").measures["quarter"]
    last = int(force.max())
    assert 0 < last < api.load("who-pays").quarters - 1  # its measures are lifted before the end
    assert app.select_slider[0].value == last
    assert "No measures are in force" not in " ".join(text.value for text in app.markdown)
    quiet = replace(play(View("triangle"), Choice(), api.load("triangle")), measures=pd.DataFrame({"quarter": []}))
    assert opens_at(quiet) == quiet.quarters - 1


def test_the_world_page_without_a_run_points_to_the_lab() -> None:
    app = done(AppTest.from_function(world_page, default_timeout=SECONDS).run())
    assert "Open a scenario in the Lab first" in app.markdown[0].value


def test_a_wedge_can_be_tried_in_the_lab() -> None:
    """Aurelia offers Vostra relief for staying away from Karstia, the other target of its measures; the page asks for the partner by name."""
    app = lab(scenario="marriage-of-convenience", quarters="4")
    app.button(key="add-inducement").click()
    done(app.run())
    assert link(app)["m"] == ["inducement~AUREL~VOSTRA~~0~0~~leave:KARST"]
    partner = next(one for one in app.selectbox if str(one.key).endswith("-leave"))
    assert partner.value == "KARST" and "Vostra" not in partner.options
    partner.set_value("MIRAN")
    done(app.run())
    assert link(app)["m"] == ["inducement~AUREL~VOSTRA~~0~0~~leave:MIRAN"]


def test_a_new_measure_moves_the_view_to_whom_it_is_about() -> None:
    for measure, name in (("tariff~AUREL~KARST~*~0.25~0~", "Karstia"), ("tariff~AUREL~VOSTRA~*~0.25~0~", "Vostra"), ("subsidy~KARST~~*~0.1~0~", "Karstia")):
        app = lab(scenario="marriage-of-convenience", quarters="4", m=measure)
        assert any(caption.value.startswith(f"{name} in the last four quarters") for caption in app.caption)


def test_the_lab_says_that_the_newest_measure_has_moved_the_focus_until_a_state_is_picked() -> None:
    """Marriage of convenience: the focus is on the main target, Karstia, moves to Vostra with a measure against it, and stays where the visitor puts it."""

    def notes(**query: str) -> str:
        app = lab(scenario="marriage-of-convenience", quarters="4", **query)
        return next(caption.value for caption in app.caption if "in the last four" in caption.value)

    moved = "In focus is whom the newest measure is about"
    assert notes().startswith("Karstia") and moved not in notes()
    about = notes(m="import_ban~AUREL~VOSTRA~*~0.5~0~")
    assert about.startswith("Vostra") and moved in about
    kept = notes(m="import_ban~AUREL~VOSTRA~*~0.5~0~", look="KARST")
    assert kept.startswith("Karstia") and moved not in kept


def test_the_lab_says_what_governments_did_and_which_measure_holds_no_longer() -> None:
    """First Warning, seed 1: a ban of Albora's banks in quarter 1; by the end its own government has acted elsewhere too."""
    app = lab(scenario="first-warning", m="payment_exclusion~ALBORA~TESSIA~*~1~0~")
    said = [caption.value for caption in app.caption]
    run = api.run("first-warning", 1, [api.Decision(0, "ALBORA", "payment_exclusion", "TESSIA", "*", 1.0)], timetable=False)
    mine = run.measures[(run.measures["sender"] == "ALBORA") & (run.measures["target"] == "TESSIA") & (run.measures["lever"] == "payment_exclusion")]
    assert int(mine["quarter"].max()) < run.quarters - 1
    assert any(text.startswith("No longer in force from ") and "although it is set to stay to the end" in text for text in said)
    assert [box.label for box in app.expander if box.label.startswith("Payment exclusion") and "(no longer in force from year " in box.label]
    assert [one.label for one in app.select_slider if str(one.key).endswith("-when")] == ["Set to be in force"]
    others = run.measures[(run.measures["lever"] == "payment_exclusion") & (run.measures["target"] != "TESSIA")]
    assert others.empty != any(text.startswith("Besides what you set") and "Payment exclusion" in text for text in said)
