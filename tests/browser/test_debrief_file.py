"""The debrief's HTML file in a real Chromium without a network: it asks for nothing, says nothing in the console, and fits a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from ui.catalogue import scenario
from ui.debrief.as_html import as_html
from ui.debrief.hindsight import Hindsight
from ui.debrief.make import debrief, made
from ui.debrief.story import of_view
from ui.text import words
from ui.view import View

pytestmark = pytest.mark.chromium

BEYOND = """() => [...document.querySelectorAll('h1, h2, p, li, figcaption, svg')]
  .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map(e => e.textContent.slice(0, 60))"""
UNREADABLE = """() => [...document.querySelectorAll('svg text')].filter(e => {
  const ink = getComputedStyle(e).fill, page = getComputedStyle(document.body).backgroundColor;
  const light = c => { const [r, g, b] = c.match(/[\\d.]+/g).map(Number); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  return Math.abs(light(ink) - light(page)) < 100;
}).map(e => e.textContent)"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    w = words()
    seen = Hindsight(of_view(View("first-warning"), scenario("first-warning")), w)
    path = tmp_path_factory.mktemp("debrief") / "debrief.html"
    path.write_text(as_html(debrief(seen, list(made(seen))), w), encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_file_opens_without_a_network(browser: Browser, file: Path, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme="dark" if scheme == "dark" else "light", offline=True)
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(file.as_uri())
    assert asked == [file.as_uri()]
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.evaluate(BEYOND) == []
    assert page.evaluate(UNREADABLE) == []
    assert page.locator("svg").count() >= 4
    context.close()
