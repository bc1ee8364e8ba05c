"""What people type on the class's pages: kept until it is accepted, and one phone of a seat does not wipe another's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from streamlit.testing.v1 import AppTest

from tests.ui.class_room import ClassRoom, at_home, done, open_class, press, words_of
from ui.classroom import board, messages, offers, polls, submissions, view
from ui.classroom.refused import Busy, Refusal
from ui.telling import refusal_told
from ui.text import words


@pytest.fixture
def room(tmp_path: Path) -> Iterator[ClassRoom]:
    """Four seats of who-pays, two rounds, everybody in, in talk of round 1; messages are allowed."""
    with at_home(tmp_path):
        yield open_class().start().to("talk", 1)


def field(app: AppTest, label: str) -> Any:
    """The field of text with this label."""
    return next(one for one in app.text_input if one.label.startswith(label))


def at(app: AppTest, view_name: str) -> AppTest:
    """Another view of the seat's page."""
    next(one for one in app.segmented_control if str(one.key).startswith("view-")).set_value(view_name)
    return done(app.run())


def test_a_refused_offer_stays_in_its_fields_and_an_accepted_one_leaves_them(room: ClassRoom) -> None:
    app = room.seat()
    field(app, "We give").set_value("half of it")
    press(app, "Send the offer")
    assert "We want: it is empty" in app.error[0].value.replace("\\", "")
    assert (field(app, "We give").value, field(app, "We want").value) == ("half of it", "")
    field(app, "We want").set_value("quiet")
    press(app, "Send the offer")
    assert [(row.gives, row.wants) for row in offers.of_seat(room.store, room.links["arden"])] == [("half of it", "quiet")]
    assert (field(app, "We give").value, field(app, "We want").value) == ("", "")


def test_an_offer_message_pledge_and_motion_begun_in_talk_are_still_there_in_decide_and_gone_in_the_next_round(room: ClassRoom) -> None:
    begun = {"We give": "half of it", "Message": "listen", "In your words": "we promise", "The motion": "A joint limit"}
    app = room.seat()
    for label, text in begun.items():
        field(app, label).set_value(text)
    next(one for one in app.selectbox if one.label == "Kind").set_value("coalition")
    done(app.run())
    room.to("decide", 1)
    at(done(app.run()), "talk")
    assert {label: field(app, label).value for label in begun} == begun
    assert next(one for one in app.selectbox if one.label == "Kind").value == "coalition"
    press(app, "Send")
    assert [row.text for row in messages.of_seat(room.store, room.links["arden"])] == ["listen"]
    assert field(app, "Message").value == ""
    assert field(app, "We give").value == "half of it"
    room.to("talk", 2)
    assert [field(done(app.run()), label).value for label in begun] == [""] * 4


def test_a_message_from_a_page_of_the_phase_before_is_refused_and_not_lost(room: ClassRoom) -> None:
    app = room.seat()
    room.to("decide", 1)
    field(app, "In your words").set_value("we promise")
    field(app, "We give").set_value("half of it")
    field(app, "We want").set_value("quiet")
    press(app, "Send the offer")
    assert "out of date" in words_of(app)
    assert offers.of_seat(room.store, room.links["arden"]) == []
    at(app, "talk")
    assert [field(app, label).value for label in ("We give", "We want", "In your words")] == ["half of it", "quiet", "we promise"]


def test_an_empty_side_of_an_offer_is_named_in_the_language_of_the_page(room: ClassRoom) -> None:
    seat = room.links["arden"]
    cases = [("x", "", "We want: ", "Queremos: "), (" ", "x", "We give: ", "Damos: ")]
    for gives, wants, english, spanish in cases:
        with pytest.raises(Refusal) as problem:
            offers.make(room.store, seat, room.now().stamp, to="belmora", kind="deal", gives=gives, wants=wants)
        assert str(problem.value).startswith(english)
        assert refusal_told(str(problem.value), words("es")).startswith(spanish)


def test_a_broadcast_that_is_refused_stays_in_its_field(room: ClassRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    app = room.teach()

    def busy(*given: object) -> None:
        raise Busy("The class is busy and nothing was stored: please press again.")

    with monkeypatch.context() as for_now:
        for_now.setattr("ui.classroom.instructor.broadcast", busy)
        field(app, "Message to all").set_value("Five minutes left")
        press(app, "Send to all")
    assert field(app, "Message to all").value == "Five minutes left"
    press(app, "Send to all")
    assert field(app, "Message to all").value == ""
    assert [text for _, _, text in view.notices(room.store, room.links["delmar"])] == ["Five minutes left"]


def heard(room: ClassRoom) -> tuple[str, str]:
    """Reason and purpose that Arden handed in."""
    row = next(row for row in board.listen(room.store, room.key, room.made.uid, 1) if row.seat == "arden")
    return row.reason, row.purpose


def test_a_phone_that_touched_nothing_hands_in_the_words_of_the_seats_other_phone(room: ClassRoom) -> None:
    room.to("decide", 1)
    second = room.seat()
    first = room.seat()
    first.text_input(key="reason-0-1-decide").set_value("because of the mines")
    first.radio(key="purpose-0-1-decide").set_value("signal")
    done(first.run())
    press(second, "hand-in")
    assert heard(room) == ("because of the mines", "signal")


def test_the_last_word_kept_counts_and_a_word_sent_with_the_press_goes_before_it(room: ClassRoom) -> None:
    """Each phone writes; the second wrote later. The first presses untouched, then writes and presses at once."""
    room.to("decide", 1)
    phones = [room.seat(), room.seat()]
    for phone, text, why in zip(phones, ("first", "second"), ("signal", "coerce"), strict=True):
        phone.text_input(key="reason-0-1-decide").set_value(text)
        phone.radio(key="purpose-0-1-decide").set_value(why)
        done(phone.run())
    press(phones[0], "hand-in")
    assert heard(room) == ("second", "coerce")
    press(phones[0], "revise")
    phones[0].text_input(key="reason-0-1-decide").set_value("third")
    press(phones[0], "hand-in")
    assert heard(room) == ("third", "coerce")


def test_a_word_the_store_was_too_busy_to_keep_is_handed_in_all_the_same(room: ClassRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    room.to("decide", 1)
    app = room.seat()

    def busy(*given: object) -> None:
        raise Busy("The class is busy and nothing was stored: please press again.")

    with monkeypatch.context() as for_now:
        for_now.setattr(submissions, "save_draft", busy)
        app.text_input(key="reason-0-1-decide").set_value("kept here alone")
        done(app.run())
    press(app, "hand-in")
    assert heard(room)[0] == "kept here alone"
    assert view.own_decision(room.store, room.links["arden"]) is not None


def place(node: Any, is_it: Callable[[Any], bool], path: tuple[int, ...] = ()) -> tuple[int, ...] | None:
    """Where on the page the first element stands that is meant; what stands further down has the larger numbers."""
    if is_it(node):
        return path
    for number, child in getattr(node, "children", {}).items():
        if (found := place(child, is_it, (*path, number))) is not None:
            return found
    return None


def place_of(app: AppTest, kind: str, label: str) -> tuple[int, ...]:
    """Where the widget of this kind with this label stands."""
    found = place(app.main, lambda one: getattr(one, "type", "") == kind and getattr(one, "label", "") == label)
    assert found is not None
    return found


def place_said(app: AppTest, words_said: str) -> tuple[int, ...]:
    """Where a box says these words."""
    found = place(app.main, lambda one: getattr(one, "type", "") == "error" and words_said in one.value.replace("\\", ""))
    assert found is not None
    return found


def test_a_refusal_stands_below_the_button_that_was_pressed(room: ClassRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    """An offer without words between its own button and the motion's field; a decision the store had no time for below its button, the page's last."""

    def busy(*_: Any, **__: Any) -> int:
        raise Busy("The class is busy and nothing was stored: please press again.")

    app = room.seat()
    press(app, "Send the offer")
    next_field = place_of(app, "text_input", "The motion in one sentence")
    assert place_of(app, "button", "Send the offer") < place_said(app, "it is empty") < next_field
    room.to("decide", 1)
    done(app.run())
    monkeypatch.setattr(submissions, "submit", busy)
    press(app, "hand-in")
    assert place_said(app, "class is busy") > max(place_of(app, "button", one.label) for one in app.button)


def test_what_others_say_moves_no_field_in_which_somebody_types(room: ClassRoom) -> None:
    """A browser empties a field that moves in the page's tree: an offer, a message, a pledge, a motion and a sentence on the page leave all in place."""
    app = room.seat()
    labels = ("We give", "Message", "In your words (if you like)", "The motion in one sentence")
    before = [place_of(app, "text_input", label) for label in labels]
    stamp, token = room.now().stamp, room.links["belmora"]
    offers.make(room.store, token, stamp, to="arden", kind="deal", gives="a", wants="b")
    messages.send(room.store, token, stamp, to="arden", text="hello")
    submissions.pledge(room.store, token, stamp, lever="import_ban", target="CORVANE", will=True)
    polls.table_motion(room.store, token, stamp, "A limit")
    press(app, "Send the offer")  # refused: both sides are empty
    assert "hello" in words_of(app)
    assert app.error
    assert [place_of(app, "text_input", label) for label in labels] == before


def test_who_hands_in_does_not_wait_for_the_same_question_twice(room: ClassRoom) -> None:
    """Handing in ends with a reading of the class: the page after it does not ask whether another server wrote since; a page drawn otherwise does."""
    room.to("decide", 1)
    app, asked = room.seat(), []

    def hear(connection: object, cursor: object, statement: str, *rest: object) -> None:
        asked.append("sum(seat.version)" in statement)

    event.listen(room.store.engine, "before_cursor_execute", hear)
    try:
        press(app, "hand-in")
        after_the_press = sum(asked)
        done(app.run())
    finally:
        event.remove(room.store.engine, "before_cursor_execute", hear)
    assert view.own_decision(room.store, room.links["arden"]) is not None
    assert (after_the_press, sum(asked)) == (0, 1)


def test_the_same_measure_chosen_twice_says_so_on_its_second_card(room: ClassRoom) -> None:
    room.to("decide", 1)
    app = room.seat()
    says = words("en").t("seat.decide.twice")
    press(app, "use-import_ban")
    assert says not in [one.value for one in app.caption]
    press(app, "use-import_ban")
    assert [one.value for one in app.caption].count(says) == 1
    press(app, next(str(one.key) for one in app.button if one.label == "Take out"))
    assert says not in [one.value for one in app.caption]
