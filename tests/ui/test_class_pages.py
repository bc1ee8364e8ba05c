"""The pages of the class without a browser: every screen of a seat, the instructor's and the projector's page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from sim import api
from tests.ui.class_room import ClassRoom, button, done, join_page, open_class, press, screen_page, seat_page, teach_page, words_of
from tests.ui.patience import SECONDS
from ui.classroom import board, instructor, offers, polls, sessions, submissions, view
from ui.classroom.refused import Busy
from ui.classroom.reopening import reopen_session
from ui.classroom.sessionfile import save_session
from ui.classroom.store import BUSY, forget_engine
from ui.classroom.tables import ClassSession
from ui.classroom.text import display
from ui.house import the_model
from ui.text import plain, words

HOSTILE = "<b>we</b> ![x](http://evil.example/x.png) =1+1"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of its own."""
    monkeypatch.setenv("SANCTIONS_LAB_DATA", str(tmp_path))
    monkeypatch.setenv("SANCTIONS_LAB_PUBLIC_URL", "http://class.example:8501")
    monkeypatch.delenv("SANCTIONS_LAB_DATABASE", raising=False)
    yield tmp_path
    forget_engine(f"sqlite:///{tmp_path / 'classroom.sqlite'}")


@pytest.fixture
def room(home: Path) -> ClassRoom:
    """Four seats of who-pays, two rounds, nobody in yet."""
    return open_class()


def handed(room: ClassRoom, label: str = "arden") -> view.Handed | None:
    return view.own_decision(room.store, room.links[label])


def test_a_seat_without_or_with_a_wrong_link_gets_a_sentence(room: ClassRoom) -> None:
    for secret in ("", "x" * 32, room.made.projector, room.key):
        app = AppTest.from_function(seat_page, default_timeout=SECONDS)
        app.query_params["k"] = secret
        done(app.run())
        assert "This link does not work" in app.error[0].value.replace("\\", "")


def test_opening_a_link_takes_no_seat_and_pressing_start_does(room: ClassRoom) -> None:
    app = room.seat()
    assert not room.now().started
    press(app, "start")
    assert room.now().started
    assert app.title[0].value == "Trade minister of Arden"


def test_a_private_fact_stands_in_its_own_packet_only(room: ClassRoom) -> None:
    room.start()
    assert "Your own machine makers" in words_of(room.seat("arden"))
    for other in ("belmora", "corvane", "delmar"):
        assert "machine makers" not in words_of(room.seat(other))


def test_a_spanish_packet_says_that_the_words_of_its_scenario_are_in_english(room: ClassRoom) -> None:
    said = {}
    for code in ("en", "es"):
        app = AppTest.from_function(seat_page, default_timeout=SECONDS)
        app.query_params["k"], app.query_params["lang"] = room.start("arden").links["arden"], code
        said[code] = words_of(done(app.run()))
    assert "Los textos de este escenario están, por ahora, en inglés." in said["es"]
    assert "The words of this scenario" not in said["en"]


def test_the_role_check_names_what_is_wrong_and_lets_through_who_is_right(room: ClassRoom) -> None:
    """Arden's right answers are options 0, 1 and 2."""
    room.start().to("role_check")
    app = room.seat()
    assert button(app, "check").disabled
    for number, place in enumerate((1, 1, 2)):
        app.radio[number].set_value(place)
    press(app.run(), "check")
    assert "Question 1 is not right" in app.warning[0].value
    assert "Question 1 is not right" in done(app.run()).warning[0].value  # another team's move draws the page anew
    app.radio[0].set_value(0)
    press(app.run(), "check")
    assert room.now().role_checked
    assert len(app.radio) == 0


def test_the_opening_poll_is_stored_and_can_be_read_back(room: ClassRoom) -> None:
    room.start().to("poll")
    app = room.seat()
    app.slider[0].set_value(70)
    press(app.run(), "poll-before-0-0-poll-send")
    assert polls.of_seat(room.store, room.links["arden"])[0].mine == 70
    assert app.title[0].value.startswith("Thank you")


def test_a_decision_is_drafted_survives_a_reload_and_is_handed_in_with_bet_and_reason(room: ClassRoom) -> None:
    room.start().to("decide", 1)
    app = press(room.seat(), "use-import_ban")
    app.slider(key="move-0-0-1-decide-value").set_value(80.0)
    app.radio(key="purpose-0-1-decide").set_value("coerce")
    app.text_input(key="reason-0-1-decide").set_value(HOSTILE)
    app.checkbox(key="bet-take-0-1-decide").check()
    done(app.run())
    again = room.seat()  # another phone, the same link
    assert again.slider(key="move-0-0-1-decide-value").value == 80.0
    assert again.text_input(key="reason-0-1-decide").value == HOSTILE
    press(again, "hand-in")
    stored = handed(room)
    assert stored is not None
    assert [(move["lever"], move["target"], move["value"]) for move in stored.moves] == [("import_ban", "CORVANE", 0.8)]
    assert stored.purpose == "coerce"
    heard = next(row for row in board.listen(room.store, room.key, room.made.uid, 1) if row.seat == "arden")
    assert heard.bet == ("policy_changed", 30.0, 60.0, 0.8)
    assert again.title[0].value == "Handed in"
    press(again, "revise")
    assert again.slider(key="move-0-0-1-decide-value").value == 80.0


def test_at_most_six_levers_are_in_view_and_the_rest_is_one_choice_away(room: ClassRoom) -> None:
    room.start().to("decide", 1)
    app = room.seat("corvane")
    used = [one.key for one in app.button if (one.key or "").startswith("use-")]
    assert len(used) == 6
    assert any("concession" in key for key in used)
    assert any("propose_deal" in key for key in used)
    more = app.selectbox(key="more-0-1-decide")
    more.set_value("credit_line")
    done(app.run())
    now = [one.key for one in app.button if (one.key or "").startswith("use-")]
    assert now == [*used, "use-credit_line-0-1-decide"]  # one list of cards, drawn before the choice
    drawn = [getattr(one, "key", None) for one in app.main]
    assert drawn.index("use-credit_line-0-1-decide") < drawn.index("more-0-1-decide")


def test_who_could_loosen_a_pair_finds_the_wedge_among_the_first_cards_and_nobody_else_does(home: Path) -> None:
    """Caldera has measures in force against Nordal and Sudaria from the start; nobody else is a sender."""
    room = open_class("the-wedge").start().to("decide", 1)
    shown = {label: [one.key for one in room.seat(label).button if (one.key or "").startswith("use-")] for label in ("calder", "nordal")}
    assert len(shown["calder"]) == 6 and "use-inducement-0-1-decide" in shown["calder"]
    assert not any("inducement" in key for key in shown["nordal"])


def test_only_what_a_seat_could_really_do_now_is_offered(room: ClassRoom) -> None:
    """Nothing is in force against Corvane before the first round; Arden bans its goods, and then it may answer in kind, to Arden alone."""
    room.start().to("decide", 1)
    before = offered(room.seat("corvane"), "0-1-decide")
    assert {"import_ban", "concession"} <= before and before & {"counter_measures", "rerouting", "join_coalition", "mediation", "answer_deal"} == set()
    ban = {"lever": "import_ban", "target": "CORVANE", "sector": "*", "value": 0.8, "options": {}}
    submissions.submit(room.store, the_model(), room.links["arden"], room.now().stamp, [ban])
    room.to("decide", 2)
    app = room.seat("corvane")
    assert {"counter_measures", "rerouting"} <= offered(app, "0-2-decide")
    assert "In force against you" in words_of(app) and "Import ban: Arden on Corvane" in words_of(app)
    assert "In force against you" not in words_of(room.seat())
    press(app, "use-counter_measures")
    assert app.selectbox(key="move-0-0-2-decide-target").options == ["Arden"]


def test_the_charts_of_a_class_say_what_they_are_of(home: Path) -> None:
    """Four rounds of two quarters: nothing is in force in the first, Arden's ban of the second begins with it. The page of charts has a title of its own."""
    room = open_class(rounds=4).start().to("decide", 2)
    ban = {"lever": "import_ban", "target": "CORVANE", "sector": "*", "value": 0.8, "options": {}}
    submissions.submit(room.store, the_model(), room.links["arden"], room.now().stamp, [ban])
    room.to("decide", 3)
    app = room.seat("corvane")
    app.segmented_control(key="view-decide-0-3-decide").set_value("charts")
    said = words_of(done(app.run()))
    assert "Where things stand" in said and "Each quarter from year 1, Q1 to year 1, Q4." in said
    assert "All quarters from year 1, Q3 to year 1, Q4 together." in said and "Mean of the quarters from year 1, Q1 to year 1, Q4." in said


def offered(app: AppTest, stamp: str) -> set[str]:
    """The ids of all levers that the page offers."""
    used = {str(one.key).removeprefix("use-").removesuffix(f"-{stamp}") for one in app.button if str(one.key).startswith("use-")}
    labels = {lever.label: lever.id for lever in api.LEVERS.values()}
    return used | {labels[str(option)] for option in app.selectbox(key=f"more-{stamp}").options}


def test_every_lever_can_be_put_into_a_decision(room: ClassRoom) -> None:
    """Also those that are done or not done, with nothing to set."""
    room.start().to("decide", 1)
    moves = [
        {
            "n": number,
            "lever": lever.id,
            "target": "CORVANE" if lever.needs_target else "",
            "sector": "*" if lever.takes_sector else "",
            "value": lever.value.default,
            "options": {},
        }
        for number, lever in enumerate(api.LEVERS.values())
    ]
    for some in (moves[::2], moves[1::2]):
        submissions.save_draft(room.store, room.links["arden"], room.now().stamp, {"moves": some, "next": len(moves)})
        removes = [one.key for one in room.seat().button if (one.key or "").endswith("-remove")]
        assert len(removes) == len(some)


def test_a_click_on_a_page_of_an_older_round_stores_nothing(room: ClassRoom) -> None:
    room.start().to("decide", 1)
    app = room.seat()
    room.to("decide", 2)
    button(app, "hand-in").click()
    done(app.run())
    assert handed(room) is None
    assert "out of date" in words_of(app)


def test_hostile_words_reach_other_screens_as_plain_text(room: ClassRoom) -> None:
    room.start().to("talk", 1)
    submissions.pledge(room.store, room.links["arden"], room.now().stamp, lever="import_ban", target="CORVANE", will=True, text=HOSTILE[:100])
    for app in (room.seat("belmora"), room.screen()):
        text = words_of(app)
        assert "evil" in text
        assert "![x](" not in text
        assert "<b>" not in text


def test_the_reveal_tells_the_bet_the_moves_and_who_kept_a_pledge(room: ClassRoom) -> None:
    room.start().to("talk", 1)
    submissions.pledge(room.store, room.links["arden"], room.now().stamp, lever="import_ban", target="CORVANE", will=True)
    room.to("decide", 1)
    move = {"lever": "import_ban", "target": "CORVANE", "sector": "*", "value": 0.7}
    bet = submissions.Forecast("real_income", -30.0, 30.0, 0.8)
    submissions.submit(room.store, the_model(), room.links["arden"], room.now().stamp, [move], purpose="coerce", bet=bet, reason="to see")
    room.to("reveal", 1)
    text = words_of(room.seat())
    assert "Inside your range" in text
    assert "real income of the people, change within the round: " in text
    assert "will use: Import ban on Corvane" in text
    assert ":material/check: kept" in text
    assert "**Trade minister of Arden**: Import ban: Arden on Corvane" in text
    app = room.seat("delmar")
    assert "You did not bet" in words_of(app)
    assert len([head for head in app.subheader if head.value.endswith("?")]) == 3


def test_two_seats_agree_on_an_offer_and_write_to_each_other(room: ClassRoom) -> None:
    room.start().to("talk", 1)
    app = room.seat("arden")
    inputs = {one.label: one for one in app.text_input}
    inputs["We give"].set_value("half of it")
    inputs["We want"].set_value("quiet")
    next(one for one in app.button if one.label == "Send the offer").click()
    done(app.run())
    other = room.seat("belmora")
    assert "they give half of it" in words_of(other)
    next(one for one in other.button if one.label == "Accept").click()
    done(other.run())
    assert "*accepted*" in words_of(room.seat("arden"))
    inputs = {one.label: one for one in other.text_input}
    inputs["Message"].set_value("thank you")
    next(one for one in other.button if one.label == "Send").click()
    done(other.run())
    assert "thank you" in words_of(room.seat("arden"))
    assert "thank you" not in words_of(room.seat("delmar"))
    assert "thank you" in words_of(at(room.teach(), "listen"))


def test_an_offer_is_answered_with_another_one_with_the_sides_turned_round(room: ClassRoom) -> None:
    room.start().to("talk", 1)
    first = offers.make(room.store, room.links["arden"], room.now().stamp, to="belmora", kind="vote", gives="half of it", wants="quiet")
    other = room.seat("belmora")
    closed = next(one for one in other.expander if one.label == "Make an offer").proto
    press(other, f"counter-{first}")
    opened = next(one for one in other.expander if one.label == "Make an offer").proto
    assert (closed.expanded, opened.expanded) == (False, True)
    inputs = {one.label: one for one in other.text_input}
    assert (inputs["We give"].value, inputs["We want"].value) == ("quiet", "half of it")
    assert "This answers the offer of" in "\n".join(box.value for box in other.info)
    inputs["We want"].set_value("all of it")
    next(one for one in done(other.run()).button if one.label == "Send the offer").click()
    done(other.run())
    new, old = offers.of_seat(room.store, room.links["arden"])
    assert (new.mine, new.kind, new.gives, new.wants, new.counters, new.status) == (False, "vote", "quiet", "all of it", first, "open")
    assert old.status == "countered"
    assert "answered with another offer" in words_of(room.seat("arden"))


def test_what_was_agreed_is_called_to_mind_where_it_has_to_be_chosen(room: ClassRoom) -> None:
    room.start().to("talk", 1)
    number = offers.make(room.store, room.links["arden"], room.now().stamp, to="belmora", kind="deal", gives="half of it", wants="quiet")
    app = press(room.seat("belmora"), f"accepted-{number}")
    assert "nothing is done by itself" in "\n".join(box.value for box in app.success)
    room.to("decide", 1)
    told = {label: "\n".join(box.value for box in room.seat(label).info) for label in ("arden", "belmora", "delmar")}
    assert "we give half of it; they give quiet" in told["arden"]
    assert "they give half of it; we give quiet" in told["belmora"]
    assert told["delmar"] == ""


def test_the_teacher_hears_offers_pledges_and_bets_in_their_unit_and_is_told_of_open_votes(room: ClassRoom) -> None:
    room.start().to("talk", 1)
    stamp = room.now().stamp
    offers.make(room.store, room.links["arden"], stamp, to="belmora", kind="deal", gives="half of it", wants="quiet")
    submissions.pledge(room.store, room.links["arden"], stamp, lever="import_ban", target="CORVANE", will=True)
    polls.table_motion(room.store, room.links["arden"], stamp, "A joint limit")
    room.to("decide", 1)
    bet = submissions.Forecast("real_income", -2.0, 2.0, 0.8)
    submissions.submit(room.store, the_model(), room.links["arden"], room.now().stamp, [], bet=bet)
    app = room.teach()
    assert "1 vote is open. It is closed under “Results”." in [box.value for box in app.info]
    text = words_of(at(app, "listen")).replace("\u00a0", " ")
    assert "(deal): gives half of it; wants quiet. *open*" in text
    assert "will use: Import ban on Corvane" in text
    assert "from \u22122.0 % to +2.0 %" in text
    assert "1 vote is open" in text


def test_a_seat_in_which_nobody_sits_is_said_to_answer_no_offer(room: ClassRoom) -> None:
    room.start("arden", "belmora").to("talk", 1)
    app = room.seat("arden")
    whom = next(one for one in app.selectbox if one.label == "To" and "offer" in str(one.key))
    assert not app.warning
    whom.set_value("delmar")
    assert "Nobody sits in this seat now" in done(app.run()).warning[0].value


def test_a_motion_is_voted_on_and_told_when_it_is_closed(room: ClassRoom) -> None:
    room.start().to("talk", 1)
    app = room.seat("arden")
    next(one for one in app.text_input if one.label.startswith("The motion")).set_value("A joint limit")
    next(one for one in app.button if one.label == "Table it").click()
    done(app.run())
    other = room.seat("corvane")
    next(one for one in other.button if one.label == "against").click()
    done(other.run())
    motion = polls.motions(room.store, room.links["corvane"])[0]
    assert (motion.cast, motion.mine) == (1, 1)
    polls.close_motion(room.store, room.key, room.made.uid, motion.id)
    assert "for 0, against 1, abstain 0" in words_of(room.seat("delmar"))


def test_a_late_joiner_reads_what_happened_and_takes_over(room: ClassRoom) -> None:
    room.start("arden").to("reveal", 1).to("read", 2)
    app = press(room.seat("delmar"), "start")
    assert app.title[0].value.startswith("You arrive late")
    press(app, "caught-up")
    assert app.title[0].value == "Round 2: what is new"


def test_a_seat_handed_to_the_model_watches(room: ClassRoom) -> None:
    room.start().to("decide", 1)
    instructor.hand_to_model(room.store, room.key, room.made.uid, "arden")
    assert room.seat().title[0].value == "The model plays this seat"


def test_the_debrief_asks_again_and_shows_the_whole_run(room: ClassRoom) -> None:
    room.start().to("debrief")
    app = room.seat()
    press(app, "poll-after-0-2-debrief-send")
    text = words_of(app)
    assert "Looking back" in text
    assert "What the model leaves out" in text
    room.to("closed")
    assert room.seat().title[0].value == "This class is closed"


def test_the_projector_shows_nothing_that_belongs_to_a_seat(room: ClassRoom) -> None:
    """Before the reveal: no reason, no bet, no move, no private fact, no link."""
    room.start().to("decide", 1)
    move = {"lever": "import_ban", "target": "CORVANE", "sector": "*", "value": 0.7}
    bet = submissions.Forecast("real_income", -12.0, 13.5, 0.8)
    submissions.submit(room.store, the_model(), room.links["arden"], room.now().stamp, [move], bet=bet, reason="zebra")
    text = words_of(room.screen())
    for word in ("zebra", "13.5", "Import ban", "machine makers", *room.links.values()):
        assert word not in text
    assert "1 of 4 teams has handed in" in text


def test_the_projector_shows_the_code_before_the_class_begins(room: ClassRoom) -> None:
    text = words_of(room.screen())
    assert room.made.join_code in text
    assert "0 of 4 seats taken" in text


def test_the_projector_refuses_a_seats_link(room: ClassRoom) -> None:
    app = AppTest.from_function(screen_page, default_timeout=SECONDS)
    app.query_params["k"] = room.links["arden"]
    done(app.run())
    assert len(app.error) == 1


def test_a_wrong_code_gets_a_sentence_and_takes_no_seat(room: ClassRoom) -> None:
    app = done(AppTest.from_function(join_page, default_timeout=SECONDS).run())
    app.text_input[0].set_value("ABCDEF")
    app.button[0].click()
    done(app.run())
    assert "This code is not right" in app.error[0].value
    assert not any(seat.started for seat in board.board(room.store, room.key, room.made.uid).seats)


def at(app: AppTest, name: str) -> AppTest:
    """The instructor's page at one of its views."""
    control = next(one for one in app.segmented_control if "results" in one.options or "Results" in one.options)
    control.set_value(name)
    return done(app.run())


def test_without_a_key_the_instructors_page_is_a_door(room: ClassRoom) -> None:
    for key in ("", "x" * 32, room.made.projector, room.links["arden"]):
        app = AppTest.from_function(teach_page, default_timeout=SECONDS)
        app.session_state["instructor-key"] = key
        app.query_params["s"] = room.made.uid
        done(app.run())
        assert app.title[0].value == "Run a class"
        assert [one.label for one in app.button] == []


def test_the_instructor_makes_a_session_and_gets_its_links_once(room: ClassRoom) -> None:
    app = press(room.teach(session=False), "make")
    assert len(sessions.listed(room.store, room.key)) == 2
    text = "\n".join(code.value for code in app.code)
    assert "http://class.example:8501/screen?k=" in text
    assert "http://class.example:8501/seat?k=" in text
    uid = app.query_params["s"]
    fresh = AppTest.from_function(teach_page, default_timeout=SECONDS)
    fresh.session_state["instructor-key"] = room.key
    fresh.query_params["s"] = uid if isinstance(uid, str) else uid[0]
    assert [code.value for code in done(fresh.run()).code] == []


def test_a_scenario_changed_since_the_session_was_made_is_told_to_the_teacher(room: ClassRoom) -> None:
    """Not before: the digest of the file is the one the session was made with. The rounds told are those of the session."""
    assert "rounds: 2; quarters" in words_of(at(room.teach(), "doors"))
    assert "has changed since the session was made" not in words_of(at(room.teach(), "doors"))
    with room.store.write() as db:
        db.execute(update(ClassSession).values(scenario_digest="0" * 64))
    assert "has changed since the session was made" in words_of(at(room.teach(), "doors"))


def test_a_rehearsal_plays_the_whole_session_by_the_model(room: ClassRoom) -> None:
    press(room.teach(session=False), "rehearse")
    made = sessions.listed(room.store, room.key)[0]
    assert (made.rehearsal, made.phase) == (True, "debrief")
    app = room.teach(session=False)
    app.query_params["s"] = made.uid
    assert "This is a rehearsal" in "\n".join(box.value for box in done(app.run()).info)
    assert "This is a rehearsal" not in "\n".join(box.value for box in room.teach().info)


def test_the_form_is_as_it_was_left_after_a_rehearsal_has_been_looked_at(room: ClassRoom) -> None:
    app = room.teach(session=False)
    app.text_input(key="make-name").set_value("Monday's class")
    app.slider(key="make-minutes").set_value(6)
    press(app, "rehearse")
    assert app.query_params["s"] == sessions.listed(room.store, room.key)[0].uid
    del app.query_params["s"]
    done(app.run())
    assert (app.text_input(key="make-name").value, app.slider(key="make-minutes").value) == ("Monday's class", 6)


def test_the_instructor_walks_the_class_and_rolls_a_round_back(room: ClassRoom) -> None:
    room.start()
    app = room.teach()
    for label in ("Begin: role check", "To the opening poll", "Begin round 1", "On to talk", "On to decide", "Lock now"):
        next(one for one in app.button if one.label == label).click()
        done(app.run())
    assert room.now().phase == "reveal"
    assert button(app, "back-do").disabled
    app.text_input(key="back-why").set_value("a mistake")
    press(app.run(), "back-do")
    assert (room.now().phase, room.now().round, room.now().stamp) == ("read", 1, "1-1-read")
    assert any(action == "rolled back" and "a mistake" in detail for _, action, detail in board.audit_of(room.store, room.key))


def test_a_seat_that_nobody_has_taken_is_not_one_the_class_waits_for(room: ClassRoom) -> None:
    """Two of four have come in: both are waited for at the role check, the others only told."""
    room.start("arden", "delmar").to("role_check")
    said = words_of(room.teach())
    assert "The class waits for 2: Trade minister of Arden and Harbour master of Delmar." in said
    assert "Nobody has taken 2 seats yet" in said


def test_the_clock_is_paused_resumed_and_given_time(home: Path) -> None:
    from ui.classroom.card import Plan

    room = open_class(plan=Plan(seconds={"decide": 300})).start().to("decide", 1)
    app = press(room.teach(), "pause")
    assert board.pulse(room.store, room.key, room.made.uid).paused
    press(app, "add-5")
    press(app, "resume")
    left = board.pulse(room.store, room.key, room.made.uid).seconds_left
    assert left is not None
    assert 540 < left <= 600


def test_news_and_a_broadcast_reach_every_seat(room: ClassRoom) -> None:
    room.start().to("read", 1)
    app = press(room.teach(), "inject-1-news")
    assert not [one for one in app.button if one.key == "inject-1-news"]
    app.text_input[1 if app.text_input[0].key == "back-why" else 0].set_value("Five minutes left")
    next(one for one in app.button if one.label == "Send to all").click()
    done(app.run())
    text = words_of(room.seat("delmar"))
    assert "report their best year" in text
    assert "Five minutes left" in text


def test_a_seat_is_handed_over_and_its_link_issued_again(room: ClassRoom) -> None:
    room.start()
    app = press(at(room.teach(), "seats"), "hand")
    assert next(seat for seat in board.board(room.store, room.key, room.made.uid).seats if seat.label == "arden").bot
    old = room.links["arden"]
    press(app, "reissue")
    fresh = AppTest.from_function(seat_page, default_timeout=SECONDS)
    fresh.query_params["k"] = old
    assert "does not work" in done(fresh.run()).error[0].value
    assert any("/seat?k=" in code.value for code in app.code)


def test_files_are_made_on_demand_and_deleting_needs_the_code(room: ClassRoom) -> None:
    room.start().to("reveal", 1)
    app = at(room.teach(), "files")
    press(app, "replay")
    assert "come out exactly as they were" in app.success[0].value
    assert button(app, "delete").disabled
    app.text_input(key="delete-sure").set_value(room.made.join_code)
    press(app.run(), "delete")
    assert sessions.listed(room.store, room.key) == []


def test_a_session_played_by_the_real_model_reopens_and_replays_to_equal_digests(room: ClassRoom) -> None:
    room.start("arden", "corvane").to("decide", 1)
    move = {"lever": "import_ban", "target": "CORVANE", "sector": "*", "value": 0.7}
    submissions.submit(room.store, the_model(), room.links["arden"], room.now().stamp, [move])
    room.to("reveal", 2)
    made = reopen_session(room.store, room.key, save_session(room.store, room.key, room.made.uid))
    before, after = (view.results(room.store, dict(links)["arden"]) for links in (room.made.links, made.links))
    assert [(row.round, row.digest) for row in before] == [(row.round, row.digest) for row in after]
    assert instructor.replay(room.store, the_model(), room.key, made.uid) == (True, "All 2 rounds come out exactly as they were.")


def test_results_show_charts_and_play_a_fork(room: ClassRoom) -> None:
    room.start().to("reveal", 1)
    app = at(room.teach(), "results")
    next(one for one in app.button if one.label == "Play it").click()
    done(app.run())
    assert "from round 1" in words_of(app)


def test_the_teacher_prints_cards_with_the_links_of_this_tab(room: ClassRoom) -> None:
    app = room.teach()
    assert "join page" in words_of(app)  # the links were made elsewhere
    press(app, "new-links")
    assert "lead to the join page" not in words_of(app)
    for name in ("cards", "packets", "names", "sheets"):
        press(app, f"class-print-make-{name}")
        assert len(app.get("download_button")) == 1


def test_a_page_that_meets_a_busy_store_says_so_and_tries_again_by_itself(room: ClassRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    room.start()

    def busy(*given: object) -> None:
        raise Busy(BUSY)

    with monkeypatch.context() as for_now:
        for_now.setattr("ui.classroom.view.look", busy)
        app = room.seat()
        assert [one.value for one in app.warning] == [display(BUSY)]
        assert not app.error
    assert done(app.run()).title[0].value.startswith("Trade")


def test_a_tab_keeps_nothing_of_the_widgets_of_rounds_that_are_over(room: ClassRoom) -> None:
    """A widget's key names its round; what Streamlit keeps of those of round 1 is gone when round 2 is drawn."""
    app = room.start(*room.links).to("decide", 1).seat()
    kept = app.session_state._state._state  # the test's wrapper, Streamlit's own
    first = dict(kept._key_id_mapper._key_id_mapping)
    assert any("-1-decide" in key for key in first)
    room.to("decide", 2)
    done(app.run())
    second = kept._key_id_mapper._key_id_mapping
    assert any("-2-decide" in key for key in second)
    assert [key for key in second if "-1-decide" in key] == []
    assert [widget for widget in first.values() if widget in kept._new_widget_state.widget_metadata and widget not in second.values()] == []


def test_prepared_news_is_whole_and_in_the_language_of_the_page(room: ClassRoom) -> None:
    """Who Pays has a headline of 145 letters; its other words are not told in Spanish yet."""
    texts = [inject.text for inject in api.load("who-pays").injects]
    assert max(map(len, texts)) > 140
    for language in ("en", "es"):
        app = AppTest.from_function(teach_page, default_timeout=SECONDS)
        app.session_state["instructor-key"] = room.key
        app.query_params["s"], app.query_params["lang"] = room.made.uid, language
        next(one for one in done(app.run()).segmented_control if str(one.key).startswith("view-")).set_value("run")
        done(app.run())
        assert {plain(words(language).phrase(text)) for text in texts} <= {one.label for one in app.button}
    assert any("La Comisión del Río publica" in one.label for one in app.button)
