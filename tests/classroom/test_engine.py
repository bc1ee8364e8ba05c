"""The model's own process: answers, reproducible; late, dead and broken ones told in a sentence; what may be seen by whom."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict

import pytest

from sim import api
from sim.scenario.documentation import readme
from ui.classroom import played
from ui.classroom.contract import Held, Move
from ui.classroom.engine import EngineTrouble, ModelEngine, card_of
from ui.classroom.openings import OFFERED
from ui.classroom.refused import Refusal
from ui.classroom.seats import DEVICES_PER_SEAT
from ui.classroom.worker import answer
from ui.debrief import story

MOVE = Move(0, "A", "tariff", "B", "grain", 0.5)


@pytest.fixture(scope="module")
def model() -> Iterator[ModelEngine]:
    """A worker process with the real model."""
    engine = ModelEngine()
    yield engine
    engine.close()


def ask(engine: ModelEngine, moves: tuple[Move, ...] = (MOVE,), first: int = 0, upto: int = 2):  # type: ignore[no-untyped-def]
    """Two quarters of the triangle."""
    return engine.resolve("triangle", 1, "", moves, upto, first_quarter=first, held=[Held("A", 0, 1)])


def test_the_same_question_has_the_same_digest_and_a_move_changes_it(model: ModelEngine) -> None:
    """Also from a fresh process: the state of a session is scenario + seed + version + decisions."""
    first = ask(model)
    assert ask(model).digest == first.digest
    model.close()
    assert ask(model).digest == first.digest
    assert ask(model, ()).digest != first.digest


def test_a_round_reports_its_own_quarters_only(model: ModelEngine) -> None:
    """Quarters 2 and 3 of 0 to 3."""
    found = ask(model, first=2, upto=4)
    assert set(found.public["states"]["quarter"]) == {2, 3}
    assert (found.public["first_quarter"], found.public["upto_quarter"]) == (2, 4)


def test_the_public_part_holds_nothing_that_waits_for_the_debrief(model: ModelEngine) -> None:
    """No true trade, no resolve, no reasons, no support, no reserves."""
    found = ask(model)
    told = json.dumps(found.public)
    for word in ("true_value", "resolve_sender", "resolve_target", "support_public", "reserves", "utility", "hoped"):
        assert f'"{word}"' not in told
        assert f'"{word}"' in json.dumps([found.private, found.debrief])


def test_a_seat_gets_the_figures_of_its_own_state_only(model: ModelEngine) -> None:
    """A's private part names A in every row of states, households and trade."""
    mine = ask(model).private["A"]
    assert set(mine["states"]["state"]) == {"A"}
    assert set(mine["households"]["state"]) <= {"A"}
    assert all("A" in pair for pair in zip(mine["trade"]["exporter"], mine["trade"]["importer"], strict=True))


def test_a_move_the_model_does_not_know_is_refused_when_it_is_handed_in(model: ModelEngine) -> None:
    """Lever, target, sector, range: refused before it can spoil a round."""
    for move, sentence in (
        (Move(0, "A", "tarif", "B"), "Did you mean 'tariff'"),
        (Move(0, "A", "tariff", "X", "", 0.1), "no state 'X'"),
        (Move(0, "A", "tariff", "B", "gold", 0.1), "no sector 'gold'"),
        (Move(0, "A", "tariff", "B", "", 99.0), "allowed is"),
        (Move(0, "A", "tariff", "A", "", 0.1), "own target"),
    ):
        with pytest.raises(Refusal, match=sentence):
            model.check("triangle", move)
    model.check("triangle", MOVE)


def test_bad_input_in_the_worker_comes_back_as_a_sentence_and_the_worker_lives(model: ModelEngine) -> None:
    """An unknown scenario; the next question is answered."""
    with pytest.raises(EngineTrouble, match="no scenario"):
        model.resolve("nowhere", 1, "", (), 1)
    assert ask(model).digest


def test_a_killed_worker_is_told_and_replaced(model: ModelEngine) -> None:
    """Killed while idle: the next question starts a new one."""
    ask(model)
    process = model._process
    assert process is not None
    process.kill()
    process.wait()
    assert ask(model).digest
    assert model._process is not process


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        ("import sys; sys.stdin.readline(); sys.stdin.readline()", "took longer"),
        ("import sys; sys.stdin.readline()", "ended before"),
        ("raise SystemExit(3)", "ended before|could not be reached"),
    ],
)
def test_a_worker_that_hangs_or_dies_is_stopped_and_told(program: str, sentence: str) -> None:
    """It waits for a second line that never comes; it ends after the question; it never starts."""
    engine = ModelEngine(time_limit=1.0 if "longer" in sentence else 20.0, command=(sys.executable, "-c", program))
    with pytest.raises(EngineTrouble, match=sentence):
        ask(engine)
    assert engine._process is None


def test_a_worker_gets_ready_by_playing_and_keeps_nothing_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a new installation that takes half a minute, which no round then waits for."""
    asked: list[str] = []
    real = played.play
    monkeypatch.setattr(played, "_WORLDS", type(played._WORLDS)())
    monkeypatch.setattr(played, "play", lambda scenario, *rest: asked.append(scenario) or real(scenario, *rest))
    assert answer({"call": "ready"}) == {"ok": True}
    assert asked == [played.SMALL]
    assert not played._WORLDS


def test_a_worker_has_more_time_to_get_ready_than_for_a_round() -> None:
    """It answers after half a second; a round that takes so long is stopped."""
    late = "import sys, time\nfor line in sys.stdin: time.sleep(0.5); print('{\"ok\": true}', flush=True)"
    engine = ModelEngine(time_limit=0.1, command=(sys.executable, "-c", late))
    engine.warm_up()
    with pytest.raises(EngineTrouble, match=r"longer than 0\.1 seconds"):
        ask(engine)
    engine.close()


def test_a_card_is_made_from_a_scenario_file() -> None:
    """who-pays has roles with packets; the triangle has none and gets a seat a state, 12 quarters in rounds of 2."""
    card = card_of("who-pays")
    assert all(role.packet and role.goals for role in card.roles)
    plain = card_of("triangle")
    assert [role.state for role in plain.roles] == ["A", "B", "C"]
    assert (plain.rounds, plain.quarters_per_round) == (6, 2)
    with pytest.raises(Refusal, match="no scenario"):
        card_of("nowhere")


@pytest.mark.parametrize("name", [name for name, _ in api.scenarios()])
def test_the_class_has_the_seats_that_are_documented_and_room_for_the_students_who_are(name: str) -> None:
    """The last two columns of the table of shipped scenarios; on every seat there is room for twelve phones."""
    text, card = api.load(name).text, card_of(name)
    row = next(line for line in readme("").splitlines() if line.startswith(f"| [`{name}`]"))
    students, seats = (cell.strip() for cell in row.split("|")[-3:-1])
    assert seats == (f"{card.min_seats} to {card.max_seats}" if card.min_seats < card.max_seats else f"{card.max_seats}")
    assert students == f"{text.min_seats} to {text.max_seats}"
    assert text.max_seats <= card.max_seats * DEVICES_PER_SEAT and card.min_seats <= text.min_seats
    assert card.max_seats <= len(card.roles)


def test_a_deed_that_is_planned_after_the_last_round_breaks_neither_a_class_nor_its_debrief() -> None:
    """Two quarters of play, a ban ordered for the third: the rounds and the story told of them are those without it."""
    late = asdict(api.Decision(2, "A", "import_ban", "C", "grain", 0.5))
    with_it, without = (played.play("triangle", 1, "", moves, 2, 0, [("A", 0, 1)]) for moves in ([late], []))
    assert with_it["digest"] == without["digest"]
    what = {"scenario": "triangle", "seed": 1, "theory": "", "moves": [late], "held": [("A", 0, 1)], "injects": [], "upto": 2}
    assert story.play(story.of_class(what)).quarters == 2


def test_going_back_on_a_settlement_is_told_to_nobody_until_it_is_seen() -> None:
    """Ismara takes relief for three fifths of the demand and goes back on it, unwatched: the class hears nothing of it; Ismara knows its own policy."""
    orders = [
        api.Decision(1, "VALOR", "offer_settlement", "ISMAR", "", 0.6, {"dispute": "mines", "monitored": "0", "snapback": "1", "stages": "3"}),
        api.Decision(2, "ISMAR", "answer_settlement", "VALOR", "", 1.0),
        api.Decision(4, "ISMAR", "backslide", "VALOR", "", 1.0, {"dispute": "mines"}),
    ]
    held = [(state, quarter, quarter) for state in ("VALOR", "ISMAR") for quarter in range(7)]
    found = played.play("off-ramp", 1, "", [asdict(order) for order in orders], 7, 0, held)
    told, own, other = found["public"], found["private"]["ISMAR"], found["private"]["VALOR"]
    assert not [text for text in told["events"]["text"] if "go back" in text or "goes back" in text]
    assert "settlement" in " ".join(told["events"]["event"]) and "known" in told["disputes"]
    last = {name: table["disputes"]["policy"][-1] for name, table in (("told", told), ("own", own), ("other", other))}
    assert last["told"] == last["other"] == pytest.approx(0.48)
    assert last["own"] < 0.2


def test_the_terms_of_an_offer_are_told_to_whom_it_is_made() -> None:
    """Calder asks Nordal to leave Sudar, for six tenths of its measures; Nordal reads so before it answers, and nobody else does."""
    options = {"leave": "SUDAR", "share": "0.6"}
    wedge = {"quarter": 0, "state": "CALDER", "lever": "inducement", "target": "NORDAL", "sector": "", "value": 0.25, "options": options}
    deal = {**wedge, "state": "PONTE", "lever": "propose_deal", "value": 1.0, "options": {"kind": "credit", "giver": "me"}}
    private = played.play("the-wedge", 1, "", [wedge, deal], 1, 0, [(state, 0, 99) for state in ("NORDAL", "CALDER", "PONTE")])["private"]
    (relief,) = [row for row in private["NORDAL"][OFFERED] if row["offer"] == "settlement"]
    assert {name: relief[name] for name in ("sender", "ask", "share", "stages", "snapback", "leave")} == {
        "sender": "CALDER", "ask": 0.25, "share": 0.6, "stages": 3, "snapback": 1.0, "leave": "SUDAR",
    }  # fmt: skip
    (credit,) = [row for row in private["NORDAL"][OFFERED] if row["sender"] == "PONTE"]
    assert (credit["offer"], credit["kind"], credit["giver"], credit["share"], credit["anew"]) == ("deal", "credit", "me", 1.0, "")
    assert [row for state, mine in private.items() if state != "NORDAL" for row in mine[OFFERED] if row["sender"] in ("CALDER", "PONTE")] == []
    json.dumps(private, allow_nan=False)
