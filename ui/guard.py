"""A brake on one connection: a browser that floods the server with messages waits, the others do not.

One student sending rerun frames in a loop froze a whole class in a test; with this brake nobody noticed.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

A_SECOND = 12.0  # messages a person's browser may send for long (assumption: a slider dragged sends about five)
AT_ONCE = 40.0  # and in a burst


class Guard:
    """ASGI middleware: the messages of one websocket are taken at most so fast."""

    def __init__(self, app: App, a_second: float = A_SECOND, at_once: float = AT_ONCE, clock: Callable[[], float] = time.monotonic) -> None:
        self.app, self.a_second, self.at_once, self.clock = app, a_second, at_once, clock

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Pass everything on; hold a websocket's messages back when its allowance is used up."""
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
