"""A server whose database cannot be used ends with one sentence and exit code 2."""

from __future__ import annotations

import inspect
import io
import signal
import sqlite3
import sys
from pathlib import Path

import pytest

from ui import serve
from ui.classroom import worker
from ui.classroom.store import database_url, forget_engine, open_store
from ui.house import DATABASE

UNUSABLE = {
    "another kind": ("mysql://user:secret@host/name", "database: 'mysql' is not supported; allowed are postgresql and sqlite."),
    "no address": ("nonsense", "database: this is not a database URL"),
    "nobody there": ("postgresql://user:secret@127.0.0.1:1/name", "database: .*127.0.0.1:1/name cannot be used (connection failed"),
    "a port in words": ("postgresql://user:secret@host:port/name", "database: its address cannot be used (invalid literal"),
    "a file on another machine": ("sqlite://host/class.sqlite", "database: its address cannot be used (Invalid SQLite URL"),
    "a file that cannot be": ("sqlite:////nowhere/at/all/class.sqlite", "database: .* cannot be used (unable to open database file)."),
}


def told(capsys: pytest.CaptureFixture[str]) -> str:
    """What is said when the database of the environment is opened: on stderr alone, and the exit code is 2."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as end:
        serve.opened()
    said = capsys.readouterr()
    assert (end.value.code, said.out) == (2, "")
    return said.err


@pytest.mark.parametrize("case", UNUSABLE)
def test_a_database_that_cannot_be_used_is_named_in_one_sentence(capsys, monkeypatch, case) -> None:
    url, sentence = UNUSABLE[case]
    monkeypatch.setenv(DATABASE, url)
    said = told(capsys)
    start, _, rest = sentence.partition(".*")
    assert said.startswith(start) and rest in said
    assert said.count("\n") == 1 and said.endswith(".\n") and "secret" not in said


def test_a_database_of_a_newer_version_is_named_in_one_sentence(capsys, monkeypatch, tmp_path: Path) -> None:
    url = database_url(tmp_path)
    open_store(url)
    forget_engine(url)
    with sqlite3.connect(tmp_path / "classroom.sqlite") as file:
        file.execute("UPDATE alembic_version SET version_num = 'from the future'")
    file.close()
    monkeypatch.setenv(DATABASE, url)
    said = told(capsys)
    forget_engine(url)
    assert said.endswith("was made by a newer version of the program; install that version.\n") and said.count("\n") == 1


def test_the_set_up_code_goes_through_and_the_server_starts_by_this_way(monkeypatch) -> None:
    monkeypatch.setattr("ui.house.open_up", lambda: "code")
    assert serve.opened() == "code"
    assert "    code = opened()\n" in inspect.getsource(serve.main)


class Stopped:
    """A server that ends by Ctrl-C."""

    ran = False

    def run(self, config: dict[str, object]) -> None:
        type(self).ran = True
        raise KeyboardInterrupt


def test_a_server_that_is_stopped_by_the_keyboard_ends_without_a_complaint(monkeypatch) -> None:
    for name in ("_share_memory", "_allow_files", "_import_pages", "_draw_ahead", "ask_nobody_outside", "opened"):
        monkeypatch.setattr(serve, name, lambda: None)
    monkeypatch.setattr(serve, "application", Stopped)
    monkeypatch.setattr(serve.gc, "freeze", lambda: None)
    monkeypatch.setattr("ui.catalogue.cards", list)
    monkeypatch.setattr(sys, "argv", ["serve"])
    serve.main()
    assert Stopped.ran


def test_the_keyboard_stops_the_server_and_not_the_models_process_beside_it(monkeypatch) -> None:
    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    monkeypatch.setattr(sys, "stdout", sys.stdout)  # put back afterwards
    try:
        worker.main()
        assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
