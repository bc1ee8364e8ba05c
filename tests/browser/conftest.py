"""A running app and a real browser for the tests of this folder."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
SHOTS = ROOT / "build" / "screenshots"
STARTING = 300.0  # seconds a server may take to answer
PATIENCE = 180_000  # milliseconds for anything on a page: the first on a busy machine needed more than a minute


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(port: int, home: Path) -> subprocess.Popen[bytes]:
    """Start the app on the loopback address, its data and its log in `home`, and wait until it answers."""
    flags = {
        "server.port": port,
        "server.address": "127.0.0.1",
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "runner.postScriptGC": "false",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
    }
    command = [sys.executable, "-m", "ui.serve", *(f"--{name}={value}" for name, value in flags.items())]
    environment = {**os.environ, "SANCTIONS_LAB_DATA": str(home / "data"), "SANCTIONS_LAB_PUBLIC_URL": f"http://127.0.0.1:{port}"}
    environment.pop("SANCTIONS_LAB_DATABASE", None)
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=log, env=environment)
    limit = time.monotonic() + STARTING
    while time.monotonic() < limit and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1):
                return server
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    server.kill()
    server.wait()
    raise RuntimeError("the app did not start")


@pytest.fixture
def fresh_address(tmp_path: Path) -> Iterator[str]:
    """The address of an app that nobody has visited yet."""
    port = free_port()
    server = serve(port, tmp_path)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(60)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running app, the same for all tests."""
    port = free_port()
    server = serve(port, tmp_path_factory.mktemp("app"))
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(60)


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox"])
        yield found
        found.close()


@dataclass
class Visit:
    """A browser tab on the app that remembers which addresses outside it were asked for, and what the app's own policy kept the browser from."""

    page: Page
    address: str
    outside: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Open a page of the app and wait until it is drawn."""
        self.page.goto(self.address + path)
        return self.settled()

    def settled(self) -> Page:
        """Wait until the script has run, nothing of an earlier run is left in pale and every picture on the page is drawn.

        By selectors: a function that the page is to ask again and again would be text to evaluate, which the app's policy refuses.
        """
        self.page.wait_for_selector("h1")
        self.page.wait_for_selector("[data-test-script-state=notRunning]", state="attached")
        expect(self.page.locator("[data-stale=true]")).to_have_count(0, timeout=PATIENCE)
        expect(self.page.locator("[data-testid=stSkeleton], [data-testid=stVegaLiteChart]:not(:has(svg, canvas))")).to_have_count(0, timeout=PATIENCE)
        return self.page


def visit(browser: Browser, address: str, width: int, scheme: str) -> Visit:
    """A new visitor with a window of `width` pixels and the light or dark scheme."""
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme="dark" if scheme == "dark" else "light")
    context.set_default_timeout(PATIENCE)
    found = Visit(context.new_page(), address)
    inside = (address, address.replace("http", "ws", 1), "data:", "blob:")
    found.page.on("request", lambda request: None if request.url.startswith(inside) else found.outside.append(request.url))
    found.page.on("console", lambda said: found.outside.append(said.text) if "Content Security Policy" in said.text else None)
    return found
