"""Offers, messages, pledges, polls, votes, injects: what seats say to each other and to the class."""

from __future__ import annotations

import pytest

from tests.classroom.fakes import CARD, TARIFF, Clock, FakeEngine, Room
from ui.classroom import board, instructor, messages, offers, polls, seats, submissions, view
from ui.classroom.card import Plan
from ui.classroom.contract import Move
from ui.classroom.refused import Denied, OutOfDate, Refusal, TooMany
from ui.classroom.seats import Pulse
from ui.classroom.sessions import create
from ui.classroom.store import Store


@pytest.fixture
def talking(room: Room) -> Room:
    """Three seats in round 1, talking."""
    return room.everybody_starts().to("talk", 1)


def mark(room: Room, seat: str) -> Pulse:
    """The pulse of a seat."""
    return seats.pulse(room.store, room.engine, room.links[seat])


def test_an_offer_is_made_answered_and_seen_by_its_two_sides_only(talking: Room) -> None:
    """Aland offers Borland a deal; Borland accepts; Corland sees nothing and its page does not redraw."""
    before = {seat: mark(talking, seat).mark for seat in talking.links}
    number = offers.make(
        talking.store,
        talking.links["aland"],
        talking.stamp,
        to="borland",
        kind="deal",
        gives="grain",
        wants="a licence",
        gives_moves=[TARIFF],
    )
    assert [mark(talking, seat).mark != before[seat] for seat in ("aland", "borland", "corland")] == [True, True, False]
    with pytest.raises(Denied):
        offers.answer(talking.store, talking.links["corland"], talking.stamp, number, "accepted")
    with pytest.raises(Denied):
        offers.answer(talking.store, talking.links["aland"], talking.stamp, number, "accepted")
    offers.answer(talking.store, talking.links["borland"], talking.stamp, number, "accepted")
    seen = offers.of_seat(talking.store, talking.links["borland"])[0]
    assert (seen.mine, seen.other, seen.status, seen.gives) == (False, "aland", "accepted", "grain")
    assert seen.terms["gives"][0]["state"] == "ALA"
    assert offers.of_seat(talking.store, talking.links["corland"]) == []
    with pytest.raises(OutOfDate, match="accepted"):
        offers.answer(talking.store, talking.links["borland"], talking.stamp, number, "refused")


def test_silence_is_refusal_when_the_round_is_locked(talking: Room) -> None:
    """One offer for this round expires at its lock, one for two rounds a round later."""
    for rounds in (1, 2):
        offers.make(
            talking.store, talking.links["aland"], talking.stamp, to="borland", kind="settlement", gives="a", wants="b", rounds=rounds
        )
    talking.to("reveal", 1)
    assert [row.status for row in offers.of_seat(talking.store, talking.links["borland"])] == ["open", "expired"]
    talking.to("reveal", 2)
    assert [row.status for row in offers.of_seat(talking.store, talking.links["borland"])] == ["expired", "expired"]


def test_a_counter_offer_closes_the_offer_it_answers(talking: Room) -> None:
    """Borland counters Aland's offer; a stranger cannot counter it."""
    first = offers.make(talking.store, talking.links["aland"], talking.stamp, to="borland", kind="deal", gives="a", wants="b")
    with pytest.raises(Denied):
        offers.make(talking.store, talking.links["corland"], talking.stamp, to="aland", kind="deal", gives="c", wants="d", counters=first)
    offers.make(talking.store, talking.links["borland"], talking.stamp, to="aland", kind="deal", gives="c", wants="d", counters=first)
    status = {row.id: row.status for row in offers.of_seat(talking.store, talking.links["aland"])}
    assert status[first] == "countered"
    assert len(status) == 2


def test_offers_are_bounded_and_can_be_withdrawn(talking: Room) -> None:
    """Ten open at once; withdrawing one makes room; nobody offers to oneself."""
    made = [
        offers.make(talking.store, talking.links["aland"], talking.stamp, to="borland", kind="vote", gives="a", wants="b")
        for _ in range(offers.MOST_OPEN)
    ]
    with pytest.raises(Refusal, match="10 may be open"):
        offers.make(talking.store, talking.links["aland"], talking.stamp, to="borland", kind="vote", gives="a", wants="b")
    offers.withdraw(talking.store, talking.links["aland"], talking.stamp, made[0])
    offers.make(talking.store, talking.links["aland"], talking.stamp, to="borland", kind="vote", gives="a", wants="b")
    with pytest.raises(Refusal, match="another seat"):
        offers.make(talking.store, talking.links["borland"], talking.stamp, to="borland", kind="vote", gives="a", wants="b")
    with pytest.raises(Refusal, match="Did you mean 'deal'"):
        offers.make(talking.store, talking.links["borland"], talking.stamp, to="aland", kind="dael", gives="a", wants="b")


def test_messages_reach_one_seat_and_the_instructor_who_may_hide_them(talking: Room) -> None:
    """Aland writes to Borland; Corland sees nothing; hidden, the words are gone for both and the instructor still has them."""
    messages.send(talking.store, talking.links["aland"], talking.stamp, to="borland", text="shall we?")
    assert messages.of_seat(talking.store, talking.links["borland"])[0].text == "shall we?"
    assert messages.of_seat(talking.store, talking.links["corland"]) == []
    number = messages.of_session(talking.store, talking.key, talking.uid)[0].id
    messages.hide(talking.store, talking.key, talking.uid, number)
    for seat in ("aland", "borland"):
        assert messages.of_seat(talking.store, talking.links[seat])[0].text == messages.HIDDEN
    assert messages.of_session(talking.store, talking.key, talking.uid)[0].text == "shall we?"
    messages.hide(talking.store, talking.key, talking.uid, number, hidden=False)
    assert messages.of_seat(talking.store, talking.links["borland"])[0].text == "shall we?"


def test_what_is_agreed_is_remembered_for_its_round_and_by_its_two_sides(talking: Room) -> None:
    """Borland accepts one of two offers of Aland; the instructor sees both, the next round begins with nothing agreed."""
    made = [offers.make(talking.store, talking.links["aland"], talking.stamp, to="borland", kind="deal", gives=gives, wants="b") for gives in ("a", "c")]
    offers.answer(talking.store, talking.links["borland"], talking.stamp, made[1], "accepted")
    agreed = {seat: [(row.mine, row.other, row.gives) for row in offers.agreed(talking.store, talking.links[seat])] for seat in ("aland", "borland", "corland")}
    assert agreed == {"aland": [(True, "borland", "c")], "borland": [(False, "aland", "c")], "corland": []}
    heard = offers.of_session(talking.store, talking.key, talking.uid, 1)
    assert [(row.by, row.to, row.gives, row.status) for row in heard] == [("aland", "borland", "a", "open"), ("aland", "borland", "c", "accepted")]
    talking.to("talk", 2)
    assert offers.agreed(talking.store, talking.links["aland"]) == []
    assert offers.of_session(talking.store, talking.key, talking.uid, 2) == []


def test_a_seat_nobody_has_taken_or_the_model_plays_is_said_to_be_unheld(talking: Room) -> None:
    assert offers.unheld(talking.store, talking.links["aland"]) == frozenset()
    instructor.hand_to_model(talking.store, talking.key, talking.uid, "borland")
    assert offers.unheld(talking.store, talking.links["aland"]) == {"borland"}


def test_messages_are_limited_by_the_minute(talking: Room, now: Clock) -> None:
    """Twelve a minute; the thirteenth waits."""
    link = talking.links["aland"]
    for _ in range(messages.A_MINUTE):
        messages.send(talking.store, link, talking.stamp, to="borland", text="hi")
    with pytest.raises(TooMany):
        messages.send(talking.store, link, talking.stamp, to="borland", text="hi")
    now.forward(61)
    messages.send(talking.store, link, talking.stamp, to="borland", text="hi")


def test_messages_can_be_switched_off_for_a_session(store: Store, key: str, engine: FakeEngine, now: Clock) -> None:
    room = Room(store, key, engine, now, create(store, key, CARD, seats=2, plan=Plan(messages=False))).everybody_starts().to("talk", 1)
    with pytest.raises(Refusal, match="switched off"):
        messages.send(store, room.links["aland"], room.stamp, to="borland", text="hi")


def test_pledges_are_public_at_once_and_judged_at_the_reveal(talking: Room) -> None:
    """Aland: will put a tariff on Borland (does). Borland: will not on Aland (does nothing). Corland: will on Aland (does not)."""
    before = mark(talking, "corland").mark
    submissions.pledge(talking.store, talking.links["aland"], talking.stamp, lever="tariff", target="BOR", will=True, text="I shall")
    assert mark(talking, "corland").mark != before
    submissions.pledge(talking.store, talking.links["borland"], talking.stamp, lever="tariff", target="ALA", will=False)
    submissions.pledge(talking.store, talking.links["corland"], talking.stamp, lever="tariff", target="ALA", will=True)
    assert [row.kept for row in view.pledges(talking.store, talking.links["corland"])] == [None, None, None]
    talking.to("decide").submit("aland")
    talking.to("reveal")
    assert [row.kept for row in view.pledges(talking.store, talking.links["corland"])] == [True, True, False]


def test_a_measure_on_all_keeps_a_pledge_about_one() -> None:
    """A tariff on everybody is a tariff on Borland; a withdrawn one is none."""
    everybody, withdrawn = Move(0, "ALA", "tariff", "*", "", 1.0), Move(0, "ALA", "tariff", "BOR", "", None)
    assert submissions.kept(True, "tariff", "BOR", [everybody])
    assert not submissions.kept(True, "tariff", "BOR", [withdrawn])
    assert submissions.kept(False, "tariff", "BOR", [withdrawn])
    assert not submissions.kept(False, "tariff", "", [everybody])


def test_the_opening_and_the_repeat_poll_open_and_close_with_their_phases(room: Room) -> None:
    """before: in the poll; after: in the debrief. Others' answers are seen only after one's own."""
    room.everybody_starts().to("poll")
    polls.answer(room.store, room.links["aland"], "before", 30)
    assert polls.of_seat(room.store, room.links["borland"])[0].answers == ()
    polls.answer(room.store, room.links["borland"], "before", 60)
    assert polls.of_seat(room.store, room.links["borland"])[0].answers == (30, 60)
    assert polls.on_projector(room.store, room.made.projector)[0].answers == ()
    for value in (-1, 101, float("nan"), True, "5"):
        with pytest.raises(Refusal):
            polls.answer(room.store, room.links["aland"], "before", value)  # type: ignore[arg-type]
    room.to("read", 1)
    with pytest.raises(OutOfDate):
        polls.answer(room.store, room.links["aland"], "before", 99)
    assert polls.on_projector(room.store, room.made.projector)[0].answers == (30, 60)
    room.to("debrief")
    polls.answer(room.store, room.links["aland"], "after", 80)
    opening, closing = polls.of_session(room.store, room.key, room.uid)
    assert (opening.key, closing.key) == ("before", "after")
    assert (opening.twice, closing.twice) == ((), ((30, 80),))  # who answered before only is compared with nobody
    assert polls.on_projector(room.store, room.made.projector)[-1].twice == ()
    assert polls.of_seat(room.store, room.links["borland"])[-1].twice == ()


def test_a_closed_poll_can_be_opened_again_and_keeps_its_answers_until_the_class_is_closed(room: Room) -> None:
    room.everybody_starts().to("debrief")
    polls.answer(room.store, room.links["aland"], "after", 80)
    polls.close_poll(room.store, room.key, room.uid, "after")
    with pytest.raises(OutOfDate):
        polls.answer(room.store, room.links["borland"], "after", 20)
    polls.reopen_poll(room.store, room.key, room.uid, "after")
    polls.answer(room.store, room.links["borland"], "after", 20)
    assert polls.of_session(room.store, room.key, room.uid)[-1].answers == (20, 80)
    room.to("closed")
    with pytest.raises(OutOfDate):
        polls.reopen_poll(room.store, room.key, room.uid, "after")


def test_a_choice_poll_takes_positions_of_its_options(talking: Room) -> None:
    """Three options: 0, 1 or 2."""
    polls.ask(talking.store, talking.key, talking.uid, name="fork", question="Which?", options=["a", "b", "c"])
    polls.answer(talking.store, talking.links["aland"], "fork", 2)
    for value in (3, 0.5):
        with pytest.raises(Refusal):
            polls.answer(talking.store, talking.links["aland"], "fork", value)
    with pytest.raises(Refusal, match="exists already"):
        polls.ask(talking.store, talking.key, talking.uid, name="fork", question="Again?")


def test_votes_are_secret_until_the_motion_is_closed(talking: Room) -> None:
    """Two for, one against; counted while open, named when closed; no vote afterwards."""
    number = polls.table_motion(talking.store, talking.links["aland"], talking.stamp, "The assembly asks for relief.")
    for seat, choice in (("aland", 0), ("borland", 1), ("corland", 1), ("corland", 0)):
        polls.vote(talking.store, talking.links[seat], number, choice)
    seen = polls.motions(talking.store, talking.links["borland"])[0]
    assert (seen.cast, seen.mine, seen.counts, seen.votes, seen.by) == (3, 1, (), (), "aland")
    polls.close_motion(talking.store, talking.key, talking.uid, number)
    seen = polls.motions(talking.store, talking.links["borland"])[0]
    assert seen.counts == (2, 1, 0)
    assert seen.votes == (("aland", "for"), ("borland", "against"), ("corland", "for"))
    with pytest.raises(OutOfDate):
        polls.vote(talking.store, talking.links["aland"], number, 1)


def test_an_inject_is_told_to_all_and_to_the_model_once(talking: Room) -> None:
    """Released in round 2 of two quarters each: the model hears of it in quarter 2."""
    with pytest.raises(Refusal, match="Did you mean 'storm'"):
        instructor.inject(talking.store, talking.key, talking.uid, "strom")
    talking.to("talk", 2)
    before = mark(talking, "corland").mark
    instructor.inject(talking.store, talking.key, talking.uid, "storm")
    assert mark(talking, "corland").mark != before
    assert view.notices(talking.store, talking.links["corland"]) == [(2, "A storm", "Harvests fail.")]
    with pytest.raises(Refusal, match="already"):
        instructor.inject(talking.store, talking.key, talking.uid, "storm")
    talking.to("reveal", 2)
    assert talking.engine.calls[-1]["injects"] == [[2, "storm"]]


def test_a_headline_is_offered_until_it_is_released_and_not_after_the_last_round(talking: Room) -> None:
    def offered() -> list[str]:
        return [name for name, _ in board.board(talking.store, talking.key, talking.uid).injects]

    rounds = board.board(talking.store, talking.key, talking.uid).rounds
    assert offered() == ["storm"]
    talking.to("reveal", rounds)
    assert offered() == []


def test_a_long_headline_is_offered_whole() -> None:
    """A title holds 140 letters; the text of which it is the beginning is what is said, and what alone may have a translation."""
    text = "The harvest is short. " * 10
    assert [board._headline(row) for row in ({"title": text[:140], "text": text}, {"title": "A storm", "text": "Harvests fail."}, {"title": "Late"})] == [
        text, "A storm", "Late",
    ]  # fmt: skip


def test_a_released_headline_is_not_offered_again(talking: Room) -> None:
    talking.to("talk", 2)
    instructor.inject(talking.store, talking.key, talking.uid, "storm")
    assert board.board(talking.store, talking.key, talking.uid).injects == ()


def test_a_submission_redraws_the_own_page_and_the_instructor_s_but_no_other_student_s(room: Room) -> None:
    """Otherwise 150 submissions would redraw 150 pages each."""
    room.everybody_starts().to("decide")
    before, watched = mark(room, "borland").mark, board.pulse(room.store, room.key, room.uid).mark
    room.submit("aland")
    assert mark(room, "borland").mark == before
    assert board.pulse(room.store, room.key, room.uid).mark != watched


def test_the_board_says_what_the_class_waits_for(room: Room) -> None:
    """Start, then the role check, then the decision; nothing from a seat the model plays."""

    def waits() -> list[str]:
        return [line.waits for line in board.board(room.store, room.key, room.uid).seats]

    seats.start(room.store, room.links["aland"])
    seats.start(room.store, room.links["borland"])
    assert waits() == ["", "", "Start"]
    room.to("role_check")
    assert waits() == ["role check", "role check", "Start"]
    room.to("decide").submit("aland")
    assert waits() == ["", "decision", ""]
    instructor.hand_to_model(room.store, room.key, room.uid, "borland")
    assert waits() == ["", "", ""]


def test_the_instructor_hears_reasons_and_bets_before_the_reveal(room: Room) -> None:
    """For the instructor's eyes."""
    room.everybody_starts().to("decide")
    room.submit("aland", purpose="signal", bet=submissions.Forecast("concession", 0.1, 0.4, 0.9), reason="to show resolve")
    heard = board.listen(room.store, room.key, room.uid)
    assert [(row.seat, row.purpose, row.bet, row.reason) for row in heard] == [
        ("aland", "signal", ("concession", 0.1, 0.4, 0.9), "to show resolve")
    ]


def test_a_freed_seat_takes_a_new_student_and_keeps_its_past(room: Room) -> None:
    """The old link is dead, the seat waits for Start, what was decided stays."""
    room.everybody_starts().to("decide", 1).submit("borland")
    room.to("reveal", 1)
    fresh = instructor.free_seat(room.store, room.key, room.uid, "borland")
    with pytest.raises(Denied):
        view.look(room.store, room.links["borland"])
    assert not view.look(room.store, fresh).started
    seats.start(room.store, fresh)
    assert view.results(room.store, fresh)[0].decisions[1].how == "people"
