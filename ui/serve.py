"""Start the server with everything heavy already imported, so that the first visitor waits for a page and not for Python.

python -m ui.serve [--server.port=8501 and other options of Streamlit]
"""

from __future__ import annotations

import ctypes
import gc
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sim.refusals import Refusal

if TYPE_CHECKING:
    from streamlit.starlette import App

ENTRY = Path(__file__).parent / "entry" / "app.py"
FILES = 8192
M_ARENA_MAX = -8  # in malloc.h of glibc
SETTINGS: dict[str, object] = {  # a class needs these whoever starts the server; measured: without the first, ten students are the limit
    "runner.postScriptGC": False,
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": False,
    "server.headless": True,  # else Streamlit shows its advertisements for developers, with a button that writes files
    "client.showErrorDetails": "none",  # what went wrong inside is for the log, not for thirty phones
    "client.allowedOrigins": [],  # no page of another site may send orders to an open page; Streamlit would let all those of its own cloud
    "server.maxUploadSize": 40,  # MB: a whole session file; `guard` allows strangers less
}
DEVELOPERS = frozenset({"load_git_info", "clear_cache", "set_run_on_save", "debug_disconnect_websocket", "debug_shutdown_runtime"})


def main() -> None:
    """Import the model and the pages, open the class's store, then serve until stopped. Exit code 2: the store cannot be opened."""
    from ui.catalogue import cards
    from ui.house import setup_link

    keep_private()
    _share_memory()
    _allow_files()
    ask_nobody_outside()
    cards()
    _import_pages()
    _draw_ahead()
    code = opened()
    if code is not None:
        print(f"  set the instructor's passphrase: {setup_link(code)}", file=sys.stderr, flush=True)
    gc.freeze()  # what has been imported stays: the collector need not look through it again and again
    gc.collect()  # and it counts from here, or it would wait for a quarter as much again before it looks at all
    asked, sys.argv = sys.argv[1:], sys.argv[:1]
    with suppress(KeyboardInterrupt):  # Ctrl-C is how a server ends
        application().run(config={**SETTINGS, **read_flags(asked)})


def opened() -> str | None:
    """`ui.house.open_up`; a database that cannot be used ends the program with one sentence and exit code 2."""
    from sqlalchemy.exc import SQLAlchemyError

    from ui.house import open_up

    try:
        return open_up()
    except Refusal as refusal:
        sentence = str(refusal)
    except (SQLAlchemyError, ValueError, ImportError) as problem:  # of an address that no driver understands
        reason = str(problem).strip().splitlines() or [type(problem).__name__]
        sentence = f"database: its address cannot be used ({reason[0]}); allowed is postgresql://user:password@host/name or sqlite:///file."
    print(sentence, file=sys.stderr, flush=True)
    raise SystemExit(2)


def keep_private() -> None:
    """What this program writes nobody else on the machine may read: the class's decisions lie in its files."""
    os.umask(0o077)


def application() -> App:
    """The app with the instructor's door before it, a brake on every connection, and what every answer tells the browser."""
    from starlette.middleware import Middleware
    from streamlit.starlette import App

    from ui.door import COOKIE, routes
    from ui.guard import Guard
    from ui.headers import Headers
    from ui.house import is_the_instructor

    guard = Middleware(Guard, cookie=COOKIE, instructor=is_the_instructor, unwanted=for_developers)
    return App(ENTRY, routes=routes(), middleware=[Middleware(Headers), guard])


def for_developers(message: bytes) -> bool:
    """Whether a browser's message is one that Streamlit takes from a developer's page: for the first of them it asks git who changed which file, and
    everybody waits for the answer. What cannot be read is Streamlit's to refuse."""
    from google.protobuf.message import DecodeError
    from streamlit.proto.BackMsg_pb2 import BackMsg

    try:
        return BackMsg.FromString(message).WhichOneof("type") in DEVELOPERS
    except DecodeError:
        return False


def read_flags(flags: list[str]) -> dict[str, object]:
    """Options written `--name=value`, as Streamlit's command takes them, with numbers and yes/no as such."""
    found: dict[str, object] = {}
    for flag in flags:
        name, equals, value = flag.removeprefix("--").partition("=")
        if not equals:
            raise SystemExit(f"'{flag}': write options as --name=value")
        found[name] = {"true": True, "false": False}.get(value.lower(), int(value) if value.isdigit() else value)
    return found


def _share_memory() -> None:
    """Let all threads take memory from the same two heaps: every page is drawn by a thread of its own, and what one gave back the others could not use."""
    give = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if give is not None:  # only glibc has it
        give(M_ARENA_MAX, 2)


def _allow_files() -> None:
    """More open files than the usual thousand, where the system allows: every page is one."""
    if sys.platform != "win32":
        import resource

        now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = FILES if most == resource.RLIM_INFINITY else min(FILES, most)
        if now != resource.RLIM_INFINITY and now < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def ask_nobody_outside() -> None:
    """Streamlit would ask a machine on the internet for this one's address, at the start and whenever a page from elsewhere knocks. Nobody needs it."""
    from streamlit import net_util

    net_util.get_external_ip = lambda: None


def _draw_ahead() -> None:
    from ui.house import the_model
    from ui.pages.drawn_ahead import draw_ahead

    the_model().ahead = draw_ahead


def _import_pages() -> None:
    import streamlit  # noqa: F401
    from altair.utils.schemapi import disable_debug_mode

    from ui.pages import author, explore, first, join, lab, model, politics, screen, seat, start, teach, world  # noqa: F401

    disable_debug_mode()  # checking a picture against the schema takes longer than drawing it; the tests check


if __name__ == "__main__":
    main()
