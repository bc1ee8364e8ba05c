"""Rounds: phases in order, deadlines, locking, resolving once, rolling back, finishing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import func, select, update

from tests.classroom.fakes import CARD, TARIFF, Clock, FakeEngine, Room
from ui.classroom import board, instructor, phases, resolution, rounds, seats, submissions, view
from ui.classroom.card import Plan, read_plan
from ui.classroom.refused import OutOfDate, Refusal
from ui.classroom.sessions import create
from ui.classroom.store import Store, locked
from ui.classroom.tables import ClassSession, Deadline, Event, Result, Round
from ui.classroom.tables_play import Submission


def count(store: Store, table: type) -> int:
    """Rows of a table."""
    with store.read() as db:
        return db.execute(select(func.count()).select_from(table)).scalar_one()


def session_id(room: Room) -> int:
    """The number of the room's session."""
    with room.store.read() as db:
        return db.execute(select(ClassSession.id)).scalar_one()


def logged(room: Room, kind: str) -> list[dict[str, Any]]:
    """What the log says of one kind of event."""
    with room.store.read() as db:
        return list(db.execute(select(Event.payload).where(Event.kind == kind).order_by(Event.id)).scalars())


def test_the_phases_follow_each_other_for_three_rounds_and_end_closed() -> None:
    """lobby, role check, poll, 3 x (read, talk, decide, resolve, reveal), debrief, closed: 3 + 15 + 2 = 20 phases."""
    seen = [(phases.LOBBY, 0)]
    while seen[-1][0] != phases.CLOSED:
        seen.append(phases.following(*seen[-1], rounds=3))
    assert len(seen) == 20
    assert [phase for phase, number in seen if number == 2] == ["read", "talk", "decide", "resolve", "reveal"]
    assert phases.following("reveal", 3, 3) == ("debrief", 3)
    assert phases.following("closed", 3, 3) == ("closed", 3)


def test_left_out_phases_are_skipped_and_the_round_still_counts_up() -> None:
    """Without read and talk, lobby leads to decide of round 1, and reveal to decide of round 2."""
    skip = ("role_check", "poll", "read", "talk")
    assert phases.following("lobby", 0, 3, skip) == ("decide", 1)
    assert phases.following("reveal", 1, 3, skip) == ("decide", 2)
    with pytest.raises(Refusal, match="cannot be left out"):
        read_plan({"skip": ["resolve"]})


def test_a_class_plays_three_rounds_to_the_debrief(room: Room) -> None:
    """Each round is resolved once; the second round's moves are dated quarter 2, since a round is two quarters."""
    room.everybody_starts()
    for number in (1, 2, 3):
        room.to("decide", number).submit("aland")
        room.to("reveal", number)
    assert [len(call["decisions"]) for call in room.engine.calls] == [1, 2, 3]
    assert [move["quarter"] for move in room.engine.calls[2]["decisions"]] == [0, 2, 4]
    assert [call["first"] for call in room.engine.calls] == [0, 2, 4]
    room.to("debrief")
    assert count(room.store, Result) == 3


def test_a_deadline_moves_the_class_on_at_the_next_request_only(room: Room, now: Clock) -> None:
    """Decide lasts 300 s: at 299 s nothing happens, at 300 s the next poll locks, resolves and shows the reveal."""
    room.everybody_starts().to("decide")
    now.forward(299)
    assert seats.pulse(room.store, room.engine, room.links["borland"]).phase == "decide"
    now.forward(1)
    assert room.phase == "decide"
    assert seats.pulse(room.store, room.engine, room.links["borland"]).phase == "reveal"
    assert len(room.engine.calls) == 1


def test_a_paused_clock_waits_and_added_time_counts(room: Room, now: Clock) -> None:
    """300 s, paused after 100: 200 left for ever; resumed with 50 more: 250."""
    room.everybody_starts().to("decide")
    now.forward(100)
    instructor.pause(room.store, room.key, room.uid)
    now.forward(10_000)
    pulse = seats.pulse(room.store, room.engine, room.links["aland"])
    assert (pulse.phase, pulse.paused, pulse.seconds_left) == ("decide", True, 200)
    instructor.add_time(room.store, room.key, room.uid, 50)
    instructor.resume(room.store, room.key, room.uid)
    assert seats.pulse(room.store, room.engine, room.links["aland"]).seconds_left == 250
    with pytest.raises(Refusal, match="not paused"):
        instructor.resume(room.store, room.key, room.uid)


def test_after_a_dead_server_the_clock_is_paused_where_the_class_was_last_served(room: Room, now: Clock) -> None:
    """Served at 100 s, dead for an hour: 200 of 300 s are left, paused."""
    from ui.classroom import clock

    room.everybody_starts().to("decide")
    now.forward(100)
    seats.pulse(room.store, room.engine, room.links["aland"])
    now.forward(30)
    assert clock.pause_after_silence(room.store) == 0
    now.forward(3600)
    assert clock.pause_after_silence(room.store) == 1
    pulse = seats.pulse(room.store, room.engine, room.links["aland"])
    assert (pulse.phase, pulse.paused, pulse.seconds_left) == ("decide", True, 200)


def test_seats_that_did_not_decide_continue_and_seats_nobody_took_are_played_by_the_model(room: Room) -> None:
    """Aland decides, Borland started and is silent, Corland never came: people, default, model."""
    seats.start(room.store, room.links["aland"])
    seats.start(room.store, room.links["borland"])
    room.to("decide").submit("aland")
    room.to("reveal")
    seen = view.results(room.store, room.links["aland"])[0]
    assert [(row.seat, row.how) for row in seen.decisions] == [("aland", "people"), ("borland", "default"), ("corland", "model")]
    assert room.engine.calls[0]["held"] == [["ALA", 0, 1], ["BOR", 0, 1]]


def test_a_late_joiner_takes_over_with_a_catch_up_page(room: Room) -> None:
    """Corland is played by the model in round 1 and by people in round 2."""
    seats.start(room.store, room.links["aland"])
    room.to("reveal", 1)
    seats.start(room.store, room.links["corland"])
    assert not view.look(room.store, room.links["corland"]).caught_up
    seats.done_catching_up(room.store, room.links["corland"])
    assert view.look(room.store, room.links["corland"]).caught_up
    room.to("reveal", 2)
    assert [row.how for row in view.results(room.store, room.links["corland"])[1].decisions] == ["default", "model", "default"]


def test_a_seat_handed_to_the_model_is_played_by_it_and_comes_back(room: Room) -> None:
    """Round 1 by the model, round 2 by people again."""
    room.everybody_starts().to("decide", 1)
    instructor.hand_to_model(room.store, room.key, room.uid, "borland")
    room.to("reveal", 1)
    instructor.hand_to_model(room.store, room.key, room.uid, "borland", by_model=False)
    room.to("reveal", 2)
    rounds = view.results(room.store, room.links["aland"])
    assert [row.decisions[1].how for row in rounds] == ["model", "default"]


def test_a_page_of_an_earlier_round_is_refused_and_changes_nothing(room: Room) -> None:
    """A click on round 1's page while round 2 decides would store round 1's values in round 2."""
    old = room.everybody_starts().to("decide", 1).stamp
    room.to("decide", 2)
    before = count(room.store, Submission)
    with pytest.raises(OutOfDate, match="round 2"):
        submissions.submit(room.store, room.engine, room.links["aland"], old, [TARIFF])
    with pytest.raises(OutOfDate):
        submissions.save_draft(room.store, room.links["aland"], old, {"a": 1})
    with pytest.raises(OutOfDate):
        submissions.pledge(room.store, room.links["aland"], old, lever="tariff", target="BOR", will=True)
    assert count(room.store, Submission) == before


def test_a_double_click_on_next_moves_one_phase_only(room: Room) -> None:
    """The second click carries the stamp of the phase that was left."""
    stamp = room.everybody_starts().to("read", 1).stamp
    assert instructor.advance(room.store, room.engine, room.key, room.uid, stamp) == "talk"
    with pytest.raises(OutOfDate):
        instructor.advance(room.store, room.engine, room.key, room.uid, stamp)
    assert room.phase == "talk"


def test_handing_in_again_replaces_the_decision_and_the_log_keeps_both(room: Room) -> None:
    """Revision 1, then 2; the round holds the second."""
    room.everybody_starts().to("decide")
    assert room.submit("aland") == 1
    assert room.submit("aland", [{**TARIFF, "value": 0.5}]) == 2
    handed = view.own_decision(room.store, room.links["aland"])
    assert handed is not None
    assert (handed.revision, handed.moves[0]["value"]) == (2, 0.5)
    assert len(logged(room, "decision")) == 2


def test_handing_in_again_without_bet_and_reason_takes_both_back(room: Room) -> None:
    """Both are stored with the first hand-in, gone with the second; another seat's stay, and so do one's own of the round before."""
    said = {"bet": submissions.Forecast("concession", 0, 1), "reason": "I regret this line"}
    room.everybody_starts().to("decide", 1).submit("aland", **said)
    room.to("decide", 2).submit("borland", **said)
    assert room.submit("aland", **said) == 1
    assert room.submit("aland") == 2
    heard = {(row.round, row.seat): (row.bet, row.reason) for row in board.listen(room.store, room.key, room.uid)}
    kept = (("concession", 0.0, 1.0, 0.8), "I regret this line")
    assert heard[(2, "aland")] == (None, "")
    assert heard[(1, "aland")] == heard[(2, "borland")] == kept


def test_the_round_locks_when_all_are_in_if_the_plan_says_so(store: Store, key: str, engine: FakeEngine, now: Clock) -> None:
    """Two of two in: locked, and the next poll resolves."""
    made = create(store, key, CARD, seats=2, plan=Plan(lock_when_all_in=True))
    room = Room(store, key, engine, now, made).everybody_starts().to("decide")
    room.submit("aland")
    assert room.phase == "decide"
    room.submit("borland")
    assert room.phase == "resolve"
    assert seats.pulse(store, engine, room.links["aland"]).phase == "reveal"


@pytest.mark.parametrize("who", ["a student", "the projector"])
def test_a_round_that_a_server_left_open_with_all_in_is_locked_by_the_next_page(
    store: Store, key: str, engine: FakeEngine, now: Clock, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server ends between the last decision and the lock: whoever opens a page next goes on with the round."""
    made = create(store, key, CARD, seats=2, plan=Plan(lock_when_all_in=True))
    room = Room(store, key, engine, now, made).everybody_starts().to("decide")
    room.submit("aland")
    monkeypatch.setattr(submissions, "lock_if_all_in", lambda store, session: False)
    room.submit("borland")
    assert room.phase == "decide"
    if who == "a student":
        assert seats.pulse(store, engine, room.links["aland"], exact=True).phase == "reveal"
    else:
        assert board.projector_pulse(store, made.projector, engine).phase == "reveal"


def test_a_killed_claimer_is_replaced_when_its_lease_ends_and_its_late_result_is_not_heard(room: Room, now: Clock) -> None:
    """Claimed at 0 s and dead; nobody gets in before the lease ends; then one other resolves; the dead one's commit is void."""
    room.everybody_starts().to("decide")
    with room.store.write() as db:
        from ui.classroom import rounds
        from ui.classroom.store import locked

        rounds.enter(db, now(), locked(db, session_id(room), "close"), "resolve", 1, "clock")
    dead = resolution.claim(room.store, session_id(room))
    assert dead is not None
    now.forward(resolution.LEASE_SECONDS - 1)
    assert not resolution.settle(room.store, room.engine, session_id(room))
    now.forward(2)
    assert resolution.settle(room.store, room.engine, session_id(room))
    assert not resolution.commit(room.store, dead, resolution.compute(room.engine, dead.inputs), "late")
    assert count(room.store, Result) == 1
    assert not resolution.settle(room.store, room.engine, session_id(room))


def test_a_server_that_starts_gives_back_what_a_dead_one_had_begun(room: Room, now: Clock) -> None:
    """On a file the round is resolved at once and the dead one's late result is void; on a shared database its lease has to end."""
    room.everybody_starts().to("decide")
    with room.store.write() as db:
        from ui.classroom import rounds
        from ui.classroom.store import locked

        rounds.enter(db, now(), locked(db, session_id(room), "close"), "resolve", 1, "clock")
        alone = db.get_bind().dialect.name == "sqlite"
    dead = resolution.claim(room.store, session_id(room))
    assert dead is not None
    assert resolution.release_claims(room.store) == int(alone)
    assert resolution.settle(room.store, room.engine, session_id(room)) == alone
    assert resolution.commit(room.store, dead, resolution.compute(room.engine, dead.inputs), "late") != alone
    assert count(room.store, Result) == 1


def test_a_model_that_fails_is_tried_again_after_a_rest_and_then_left_to_the_instructor(room: Room, now: Clock) -> None:
    """Four tries, five seconds apart; the board says why; retry works once the trouble is over."""
    room.everybody_starts().to("decide")
    room.engine.trouble = RuntimeError("no equilibrium")
    with pytest.raises(AssertionError):
        room.to("reveal")
    seats.pulse(room.store, room.engine, room.links["aland"])
    assert len(room.engine.calls) == 1
    for _ in range(8):
        now.forward(resolution.REST_SECONDS)
        assert seats.pulse(room.store, room.engine, room.links["aland"]).phase == "resolve"
    assert len(room.engine.calls) == resolution.MOST_TRIES
    page = board.board(room.store, room.key, room.uid)
    assert "no equilibrium" in page.problem
    assert page.stuck
    room.engine.trouble = None
    assert instructor.retry(room.store, room.engine, room.key, room.uid)
    assert room.phase == "reveal"


def test_rolling_back_makes_a_branch_and_deletes_nothing(room: Room) -> None:
    """Rounds 1 and 2 played, back to 2: round 1 still counts, the first round 2 stays in the store but does not."""
    room.everybody_starts().to("decide", 1).submit("aland")
    room.to("decide", 2).submit("aland", [{**TARIFF, "value": 0.9}])
    old = room.stamp
    room.to("reveal", 2)
    rows = (count(room.store, Round), count(room.store, Submission), count(room.store, Event))
    instructor.roll_back(room.store, room.key, room.uid, 2, "the clock was wrong")
    assert room.phase == "read"
    assert [row.round for row in view.results(room.store, room.links["aland"])] == [1]
    assert (count(room.store, Submission), count(room.store, Result)) == (rows[1], 2)
    room.to("decide", 2)
    with pytest.raises(OutOfDate):
        submissions.submit(room.store, room.engine, room.links["aland"], old, [TARIFF])
    room.submit("aland", [{**TARIFF, "value": 0.1}])
    room.to("reveal", 2)
    assert [move["value"] for move in room.engine.calls[-1]["decisions"]] == [0.25, 0.1]
    assert count(room.store, Result) == 3
    audits = board.audit_of(room.store, room.key)
    assert any(action == "rolled back" and "the clock was wrong" in detail for _, action, detail in audits)
    with pytest.raises(Refusal, match="allowed is 1 to 2"):
        instructor.roll_back(room.store, room.key, room.uid, 3, "too far")


def test_a_roll_back_during_the_computation_makes_its_result_void(room: Room) -> None:
    """The model is asked, the instructor rolls back meanwhile: no result for the abandoned round."""
    room.everybody_starts().to("decide", 1)

    def back() -> None:
        room.engine.meanwhile = None
        instructor.roll_back(room.store, room.key, room.uid, 1, "wrong round")

    room.engine.meanwhile = back
    instructor.advance(room.store, room.engine, room.key, room.uid, room.stamp)
    assert room.phase == "read"
    assert count(room.store, Result) == 0


@pytest.mark.parametrize("button", ["debrief", "closed"])
def test_a_result_that_arrives_late_is_kept_and_moves_nobody(room: Room, button: str) -> None:
    """The model is asked for round 1, the instructor goes to the debrief or closes meanwhile: the class stays there and the round counts."""
    room.everybody_starts().to("decide", 1)

    def go() -> None:
        if button == "debrief":
            instructor.go_to_debrief(room.store, room.key, room.uid, room.stamp)
        else:
            instructor.close(room.store, room.key, room.uid)

    room.engine.meanwhile = go
    assert instructor.advance(room.store, room.engine, room.key, room.uid, room.stamp) == button
    assert room.phase == button
    assert [row.round for row in view.results(room.store, room.links["aland"])] == [1]
    assert count(room.store, Result) == 1


def test_bots_finish_the_class_and_can_be_stopped_between_rounds(room: Room) -> None:
    """Stopped after round 1, then on to the debrief: rounds 2 and 3 have no held seats."""
    room.everybody_starts().to("decide", 1).submit("aland")
    instructor.finish_with_bots(room.store, room.engine, room.key, room.uid, progress=lambda done, rounds: done != 1)
    assert (room.phase, len(room.engine.calls)) == ("reveal", 1)
    instructor.finish_with_bots(room.store, room.engine, room.key, room.uid)
    assert room.phase == "debrief"
    assert room.engine.calls[-1]["held"] == [["ALA", 0, 1]]


def claimed_by_another(room: Room) -> resolution.Claim:
    """Round 1 locked, and its computing begun by another page's request."""
    room.everybody_starts().to("decide", 1)
    with room.store.write() as db:
        rounds.enter(db, room.now(), locked(db, session_id(room), "close"), "resolve", 1, "clock")
    other = resolution.claim(room.store, session_id(room))
    assert other is not None
    return other


def test_finishing_waits_for_the_round_that_another_page_computes(room: Room) -> None:
    """The other's result comes at the second look; then the model plays on to the debrief."""
    other, looks = claimed_by_another(room), []

    def wait(seconds: float) -> None:
        looks.append(seconds)
        if len(looks) == 2:
            assert resolution.commit(room.store, other, resolution.compute(room.engine, other.inputs), "fake 1")

    instructor.finish_with_bots(room.store, room.engine, room.key, room.uid, wait=wait)
    assert (room.phase, len(looks), count(room.store, Result)) == ("debrief", 2, 3)


def test_finishing_takes_over_from_a_dead_page_when_its_lease_ends(room: Room, now: Clock) -> None:
    """Looks 50 s apart: at 0, 50 and 100 s the lease of 150 s is valid, then the round is computed here."""
    claimed_by_another(room)
    looks: list[float] = []

    def wait(seconds: float) -> None:
        looks.append(seconds)
        now.forward(resolution.LEASE_SECONDS / 3)

    instructor.finish_with_bots(room.store, room.engine, room.key, room.uid, wait=wait)
    assert (room.phase, len(looks)) == ("debrief", 3)


def test_finishing_stops_where_the_model_fails_and_says_why(room: Room) -> None:
    """No waiting for the rest after a failure: the teacher is told."""
    room.everybody_starts().to("decide", 1)
    room.engine.trouble = RuntimeError("no equilibrium")
    with pytest.raises(Refusal, match="Round 1 could not be resolved yet: RuntimeError: no equilibrium"):
        instructor.finish_with_bots(room.store, room.engine, room.key, room.uid, wait=lambda seconds: pytest.fail("it waits"))


def test_finishing_gives_up_on_a_round_that_nobody_computes(room: Room) -> None:
    """Tried as often as is allowed, no claim and no problem noted: looked at every quarter of a second for 150 s, then the teacher is told.

    A clock that is asked more than ten times a look would mean that it goes round and round without waiting.
    """
    room.everybody_starts().to("decide", 1)
    with room.store.write() as db:
        rounds.enter(db, room.now(), locked(db, session_id(room), "close"), "resolve", 1, "clock")
        db.execute(update(Round).values(tries=resolution.MOST_TRIES))
    looks: list[float] = []
    asked = 0

    def clock() -> datetime:
        nonlocal asked
        asked += 1
        assert asked <= 10 * (len(looks) + 1), "it does not wait"
        return room.now()

    with pytest.raises(Refusal, match="Round 1 could not be resolved yet: nobody came to a result within 150 seconds"):
        instructor.finish_with_bots(room.store.at(clock), room.engine, room.key, room.uid, wait=looks.append)
    assert sum(looks) == resolution.LEASE_SECONDS
    assert room.phase == "resolve"


def test_who_is_told_of_a_finished_round_may_use_the_store(room: Room) -> None:
    """Telling holds no transaction: the class's row can be written meanwhile, here by the teacher who goes on from another page."""
    room.everybody_starts().to("decide", 1)

    def told(done: int, rounds: int) -> bool:
        if done == 1:
            instructor.advance(room.store, room.engine, room.key, room.uid, room.stamp)
        return True

    instructor.finish_with_bots(room.store, room.engine, room.key, room.uid, progress=told)
    assert (room.phase, count(room.store, Result)) == ("debrief", 3)


def test_the_session_rebuilds_to_equal_digests_and_a_changed_decision_shows(room: Room) -> None:
    """Digest by digest equal; after tampering with a stored decision the later rounds differ."""
    room.everybody_starts()
    for number in (1, 2):
        room.to("decide", number).submit("aland")
        room.to("reveal", number)
    rebuilt = resolution.rebuild(room.store, room.engine, session_id(room))
    assert [number for number, _, _ in rebuilt] == [1, 2]
    assert all(stored == again for _, stored, again in rebuilt)
    with room.store.write() as db:
        row = next(row for row in db.execute(select(Submission)).scalars() if row.moves)
        row.moves = [{**row.moves[0], "value": 0.99}]
    assert all(stored != again for _, stored, again in resolution.rebuild(room.store, room.engine, session_id(room)))


def test_every_fact_of_a_locked_round_is_in_the_log(room: Room) -> None:
    """The log alone says who decided what and how."""
    seats.start(room.store, room.links["aland"])
    room.to("decide").submit("aland", purpose="coerce")
    room.to("reveal")
    locked = logged(room, "round locked")[0]
    assert [(row["seat"], row["how"], row["purpose"], len(row["moves"])) for row in locked["decisions"]] == [
        ("aland", "people", "coerce", 1),
        ("borland", "model", "", 0),
        ("corland", "model", "", 0),
    ]


def test_deadlines_are_rows_that_say_how_they_ended(room: Room, now: Clock) -> None:
    """Round 1 runs out (met), round 2 is locked by hand (ended)."""
    room.everybody_starts().to("decide", 1)
    now.forward(301)
    seats.pulse(room.store, room.engine, room.links["aland"])
    room.to("reveal", 2)
    with room.store.read() as db:
        rows = db.execute(select(Deadline.round, Deadline.status).order_by(Deadline.id)).all()
    assert list(rows) == [(1, "met"), (2, "ended")]
