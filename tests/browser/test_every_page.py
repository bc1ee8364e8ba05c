"""Every page in a real Chromium: no exception, no scrolling sideways, nothing beyond the edge, nothing asked for outside, no serious violation
that axe finds. On a phone, a tablet and a laptop, light and dark, with the Lab of every scenario: all of it with EVERYTHING=1, otherwise a part.
"""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import SHOTS, Visit, visit
from tests.scenarios_tried import EVERYTHING, FEW

pytestmark = pytest.mark.chromium

PAGES = {"start": "/", "lab": "/lab", "world": "/world", "bad link": "/lab?scenario=triangle&seed=x"}
PAGES |= {"class door": "/teach", "join": "/join", "seat without link": "/seat", "screen without link": "/screen"}
PAGES |= {"lab with a measure": "/lab?scenario=triangle&m=import_ban~A~B~grain~0.5~0~"}
PAGES |= {"politics": "/politics?scenario=first-warning", "world with a run": "/world?scenario=who-pays"}
PAGES |= {"model": "/model", "model with a run": "/model?scenario=triangle&p=impact_share~0.9"}
PAGES |= {"explore": "/explore", "explore with a run": "/explore?scenario=triangle", "author": "/author", "first play": "/first"}
PAGES |= {"debrief": "/debrief", "debrief with a run": "/debrief?scenario=first-warning"}
OF_SCENARIOS = {f"lab {name}": f"/lab?scenario={name}" for name in FEW}
QUICK = [(390, "light"), (1366, "dark")]
FULL = [(width, scheme) for width in (390, 768, 1366) for scheme in ("light", "dark")] if EVERYTHING else QUICK
TABLET = (768, "light")
ON_A_TABLET = ("start", "lab with a measure", "world with a run", "debrief with a run")  # in every full run
TALLEST = 6000  # pixels of a screenshot
SEVERE = ("serious", "critical")

SIDEWAYS = """() => {
  const wide = document.documentElement.clientWidth;
  const main = document.querySelector('[data-testid=stMain]');
  return Math.max(document.documentElement.scrollWidth - wide, main ? main.scrollWidth - main.clientWidth : 0);
}"""
BEYOND = """() => [...document.querySelectorAll('[data-testid=stVegaLiteChart] svg text, h1, h2, h3, p, button')]
  .filter(e => e.textContent.trim() && e.getClientRects().length && e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(e => e.textContent.slice(0, 60))"""

DRAWN = "() => new Promise(then => requestAnimationFrame(() => requestAnimationFrame(() => then(true))))"  # the next picture is on the screen


def severe(tab: Visit) -> list[str]:
    """What axe finds on a settled page, in words; twice if need be: a run may have begun since, and what it replaces is pale meanwhile."""
    if not _found_by_axe(tab.page):
        return []
    return _found_by_axe(tab.settled())


def _found_by_axe(page: Page) -> list[str]:
    """What axe finds now; colours that are still changing are changed at once, since axe would judge one on its way."""
    page.add_style_tag(content="*, *::before, *::after { transition: none !important; animation: none !important }")
    page.evaluate(DRAWN)
    found = [item for item in Axe().run(page).response["violations"] if item["impact"] in SEVERE]
    return [f"{item['id']}: {node['html'][:160]}: {node.get('failureSummary')}" for item in found for node in item["nodes"]]


def cases() -> list[object]:
    """Pages by width and scheme; what is not quick is for `make test-all`."""
    found: list[object] = []
    for name in PAGES:
        for width, scheme in dict.fromkeys([*FULL, TABLET] if name in ON_A_TABLET else FULL):
            marks = [] if (width, scheme) in QUICK else [pytest.mark.slow]
            found.append(pytest.param(PAGES[name], width, scheme, marks=marks, id=f"{name}-{width}-{scheme}"))
    for name, path in OF_SCENARIOS.items():
        found.append(pytest.param(path, 390, "light", marks=[pytest.mark.slow], id=f"{name}-390-light"))
    return found


@pytest.mark.parametrize("path, width, scheme", cases())
def test_a_page_is_drawn_whole_and_fit_for_everybody(
    browser: Browser, address: str, path: str, width: int, scheme: str, request: pytest.FixtureRequest
) -> None:
    tab = visit(browser, address, width, scheme)
    page = tab.open(path)
    assert page.locator("[data-testid=stException]").count() == 0
    assert page.evaluate(SIDEWAYS) <= 0
    assert page.evaluate(BEYOND) == []
    height = page.evaluate("document.querySelector('[data-testid=stMainBlockContainer]').scrollHeight + 80")
    page.set_viewport_size({"width": width, "height": min(int(height), TALLEST)})
    tab.settled()
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{request.node.callspec.id.replace(' ', '-')}.png")
    assert severe(tab) == []
    assert tab.outside == []
    page.context.close()


OUTSIDE = """async () => {
    const refused = []
    document.addEventListener('securitypolicyviolation', event => refused.push(event.blockedURI))
    new Image().src = 'http://outside.invalid/picture.png'
    await fetch('http://outside.invalid/data.json').catch(() => null)
    await new Promise(go => setTimeout(go, 200))
    return refused.sort()
}"""


def test_a_page_that_would_ask_outside_or_stand_in_another_sites_frame_is_refused_by_the_browser(browser: Browser, address: str) -> None:
    """Should a text that somebody typed ever be taken for a picture: it is not fetched."""
    page = visit(browser, address, 390, "light").open("/join")
    assert page.evaluate(OUTSIDE) == ["http://outside.invalid/data.json", "http://outside.invalid/picture.png"]
    page.goto("data:text/html,<iframe></iframe>")
    page.evaluate("address => { document.querySelector('iframe').src = address }", f"{address}/join")
    page.wait_for_function("document.querySelector('iframe').contentDocument === null")  # it has left the empty page it began with
    page.wait_for_load_state("networkidle")
    assert not any(frame.url.startswith(address) for frame in page.frames)
    page.context.close()
