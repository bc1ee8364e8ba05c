"""The container file and the page on hosting say only what the program can do."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
from streamlit import net_util
from streamlit.web.server import server_util
from typer.testing import CliRunner

from sim.cli import app
from ui import serve
from ui.classroom.sessions import KEPT_DAYS
from ui.house import DATABASE

ROOT = Path(__file__).parents[2]
CONTAINER = (ROOT / "Containerfile").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")


def test_the_container_starts_from_a_plain_name_and_copies_what_is_there() -> None:
    """No registry's host name; every source exists and is let through by the ignore files."""
    assert re.findall(r"^FROM (\S+)", CONTAINER, re.MULTILINE) == ["python:3.11-slim"]
    let = (ROOT / ".containerignore").read_text(encoding="utf-8")
    assert let == (ROOT / ".dockerignore").read_text(encoding="utf-8")
    for line in re.findall(r"^COPY (.+) \S+$", CONTAINER, re.MULTILINE):
        for name in line.split():
            assert (ROOT / name).exists(), name
            assert f"!{name}\n" in let, name


def test_every_option_that_is_named_is_an_option_of_the_command() -> None:
    said = CliRunner().invoke(app, ["app", "--help"], env={"COLUMNS": "200", "TERM": "dumb"}).output
    entry = CONTAINER[CONTAINER.index("ENTRYPOINT") :]
    lines = [line for line in PAGE.splitlines() if "sanctions-lab app" in line or line.startswith("- `--")]
    named = set(re.findall(r"--[a-z-]{4,}", entry + "\n".join(lines)))
    assert {"--data-dir", "--database", "--public-url", "--no-browser"} <= named
    assert {option for option in named if option not in said} == set()


def test_no_sample_shows_a_secret_to_others() -> None:
    """The proxy's log keeps no link, and the database's password stands on no command line."""
    server = PAGE[PAGE.index("server {") : PAGE.index("Caddy passes")]
    assert "    access_log off;" in server
    assert f"export {DATABASE}=postgresql://" in PAGE
    assert [line for line in PAGE.splitlines() if "sanctions-lab app" in line and ("PASSWORD" in line or "--database" in line)] == []


def test_the_stated_retention_is_the_programs() -> None:
    assert f"**{KEPT_DAYS} days**" in PAGE


def test_the_server_asks_no_machine_outside_for_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither to print where it is nor when a page from elsewhere wants a websocket."""
    asked: list[str] = []
    monkeypatch.setattr(net_util, "get_external_ip", net_util.get_external_ip)  # put back afterwards
    monkeypatch.setattr(net_util, "_external_ip", None)
    monkeypatch.setattr(net_util, "_make_blocking_http_get", lambda url, timeout=5: asked.append(url))
    serve.ask_nobody_outside()
    assert not server_util.is_url_from_allowed_origins("http://evil.example")
    assert net_util.get_external_ip() is None
    assert asked == []
    assert "    ask_nobody_outside()\n" in inspect.getsource(serve.main)
