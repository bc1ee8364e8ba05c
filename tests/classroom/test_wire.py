"""A real server, spoken to over its websocket and by plain HTTP: a class of bots, and a browser that tries everything it should not."""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.classroom.fakes import FakeEngine
from tests.classroom.test_access import fingerprint_of_everything
from tests.load.bots import COOKIE, PASSPHRASE, Class, Teacher, jobs, log_in, play
from tests.load.servers import free_port, serve, stop
from tests.load.tab import Tab
from tests.loops import in_a_loop
from tests.scenarios_tried import TWO
from ui import serve as serving
from ui.classroom import instructor, view
from ui.classroom.store import Store, database_url, forget_engine, open_store

SPEAKING_OF_NOTHING = ("presence", "audit", "throttle")  # tables that may note an attack
HUGE = 900_000  # just what one message may hold; more ends the connection


@dataclass
class Running:
    """A server with an instructor logged in."""

    address: str
    cookie: str
    store: Store
    log: Path

    @property
    def key(self) -> str:
        """The instructor's key."""
        return self.cookie.partition("=")[2]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One server for all tests of this file."""
    home, port = tmp_path_factory.mktemp("wire"), free_port()
    server = serve(home, None, port)
    address, url = f"http://127.0.0.1:{port}", database_url(home)
    try:
        yield Running(address, log_in(address, home / f"log-{port}"), open_store(url), home / f"log-{port}")
        assert server.poll() is None, "the server did not survive"
    finally:
        stop(server)
        forget_engine(url)


def test_the_server_runs_with_the_settings_a_class_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the first, ten students are the limit; the last keeps the insides of the program off the phones."""
    asked: dict[str, object] = {}
    monkeypatch.setattr(serving, "application", lambda: type("Fake", (), {"run": lambda self, config: asked.update(config)})())
    monkeypatch.setattr(serving, "_import_pages", lambda: None)
    monkeypatch.setattr("ui.house.open_up", lambda: None)
    monkeypatch.setattr("sys.argv", ["serve", "--server.port=8599"])
    serving.main()
    assert asked["runner.postScriptGC"] is False
    assert asked["browser.gatherUsageStats"] is False
    assert asked["server.fileWatcherType"] == "none"
    assert asked["client.showErrorDetails"] == "none"
    assert asked["server.port"] == 8599


@pytest.mark.slow
@pytest.mark.parametrize("scenario", TWO)
def test_bots_play_a_round_of_every_scenario_with_all_its_seats(app: Running, scenario: str) -> None:
    """Every page of every phase, from the form to the closed class; nothing private is sent. `make bots` plays all rounds and seat counts."""
    (name, seats), *_ = jobs([scenario], largest=True)
    done = in_a_loop(play(app.address, app.cookie, app.store, name, seats, 1))
    assert done.draws > 40, app.log.read_text()[-2000:]


@pytest.mark.slow
def test_bots_vanish_and_come_late(app: Running) -> None:
    """Two rounds: one student is gone after the first, one arrives in the second; the class goes on to the end."""
    done = in_a_loop(play(app.address, app.cookie, app.store, "who-pays", 4, 2))
    assert any("late" in title for title in done.titles)


def made(app: Running) -> Class:
    """A session of two seats in the lobby."""

    async def make() -> Class:
        teacher = Teacher(app.address, app.cookie)
        found = await teacher.make("triangle", 2, 3)
        await teacher.close()
        return found

    return in_a_loop(make())


def to(app: Running, found: Class, phase: str, number: int) -> None:
    """Walk the class to a phase, with a model that answers at once."""
    first = next(iter(found.links.values()))
    for _ in range(40):
        seen = view.look(app.store, first)
        if (seen.phase, seen.round) == (phase, number):
            return
        instructor.advance(app.store, FakeEngine(), app.key, found.uid, seen.stamp)
    raise AssertionError(f"never reached {phase}")


def everything(app: Running) -> dict[str, list[Any]]:
    return fingerprint_of_everything(app.store, SPEAKING_OF_NOTHING)


async def shown(app: Running, page: str, query: str, cookie: str = "") -> Tab:
    """A page, opened and closed again."""
    tab = Tab(app.address, page, query, cookie)
    await tab.open()
    await tab.close()
    return tab


def test_no_link_opens_what_it_is_not_for(app: Running) -> None:
    """Seats, the screen and the instructor's page, each with every other secret, made-up ones and one of half a message."""
    found = made(app)
    seat = next(iter(found.links.values()))
    other = seat[:-1] + ("A" if seat[-1] != "A" else "B")
    before = everything(app)

    async def tries() -> None:
        for page, secrets in (("seat", (found.projector, app.key, other, "", "x" * (HUGE // 2), "' OR 1=1 --")), ("screen", (seat, app.key, other, ""))):
            for secret in secrets:
                tab = await shown(app, page, f"k={urllib.parse.quote(secret)}")
                assert "does not work" in tab.text, f"{page} with {secret[:30]}: {tab.text[:200]}"
                assert tab.widgets("button") == []
        for secret in (seat, found.projector, other, "", "x" * 3000):
            tab = await shown(app, "teach", f"s={found.uid}&instructor-key={app.key}", f"{COOKIE}={secret}")
            assert found.card.title not in tab.text
            assert tab.widgets("button") == []
        for page in ("../../etc/passwd", "teach/../seat", "_stcore/health", "x" * 10_000):
            tab = await shown(app, page, f"s={found.uid}")
            assert found.uid not in tab.text

    in_a_loop(tries())
    assert everything(app) == before


@pytest.mark.slow
def test_old_and_forged_presses_and_values_change_nothing(app: Running) -> None:
    """A button of the last round, another seat's button, values out of range, of the wrong kind, of nearly a megabyte."""
    found = made(app)
    (label, secret), (_, second) = found.links.items()
    to(app, found, "lobby", 0)

    async def tries() -> None:
        tab, other = Tab(app.address, "seat", f"k={secret}"), Tab(app.address, "seat", f"k={second}")
        await tab.open()
        await tab.press("start")
        await other.open()
        await other.press("start")
        to(app, found, "decide", 1)
        await tab.draw()
        old = [button.id for button in tab.widgets("button")]
        to(app, found, "decide", 2)
        await tab.draw()
        await tab.press("use-")
        before = everything(app)
        for press in (*old, "", "x", "$$ID-0-hand-in-0-2-decide", "y" * HUGE):
            await tab.draw(press=press)
        for kind, values in HOSTILE_VALUES.items():
            for widget in tab.widgets(kind):
                for value in values:
                    state = WidgetState(id=widget.id)
                    state.MergeFrom(value)
                    tab.values[widget.id] = state
                    await tab.draw()
                    tab.values.pop(widget.id, None)
        after = everything(app)
        drafts_before, drafts_after = before.pop("draft"), after.pop("draft")
        assert after == before
        assert len(drafts_after) == len(drafts_before), "a draft of somebody else appeared"
        await tab.close()
        await other.close()

    in_a_loop(tries())
    handed = view.own_decision(app.store, secret)
    assert handed is None, f"{label} never pressed, but {handed}"


HOSTILE_VALUES = {
    "slider": [
        WidgetState(double_array_value={"data": [1e300]}),
        WidgetState(double_array_value={"data": [float("nan")]}),
        WidgetState(double_array_value={"data": []}),
        WidgetState(string_value="x"),
    ],
    "selectbox": [WidgetState(string_value="not offered"), WidgetState(string_value="x" * HUGE), WidgetState(int_value=99)],
    "text_input": [WidgetState(string_value="x" * HUGE), WidgetState(bool_value=True), WidgetState(string_value="\x00\ud7ff")],
    "radio": [WidgetState(string_value="not offered"), WidgetState(double_value=1.0)],
    "checkbox": [WidgetState(string_value="x")],
    "button_group": [WidgetState(string_array_value={"data": ["not offered", "x"]})],
}


@pytest.mark.slow
def test_rubbish_floods_and_commands_on_the_websocket_stop_nobody(app: Running) -> None:
    """No message, whole or broken, ends the server or another student's page; a page from elsewhere gets no websocket."""
    found = made(app)
    good, bad = found.links.values()
    socket = f"{app.address.replace('http', 'ws', 1)}/_stcore/stream"

    async def tries() -> None:
        tab = await Tab(app.address, "seat", f"k={good}").open()
        before = everything(app)
        commands = [BackMsg(clear_cache=True), BackMsg(stop_script=True), BackMsg(debug_shutdown_runtime=True), BackMsg(debug_disconnect_websocket=True)]
        commands += [BackMsg(load_git_info=True), BackMsg(set_run_on_save=True), BackMsg()]
        frames: list[bytes | str] = [b"", b"\x00" * 100, b"\xff" * 1000, "text", *[command.SerializeToString() for command in commands]]
        for frame in frames:
            hostile = await Tab(app.address, "seat", f"k={bad}").open()
            assert hostile.socket is not None
            try:
                await hostile.socket.send(frame)
                await asyncio.wait_for(hostile.socket.recv(), 0.2)
            except (ConnectionClosed, TimeoutError):
                pass
            finally:
                await hostile.close()
            await tab.poll()
        flood = await Tab(app.address, "seat", f"k={bad}").open()
        ask = BackMsg()
        ask.rerun_script.query_string, ask.rerun_script.page_script_hash = flood.query, flood.page_hash
        for _ in range(300):
            await flood.send(ask.SerializeToString())
        for _ in range(3):
            await tab.poll()
        await flood.close()
        for size in (1_100_000, 10_000_000, 60_000_000):
            large = await Tab(app.address, "seat", f"k={bad}").open()
            await large.send(b"\x00" * size)
            assert large.socket is not None
            await asyncio.wait_for(large.socket.wait_closed(), 60)
        with pytest.raises(InvalidStatus):
            await connect(socket, subprotocols=["streamlit"], additional_headers={"Origin": "http://evil.example"})  # type: ignore[list-item]
        await tab.press("start")
        assert tab.exceptions == []
        assert everything(app) != before
        await tab.close()

    in_a_loop(tries())


def asked(app: Running, path: str, data: bytes | None = None, method: str = "", **headers: str) -> int:
    """The status of a plain request."""
    ask = urllib.request.Request(app.address + path, data, headers, method=method or None)
    try:
        with urllib.request.urlopen(ask, timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def test_the_door_takes_no_forged_knock(app: Running) -> None:
    """From another site, too long, without a length, with a wrong passphrase, with a used set-up code: refused; a page has no script."""
    right = urllib.parse.urlencode({"passphrase": PASSPHRASE}).encode()
    assert asked(app, "/door", right, Origin="http://evil.example") == 403
    assert asked(app, "/door", b"passphrase=" + b"x" * 5000) == 413
    assert asked(app, "/door", b"passphrase=wrong+wrong+wrong") == 403
    assert asked(app, "/door", urllib.parse.urlencode({"setup": "a" * 32, "passphrase": "new passphrase", "again": "new passphrase"}).encode()) == 403
    assert asked(app, "/door", b"\xff\xfe=%zz&passphrase=%00") == 403
    with urllib.request.urlopen(f"{app.address}/door?setup=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", timeout=60) as page:
        assert b"<script" not in page.read().lower()
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_strangers_put_no_file_on_the_server(app: Running) -> None:
    """Without a tab of one's own, too large, without a name: refused; nothing outside the app is served."""
    for path in ("/_stcore/upload_file/x/y", "/_stcore/upload_file/../../etc/x"):
        assert asked(app, path, b"x" * 100, "PUT") in (400, 403, 404)
    assert asked(app, "/_stcore/upload_file/x/y", b"x", "PUT", **{"Content-Length": "6000000"}) == 413
    for path in ("/media/../../../../etc/passwd", "/app/static/../../etc/passwd", "/static/%2e%2e/%2e%2e/%2e%2e/etc/passwd"):
        code = asked(app, path)
        assert code != 200 or b"root:" not in urllib.request.urlopen(app.address + path, timeout=60).read()


def test_a_tab_that_names_another_page_s_script_gets_that_page_and_no_rights(app: Running) -> None:
    """The page a message names decides what is drawn, not who asks: the teacher's page with a seat's tab is a closed door."""
    found = made(app)
    seat = next(iter(found.links.values()))
    before = everything(app)

    async def tries() -> None:
        teacher = await Tab(app.address, "teach", f"s={found.uid}", app.cookie).open()
        screen = await Tab(app.address, "screen", f"k={found.projector}").open()
        hashes = (teacher.page_hash, screen.page_hash, "0" * 32, "../ui/pages/teach.py")
        pressed = [button.id for button in teacher.widgets("button") if "next-" in button.id]
        assert pressed
        tab = await Tab(app.address, "seat", f"k={seat}").open()
        titles = set()
        for page_hash in hashes:
            for query in (f"k={seat}", f"s={found.uid}", f"s={found.uid}&k={seat}&instructor-key={seat}"):
                tab.page_hash, tab.query, tab.name = page_hash, query, "teach" if page_hash == hashes[0] else "seat"
                await tab.draw(press=pressed[0])
                titles.add(tab.title)
                assert not [one for one in tab.widgets("button") if "next-" in one.id]
                for link in found.links.values():
                    assert link == seat or link not in tab.text
        assert "Run a class" in titles, f"the teacher's page was never drawn: {titles}"  # with the way to the passphrase on it
        assert teacher.title not in titles
        for one in (teacher, screen, tab):
            await one.close()

    in_a_loop(tries())
    assert everything(app) == before
