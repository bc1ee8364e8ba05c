"""The brake on a connection and the limit on files, with a clock that only moves when a test moves it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.loops import in_a_loop
from ui import guard
from ui.guard import A_FILE, A_MESSAGE, ALTOGETHER, AN_ADDRESS, PAGES, WINDOW, Guard
from ui.serve import for_developers


class Time:
    def __init__(self) -> None:
        self.now, self.slept = 0.0, [0.0]

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


async def nothing() -> dict[str, Any]:
    return {"type": "http.request"}


def test_a_flood_on_one_websocket_is_taken_at_the_allowed_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    """40 at once, then 12 a second: 100 messages take 60 / 12 = 5 seconds of waiting."""
    time, taken = Time(), []
    monkeypatch.setattr(guard.asyncio, "sleep", time.sleep)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        for _ in range(100):
            taken.append(await receive())

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.receive"}

    in_a_loop(Guard(app, clock=time)({"type": "websocket"}, receive, nothing))  # type: ignore[arg-type]
    assert len(taken) == 100
    assert time.now == pytest.approx(5.0)


def test_what_only_a_developer_s_page_sends_is_dropped_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Git is not asked who changed what; 102 messages take 62 / 12 seconds, dropped or not; what cannot be read is Streamlit's to refuse."""
    time, taken = Time(), []
    monkeypatch.setattr(guard.asyncio, "sleep", time.sleep)
    dropped = [BackMsg(**{kind: True}).SerializeToString() for kind in ("load_git_info", "clear_cache", "set_run_on_save", "debug_shutdown_runtime")]
    kept = [BackMsg(app_heartbeat=True).SerializeToString(), b"\xff\xff"]
    messages = [*dropped * 25, *kept]

    async def app(scope: Any, receive: Any, send: Any) -> None:
        taken.extend([(await receive())["bytes"] for _ in kept])

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.receive", "bytes": messages.pop(0)}

    in_a_loop(Guard(app, clock=time, unwanted=for_developers)({"type": "websocket"}, receive, nothing))  # type: ignore[arg-type]
    assert taken == kept
    assert time.now == pytest.approx(62 / 12)


def test_a_message_that_is_too_long_ends_its_websocket_and_never_reaches_the_app() -> None:
    taken, sent = [], []
    messages = [b"x" * A_MESSAGE, b"x" * (A_MESSAGE + 1), b"after"]

    async def app(scope: Any, receive: Any, send: Any) -> None:
        taken.extend([await receive() for _ in range(4)])

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.receive", "bytes": messages.pop(0)}

    async def send(message: Any) -> None:
        sent.append(message)

    in_a_loop(Guard(app)({"type": "websocket"}, receive, send))  # type: ignore[arg-type]
    assert [message["type"] for message in taken] == ["websocket.receive"] + ["websocket.disconnect"] * 3
    assert sent == [{"type": "websocket.close", "code": 1009}]


def test_an_address_opens_so_many_pages_and_a_closed_one_makes_room() -> None:
    opened, refused = [], []

    async def send(message: Any) -> None:
        refused.append(message)

    async def attack() -> None:
        go, entered = asyncio.Event(), asyncio.Event()

        async def app(scope: Any, receive: Any, send: Any) -> None:
            opened.append(scope["client"][0])
            entered.set()
            await go.wait()

        brake = Guard(app)

        async def knock(address: str) -> None:
            await brake({"type": "websocket", "client": (address, 1)}, nothing, send)  # type: ignore[arg-type]

        pages = [asyncio.create_task(knock("a")) for _ in range(PAGES + 3)]
        await asyncio.gather(*pages[PAGES:])  # these come back at once
        other = asyncio.create_task(knock("b"))
        while "b" not in opened:
            entered.clear()
            await entered.wait()
        go.set()
        await asyncio.gather(*pages, other)
        await knock("a")

    in_a_loop(attack())
    assert opened == ["a"] * PAGES + ["b", "a"]
    assert refused == [{"type": "websocket.close", "code": 1013}] * 3


def answers(time: Time, sizes: list[tuple[str, int | str | None]], cookie: str = "", instructor: str = "right") -> list[int]:
    """The status of an upload after another, 200 where the app was reached; `sizes` by address."""
    found: list[int] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200})

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            found.append(message["status"])

    brake = Guard(app, clock=time, cookie="key", instructor=lambda key: key == instructor)

    async def all_of_them() -> None:
        for address, size in sizes:
            headers = [(b"cookie", cookie.encode())] + ([] if size is None else [(b"content-length", str(size).encode("latin-1"))])
            scope = {"type": "http", "method": "PUT", "path": "/_stcore/upload_file/a/b", "client": (address, 1), "headers": headers}
            await brake(scope, nothing, send)  # type: ignore[arg-type]

    in_a_loop(all_of_them())
    return found


def test_a_stranger_sends_small_files_only_and_so_many_in_ten_minutes() -> None:
    """5 MB a file, 20 MB an address, 100 MB all together, and no file of unknown length."""
    assert answers(Time(), [("a", A_FILE), ("a", A_FILE + 1), ("a", None)]) == [200, 413, 411]
    assert answers(Time(), [("a", "\u00b2"), ("a", "9" * 5000), ("a", "-1")]) == [411] * 3  # no lengths either
    assert answers(Time(), [("a", A_FILE)] * 5) == [200] * (AN_ADDRESS // A_FILE) + [429]
    many = [(f"{number}", A_FILE) for number in range(ALTOGETHER // A_FILE + 1)]
    assert answers(Time(), many) == [200] * (ALTOGETHER // A_FILE) + [429]


def test_the_allowance_comes_back_after_the_window() -> None:
    time = Time()
    sizes = [("a", A_FILE)] * 4
    assert answers(time, sizes) == [200] * 4
    time.now += WINDOW
    assert answers(time, sizes) == [200] * 4


def test_only_the_instructor_s_key_lifts_the_limit() -> None:
    for cookie, expected in (("key=right", 200), ("key=wrong", 413), ("other=right", 413), ("key", 413), ("", 413)):
        assert answers(Time(), [("a", 8 * A_FILE)], cookie) == [expected]
