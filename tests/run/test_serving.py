"""Starting the app: what the server's own process is given, and how the command ends. The process here is a stand-in."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sim import serving


class Child:
    """A server's process: remembers how it was started and ends as told."""

    given: dict[str, Any]
    ends: list[int]
    told: list[str]
    asked_to_stop = False  # while the command waits

    def __init__(self, command: list[str], **given: Any) -> None:
        type(self).given = {"command": command, **given}

    def wait(self) -> int:
        if self.asked_to_stop and not self.told:
            signal.raise_signal(signal.SIGTERM)
        return self.ends.pop(0)

    def terminate(self) -> None:
        self.told.append("stop")


@pytest.fixture
def child(tmp_path, monkeypatch) -> type[Child]:
    """A stand-in that ends at once; the user stands in an empty folder, and every port is free."""
    stand_in = type("StandIn", (Child,), {"given": {}, "ends": [0], "told": []})
    monkeypatch.setattr(serving.subprocess, "Popen", stand_in)
    monkeypatch.setattr(serving, "_refuse_busy", lambda port: None)
    monkeypatch.delenv("SANCTIONS_LAB_DATABASE", raising=False)
    monkeypatch.chdir(tmp_path)
    return stand_in


def test_classes_are_kept_in_the_folder_that_was_probed_wherever_the_server_itself_works(child, command, tmp_path):
    assert command("app", "--no-browser", "--data-dir", "our/classes")[0] == 0
    folder = Path(child.given["env"]["SANCTIONS_LAB_DATA"])
    assert folder == tmp_path / "our" / "classes" and folder.is_dir()
    assert child.given["cwd"] != tmp_path


HERE = {
    "sqlite:///class.sqlite": "sqlite:///{here}/class.sqlite",
    "sqlite:///kept/class.sqlite?timeout=5": "sqlite:///{here}/kept/class.sqlite?timeout=5",
    "sqlite:////var/lib/class.sqlite": "sqlite:////var/lib/class.sqlite",
    "sqlite:///:memory:": "sqlite:///:memory:",  # for the server to refuse
    "postgresql://user:word@host/name": "postgresql://user:word@host/name",
    "nonsense": "nonsense",
}


@pytest.mark.parametrize("by", ["option", "environment"])
@pytest.mark.parametrize("asked", HERE)
def test_a_database_file_is_looked_for_where_the_user_stands(child, command, monkeypatch, asked, by):
    if by == "environment":
        monkeypatch.setenv("SANCTIONS_LAB_DATABASE", asked)
    assert command("app", "--no-browser", "--data-dir", "d", *(["--database", asked] if by == "option" else []))[0] == 0
    assert child.given["env"]["SANCTIONS_LAB_DATABASE"] == HERE[asked].format(here=os.getcwd())


@pytest.mark.parametrize("ends, code", [(0, 0), (1, 1), (2, 2), (-signal.SIGTERM, 0), (-signal.SIGINT, 0), (-9, 137)])
def test_the_command_ends_as_its_server_does_and_being_stopped_is_no_failure(child, command, ends, code):
    child.ends = [ends]
    assert command("app", "--no-browser", "--data-dir", "d")[0] == code


def test_a_command_that_is_asked_to_stop_stops_its_server_and_ends_well(child, command):
    before = signal.getsignal(signal.SIGTERM)
    child.asked_to_stop, child.ends = True, [-signal.SIGTERM]
    assert command("app", "--no-browser", "--data-dir", "d")[0] == 0
    assert child.told == ["stop"] and child.ends == []
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_port_that_is_in_use_is_refused_before_anything_is_made(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))
        other.listen()
        port = other.getsockname()[1]
        code, out, told = command("app", "--no-browser", "--data-dir", "d", "--port", port)
    assert (code, out) == (2, "") and told.startswith(f"port {port}: cannot be used (") and "in use" in told
    assert not (tmp_path / "d").exists()


class Probe:
    """A socket that may not listen here."""

    settings: list[int]

    def __init__(self, *_: int) -> None:
        type(self).settings = []

    def __enter__(self) -> Probe:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def setsockopt(self, level: int, name: int, value: int) -> None:
        self.settings.append(name)

    def bind(self, _: tuple[str, int]) -> None:
        raise PermissionError(13, "Permission denied")


@pytest.mark.parametrize("system, reuses", [("linux", True), ("win32", False)])
def test_a_port_that_may_not_be_used_is_refused_with_the_systems_own_words(command, monkeypatch, system, reuses):
    """On Windows, SO_REUSEADDR would let the probe share a port that is in use."""
    monkeypatch.setattr(serving.socket, "socket", Probe)
    monkeypatch.setattr(serving.sys, "platform", system)
    assert command("app", "--no-browser", "--port", 80) == (2, "", "port 80: cannot be used (Permission denied); choose another with --port.\n")
    assert (socket.SO_REUSEADDR in Probe.settings) == reuses


def test_the_browser_is_opened_when_the_server_answers_and_streamlit_is_told_that_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """What Streamlit opens itself it takes for a developer's, and shows advertisements to."""
    opened: list[str] = []
    monkeypatch.setattr(serving.webbrowser, "open", lambda url: opened.append(url) is None)
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        with socket.create_server(("127.0.0.1", 0)) as listening:
            port = listening.getsockname()[1]
            assert serving.open_when_ready(port, child)
    finally:
        child.communicate(b"\n")
    assert opened == [f"http://localhost:{port}"]
    assert not serving.open_when_ready(port, child) and len(opened) == 1
    assert serving.SETTINGS["server.headless"] == "true"
