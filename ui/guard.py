"""A brake on one connection: a browser that floods the server with messages waits, the others do not. And a limit on what may be sent up.

One student sending rerun frames in a loop froze a whole class in a test; with this brake nobody noticed. A file that a page takes is held in the
server's memory for as long as the tab lives, so what a stranger may send is limited by size and in sum; the instructor may send a whole
session file.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

from anyio import to_thread

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

A_SECOND = 12.0  # messages a person's browser may send for long (assumption: a slider dragged sends about five)
AT_ONCE = 40.0  # and in a burst
UPLOADS = "/_stcore/upload_file/"
A_FILE, AN_ADDRESS, ALTOGETHER, WINDOW = 5_000_000, 20_000_000, 100_000_000, 600.0  # bytes from strangers, in so many seconds (assumption)
TOO_LARGE, TOO_MANY, NO_LENGTH = 413, 429, 411


class Guard:
    """ASGI middleware: the messages of one websocket are taken at most so fast, and files at most so large.

    `instructor` says whether the value of the cookie named `cookie` is an instructor's key.
    """

    def __init__(
        self,
        app: App,
        a_second: float = A_SECOND,
        at_once: float = AT_ONCE,
        clock: Callable[[], float] = time.monotonic,
        cookie: str = "",
        instructor: Callable[[str], bool] = lambda key: False,
    ) -> None:
        self.app, self.a_second, self.at_once, self.clock = app, a_second, at_once, clock
        self.cookie, self.instructor = cookie, instructor
        self._sent: dict[str, int] = {}  # bytes by address in this window
        self._window = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; hold a websocket's messages back when its allowance is used up."""
        if scope["type"] == "http" and scope.get("method") == "PUT" and UPLOADS in str(scope.get("path", "")):
            refused = await self._refused(scope)
            if refused:
                await send({"type": "http.response.start", "status": refused, "headers": [(b"content-length", b"0")]})
                await send({"type": "http.response.body", "body": b""})
                return
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        allowance, seen = self.at_once, self.clock()

        async def slowed() -> Message:
            nonlocal allowance, seen
            message = await receive()
            if message["type"] == "websocket.receive":
                now = self.clock()
                allowance, seen = min(self.at_once, allowance + (now - seen) * self.a_second), now
                allowance -= 1.0
                if allowance < 0:
                    await asyncio.sleep(-allowance / self.a_second)
            return message

        await self.app(scope, slowed, send)

    async def _refused(self, scope: Scope) -> int:
        """The status with which a file is refused, or 0. Counts what is let through."""
        headers = {bytes(name).lower(): bytes(value) for name, value in scope.get("headers", ())}
        said = headers.get(b"content-length", b"").decode("latin-1")
        if not said.isdigit():
            return NO_LENGTH
        key = _cookie(headers.get(b"cookie", b"").decode("latin-1"), self.cookie)
        known: bool = bool(key) and bool(await to_thread.run_sync(self.instructor, key))
        if known:
            return 0  # how large a file may be for the instructor is a setting of the server
        if int(said) > A_FILE:
            return TOO_LARGE
        window = int(self.clock() // WINDOW)
        if window != self._window:
            self._window, self._sent = window, {}
        address = str((scope.get("client") or ("unknown",))[0])
        if self._sent.get(address, 0) + int(said) > AN_ADDRESS or sum(self._sent.values()) + int(said) > ALTOGETHER:
            return TOO_MANY
        self._sent[address] = self._sent.get(address, 0) + int(said)
        return 0


def _cookie(line: str, name: str) -> str:
    try:
        found = SimpleCookie(line).get(name)
    except CookieError:
        return ""
    return found.value if found is not None else ""
