"""A brake on one connection: a browser that floods the server with messages waits, the others do not. And a limit on what may be sent up.

Every open page costs memory, and what is typed into it is kept as long as it is open, so how many pages an address may have open is limited
(a whole school may share one), and how long a message may be. Messages that no page of the app sends are dropped.

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
PAGES = 400  # websockets of one address open at once: a large class behind one address, some with two tabs (assumption)
A_MESSAGE = 1_000_000  # bytes of one message: all that is typed into a page is far less
UPLOADS = "/_stcore/upload_file/"
A_FILE, AN_ADDRESS, ALTOGETHER, WINDOW = 5_000_000, 20_000_000, 100_000_000, 600.0  # bytes from strangers, in so many seconds (assumption)
TOO_LARGE, TOO_MANY, NO_LENGTH = 413, 429, 411
CLOSE_TOO_BIG, CLOSE_LATER = 1009, 1013  # websocket close codes


class Guard:
    """ASGI middleware: the messages of one websocket are taken at most so fast, and files at most so large.

    `instructor` says whether the value of the cookie named `cookie` is an instructor's key, `unwanted` whether a message is to be dropped.
    """

    def __init__(
        self,
        app: App,
        a_second: float = A_SECOND,
        at_once: float = AT_ONCE,
        clock: Callable[[], float] = time.monotonic,
        cookie: str = "",
        instructor: Callable[[str], bool] = lambda key: False,
        unwanted: Callable[[bytes], bool] = lambda message: False,
    ) -> None:
        self.app, self.a_second, self.at_once, self.clock = app, a_second, at_once, clock
        self.cookie, self.instructor, self.unwanted = cookie, instructor, unwanted
        self._sent: dict[str, int] = {}  # bytes by address in this window
        self._open: dict[str, int] = {}  # websockets by address
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
        address = _address(scope)
        if self._open.get(address, 0) >= PAGES:
            await receive()  # the knock itself
            await send({"type": "websocket.close", "code": CLOSE_LATER})
            return
        self._open[address] = self._open.get(address, 0) + 1
        try:
            await self.app(scope, self._slowed(receive, send), send)
        finally:
            self._open[address] -= 1
            if not self._open[address]:
                del self._open[address]

    def _slowed(self, receive: Receive, send: Send) -> Receive:
        """The messages of a websocket at the allowed pace, without the unwanted ones; one that is too long ends it."""
        allowance, seen, ended = self.at_once, self.clock(), False

        async def slowed() -> Message:
            nonlocal allowance, seen, ended
            if ended:
                return {"type": "websocket.disconnect", "code": CLOSE_TOO_BIG}
            while True:
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                if len(message.get("bytes") or message.get("text") or b"") > A_MESSAGE:
                    ended = True
                    await send({"type": "websocket.close", "code": CLOSE_TOO_BIG})
                    return {"type": "websocket.disconnect", "code": CLOSE_TOO_BIG}
                now = self.clock()
                allowance, seen = min(self.at_once, allowance + (now - seen) * self.a_second), now
                allowance -= 1.0
                if allowance < 0:
                    await asyncio.sleep(-allowance / self.a_second)
                if not self.unwanted(message.get("bytes") or b""):
                    return message

        return slowed

    async def _refused(self, scope: Scope) -> int:
        """The status with which a file is refused, or 0. Counts what is let through."""
        headers = {bytes(name).lower(): bytes(value) for name, value in scope.get("headers", ())}
        said = headers.get(b"content-length", b"").decode("latin-1")
        if not (said.isascii() and said.isdigit() and len(said) < 20):
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
        address = _address(scope)
        if self._sent.get(address, 0) + int(said) > AN_ADDRESS or sum(self._sent.values()) + int(said) > ALTOGETHER:
            return TOO_MANY
        self._sent[address] = self._sent.get(address, 0) + int(said)
        return 0


def _address(scope: Scope) -> str:
    return str((scope.get("client") or ("unknown",))[0])


def _cookie(line: str, name: str) -> str:
    try:
        found = SimpleCookie(line).get(name)
    except CookieError:
        return ""
    return found.value if found is not None else ""
