"""The picture in the README, made anew: `make screenshot`. The Lab with the default scenario, as a laptop shows it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import ROOT, Visit, free_port, serve

CHROMIUM = "/usr/bin/chromium"
PICTURE = ROOT / "docs" / "screenshot.png"
WIDTH, HEIGHT = 1366, 900


def main() -> None:
    """Start the app on the loopback address, photograph the Lab, stop the app."""
    port = free_port()
    with tempfile.TemporaryDirectory() as home:
        server = serve(port, Path(home))
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
                page = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light").new_page()
                Visit(page, f"http://127.0.0.1:{port}").open("/lab?scenario=marriage-of-convenience")
                PICTURE.parent.mkdir(exist_ok=True)
                page.screenshot(path=PICTURE)
                browser.close()
        finally:
            server.terminate()
            server.wait(60)


if __name__ == "__main__":
    main()
