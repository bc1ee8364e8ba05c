"""How long a visitor waits, in a real Chromium on this machine: `python -m tests.bench.pages`, or `make bench-pages`. Kept in build/bench-pages.md.

First useful content: from the request until the page's heading and what stands under it are on the screen (a new visitor each time; the first visit
of all is left out, it is the server's own start). A moved slider: from the key until the first chart that depends on it has changed. (The sliders of
bets draw no chart, and what Explore works out takes longer and shows its progress.)
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.timing import machine
from tests.browser.conftest import free_port, serve

CHROMIUM = "/usr/bin/chromium"
KEPT = Path(__file__).parents[2] / "build" / "bench-pages.md"
LOOKS, MOVES = 5, 25
CONTENT, MOVED = 1.5, 0.6  # seconds: what must hold
OPEN = "marriage-of-convenience"
PAGES = {
    "Start": "/",
    "First play": "/first",
    "Lab": f"/lab?scenario={OPEN}",
    "World": f"/world?scenario={OPEN}",
    "Politics": f"/politics?scenario={OPEN}",
    "Explore": f"/explore?scenario={OPEN}",
    "Model": f"/model?scenario={OPEN}",
    "Debrief": f"/debrief?scenario={OPEN}",
    "Author": "/author",
    "Join": "/join",
}
USEFUL = """() => {
  const main = document.querySelector('[data-testid=stMain]');
  const blocks = '[data-testid=stMarkdown], [data-testid=stMetric], [data-testid=stForm], [data-testid=stButton], [data-testid=stSelectbox]';
  return main && main.querySelector('h1') && main.querySelectorAll(blocks).length > 1;
}"""
DONE = "[data-test-script-state=notRunning]"
WATCH = """() => {
  const marks = () => [...document.querySelectorAll('[data-testid=stVegaLiteChart]')[0].querySelectorAll('svg path, svg text')];
  const drawn = () => marks().map(e => (e.getAttribute('d') || '') + e.getAttribute('fill') + e.textContent).join('|');
  const before = drawn();
  window.began = performance.now(); window.took = null;
  const look = () => { if (drawn() !== before && drawn()) window.took = performance.now() - window.began; else requestAnimationFrame(look); };
  requestAnimationFrame(look);
}"""
SLIDERS = {
    "Lab, level of a measure": ("/lab?scenario=first-warning&m=import_ban~ALBORA~TESSIA~~0.5~0~", "ArrowRight"),
    f"Lab, level of a measure, {OPEN}": (f"/lab?scenario={OPEN}&m=import_ban~AUREL~KARST~~0.5~0~", "ArrowRight"),
}


@contextmanager
def visited(browser: Browser, address: str) -> Iterator[Page]:
    """A page of a new visitor."""
    context = browser.new_context(viewport={"width": 1366, "height": 900}, bypass_csp=True)  # asking the page again and again takes eval
    yield context.new_page()
    context.close()


def content(browser: Browser, address: str, path: str) -> tuple[float, float]:
    """Seconds until there is something useful, and until the page is whole."""
    with visited(browser, address) as page:
        began = time.perf_counter()
        page.goto(address + path, wait_until="commit")
        page.wait_for_function(USEFUL, timeout=60_000, polling=20)
        first = time.perf_counter() - began
        page.wait_for_selector(DONE, state="attached", timeout=60_000)
        return first, time.perf_counter() - began


def moves(browser: Browser, address: str, path: str, key: str) -> list[float]:
    """Seconds from each press of a key on the page's first slider until the first chart has changed."""
    found = []
    with visited(browser, address) as page:
        page.goto(address + path)
        page.wait_for_selector("[data-testid=stVegaLiteChart] svg", timeout=60_000)
        page.wait_for_selector(DONE, state="attached", timeout=60_000)
        page.get_by_role("main").get_by_role("slider").first.focus()
        for _ in range(MOVES):
            page.wait_for_selector(DONE, state="attached", timeout=60_000)
            page.wait_for_timeout(300)
            page.evaluate(WATCH)
            page.keyboard.press(key)
            page.wait_for_function("() => window.took !== null", timeout=20_000, polling=20)
            found.append(page.evaluate("window.took") / 1000.0)
    return found


def p95(values: list[float]) -> float:
    """The value that 95 of 100 stay under."""
    return statistics.quantiles(values, n=20)[-1]


def main() -> None:
    """Measure every page and slider, print and keep the table."""
    heads = "| page | first useful content, median (worst) of 5 | whole page | must |", "|---|---|---|---|"
    lines = [*machine(), f"Load average before: {os.getloadavg()[0]:.1f}", "", *heads]
    port, over = free_port(), []
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        server = serve(port, Path(home))
        address = f"http://127.0.0.1:{port}"
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            for name, path in PAGES.items():
                content(browser, address, path)
                looks = [content(browser, address, path) for _ in range(LOOKS)]
                first, whole = ([one[place] for one in looks] for place in (0, 1))
                over += [name] if statistics.median(first) > CONTENT else []
                lines.append(f"| {name} | {statistics.median(first):.2f} s ({max(first):.2f}) | {statistics.median(whole):.2f} s | {CONTENT:g} s |")
                print(lines[-1], flush=True)
            lines += ["", f"| moved slider, {MOVES} moves | median | p95 | must |", "|---|---|---|---|"]
            for name, (path, key) in SLIDERS.items():
                took = moves(browser, address, path, key)
                over += [name] if p95(took) > MOVED else []
                lines.append(f"| {name} | {statistics.median(took):.2f} s | {p95(took):.2f} s | {MOVED:g} s |")
                print(lines[-1], flush=True)
        finally:
            browser.close()
            server.terminate()
            server.wait(10)
    lines += ["", f"Over the bound: {', '.join(over)}." if over else "Everything is within its bound.", f"Load average after: {os.getloadavg()[0]:.1f}"]
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n" + "\n".join(lines))


if __name__ == "__main__":
    main()
