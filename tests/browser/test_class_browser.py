"""One whole class in a real Chromium: an instructor, three phones, a projector, from the passphrase to the debrief."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from sim import api
from tests.browser.conftest import PATIENCE, SHOTS, Visit, free_port, serve, visit
from tests.browser.nothing_empty import DEBRIEF_PANELS, nothing_empty
from tests.browser.test_every_page import BEYOND, SIDEWAYS, TALLEST
from tests.scenarios_tried import EVERY, EVERYTHING
from ui.classroom import submissions
from ui.classroom.engine import card_of
from ui.classroom.store import forget_engine, open_store

pytestmark = pytest.mark.chromium

PASSPHRASE = "correct horse battery"
HOSTILE = "<b>Because</b> ![x](http://evil.example/x.png)"


@dataclass
class App:
    """A server with its data in `home`."""

    address: str
    home: Path

    @property
    def setup(self) -> str:
        """The set-up link as printed where the app was started."""
        found = re.search(r"http\S+/door\?setup=\S+", (self.home / "log").read_text())
        assert found is not None
        return found[0].removeprefix(self.address)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """An app on its own, with nobody in it."""
    port = free_port()
    server = serve(port, tmp_path)
    yield App(f"http://127.0.0.1:{port}", tmp_path)
    server.terminate()
    server.wait(60)


def looked_at(tab: Visit, name: str) -> None:
    """No exception, nothing beyond the right edge; a screenshot for human eyes."""
    page = tab.page
    assert page.locator("[data-testid=stException]").count() == 0, name
    assert page.evaluate(SIDEWAYS) <= 0, name
    assert page.evaluate(BEYOND) == [], name
    size = page.viewport_size
    assert size is not None
    height = page.evaluate("document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight + 80")
    page.set_viewport_size({"width": size["width"], "height": min(int(height), TALLEST)})
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"class-{name}.png")
    page.set_viewport_size(size)


def press(page: Page, name: str, exact: bool = True) -> None:
    """Press a button by its words."""
    page.get_by_role("button", name=name, exact=exact).first.click()


def title(page: Page, words: str) -> None:
    """Wait until the page's first heading holds these words."""
    expect(page.locator("h1").first).to_contain_text(words)


def logged_in(browser: Browser, app: App) -> Visit:
    """The instructor's tab, after the first passphrase was set."""
    tab = visit(browser, app.address, 1366, "light")
    page = tab.page
    page.goto(app.address + app.setup)
    for name in ("#passphrase", "#again"):
        page.fill(name, PASSPHRASE)
    page.click("button")
    title(page, "Run a class")
    return tab


def made(tab: Visit, scenario: str, words: str) -> str:
    """Make a session of a scenario whose card shows these words; returns its join code."""
    page = tab.page
    tab.settled()
    pick = page.get_by_role("combobox", name="Scenario")
    if pick.input_value() != scenario:
        pick.fill(scenario)
        page.get_by_role("option", name=scenario, exact=True).click()
    expect(page.get_by_text(words).first).to_be_visible()
    tab.settled()
    press(page, "Make the session")
    expect(page.get_by_role("button", name="Begin: role check")).to_be_visible()
    title(tab.page, scenario)
    return page.locator("h1").nth(1).inner_text()


def joined(browser: Browser, app: App, code: str, scheme: str) -> Visit:
    """A phone that came in by the code."""
    tab = visit(browser, app.address, 390, scheme)
    tab.open(f"/join?code={code}")
    press(tab.page, "Start")
    expect(tab.page).to_have_url(re.compile(r"/seat\?k="))
    expect(tab.page.get_by_text("You are in.")).to_be_visible()
    return tab


def passes_the_check(page: Page) -> None:
    """Try the options until the role check lets through; a wrong answer may be corrected."""
    ask = page.get_by_role("button", name="Check my answers")
    expect(ask).to_be_visible()
    questions = page.get_by_role("main").get_by_role("radiogroup")
    said, wrong = page.get_by_text(re.compile("not right yet|All right")), page.get_by_text(re.compile("not right yet"))
    right = [0] * questions.count()
    for _ in range(6):
        for number, place in enumerate(right):
            questions.nth(number).locator("label").nth(place).click()
        expect(wrong).to_have_count(0)  # a changed answer takes back what was said of the last
        expect(ask).to_be_enabled()
        ask.click()
        expect(said.first).to_be_visible()
        if not wrong.count():
            return
        again = re.findall(r"\d", wrong.first.inner_text())
        right = [place + (str(number + 1) in again) for number, place in enumerate(right)]
    raise AssertionError("the role check was never passed")


def test_a_class_from_the_passphrase_to_the_debrief(browser: Browser, app: App) -> None:
    teacher = logged_in(browser, app)
    page = teacher.page
    looked_at(teacher, "teach-home")
    code = made(teacher, api.load("who-pays").title, "Two packages")
    looked_at(teacher, "teach-join")
    room = visit(browser, app.address, 1366, "dark")
    room.page.goto(page.locator("code").first.inner_text())
    expect(room.page.get_by_text(f"Code {code}")).to_be_visible()
    looked_at(room, "screen-lobby")

    expect(page.get_by_text("QR code on a phone now and press Start")).to_be_visible()
    phones = [joined(browser, app, code, "light")]
    expect(page.get_by_text("1 device(s) have come in")).to_be_visible()  # the readiness line turns green by itself
    phones += [joined(browser, app, code, scheme) for scheme in ("dark", "light")]
    first = phones[0].page
    looked_at(phones[0], "seat-lobby")
    expect(room.page.get_by_text("3 of 4 seats taken")).to_be_visible()

    press(page, "Begin: role check")
    for phone in phones:
        passes_the_check(phone.page)
    press(page, "To the opening poll")
    for phone in phones:
        title(phone.page, "what do you think")
        press(phone.page, "Send")
        title(phone.page, "Thank you")
    looked_at(room, "screen-poll")

    press(page, "Begin round 1")
    title(first, "Round 1: what is new")
    looked_at(phones[0], "seat-situation")
    press(page, "On to talk")
    title(first, "Talk before you decide")
    looked_at(phones[0], "seat-talk")
    press(page, "On to decide")
    for phone in phones:
        title(phone.page, "What do you do?")
    decide(phones[0], app.home)
    page.get_by_text("Listen", exact=True).click()
    expect(page.get_by_text("Because").first).to_be_visible()
    looked_at(teacher, "teach-listen")
    for phone in phones[1:]:
        press(phone.page, "Hand in", exact=False)
    title(first, "Round 1: what happened")
    expect(first.locator("[data-testid=stVegaLiteChart]")).to_have_count(4)
    phones[0].settled()
    looked_at(phones[0], "seat-reveal")
    assert "Import ban" in first.inner_text("body")
    expect(room.page.locator("[data-testid=stVegaLiteChart]")).to_have_count(4)
    room.settled()
    looked_at(room, "screen-reveal")

    press(page, "Other", exact=False)
    press(page, "Go to the debrief")
    for phone in phones:
        title(phone.page, "Looking back")
    for tab in phones:
        expect(tab.page.get_by_role("heading", name="To talk about")).to_be_visible()
    phones[0].settled()
    looked_at(phones[0], "seat-debrief")
    looked_at(phones[1], "seat-debrief-dark")
    expect(room.page.get_by_role("heading", name="Turning points")).to_be_visible()
    room.settled()
    looked_at(room, "screen-debrief")
    page.get_by_text("Debrief", exact=True).last.click()
    expect(page.get_by_role("button", name="Make the HTML file")).to_be_visible()
    teacher.settled()
    looked_at(teacher, "teach-debrief")
    for tab in (teacher, room, *phones):
        assert tab.outside == []
        tab.page.context.close()


def drafted(phone: Visit, home: Path, name: str, value: str) -> None:
    """Wait until the draft of the phone's seat is in the store with this word in it."""
    url, until = f"sqlite:///{home / 'data' / 'classroom.sqlite'}", time.monotonic() + PATIENCE / 1000
    token = phone.page.url.partition("k=")[2].partition("&")[0]
    store = open_store(url)
    while submissions.read_draft(store, token).get(name) != value:
        assert time.monotonic() < until, f"{name} was never kept"
        phone.page.wait_for_timeout(100)
    forget_engine(url)


def decide(phone: Visit, home: Path) -> None:
    """Choose a lever, a purpose and a reason; the draft survives a reload; hand it in."""
    page = phone.page
    looked_at(phone, "seat-decide")
    page.locator(".st-key-use-import_ban-0-1-decide button").click()
    expect(page.get_by_role("heading", name="You will use")).to_be_visible()
    page.get_by_text("Coerce", exact=True).click()
    drafted(phone, home, "purpose", "coerce")
    phone.settled()
    page.get_by_role("textbox", name="One line: why?").fill(HOSTILE)
    page.keyboard.press("Tab")
    drafted(phone, home, "reason", HOSTILE)
    page.reload()
    expect(page.get_by_role("heading", name="You will use")).to_be_visible()
    expect(page.get_by_role("textbox", name="One line: why?")).to_have_value(HOSTILE)
    phone.settled()
    looked_at(phone, "seat-decide-drafted")
    press(page, "Hand in", exact=False)
    title(page, "Handed in")
    looked_at(phone, "seat-wait")


def test_the_door_takes_no_wrong_passphrase_and_no_second_first_one(browser: Browser, app: App) -> None:
    setup = app.setup
    logged_in(browser, app).page.context.close()
    tab = visit(browser, app.address, 390, "light")
    page = tab.page
    page.goto(app.address + setup)
    expect(page.locator("#again")).to_have_count(0)
    page.fill("#passphrase", "something else")
    page.click("button")
    expect(page.get_by_role("alert")).to_contain_text("not right")
    tab.open("/teach")
    expect(page.get_by_role("button", name="Log out")).to_have_count(0)
    page.get_by_role("link", name="Log in with the passphrase").click()
    page.fill("#passphrase", PASSPHRASE)
    page.click("button")
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    press(page, "Log out", exact=False)
    expect(page.get_by_role("link", name="Log in with the passphrase")).to_be_visible()
    assert tab.outside == []
    page.context.close()


def one_class(browser: Browser, app: App, scenario: str) -> None:
    """A lesson of one round with every seat on a phone, from the form to the closed class; looked at in every phase."""
    card = card_of(scenario)
    teacher = logged_in(browser, app)
    page = teacher.page
    code = made(teacher, api.load(scenario).title, card.question[:30])
    phones = [joined(browser, app, code, "light") for _ in range(min(card.max_seats, len(card.roles)))]
    for label, words in STEPS:
        press(page, label)
        for phone in phones:
            if label == "Begin: role check":
                passes_the_check(phone.page)
            elif words:
                title(phone.page, words)
        looked_at(phones[0], f"{scenario}-{words or 'checked'}".replace(" ", "-").replace("?", ""))
    for phone in phones:
        press(phone.page, "Hand in", exact=False)
    for phone in phones:
        title(phone.page, "Round 1: what happened")
    phones[0].settled()
    looked_at(phones[0], f"{scenario}-reveal")
    press(page, "Other", exact=False)
    press(page, "Go to the debrief")
    for phone in phones:
        title(phone.page, "Looking back")
    expect(phones[0].page.get_by_role("heading", name="To talk about")).to_be_visible()
    phones[0].settled()
    nothing_empty(phones[0], DEBRIEF_PANELS)
    looked_at(phones[0], f"{scenario}-debrief")
    press(page, "Close the session")
    for phone in phones:
        title(phone.page, "This class is closed")
    for tab in (teacher, *phones):
        assert tab.outside == []
        assert tab.page.locator("[data-testid=stException]").count() == 0
        tab.page.context.close()


STEPS = (
    ("Begin: role check", ""),
    ("To the opening poll", "what do you think"),
    ("Begin round 1", "Round 1: what is new"),
    ("On to talk", "Talk before you decide"),
    ("On to decide", "What do you do?"),
)


@pytest.mark.slow
@pytest.mark.skipif(not EVERYTHING, reason="not run: EVERYTHING=1 (make bots) plays a class of every scenario in the browser; one is played above")
@pytest.mark.parametrize("scenario", EVERY)
def test_a_class_of_a_scenario_in_the_browser(browser: Browser, app: App, scenario: str) -> None:
    one_class(browser, app, scenario)
