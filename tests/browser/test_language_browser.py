"""Every page in each other language in a real Chromium, on a phone and on a laptop: whole, fit for everybody, and not half in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit, free_port, serve, visit
from tests.browser.test_class_browser import looked_at, title
from tests.browser.test_every_page import FULL, PAGES, severe
from tests.classroom.fakes import PASSPHRASE
from tests.scenarios_tried import EVERYTHING
from tests.ui.class_room import ClassRoom, open_class
from ui.classroom import instructor, seats, submissions, view
from ui.classroom.store import forget_engine
from ui.classroom.submissions import Forecast
from ui.house import the_model
from ui.text import DEFAULT, entries, languages, translated

pytestmark = pytest.mark.chromium

ENGLISH = re.compile(r"\b(?:the|your|you|and|with|what|which|nothing|of|this|for)\b", re.IGNORECASE)
OWN = re.compile(r"Sanctions Lab|English|/\S*pytest-of\S*|Press Enter to submit form|Press Enter to apply")  # the program's name, and Streamlit's words
THREAT = {"lever": "threat", "target": "TESSIA", "sector": "", "value": 0.5, "options": {"package": "payments"}}


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, ClassRoom]]:
    """A running app and in it the two seats of First Warning."""
    port = free_port()
    server = serve(port, tmp_path)
    monkeypatch.setenv("SANCTIONS_LAB_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("SANCTIONS_LAB_DATABASE", raising=False)
    yield f"http://127.0.0.1:{port}", open_class("first-warning", rounds=1)
    forget_engine(f"sqlite:///{tmp_path / 'data' / 'classroom.sqlite'}")
    server.terminate()
    server.wait(60)


PARTLY = ("model", "explore", "author")  # where a language has not all of their words, these say so, and then are in English altogether
TOLD = {name: path.replace("who-pays", "first-warning").replace("triangle", "first-warning") for name, path in PAGES.items()}  # its words are translated
TOLD = {name: path.replace("A~B~grain", "ALBORA~TESSIA~*") for name, path in TOLD.items() if name != "bad link"}
FAST = [("start", 390, "light"), ("lab with a measure", 1366, "dark"), ("first play", 390, "dark")]


def walks() -> list[object]:
    """Pages by width and scheme: a few in every run, each once in the slow tests (of those in English not the ways with a run), all ways with EVERYTHING=1."""
    told = [name for name in TOLD if EVERYTHING or name.partition(" ")[0] not in PARTLY or "with" not in name]
    ways = {name: FULL if EVERYTHING else [((390, "light"), (1366, "dark"))[place % 2]] for place, name in enumerate(told)}
    slow = [(name, *way) for name, found in ways.items() for way in found]
    found: list[object] = [pytest.param(*one, id="-".join(map(str, one))) for one in FAST]
    return found + [pytest.param(*one, marks=[pytest.mark.slow], id="-".join(map(str, one))) for one in slow if one not in FAST]


@pytest.mark.parametrize("name, width, scheme", walks())
@pytest.mark.parametrize("language", [code for code in languages() if code != DEFAULT])
def test_every_page_in_another_language_is_whole_and_says_where_it_is_in_english(
    browser: Browser, address: str, language: str, name: str, width: int, scheme: str
) -> None:
    tab = visit(browser, address, width, scheme)
    path = TOLD[name]
    tab.open(f"{path}{'&' if '?' in path else '?'}lang={language}")
    in_english = name.partition(" ")[0] in PARTLY and not translated(name.partition(" ")[0], language)
    if in_english:
        expect(tab.page.get_by_text(str(entries(language)["common.page_in_english"]))).to_be_visible()
    fit(tab, f"{language}-{name.replace(' ', '-')}-{width}-{scheme}", not in_english)
    assert tab.outside == []
    tab.page.context.close()


@pytest.mark.parametrize("language", languages())
def test_a_student_who_opens_the_start_page_finds_the_door_for_a_code(browser: Browser, address: str, language: str) -> None:
    tab = visit(browser, address, 390, "light")
    page = tab.open(f"/?lang={language}")
    page.get_by_role("link", name=str(entries(language)["start.door.class.join"])).click()
    title(page, str(entries(language)["join.title"]))
    page.context.close()


@pytest.mark.parametrize("language", languages())
def test_the_button_that_opens_a_file_and_the_line_beside_it_are_in_the_language_of_the_page(browser: Browser, address: str, language: str) -> None:
    """Streamlit writes its own word there: in another language it has no size, and the language's stands in its place."""
    page = visit(browser, address, 390, "light").open(f"/author?lang={language}")
    word = page.get_by_test_id("stFileUploaderDropzone").first.locator("button p")
    own, shown = word.evaluate("one => [getComputedStyle(one).fontSize, getComputedStyle(one, '::after').content]")
    if language == DEFAULT:
        assert (own != "0px", shown, word.text_content()) == (True, "none", entries(language)["common.upload"])
    else:
        assert (own, shown) == ("0px", f'"{entries(language)["common.upload"]}"')
    line = page.get_by_test_id("stFileUploaderDropzoneInstructions").first.locator("span").first
    own, shown = line.evaluate("one => [getComputedStyle(one).fontSize, getComputedStyle(one, '::after').content]")
    if language == DEFAULT:
        assert (own != "0px", shown) == (True, "none") and str(line.text_content()).startswith("3MB per file")
    else:
        assert (own, shown) == ("0px", f'"{str(entries(language)["common.upload_line"]).format(most=3, kinds="TOML, CSV")}"')
    page.context.close()


@pytest.mark.slow
@pytest.mark.parametrize("width, scheme", [(390, "dark"), (1366, "light")] if EVERYTHING else [(1366, "light")])
@pytest.mark.parametrize("language", [code for code in languages() if code != DEFAULT])
def test_the_instructors_page_and_the_projector_in_another_language(
    browser: Browser, room: tuple[str, ClassRoom], language: str, width: int, scheme: str
) -> None:
    address, made = room
    says = entries(language)
    tab, wall = visit(browser, address, width, scheme), visit(browser, address, width, scheme)
    tab.page.goto(f"{address}/door?lang={language}")
    tab.page.fill("#passphrase", PASSPHRASE)
    tab.page.click("button")
    title(tab.page, "")
    tab.open(f"/teach?lang={language}")
    fit(tab, f"{language}-teach-{width}")
    wall.open(f"/screen?k={made.made.projector}&lang={language}")
    fit(wall, f"{language}-screen-lobby-{width}")
    tab.open(f"/teach?s={made.made.uid}&lang={language}")
    fit(tab, f"{language}-teach-doors-{width}")
    made.start("albora", "tessia")
    while made.now("albora").phase != "reveal":
        instructor.advance(made.store, the_model(), made.key, made.made.uid, made.now("albora").stamp)
        if made.now("albora").phase == "role_check":
            answer_all(made)
    wall.open(f"/screen?k={made.made.projector}&lang={language}")
    fit(wall, f"{language}-screen-reveal-{width}")
    for name in ("run", "seats", "listen", "results", "files"):
        tab.open(f"/teach?s={made.made.uid}&lang={language}")
        tab.page.get_by_text(str(says[f"teach.view.{name}"]), exact=True).last.click()
        fit(tab, f"{language}-teach-{name}-{width}")
    assert tab.outside == wall.outside == []
    tab.page.context.close()
    wall.page.context.close()


def fit(tab: Visit, name: str, translated: bool = True) -> None:
    """The page is whole, has no serious violation and, where it is `translated`, no English on it."""
    tab.settled()
    looked_at(tab, name)
    assert severe(tab) == [], name
    if not translated:
        return
    text = OWN.sub(" ", tab.page.locator("[data-testid=stMain]").inner_text())
    assert ENGLISH.findall(text) == [], (name, text)


@pytest.mark.slow
@pytest.mark.parametrize("width, scheme", [(390, "light"), (1366, "dark")] if EVERYTHING else [(390, "light")])
@pytest.mark.parametrize("language", [code for code in languages() if code != DEFAULT])
def test_every_page_of_a_seat_in_another_language(browser: Browser, room: tuple[str, ClassRoom], language: str, width: int, scheme: str) -> None:
    address, made = room
    says = entries(language)
    tab = visit(browser, address, width, scheme)
    shot = lambda page: fit(tab, f"{language}-{page}-{width}")  # noqa: E731
    tab.open(f"/join?lang={language}")
    shot("join")
    tab.open(f"/seat?k={'x' * 32}&lang={language}")
    shot("wrong-link")
    tab.open(f"/seat?k={made.links['albora']}&lang={language}")
    shot("start")
    made.start("albora", "tessia")
    for phase in ("lobby", "role_check", "poll", "read", "talk", "decide"):
        while made.now("albora").phase != phase:
            instructor.advance(made.store, the_model(), made.key, made.made.uid, made.now("albora").stamp)
        tab.open(f"/seat?k={made.links['albora']}&lang={language}")
        shot(phase)
        if phase == "role_check":
            answer_all(made)
            title(tab.page, "Delegación" if language == "es" else "")
    bet = Forecast("policy_changed", 30.0, 60.0, 0.8)
    submissions.submit(made.store, the_model(), made.links["albora"], made.now("albora").stamp, [THREAT], purpose="coerce", bet=bet, reason="…")
    title(tab.page, str(says["seat.wait.title"]))
    shot("wait")
    while made.now("albora").phase != "reveal":
        instructor.advance(made.store, the_model(), made.key, made.made.uid, made.now("albora").stamp)
    title(tab.page, str(says["seat.reveal.title"]).partition("{")[0])
    shot("reveal")
    instructor.go_to_debrief(made.store, made.key, made.made.uid, made.now("albora").stamp)
    expect(tab.page.get_by_role("heading", name=str(says["debrief.questions.heading"]))).to_be_visible()
    shot("debrief")
    instructor.close(made.store, made.key, made.made.uid)
    title(tab.page, str(says["seat.closed.title"]))
    expect(tab.page.get_by_role("heading", name=str(says["debrief.questions.heading"]))).to_be_visible()
    shot("closed")
    assert tab.outside == []
    tab.page.context.close()


def answer_all(made: ClassRoom) -> None:
    """Pass the role check of every seat."""
    for link in made.links.values():
        for number, question in enumerate(view.role(made.store, link).check):
            next(option for option in range(len(question.options)) if seats.answer_role(made.store, link, number, option))
