"""Deeds that name something beside a state: the form asks for it, and hands in what the model accepts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.class_room import ClassRoom, at_home, done, open_class, press, words_of
from ui.classroom import instructor, view
from ui.house import the_model

NAMES = {"NORDAL": "Nordal", "SUDAR": "Sudaria"}


@pytest.fixture(autouse=True)
def home(tmp_path: Path) -> Iterator[Path]:
    with at_home(tmp_path):
        yield tmp_path


def deciding(scenario: str, label: str) -> ClassRoom:
    """A class in its first decision."""
    made = open_class(scenario, rounds=1)
    made.start()
    while made.now(label).phase != "decide":
        instructor.advance(made.store, the_model(), made.key, made.made.uid, made.now(label).stamp)
    return made


def taken_up(made: ClassRoom, label: str, lever: str, language: str = "en") -> AppTest:
    """The seat's page after it has reached for a lever behind the choice of other ones."""
    app = made.seat(label)
    app.query_params["lang"] = language
    done(app.run())
    more = app.selectbox(key="more-0-1-decide")
    if not any(str(one.key).startswith(f"use-{lever}-") for one in app.button):
        more.set_value(lever)
    return press(done(app.run()), f"use-{lever}")


def moves(made: ClassRoom, label: str) -> list[dict[str, Any]]:
    found = view.own_decision(made.store, made.links[label])
    assert found is not None
    return [dict(move) for move in found.moves]


def test_a_state_says_which_organisation_it_joins_or_leaves() -> None:
    """Aurel is in the League and not in the Sellers: it may leave the one or join the other, and there is no slider for yes or no."""
    made = deciding("marriage-of-convenience", "aurel")
    app = taken_up(made, "aurel", "membership")
    pick = app.selectbox(key="move-0-0-1-decide--name")
    assert [option.partition(":")[0] for option in pick.options] == ["Join", "Leave"]
    assert [one.key for one in app.slider if (one.key or "").startswith("move-0")] == []
    pick.select_index(1)
    assert "leaves, League" in words_of(done(app.run())).replace("\\", "")
    press(app, "hand-in")
    (move,) = moves(made, "aurel")
    assert (move["lever"], move["value"], move["options"]) == ("membership", 0.0, {"organisation": "LEAGUE"})


def test_a_sender_says_which_partner_the_other_side_is_asked_to_leave() -> None:
    """Measures of Calder on Nordal and on Sudar are in force, and these two have an agreement: each may be asked to leave the other."""
    made = deciding("the-wedge", "calder")
    app = press(made.seat("calder"), "use-inducement")
    towards = app.selectbox(key="move-0-0-1-decide-target")
    assert towards.options == ["Nordal", "Sudaria"]
    first = str(towards.value)
    other = {"NORDAL": "SUDAR", "SUDAR": "NORDAL"}
    assert app.selectbox(key=f"move-0-0-1-decide-{first}-name").options == [NAMES[other[first]]]
    towards.set_value(other[first])
    assert f"if it leaves {NAMES[first]}" in words_of(done(app.run()))
    press(app, "hand-in")
    (move,) = moves(made, "calder")
    assert (move["target"], move["options"]) == (other[first], {"leave": first})


def test_what_may_be_named_is_asked_in_spanish_too() -> None:
    """Corvane is not in the River Commission, so it can only join."""
    made = deciding("who-pays", "corvane")
    app = taken_up(made, "corvane", "membership", "es")
    assert app.selectbox(key="move-0-0-1-decide--name").options == ["Entrar: River Commission"]


def test_a_threat_says_what_follows_and_by_when() -> None:
    made = deciding("first-warning", "albora")
    app = press(done(made.seat("albora").run()), "use-threat")
    pick = app.selectbox(key=next(one.key for one in app.selectbox if str(one.key).endswith("-package")))
    assert pick.value == "partial trade" and len(pick.options) == 4
    pick.set_value("payments")
    words = words_of(done(app.run()))
    assert "with shutting two in five banks out of payments, unless " in words and " is changed within 2 quarters" in words
    press(app, "hand-in")
    (move,) = moves(made, "albora")
    assert (move["lever"], move["options"]["package"]) == ("threat", "payments")


def test_a_proposal_says_which_deal_and_who_gives() -> None:
    made = deciding("marriage-of-convenience", "vostra")
    app = press(done(made.seat("vostra").run()), "use-propose_deal")
    assert app.selectbox(key="move-0-0-1-decide-target").value == "KARST"  # asked for something by the same states, and no sender
    named = {note: [one for one in app.selectbox if str(one.key).endswith(f"-{note}")] for note in ("kind", "giver")}
    assert named["giver"] == [] and "easier trade, both ways" in words_of(app) and "gives" not in words_of(app)  # the same from either side
    named["kind"][0].set_value("licence")
    giver = next(one for one in done(app.run()).selectbox if str(one.key).endswith("-giver"))
    assert giver.options == ["Vostra gives", "Karstia gives"]
    giver.set_value("them")
    assert "a technology licence, Karstia gives" in words_of(done(app.run()))
    press(app, "hand-in")
    (move,) = moves(made, "vostra")
    assert move["options"] == {"kind": "licence", "giver": "them"}


def test_what_a_state_begins_with_can_be_ended_in_the_first_round() -> None:
    """Aurelia begins with six measures, of which it ends the first."""
    made = deciding("marriage-of-convenience", "aurel")
    app = made.seat("aurel")
    assert len([one for one in app.button if one.label == "End it"]) == 6
    next(one for one in app.button if one.label == "End it").click()
    done(app.run())
    assert "Export ban ends: Aurelia on Vostra" in words_of(app)
    app.segmented_control(key="view-decide-0-1-decide").set_value("charts")
    assert "Before the measures that are in force now, **Aurelia** sold and bought most" in words_of(done(app.run()))
    app.segmented_control(key="view-decide-0-1-decide").set_value("main")
    press(done(app.run()), "hand-in")
    assert [(move["lever"], move["target"], move["sector"], move["value"]) for move in moves(made, "aurel")] == [("export_ban", "VOSTRA", "tech", None)]


def test_after_the_round_everybody_reads_what_was_threatened_and_when_it_falls_due() -> None:
    """Albora threatens in the first round of two; Tessia reads it on its page of results, and is waited for until the second round."""
    made = open_class("first-warning", rounds=2)
    made.start()
    while made.now("albora").phase != "decide":
        instructor.advance(made.store, the_model(), made.key, made.made.uid, made.now("albora").stamp)
    app = press(done(made.seat("albora").run()), "use-threat")
    next(one for one in app.selectbox if str(one.key).endswith("-package")).set_value("payments")
    press(done(app.run()), "hand-in")
    while made.now("albora").phase != "reveal":
        instructor.advance(made.store, the_model(), made.key, made.made.uid, made.now("albora").stamp)
    words = words_of(made.seat("tessia")).replace("\u00a0", " ").replace("\u202f", " ")
    assert "Albora threatens Tessia, so that 50 % of the policy is changed" in words
    assert "What would follow: two in five banks shut out of payments. It falls due in year 1, Q4" in words


def test_a_sender_with_measures_in_force_sees_relief_before_more_measures() -> None:
    app = done(deciding("off-ramp", "valor").seat("valor").run())
    used = [str(one.key) for one in app.button if str(one.key).startswith("use-")]
    places = {name: next(place for place, key in enumerate(used) if key.startswith(f"use-{name}-")) for name in ("offer_settlement", "import_ban")}
    assert places["offer_settlement"] < places["import_ban"]
