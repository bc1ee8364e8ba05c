"""What every answer tells the browser, and who may read what the server writes."""

from __future__ import annotations

import asyncio
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.files import ROOT
from ui.door import HEADERS as OF_THE_DOOR
from ui.headers import HEADERS, POLICY, Headers

PRIVATE = "from ui import serve; serve.keep_private(); assert serve.opened()"


def _answer(kind: str, headers: list[tuple[bytes, bytes]]) -> list[dict[str, Any]]:
    """What goes out when the app behind answers a request of this kind with these headers."""
    sent: list[dict[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": f"{kind}.response.start" if kind == "http" else "websocket.accept", "status": 200, "headers": headers})

    async def receive() -> dict[str, Any]:
        return {"type": f"{kind}.request"}

    async def send(message: Any) -> None:
        sent.append(dict(message))

    asyncio.run(Headers(app)({"type": kind}, receive, send))
    return sent


def test_every_answer_says_that_nothing_comes_from_outside_and_nothing_is_told_there() -> None:
    (start,) = _answer("http", [(b"content-type", b"text/html")])
    said = dict(start["headers"])
    assert said[b"content-type"] == b"text/html"
    assert said[b"referrer-policy"] == b"same-origin" and said[b"x-content-type-options"] == b"nosniff"
    for what in ("default-src 'self'", "object-src 'none'", "frame-ancestors 'self'", "form-action 'self'"):
        assert what in said[b"content-security-policy"].decode()


def test_no_part_of_the_policy_lets_another_site_in() -> None:
    allowed = {"'self'", "'none'", "'unsafe-inline'", "data:", "blob:", "ws:", "wss:"}
    assert set(" ".join(POLICY.values()).split()) <= allowed
    assert {what for what, where in POLICY.items() if "ws:" in where} == {"connect-src"}


def test_what_a_page_says_itself_stands_and_stands_once() -> None:
    own = [(name.lower().encode(), value.encode()) for name, value in OF_THE_DOOR.items()]
    (start,) = _answer("http", own)
    names = [name for name, _ in start["headers"]]
    assert sorted(names) == sorted({*names}) and {*HEADERS} <= {*names}
    assert dict(start["headers"])[b"content-security-policy"] == OF_THE_DOOR["Content-Security-Policy"].encode()


def test_websockets_pass_untouched() -> None:
    assert _answer("websocket", []) == [{"type": "websocket.accept", "status": 200, "headers": []}]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a user's folders private by other means")
def test_nobody_else_on_the_machine_may_read_the_classes_files(tmp_path: Path) -> None:
    home = tmp_path / "data"
    environment = {**os.environ, "SANCTIONS_LAB_DATA": str(home)}
    environment.pop("SANCTIONS_LAB_DATABASE", None)
    subprocess.run([sys.executable, "-c", PRIVATE], cwd=ROOT, env=environment, check=True)
    written = [home, *home.rglob("*")]
    assert len(written) > 1
    assert [path.name for path in written if stat.S_IMODE(path.stat().st_mode) & 0o077] == []
