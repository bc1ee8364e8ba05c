"""A class in a second language: the link says which, every text of the lesson follows, and others in the class read theirs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.class_room import ClassRoom, done, join_page, open_class, press, seat_page, words_of
from tests.ui.patience import SECONDS
from ui.class_debrief import model_part, short
from ui.classroom import instructor, looking_back, polls, submissions
from ui.classroom.store import forget_engine
from ui.classroom.submissions import Forecast
from ui.classroom.view import lesson
from ui.house import join_link, seat_link, the_model
from ui.pages.class_desk import move_words
from ui.pages.lab_measures import ask_words
from ui.retold import atlas_told, event_told, lesson_told, tell
from ui.telling import refusal_told
from ui.text import FOLDER, entries, words
from ui.view import Ask, View

UI = FOLDER.parent
ENGLISH = re.compile(r"\b(?:the|your|you|and|with|what|which|nothing|of)\b", re.IGNORECASE)


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ClassRoom]:
    """The two seats of First Warning, nobody in yet."""
    monkeypatch.setenv("SANCTIONS_LAB_DATA", str(tmp_path))
    monkeypatch.setenv("SANCTIONS_LAB_PUBLIC_URL", "http://class.example:8501")
    monkeypatch.delenv("SANCTIONS_LAB_DATABASE", raising=False)
    yield open_class("first-warning")
    forget_engine(f"sqlite:///{tmp_path / 'classroom.sqlite'}")


def seat(room: ClassRoom, language: str) -> AppTest:
    app = AppTest.from_function(seat_page, default_timeout=SECONDS)
    app.query_params["k"] = room.links["albora"]
    if language:
        app.query_params["lang"] = language
    return done(app.run())


def test_a_seat_reads_spanish_by_its_link_and_another_english(room: ClassRoom) -> None:
    app = seat(room, "es")
    assert "Primera advertencia" in words_of(app)
    press(app, "start")
    text = words_of(app)
    assert "Hablas en nombre de **Albora**" in text and "Un tercio de tus exportaciones" in text and "Solo tú lo sabes" in text
    assert ENGLISH.findall(text) == []
    assert "You speak for **Albora**" in words_of(seat(room, ""))


def test_every_phase_before_the_first_result_is_in_spanish(room: ClassRoom) -> None:
    room.start()
    for phase, sign in (("role_check", "¿Qué sabes de tu papel?"), ("poll", "alguien ceda"), ("read", "La tarifa que Tessia"), ("decide", "¿Qué haces?")):
        while room_phase(room) != phase:
            advance(room)
        app = seat(room, "es")
        labels = [one.label for one in (*app.radio, *app.selectbox, *app.slider, *app.button)] + [option for one in app.radio for option in one.options]
        text = words_of(app) + "\n".join(map(str, labels))
        assert sign in text, phase
        assert ENGLISH.findall(text) == [], phase


def test_results_and_debrief_are_in_spanish_with_a_vote_put_in_english(room: ClassRoom) -> None:
    """Albora threatens Tessia in the only round, bets and gives a reason; the teacher reads English and puts the forks to the vote."""
    room.start()
    while room_phase(room) != "decide":
        advance(room)
    threat = {"lever": "threat", "target": "TESSIA", "sector": "", "value": 0.5, "options": {"package": "payments"}}
    bet = Forecast("policy_changed", 90.0, 100.0, 0.9)
    submissions.submit(room.store, the_model(), room.links["albora"], room.now("albora").stamp, [threat], purpose="coerce", bet=bet, reason="Porque sí")
    while room_phase(room) != "reveal":
        advance(room)
    text = words_of(seat(room, "es"))
    assert "amenaza con plazo" in text and ENGLISH.findall(text) == []
    instructor.go_to_debrief(room.store, room.key, room.made.uid, room.now("albora").stamp)
    looked = looking_back.of_session(room.store, room.key, room.made.uid)
    assert looked is not None
    english, spanish = (model_part(looked, lesson(room.store, room.links["albora"]), 0, words(code)) for code in ("en", "es"))
    options = [short(question) for question in english.forks]
    assert [english.told[one] for one in options] == options
    asked = words().t("debrief.vote.question")
    polls.put_to_vote(room.store, room.key, room.made.uid, text=asked, options=[*options, "Our own"], kind="fork")
    app = seat(room, "es")
    shown = bare(words_of(app) + "\n".join([*(one.label for one in app.button), *(str(one.value) for one in app.table)]))
    assert short(spanish.forks[0]) in shown
    for said in ("Momentos decisivos", "Tres veredictos", "Cuatro cuentas", "¿Qué otra decisión miramos?", "¿Qué tan buenas fueron las apuestas?"):
        assert said in shown, said
    assert ENGLISH.findall(shown.replace("Our own", "")) == []
    assert any("Delegación comercial de Albora" in str(one.value) for one in app.table)
    assert options[0] in bare("\n".join(one.label for one in seat(room, "").button))


def bare(text: str) -> str:
    """Text without what keeps Markdown from acting on it."""
    return text.replace("\\", "").replace("\u2060", "")


def room_phase(room: ClassRoom) -> str:
    return str(room.now("albora").phase)


def advance(room: ClassRoom) -> None:
    instructor.advance(room.store, the_model(), room.key, room.made.uid, room.now("albora").stamp)


def test_the_language_is_chosen_on_the_join_page_and_stays_in_the_link(room: ClassRoom) -> None:
    app = done(AppTest.from_function(join_page, default_timeout=SECONDS).run())
    assert app.title[0].value == entries("en")["join.title"]
    app.session_state["language-choice"] = "es"
    app.query_params["lang"] = "es"
    assert done(app.run()).title[0].value == entries("es")["join.title"]


def test_links_carry_the_language_where_it_is_not_english(room: ClassRoom) -> None:
    assert join_link("ABC") == "http://class.example:8501/join?code=ABC"
    assert join_link("ABC", "es") == "http://class.example:8501/join?code=ABC&lang=es"
    assert seat_link("x", "es") == "http://class.example:8501/seat?k=x&lang=es"
    assert "lang" not in View(scenario="first-warning").to_query()


def test_an_unknown_language_in_a_link_is_english(room: ClassRoom) -> None:
    assert "First Warning" in words_of(seat(room, "../es"))


def test_what_a_teacher_has_typed_stays_as_it_is(room: ClassRoom) -> None:
    own = lesson(room.store, room.links["albora"])
    told = lesson_told(own, words("es"))
    assert told.question.startswith("¿Cuándo funciona") and len(told.leaves_out) == len(own.leaves_out) == 3
    assert told.places[0].title == "Delegación comercial de Albora"
    assert tell("Our own title", "first-warning", words("es")) == "Our own title"
    assert lesson_told(own, words("en")) == own


@pytest.mark.parametrize(
    "said, told",
    [
        ("Tessia towards Albora: concede", "Tessia hacia Albora: ceder"),
        ("Albora towards Tessia: answer a partial offer: accepts", "Albora hacia Tessia: responder a una oferta parcial: acepta"),
        ("Quenta has a new government", "Quenta tiene un nuevo gobierno"),
        (
            "Albora let its threat lapse against Tessia (The fee that Tessia takes from ships in its canal.)",
            "Albora dejó vencer su amenaza hacia Tessia (La tarifa que Tessia cobra a los barcos en su canal)",
        ),
        ("Payment exclusion of ALBORA on TESSIA, level 0.4", "Albora hacia Tessia: exclusión de los pagos, 40\N{NO-BREAK SPACE}% de los bancos"),
        ("Import ban of ALBORA on TESSIA withdrawn", "Albora hacia Tessia: prohibición de importar, se retira"),
        ("Something that has no pattern", "Something that has no pattern"),
    ],
)
def test_what_happened_is_told_in_spanish(said: str, told: str) -> None:
    assert event_told(said, "first-warning", words("es")) == told
    if "ALBORA" not in said:
        assert event_told(said, "first-warning", words("en")) == said.replace("%", "\N{NO-BREAK SPACE}%").replace(".)", ")")


def test_a_threat_is_told_with_what_it_would_bring_and_asks_for() -> None:
    said, space = "Albora towards Tessia: threat with a deadline: payments (50%)", "\N{NO-BREAK SPACE}"
    told = event_told(said, "first-warning", words("en"))
    assert told == f"Albora towards Tessia: threat with a deadline: two in five banks shut out of payments (50{space}% of the policy)"
    told = event_told(said, "first-warning", words("es"))
    assert told == f"Albora hacia Tessia: amenaza con plazo: dos de cada cinco bancos fuera de los pagos (50{space}% de la política)"


def test_the_order_of_a_threat_is_a_sentence_of_who_threatens_whom_with_what_unless_what_by_when() -> None:
    """Its deadline is two quarters where nobody has set one; a threat that names no package threatens with measures."""
    space = "\N{NO-BREAK SPACE}"
    move = {"lever": "threat", "state": "ALBORA", "target": "TESSIA", "value": 0.75, "options": {"package": "partial trade", "deadline": "1"}}
    said = move_words(move, atlas_told("first-warning", "en"), words("en"))
    trade = "a ban on three tenths of trade in both directions"
    assert said == f"Threat with a deadline: Albora threatens Tessia with {trade}, unless 75{space}% of the policy is changed within 1 quarter"
    said = move_words({**move, "target": "*", "options": {}}, atlas_told("first-warning", "es"), words("es"))
    assert said == f"Amenaza con plazo: Albora amenaza a todos los demás con medidas, si no cambia el 75{space}% de la política en 2 trimestres"
    ask = Ask("threat", "A", "B", "", 0.5, 0, None, (), (("package", "embargo"),))
    said = ask_words(ask, {"A": "Arden", "B": "Corvane"}, words("en"))
    assert said.endswith(f"Arden threatens Corvane with a stop to all trade and all banks, unless 50{space}% of the policy is changed within 2 quarters")


STUDENTS = ("access", "contract", "looking_back", "messages", "offers", "polls", "seats", "store", "submissions", "text", "throttle", "engine")
BLANKS = {"where": "round 1, "}
REFUSALS = ("Refusal", "Denied", "OutOfDate", "TooMany", "Busy", "EngineTrouble")
OF_THE_INSTRUCTOR = ("Only the instructor", "There is no such session", "x: a generated world", "database", "data folder")


def refusals_of(module: str) -> Iterator[str]:
    """Every sentence that a file of the class can refuse with, blanks filled in with x; of names, what they stand for."""
    tree = ast.parse((UI / "classroom" / f"{module}.py").read_text(encoding="utf-8"))
    named = {node.targets[0].id: node.value for node in ast.walk(tree) if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and isinstance(node.exc.func, ast.Name) and node.exc.func.id in REFUSALS:
            said = node.exc.args[0]
            said = named.get(said.id, said) if isinstance(said, ast.Name) else said
            if isinstance(said, ast.Constant):
                yield str(said.value)
            elif isinstance(said, ast.JoinedStr):
                yield "".join(part.value if isinstance(part, ast.Constant) else BLANKS.get(ast.unparse(part.value), "x") for part in said.values)


@pytest.mark.parametrize("module", STUDENTS)
def test_every_refusal_a_student_can_meet_is_told_in_spanish(module: str) -> None:
    found = [text for text in refusals_of(module) if not text.startswith(OF_THE_INSTRUCTOR)]
    assert [text for text in found if refusal_told(text, words("es")) == text] == []
    assert all(refusal_told(text, words("en")) == text for text in found)


def test_a_refusal_keeps_what_was_filled_in_and_names_phases_in_spanish() -> None:
    said = refusal_told("This page is out of date: the class is now in round 2, 'role check'. Nothing was stored.", words("es"))
    assert said == "Esta página es de antes: la clase está ahora en la ronda 2, «Preguntas sobre tu papel». No se guardó nada."
    assert refusal_told("message: 501 characters are too many; allowed are 500.", words("es")) == "Mensaje: 501 caracteres son demasiados; se permiten 500."
    assert refusal_told("Something else.", words("es")) == "Something else."


def test_a_wrong_link_and_a_page_of_before_are_refused_in_spanish(room: ClassRoom) -> None:
    app = AppTest.from_function(seat_page, default_timeout=SECONDS)
    app.query_params["k"], app.query_params["lang"] = "x" * 32, "es"
    assert "Este enlace no funciona" in bare(done(app.run()).error[0].value)
    room.start()
    while room_phase(room) != "poll":
        advance(room)
    app = seat(room, "es")
    advance(room)
    press(app, "Enviar")
    assert "Esta encuesta está cerrada" in bare(app.error[0].value)
