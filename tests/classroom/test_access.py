"""Who may do and see what; attacks, each answered with a refusal and nothing changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, fields, is_dataclass
from typing import Any

import pytest
from sqlalchemy import func, inspect, select, text

from tests.classroom.fakes import CARD, PASSPHRASE, TARIFF, Clock, Room, refusal
from ui import house
from ui.classroom import access, board, instructor, keys, messages, offers, polls, seats, sessions, submissions, throttle, tokens, view
from ui.classroom.refused import Denied, OutOfDate, Refusal, TooMany
from ui.classroom.sessions import create
from ui.classroom.store import Store
from ui.classroom.tables import Base, Participant, Throttle, Token


def fingerprint_of_everything(store: Store, but: tuple[str, ...] = ("throttle", "presence", "audit")) -> dict[str, list[Any]]:
    """All rows of all tables but the ones that may note an attack."""
    with store.read() as db:
        return {name: sorted(map(repr, db.execute(select(table)).all())) for name, table in Base.metadata.tables.items() if name not in but}


SEAT_CALLS: dict[str, Callable[[Room, str], Any]] = {
    "look": lambda room, link: view.look(room.store, link),
    "role": lambda room, link: view.role(room.store, link),
    "results": lambda room, link: view.results(room.store, link),
    "own_decision": lambda room, link: view.own_decision(room.store, link),
    "notices": lambda room, link: view.notices(room.store, link),
    "teams_out": lambda room, link: view.teams_out(room.store, link),
    "pledges": lambda room, link: view.pledges(room.store, link),
    "start": lambda room, link: seats.start(room.store, link),
    "pulse": lambda room, link: seats.pulse(room.store, room.engine, link),
    "caught up": lambda room, link: seats.done_catching_up(room.store, link),
    "role answer": lambda room, link: seats.answer_role(room.store, link, 0, 0),
    "submit": lambda room, link: submissions.submit(room.store, room.engine, link, room.stamp, [TARIFF]),
    "save draft": lambda room, link: submissions.save_draft(room.store, link, room.stamp, {}),
    "read draft": lambda room, link: submissions.read_draft(room.store, link),
    "pledge": lambda room, link: submissions.pledge(room.store, link, room.stamp, lever="tariff", target="BOR", will=True),
    "offer": lambda room, link: offers.make(room.store, link, room.stamp, to="borland", kind="deal", gives="a", wants="b"),
    "offers": lambda room, link: offers.of_seat(room.store, link),
    "send": lambda room, link: messages.send(room.store, link, room.stamp, to="borland", text="hi"),
    "messages": lambda room, link: messages.of_seat(room.store, link),
    "poll": lambda room, link: polls.answer(room.store, link, "before", 1),
    "polls": lambda room, link: polls.of_seat(room.store, link),
    "motion": lambda room, link: polls.table_motion(room.store, link, room.stamp, "a motion"),
    "motions": lambda room, link: polls.motions(room.store, link),
    "project": lambda room, link: view.project(room.store, link),
    "projected polls": lambda room, link: polls.on_projector(room.store, link),
}
INSTRUCTOR_CALLS: dict[str, Callable[[Room, str, str], Any]] = {
    "advance": lambda room, key, uid: instructor.advance(room.store, room.engine, key, uid, room.stamp),
    "debrief": lambda room, key, uid: instructor.go_to_debrief(room.store, key, uid, room.stamp),
    "close": lambda room, key, uid: instructor.close(room.store, key, uid),
    "pause": lambda room, key, uid: instructor.pause(room.store, key, uid),
    "resume": lambda room, key, uid: instructor.resume(room.store, key, uid),
    "add time": lambda room, key, uid: instructor.add_time(room.store, key, uid, 10),
    "broadcast": lambda room, key, uid: instructor.broadcast(room.store, key, uid, "hi"),
    "inject": lambda room, key, uid: instructor.inject(room.store, key, uid, "storm"),
    "hand over": lambda room, key, uid: instructor.hand_to_model(room.store, key, uid, "aland"),
    "reissue": lambda room, key, uid: instructor.reissue(room.store, key, uid, "aland"),
    "another link": lambda room, key, uid: instructor.another_link(room.store, key, uid, "aland"),
    "free": lambda room, key, uid: instructor.free_seat(room.store, key, uid, "aland"),
    "projector": lambda room, key, uid: instructor.reissue_projector(room.store, key, uid),
    "code": lambda room, key, uid: instructor.new_join_code(room.store, key, uid),
    "roll back": lambda room, key, uid: instructor.roll_back(room.store, key, uid, 1, "why"),
    "retry": lambda room, key, uid: instructor.retry(room.store, room.engine, key, uid),
    "bots": lambda room, key, uid: instructor.finish_with_bots(room.store, room.engine, key, uid),
    "board": lambda room, key, uid: board.board(room.store, key, uid),
    "pulse": lambda room, key, uid: board.pulse(room.store, key, uid),
    "listen": lambda room, key, uid: board.listen(room.store, key, uid),
    "audit": lambda room, key, uid: board.audit_of(room.store, key, uid),
    "messages": lambda room, key, uid: messages.of_session(room.store, key, uid),
    "hide": lambda room, key, uid: messages.hide(room.store, key, uid, 1),
    "ask": lambda room, key, uid: polls.ask(room.store, key, uid, name="p", question="q"),
    "close poll": lambda room, key, uid: polls.close_poll(room.store, key, uid, "before"),
    "reopen poll": lambda room, key, uid: polls.reopen_poll(room.store, key, uid, "before"),
    "polls": lambda room, key, uid: polls.of_session(room.store, key, uid),
    "vote": lambda room, key, uid: polls.put_to_vote(room.store, key, uid, text="x"),
    "close vote": lambda room, key, uid: polls.close_motion(room.store, key, uid, 1),
    "motions": lambda room, key, uid: polls.motions_of_session(room.store, key, uid),
    "delete": lambda room, key, uid: sessions.delete_session(room.store, key, uid),
}
NOT_A_LINK = ("", "x", "a" * 32, "a" * 10_000_000, "' OR 1=1 --", "\x00" * 20, None, 7)


def test_without_a_seat_s_own_link_nothing_of_a_seat_opens(room: Room) -> None:
    """Made-up, revoked, instructor's and projector's secrets on every function: all refused, nothing changed."""
    room.everybody_starts().to("decide")
    revoked = room.links["borland"]
    instructor.reissue(room.store, room.key, room.uid, "borland")
    before = fingerprint_of_everything(room.store)
    for name, call in SEAT_CALLS.items():
        own = room.links["aland"] if name.startswith("project") else room.made.projector
        for link in (*NOT_A_LINK, revoked, room.key, own):
            sentence = refusal(lambda call=call, link=link: call(room, link), Denied)  # type: ignore[misc]
            assert sentence == access.NO_LINK, f"{name} with {str(link)[:20]}: {sentence}"
    assert fingerprint_of_everything(room.store) == before


def test_without_the_instructor_s_key_nothing_of_the_instructor_works(room: Room, now: Clock) -> None:
    """A student's or the projector's link is no key, an expired key neither, and a key opens no invented session."""
    room.everybody_starts().to("decide")
    before = fingerprint_of_everything(room.store)

    def tried(key: object, uid: str, expected: str) -> None:
        for name, call in INSTRUCTOR_CALLS.items():
            sentence = refusal(lambda: call(room, key, uid), Denied)  # type: ignore[arg-type]  # noqa: B023
            assert sentence == expected, f"{name}: {sentence}"

    for key in (*NOT_A_LINK, room.links["aland"], room.made.projector):
        tried(key, room.uid, access.NO_KEY)
    for uid in ("", "1", "0" * 16, room.uid[:-1], "a" * 1_000_000):
        tried(room.key, uid, access.NO_SESSION)
    now.forward(keys.KEY_HOURS * 3600 + 1)
    tried(room.key, room.uid, access.NO_KEY)
    assert fingerprint_of_everything(room.store) == before


def test_the_instructor_s_key_opens_every_function_it_should(room: Room) -> None:
    """The table above tests refusals; here the same calls are shown to reach beyond the key."""
    room.everybody_starts().to("decide")
    for name in ("pause", "resume", "add time", "broadcast", "inject", "board", "listen", "audit", "messages", "polls", "code"):
        INSTRUCTOR_CALLS[name](room, room.key, room.uid)


def test_a_seat_never_sees_another_seat_s_draft_decision_bet_reason_or_private_result(room: Room) -> None:
    """Everything Borland can read, in every phase, searched for what only Aland knows."""
    room.everybody_starts().to("decide", 1)
    link = room.links["aland"]
    submissions.save_draft(room.store, link, room.stamp, {"note": "draft of aland"})
    bet = submissions.Forecast("concession", 0.111, 0.222)
    submissions.submit(room.store, room.engine, link, room.stamp, [{**TARIFF, "value": 0.777}], bet=bet, reason="reason of aland")
    messages.send(room.store, link, room.stamp, to="corland", text="message of aland")
    offers.make(room.store, link, room.stamp, to="corland", kind="deal", gives="offer of aland", wants="b")
    always = ("draft of aland", "0.111", "reason of aland", "message of aland", "offer of aland", "secret of ALA", "secret of COR")
    before_reveal = ("0.777",)
    for phase in ("decide", "reveal"):
        room.to(phase, 1)
        seen = everything_seen(room, room.links["borland"]) + everything_projected(room)
        for words in (*always, "for the debrief", *(before_reveal if phase == "decide" else ())):
            assert words not in seen, f"{words} seen in {phase}"
    assert "0.777" in seen
    assert "secret of BOR" in seen
    room.to("debrief")
    seen = everything_seen(room, room.links["borland"])
    assert "for the debrief" in seen
    assert not [words for words in always if words in seen]


def everything_seen(room: Room, link: str) -> str:
    """All that the reading functions give a seat, as text."""
    return opened(
        [
            asdict(view.look(room.store, link)),
            view.role(room.store, link).model_dump(),
            view.results(room.store, link),
            view.own_decision(room.store, link),
            view.notices(room.store, link),
            view.teams_out(room.store, link),
            view.pledges(room.store, link),
            submissions.read_draft(room.store, link),
            offers.of_seat(room.store, link),
            messages.of_seat(room.store, link),
            polls.of_seat(room.store, link),
            polls.motions(room.store, link),
        ]
    )


def everything_projected(room: Room) -> str:
    """All that the projector gets."""
    link = room.made.projector
    return opened([view.project(room.store, link), polls.on_projector(room.store, link), polls.motions_on_projector(room.store, link)])


def opened(value: object) -> str:
    """A value as text, with the parts of results that are read only when somebody looks into them."""
    return repr(_plain(value))


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [_plain(item) for item in value]
    return value


def test_the_projector_shows_no_private_result_and_no_secret(room: Room) -> None:
    """Public results yes; private ones, links and keys no."""
    room.everybody_starts().to("reveal", 1)
    seen = everything_projected(room)
    assert "'moves': 0" in seen
    assert "secret of" not in seen
    for secret in (*room.links.values(), room.key, room.made.projector):
        assert secret not in seen


def test_the_role_packet_does_not_give_the_answers_of_the_check_away(room: Room) -> None:
    """The stored card has the answer at its place; the packet says 0 for all."""
    found = view.role(room.store, room.links["aland"])
    assert [question.answer for question in found.check] == [0]
    assert CARD.roles[0].check[0].options == found.check[0].options


def test_nobody_moves_for_another_state(room: Room) -> None:
    """A move that names another state, or an instrument that is not the role's, is refused."""
    room.everybody_starts().to("decide")
    before = fingerprint_of_everything(room.store)
    with pytest.raises(Refusal, match="own state"):
        room.submit("aland", [{**TARIFF, "state": "BOR"}])
    with pytest.raises(Refusal, match="not an instrument of this role"):
        room.submit("corland", [{"lever": "export_ban", "target": "ALA", "value": 1}])
    assert fingerprint_of_everything(room.store) == before


def test_two_sessions_do_not_reach_into_each_other(room: Room) -> None:
    """Offers, messages, motions, polls of one session are unknown in the other, whatever number is given."""
    room.everybody_starts().to("decide")
    other = Room(room.store, room.key, room.engine, room.now, create(room.store, room.key, CARD, seats=2)).everybody_starts().to("decide")
    offer = offers.make(room.store, room.links["aland"], room.stamp, to="borland", kind="deal", gives="a", wants="b")
    motion = polls.table_motion(room.store, room.links["aland"], room.stamp, "we condemn")
    messages.send(room.store, room.links["aland"], room.stamp, to="borland", text="hi")
    message = messages.of_session(room.store, room.key, room.uid)[0].id
    before = fingerprint_of_everything(room.store)
    link = other.links["borland"]
    with pytest.raises(Denied):
        offers.answer(room.store, link, other.stamp, offer, "accepted")
    with pytest.raises(Denied):
        offers.withdraw(room.store, link, other.stamp, offer)
    with pytest.raises(Denied):
        polls.vote(room.store, link, motion, 0)
    with pytest.raises(Denied):
        messages.send(room.store, link, other.stamp, to="corland", text="hi")
    with pytest.raises(Denied):
        messages.hide(room.store, room.key, other.uid, message)
    with pytest.raises(Denied):
        polls.close_motion(room.store, room.key, other.uid, motion)
    assert fingerprint_of_everything(room.store) == before


def test_out_of_phase_and_replayed_calls_are_refused(room: Room) -> None:
    """In the lobby nothing is handed in; in the reveal nothing more; a stamp of the future does not exist."""
    room.everybody_starts()
    for phase in ("lobby", "reveal", "debrief", "closed"):
        room.to(phase)
        before = fingerprint_of_everything(room.store)
        for expected in (room.stamp, "0-1-decide", "9-9-decide", "", "a" * 1_000_000):
            with pytest.raises(OutOfDate):
                submissions.submit(room.store, room.engine, room.links["aland"], expected, [TARIFF])
        assert fingerprint_of_everything(room.store) == before


def test_texts_of_ten_megabytes_are_refused_at_once_everywhere(room: Room) -> None:
    """Every text field; refused by length alone."""
    room.everybody_starts().to("decide")
    huge = "x" * 10_000_000
    link, stamp, store = room.links["aland"], room.stamp, room.store
    before = fingerprint_of_everything(store)
    calls: list[Callable[[], Any]] = [
        lambda: submissions.submit(store, room.engine, link, stamp, [TARIFF], reason=huge),
        lambda: submissions.submit(store, room.engine, link, stamp, [TARIFF], purpose=huge),
        lambda: submissions.submit(store, room.engine, link, stamp, [{**TARIFF, "lever": huge}]),
        lambda: submissions.submit(store, room.engine, link, stamp, [{**TARIFF, "options": {"a": huge}}]),
        lambda: submissions.submit(store, room.engine, link, stamp, [{**TARIFF, huge: 1}]),
        lambda: submissions.submit(store, room.engine, link, stamp, [TARIFF] * 1000),
        lambda: submissions.submit(store, room.engine, link, stamp, [TARIFF], bet=submissions.Forecast(huge, 0, 1)),
        lambda: submissions.save_draft(store, link, stamp, {"a": huge}),
        lambda: submissions.pledge(store, link, stamp, lever="tariff", target=huge, will=True),
        lambda: submissions.pledge(store, link, stamp, lever="tariff", target="BOR", will=True, text=huge),
        lambda: offers.make(store, link, stamp, to="borland", kind="deal", gives=huge, wants="b"),
        lambda: offers.make(store, link, stamp, to="borland", kind=huge, gives="a", wants="b"),
        lambda: offers.make(store, link, stamp, to=huge, kind="deal", gives="a", wants="b"),
        lambda: messages.send(store, link, stamp, to="borland", text=huge),
        lambda: polls.table_motion(store, link, stamp, huge),
        lambda: polls.answer(store, link, huge, 1),
        lambda: instructor.broadcast(store, room.key, room.uid, huge),
        lambda: instructor.inject(store, room.key, room.uid, huge),
        lambda: instructor.roll_back(store, room.key, room.uid, 1, huge),
        lambda: seats.join(store, huge, "10.0.0.1"),
        lambda: keys.login(store, huge, "10.0.0.1"),
    ]
    for call in calls:
        with pytest.raises(Refusal) as refused:
            call()
        assert len(str(refused.value)) < 1000
    assert fingerprint_of_everything(store) == before


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e300, "1", True, [1], {"a": 1}])
def test_numbers_that_are_none_are_refused(room: Room, value: object) -> None:
    """Not a number, infinite, text, truth values, lists."""
    room.everybody_starts().to("decide")
    with pytest.raises(Refusal):
        room.submit("aland", [{**TARIFF, "value": value}])
    with pytest.raises(Refusal):
        room.submit("aland", bet=submissions.Forecast("concession", value, 1))  # type: ignore[arg-type]
    assert view.own_decision(room.store, room.links["aland"]) is None


def test_guessed_join_codes_are_stopped_for_the_address_and_then_for_all(room: Room, now: Clock) -> None:
    """90 wrong codes a minute from one address, 300 from all; the next minute is free again."""
    for _ in range(throttle.LIMITS["join"].per_address):
        with pytest.raises(Denied):
            seats.join(room.store, "AAAAAA", "10.0.0.1")
    with pytest.raises(TooMany, match="wait"):
        seats.join(room.store, room.made.join_code, "10.0.0.1")
    seats.join(room.store, room.made.join_code.lower(), "10.0.0.2")
    for number in range(throttle.LIMITS["join"].altogether - throttle.LIMITS["join"].per_address):
        with pytest.raises(Denied):
            seats.join(room.store, "BBBBBB", f"10.1.{number}.1")
    with pytest.raises(TooMany):
        seats.join(room.store, room.made.join_code, "10.9.9.9")
    now.forward(60)
    seats.join(room.store, room.made.join_code, "10.9.9.9")


def test_a_code_is_read_as_people_type_it() -> None:
    """Spaces, hyphens and small letters do not matter; look-alikes are not in the alphabet of 31."""
    assert tokens.read_code(" ab2-c3d ") == "AB2C3D"
    assert tokens.read_code("ABCDE") == ""
    assert len(tokens.ALPHABET) == 31
    assert not set("01OIL") & set(tokens.ALPHABET)
    assert {len(tokens.new_code()) for _ in range(100)} == {6}


def test_ten_thousand_joins_are_bounded(room: Room) -> None:
    """3 seats x 12 devices = 36 get in; the rest is refused at once and stores nothing."""
    inside = 0
    for _ in range(10_000):
        try:
            seats.join(room.store, room.made.join_code, "10.0.0.1")
            inside += 1
        except Refusal:
            pass
    assert inside == 3 * seats.DEVICES_PER_SEAT
    with room.store.read() as db:
        assert db.execute(select(func.count()).select_from(Participant)).scalar_one() == inside
        assert db.execute(select(func.count()).select_from(Throttle)).scalar_one() <= 4


def test_joining_by_code_fills_every_seat_before_it_makes_teams(room: Room) -> None:
    """Five joins on three seats: 2, 2, 1."""
    for _ in range(5):
        seats.join(room.store, room.made.join_code, "10.0.0.1")
    assert [line.devices for line in board.board(room.store, room.key, room.uid).seats] == [2, 2, 1]


def test_opening_a_link_uses_up_no_seat(room: Room) -> None:
    """A messenger's preview opens the link many times; the seat is still free."""
    for _ in range(5):
        view.look(room.store, room.links["aland"])
        seats.pulse(room.store, room.engine, room.links["aland"])
    line = board.board(room.store, room.key, room.uid).seats[0]
    assert (line.started, line.devices) == (False, 0)


def test_the_same_card_on_another_phone_continues_the_seat_with_its_draft(room: Room) -> None:
    """Start twice with one link: one seat; the draft is there."""
    room.everybody_starts().to("decide")
    submissions.save_draft(room.store, room.links["aland"], room.stamp, {"tariff": 0.3})
    seats.start(room.store, room.links["aland"])
    second = instructor.another_link(room.store, room.key, room.uid, "aland")
    seats.start(room.store, second)
    assert submissions.read_draft(room.store, second) == {"tariff": 0.3}
    assert board.board(room.store, room.key, room.uid).seats[0].devices == 2


def test_the_passphrase_is_hashed_slowly_throttled_and_locks_out(room: Room, now: Clock) -> None:
    """Five tries in a quarter of an hour from an address; then even the right one waits. A success clears the count."""
    for _ in range(5):
        with pytest.raises(Denied, match="not right"):
            keys.login(room.store, "wrong wrong wrong", "10.0.0.1")
    with pytest.raises(TooMany):
        keys.login(room.store, PASSPHRASE, "10.0.0.1")
    for _ in range(7):
        keys.login(room.store, PASSPHRASE, "10.0.0.2")
    now.forward(900)
    assert keys.is_instructor(room.store, keys.login(room.store, PASSPHRASE, "10.0.0.1"))


def test_strangers_cannot_lock_the_teacher_out_of_the_own_machine(room: Room) -> None:
    """Fifty wrong tries from many addresses close the door for all but the machine itself."""
    limit = throttle.LIMITS["passphrase"].altogether
    for number in range(limit):
        throttle.count(room.store, "passphrase", f"10.0.{number}.1")
    with pytest.raises(TooMany):
        keys.login(room.store, PASSPHRASE, "10.7.7.7")
    assert keys.login(room.store, PASSPHRASE, "127.0.0.1")


def test_whoever_opens_the_app_first_does_not_become_instructor(store: Store) -> None:
    """Without the code from the terminal no passphrase is set; with it once."""
    code = keys.setup_code(store)
    assert code is not None
    with pytest.raises(Denied, match="set-up code"):
        keys.set_first_passphrase(store, "a" * 32, PASSPHRASE, "10.0.0.1")
    with pytest.raises(Refusal, match="10 to 200"):
        keys.set_first_passphrase(store, code, "short", "10.0.0.1")
    keys.set_first_passphrase(store, code, PASSPHRASE, "10.0.0.1")
    with pytest.raises(Denied, match="already"):
        keys.set_first_passphrase(store, code, "another passphrase", "10.0.0.1")
    assert keys.setup_code(store) is None


def test_a_forgotten_passphrase_is_replaced_from_the_machine_itself(room: Room) -> None:
    """After the reset no key works, the old passphrase neither, and a new set-up code sets another."""
    keys.reset_passphrase(room.store)
    assert not keys.is_instructor(room.store, room.key)
    with pytest.raises(Refusal, match="No passphrase"):
        keys.login(room.store, PASSPHRASE, "10.0.0.1")
    key = keys.set_first_passphrase(room.store, str(keys.setup_code(room.store)), "another passphrase", "127.0.0.1")
    assert keys.is_instructor(room.store, key)
    assert [line.uid for line in sessions.listed(room.store, key)] == [room.uid]


def test_no_secret_is_stored_readably(room: Room) -> None:
    """The whole database searched for links, the key, the passphrase."""
    room.everybody_starts().to("decide")
    stored = repr(fingerprint_of_everything(room.store, but=()))
    for secret in (*room.links.values(), room.key, room.made.projector, PASSPHRASE):
        assert secret not in stored
    with room.store.read() as db:
        assert {len(sha) for sha in db.execute(select(Token.sha256)).scalars()} == {64}


def test_the_log_cannot_be_changed_even_by_the_program(room: Room) -> None:
    """The database itself refuses an update of the log."""
    from sqlalchemy.exc import DBAPIError

    with pytest.raises(DBAPIError, match="append-only"), room.store.write() as db:
        db.execute(text("UPDATE event SET kind = 'x'"))


def test_a_reissued_link_ends_the_old_one_and_keeps_the_seat(room: Room) -> None:
    """Old link denied, new link continues where the seat was."""
    room.everybody_starts().to("decide")
    room.submit("aland")
    fresh = instructor.reissue(room.store, room.key, room.uid, "aland")
    with pytest.raises(Denied):
        view.look(room.store, room.links["aland"])
    assert view.look(room.store, fresh).submitted


def test_a_deleted_session_leaves_nothing_but_one_line_that_it_was_deleted(room: Room) -> None:
    """All tables with a session column are empty; the audit says it."""
    room.everybody_starts().to("reveal", 1)
    instructor.hand_to_model(room.store, room.key, room.uid, "aland")
    sessions.delete_session(room.store, room.key, room.uid)
    with room.store.read() as db:
        for name, table in Base.metadata.tables.items():
            if "session_id" in table.c:
                left = db.execute(select(func.count()).select_from(table).where(table.c.session_id.is_not(None))).scalar_one()
                assert left == 0, name
        assert inspect(db.connection()).has_table("session")
    assert "session deleted" in [action for _, action, _ in board.audit_of(room.store, room.key)]
    with pytest.raises(Denied):
        view.look(room.store, room.links["aland"])


def test_old_sessions_are_purged_after_the_stated_days(room: Room, now: Clock) -> None:
    """Day 180: kept; a second later: gone."""
    now.forward(sessions.KEPT_DAYS * 86400)
    assert sessions.purge(room.store) == 0
    now.forward(1)
    assert sessions.purge(room.store) == 1


def counted_addresses(store: Store) -> set[str]:
    """Whose tries are counted."""
    with store.read() as db:
        return set(db.execute(select(Throttle.address)).scalars())


def test_addresses_are_forgotten_when_their_window_has_ended(room: Room, now: Clock) -> None:
    """Windows are 60 s for codes and 900 s for passphrases (09:00 begins both): kept inside, gone after; no session is touched."""
    throttle.count(room.store, "join", "10.0.0.1")
    throttle.count(room.store, "passphrase", "10.0.0.2")
    now.forward(59)
    assert sessions.purge(room.store) == 0
    assert {"10.0.0.1", "10.0.0.2"} <= counted_addresses(room.store)
    now.forward(1)
    sessions.purge(room.store)
    assert counted_addresses(room.store) == {"10.0.0.2", throttle.EVERYBODY}
    now.forward(840)
    sessions.purge(room.store)
    assert counted_addresses(room.store) == set()
    assert [line.uid for line in sessions.listed(room.store, room.key)] == [room.uid]


def test_a_try_of_one_kind_forgets_the_old_ones_of_every_kind(room: Room, now: Clock) -> None:
    """A passphrase is typed an hour after a wrong code: nobody has to type another code for the address to go."""
    throttle.count(room.store, "join", "10.0.0.1")
    now.forward(3600)
    throttle.count(room.store, "passphrase", "10.0.0.2")
    assert "10.0.0.1" not in counted_addresses(room.store)


def test_the_server_tidies_up_while_it_runs_and_goes_on_after_trouble(room: Room, now: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three turns, the first of them with a database in trouble."""
    throttle.count(room.store, "join", "10.0.0.1")
    turns: list[float] = []

    def broken(store: Store) -> int:
        raise Refusal("busy")

    def wait(seconds: float) -> bool:
        turns.append(seconds)
        now.forward(seconds)
        if len(turns) == 2:
            assert counted_addresses(room.store)
            monkeypatch.setattr(house, "purge", sessions.purge)
        return len(turns) == 4

    monkeypatch.setattr(house, "purge", broken)
    house.keep_tidy(room.store, wait)
    assert counted_addresses(room.store) == set()
    assert max(turns) <= 900
