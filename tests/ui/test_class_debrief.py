"""The debrief of a class: closed before its time, made from what was played, the same for all, with bets, polls and a vote on a fork."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sim import api
from tests.scenarios_tried import TWO
from tests.ui.class_room import ClassRoom, button, open_class, press, words_of
from tests.ui.patience import SECONDS
from ui.bets import STAKES
from ui.class_debrief import class_panels, debrief_engine, model_part, short, voted, wagers, whole
from ui.classroom import instructor, looking_back, polls, submissions
from ui.classroom.lesson import lesson_for_instructor
from ui.classroom.polls import MotionSeen
from ui.classroom.refused import Denied
from ui.classroom.store import forget_engine
from ui.classroom.submissions import Forecast
from ui.classroom.text import display
from ui.classroom.view import lesson
from ui.debrief.make import PARTS
from ui.house import the_model
from ui.text import words

W = words()
HEADS = [W.t(f"debrief.{name}.heading") for name in PARTS]


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ClassRoom]:
    """Who-pays over two rounds, played: Arden bans imports in round 1 and bets that the policy does not move; the closing poll is open."""
    monkeypatch.setenv("SANCTIONS_LAB_DATA", str(tmp_path))
    monkeypatch.setenv("SANCTIONS_LAB_PUBLIC_URL", "http://class.example:8501")
    monkeypatch.delenv("SANCTIONS_LAB_DATABASE", raising=False)
    made = open_class().start().to("poll")
    for label, value in (("arden", 20.0), ("belmora", 60.0)):
        polls.answer(made.store, made.links[label], "before", value)
    made.to("decide", 1)
    ban = {"lever": "import_ban", "target": "CORVANE", "sector": "*", "value": 0.8, "options": {"purpose": "coerce"}}
    bet = Forecast("policy_changed", 90.0, 100.0, 0.9)
    submissions.submit(made.store, the_model(), made.links["arden"], made.now().stamp, [ban], purpose="coerce", bet=bet)
    yield made.to("debrief")
    forget_engine(f"sqlite:///{tmp_path / 'classroom.sqlite'}")


def looked(room: ClassRoom) -> looking_back.LookBack:
    found = looking_back.of_seat(room.store, room.links["arden"])
    assert found is not None
    return found


def test_nobody_looks_back_before_the_debrief_but_the_instructor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANCTIONS_LAB_DATA", str(tmp_path))
    monkeypatch.delenv("SANCTIONS_LAB_DATABASE", raising=False)
    room = open_class().start().to("decide", 1)
    for call, secret in ((looking_back.of_seat, room.links["arden"]), (looking_back.on_projector, room.made.projector)):
        with pytest.raises(Denied, match="debrief has not begun"):
            call(room.store, secret)
        with pytest.raises(Denied, match="This link does not work"):
            call(room.store, "x" * 32)
    assert looking_back.of_session(room.store, room.key, room.made.uid) is None
    with pytest.raises(Denied, match="Only the instructor"):
        looking_back.of_session(room.store, "x", room.made.uid)
    forget_engine(f"sqlite:///{tmp_path / 'classroom.sqlite'}")


def test_the_debrief_plays_exactly_what_the_class_played(room: ClassRoom) -> None:
    """The digest over all tables of the replay is that of the last round."""
    about = lesson(room.store, room.links["arden"])
    model = model_part(looked(room), about, 0, W)
    assert model.digest == looked(room).seen[-1].digest
    assert [panel.key for panel in model.panels] == list(PARTS)
    assert all(not panel.empty for panel in model.panels)
    assert "The team that spoke for Arden ordered it." in [step.why for step in model.panels[0].steps]
    assert "Arden" in model.forks[0]
    assert "import ban" in model.forks[0]
    found = whole(about, model, [], W)
    assert found.panels[-1].points == about.debrief_questions


def test_the_bet_of_a_class_is_set_against_what_happened(room: ClassRoom) -> None:
    """Arden bet 90 to 100 % of the policy; what came is a level of 0 to 100, so the scale is 100 wide, and round 1 ends in quarter 1."""
    (bet,) = wagers(looked(room), lesson(room.store, room.links["arden"]), W)
    assert (bet.round, bet.state, bet.low, bet.high, bet.sure) == (1, "Arden", 90.0, 100.0, 90.0)
    assert bet.width == STAKES["policy_changed"].high
    assert bet.quarter == lesson(room.store, room.links["arden"]).quarters_per_round - 1
    assert bet.value is not None
    assert not bet.hit


def test_a_seat_sees_every_panel_the_polls_and_its_own_bets(room: ClassRoom) -> None:
    app = room.seat()
    heads = [header.value for header in app.header]
    for head in (*HEADS, W.t("debrief.polls.heading"), W.t("debrief.calibration.heading"), W.t("seat.debrief.bets")):
        assert heads.count(head) == 1, head
    assert "The largest surprise. In round 1 a team of" in words_of(app)
    assert "The largest surprise" in words_of(app)
    linked = [line for line in words_of(app).split("\n") if line.startswith(f"**{W.t('debrief.contents')}:**")]
    assert len(linked) == 1
    places = re.findall(r"\(#([a-z-]+)\)", linked[0])
    assert places == [header.proto.anchor for header in app.header if header.proto.anchor]  # every link leads to a heading, in the order of the page
    assert len(places) == 10
    assert W.t("seat.poll.again") in words_of(app)  # the class has just seen how it ended: the closing poll asks about another history


def test_the_projector_shows_one_part_at_a_time(room: ClassRoom) -> None:
    app = room.screen()
    assert [title.value for title in app.title][1] == W.t("debrief.timeline.heading")
    assert len(app.header) == 0


def test_the_class_votes_on_a_fork_and_the_one_with_most_votes_is_played(room: ClassRoom) -> None:
    app = room.teach()
    app.session_state[f"view-{room.made.uid}-False"] = "debrief"
    press(app.run(), "fork-put")
    (motion,) = polls.motions(room.store, room.links["arden"])
    assert motion.kind == "fork"
    assert len(motion.options) > 1
    seat = room.seat()
    assert W.t("debrief.vote.heading") in [header.value for header in seat.header]
    press(seat, f"fork-vote-{motion.id}-1")
    assert polls.motions(room.store, room.links["arden"])[0].mine == 1
    before = next(panel for panel in model_part(looked(room), lesson(room.store, room.links["arden"]), 0, W).panels if panel.key == "fork")
    press(app.run(), f"fork-close-{motion.id}")
    assert voted(polls.motions(room.store, room.links["arden"])) == 1
    after = next(panel for panel in model_part(looked(room), lesson(room.store, room.links["arden"]), 1, W).panels if panel.key == "fork")
    assert after.text[0] != before.text[0]
    assert after.text[0].replace("$", "\\$") in words_of(room.seat())


def test_a_vote_in_which_nobody_voted_is_told_in_a_sentence_and_not_in_noughts() -> None:
    def draw() -> None:
        from ui.classroom.polls import MotionSeen
        from ui.pages.class_debrief_parts import ballot
        from ui.text import words

        empty = MotionSeen(1, "fork", "", "Which fork?", ("one", "two"), False, 0, None, (0, 0), ())
        ballot([empty], lambda motion, place: None, words())

    said = [text.value for text in AppTest.from_function(draw, default_timeout=SECONDS).run().markdown]
    assert said == [display("Which fork?"), "Nobody voted."]


def test_the_teacher_shows_the_closing_poll_and_takes_the_debrief_home(room: ClassRoom) -> None:
    polls.answer(room.store, room.links["arden"], "after", 80.0)
    app = room.teach()
    app.session_state[f"view-{room.made.uid}-False"] = "debrief"
    assert "(1 of 4 answered)" in button(app.run(), "after-close").label
    press(app, "after-close")
    press(app, "after-open")
    polls.answer(room.store, room.links["arden"], "after", 80.0)  # not locked out
    press(app, "after-close")
    answers = {poll.key: poll.answers for poll in polls.on_projector(room.store, room.made.projector)}
    assert answers["after"] == (80.0,)
    assert answers["before"] == (20.0, 60.0)
    press(app, "class-debrief-make-html")
    assert len(app.get("download_button")) == 1
    assert button(app, "class-debrief-make-pdf")


def test_a_model_that_gives_no_answer_leaves_the_charts(room: ClassRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = debrief_engine()
    monkeypatch.setattr(engine, "_ask", lambda asked: {"ok": False, "sentence": "It is tired."})
    app = room.seat()
    assert "It is tired" in words_of(app).replace("\\", "")
    assert len(app.get("vega_lite_chart")) >= 3
    assert "It is tired" in words_of(room.screen()).replace("\\", "")


@pytest.mark.slow
@pytest.mark.parametrize("name", TWO)
def test_a_class_played_by_bots_ends_in_a_debrief_without_an_empty_panel(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANCTIONS_LAB_DATA", str(tmp_path))
    monkeypatch.delenv("SANCTIONS_LAB_DATABASE", raising=False)
    setting = api.load(name)
    room = open_class(name, rounds=-(-setting.quarters // setting.text.quarters_per_round))
    instructor.finish_with_bots(room.store, the_model(), room.key, room.made.uid)
    found = looking_back.of_session(room.store, room.key, room.made.uid)
    assert found is not None
    about = lesson_for_instructor(room.store, room.key, room.made.uid)
    model = model_part(found, about, 0, W)
    assert model.digest == found.seen[-1].digest
    panels = whole(about, model, class_panels(found, about, polls.of_session(room.store, room.key, room.made.uid), W), W).panels
    assert [panel.key for panel in panels if panel.empty] == []
    assert len(panels) == len(PARTS) + 2
    assert panels[0].steps
    forget_engine(f"sqlite:///{tmp_path / 'classroom.sqlite'}")


def motion(number: int, counts: tuple[int, ...], kind: str = "fork", is_open: bool = False) -> MotionSeen:
    return MotionSeen(number, kind, "", "Which?", ("a", "b", "c"), is_open, sum(counts), None, counts, ())


def test_the_last_counted_vote_on_forks_decides() -> None:
    """Open votes, votes without a ballot and votes on something else do not count; of equal counts the first."""
    assert voted([]) == 0
    assert voted([motion(1, (0, 2, 1))]) == 1
    assert voted([motion(1, (0, 2, 1)), motion(2, (0, 0, 0)), motion(3, (0, 0, 5), is_open=True), motion(4, (0, 0, 9), kind="resolution")]) == 1
    assert voted([motion(1, (0, 2, 1)), motion(2, (1, 0, 1))]) == 0


def test_a_long_fork_is_cut_to_fit_a_ballot() -> None:
    assert short("a" * 140) == "a" * 140
    assert short("a" * 141) == "a" * 139 + "…"
