"""The memo a seat takes home: its own decisions, reasons, bets and goals, in its language, and nothing of another seat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.ui.class_room import ClassRoom, at_home, open_class
from ui.bets import happened
from ui.classroom import messages, offers, polls, submissions, view
from ui.debrief.memo import Memo, MemoRound, as_markdown, safe
from ui.house import the_model
from ui.pages.seat_desk import SeatDesk
from ui.pages.seat_memo import memo_of
from ui.retold import lesson_told
from ui.text import words

HOSTILE = "# <b>we</b> ![x](http://evil.example/x.png) =1+1 `a` |b| [l](http://evil.example)"
BAN = {"lever": "import_ban", "target": "CORVANE", "sector": "*", "value": 0.8}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClassRoom]:
    """Two rounds of who-pays: Arden bans and bets in round 1 and is silent in round 2; Corvane answers with words of its own."""
    with at_home(tmp_path_factory.mktemp("memo")):
        room = open_class().start().to("talk", 1)
        messages.send(room.store, room.links["corvane"], room.now().stamp, to="belmora", text="the quiet giraffe")
        submissions.pledge(room.store, room.links["arden"], room.now().stamp, lever="export_ban", target="CORVANE", will=True, text="soon")
        offers.make(room.store, room.links["arden"], room.now().stamp, to="belmora", kind="deal", gives="a *loan*", wants="a vote")
        (offer,) = offers.of_seat(room.store, room.links["belmora"])
        offers.answer(room.store, room.links["belmora"], room.now().stamp, offer.id, "accepted")
        motion = polls.table_motion(room.store, room.links["belmora"], room.now().stamp, "The assembly asks for relief.")
        polls.vote(room.store, room.links["arden"], motion, 0)
        room.to("decide", 1)
        wide = submissions.Forecast("real_income", -40.0, 40.0, 0.9)
        low = submissions.Forecast("real_income", -40.0, -39.0, 0.7)
        submit = submissions.submit
        submit(room.store, the_model(), room.links["arden"], room.now().stamp, [BAN], purpose="coerce", bet=wide, reason=HOSTILE)
        submit(room.store, the_model(), room.links["corvane"], room.now().stamp, [], purpose="signal", bet=low, reason="the secret zebra")
        yield room.to("debrief")


def memo(room: ClassRoom, seat: str, language: str = "en") -> str:
    """The file of a seat."""
    w, token = words(language), room.links[seat]
    desk = SeatDesk(room.store, the_model(), token, view.look(room.store, token), lesson_told(view.lesson(room.store, token), w), w)
    return as_markdown(memo_of(desk), w)


def test_the_memo_tells_the_seats_decisions_purposes_bets_goals_and_asks_three_questions(room: ClassRoom) -> None:
    text = memo(room, "arden")
    assert text.startswith("# Memo: ")
    assert "\n\nTrade minister of Arden\n\n" in text
    first, second = text.split("## Round 1")[1].split("## Round 2")
    assert "- Import ban: Arden on Corvane, all sectors, 80" in first
    assert "Purpose: Coerce." in first
    bet = view.results(room.store, room.links["arden"])[0]
    came = words().percent(happened("real_income", "ARDEN", bet, None) or 0.0, 1, sign=True)
    span = {"low": words().percent(-40.0, 1), "high": words().percent(40.0, 1, sign=True), "sure": words().percent(90.0, 0)}
    assert "between {low} and {high}, {sure} sure.".format(**span) + f" It came to {came}: inside our range." in first
    assert "We wrote no reason." in second
    assert "We did not bet." in second
    assert "The only bet came true." in text
    assert text.count("(weight ") == len(view.role(room.store, room.links["arden"]).goals)
    assert [f"\n{number}. " in text.split("## To answer")[1] for number in (1, 2, 3)] == [True] * 3


def test_the_memo_lists_the_seats_own_word_the_offers_accepted_and_its_votes(room: ClassRoom) -> None:
    given = memo(room, "arden").split("## Our word, our offers and our votes")[1].split("##")[0]
    assert "Round 1: we said that we would use Export ban on Corvane. “soon” We did not keep to it." in given
    assert "accepted our offer: we give a \\*loan\\*; we want a vote." in given
    assert "We voted “for” on: The assembly asks for relief." in given
    theirs = memo(room, "belmora").split("## Our word, our offers and our votes")[1].split("##")[0]
    assert "We accepted the offer of Trade minister of Arden" in theirs
    assert "we said" not in theirs
    assert "We voted" not in theirs
    assert "Our word" not in memo(room, "corvane")


def test_no_seat_finds_another_seats_words_bets_or_purposes_in_its_memo(room: ClassRoom) -> None:
    mine, theirs = memo(room, "arden"), memo(room, "corvane")
    for private in ("zebra", "giraffe", "Signal", "39", "below our range"):
        assert private not in mine
    assert "zebra" in theirs
    assert "above our range" in theirs
    for private in ("evil", "Coerce", "giraffe", "Import ban"):
        assert private not in theirs


def test_the_memo_is_in_the_language_of_the_class(room: ClassRoom) -> None:
    text = memo(room, "arden", "es")
    assert text.startswith("# Informe: ")
    assert "Ronda 1: qué hicimos" in text
    assert "dentro de nuestro margen" in text
    for english in ("Round", "Purpose", "sure", "weight"):
        assert english not in text


def test_typed_words_act_as_nothing_in_the_file(room: ClassRoom) -> None:
    text = memo(room, "arden")
    line = next(line for line in text.splitlines() if "evil" in line)
    assert line == f"Why, in our words: “{safe('x ' + HOSTILE)[2:]}”"
    for acting in ("![", "](", "<b>"):
        assert acting not in text.replace("\\[", "").replace("\\]", "").replace("\\<", "")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        *(("# a", "\\# a"), ("- a", "\\- a"), ("1. a", "1\\. a"), ("=1+1", "\\=1+1")),
        *(("a\n# b", "a # b"), ("> a", "\\> a"), ("2026 was", "2026 was"), ("a*b", "a\\*b")),
    ],
)
def test_a_line_of_words_begins_no_heading_list_or_formula(typed: str, written: str) -> None:
    assert safe(typed) == written


def test_a_memo_without_goals_bets_or_moves_still_has_its_rounds_and_questions() -> None:
    empty = Memo("T", "", "S", (MemoRound(1, ("Nothing.",), "", "", ()),), (), "")
    text = as_markdown(empty, words())
    assert "- Nothing." in text
    assert "Our goals" not in text
    assert "## To answer" in text
    assert "Our goals" in as_markdown(replace(empty, goals=("g",)), words())


def test_a_goal_is_told_from_the_start_to_the_end_over_all_rounds(room: ClassRoom) -> None:
    """Real income of Arden at the end of round 2 against the start of the class, not against round 1."""
    rounds = view.results(room.store, room.links["arden"])
    last = rounds[-1].public["states"]
    end = [value for value, state in zip(last["real_income"], last["state"], strict=True) if state == "ARDEN"][-1]
    start = rounds[0].public["start"]
    first = next(value for value, state in zip(start["real_income"], start["state"], strict=True) if state == "ARDEN")
    assert f"{words().percent(100 * (end / first - 1), 1, sign=True)} from the start to the end." in memo(room, "arden")
    assert "compare the end of the last round with the world before the first round" in memo(room, "arden")


def test_the_debrief_of_a_seat_has_the_button(room: ClassRoom) -> None:
    found = room.seat("arden").get("download_button")
    assert [one.proto.label for one in found] == ["Memo"]
