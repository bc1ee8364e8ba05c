"""The class of this server: its database, its model, its address. Read from the environment that `sanctions-lab app` sets."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, urlencode

from sim.serving import default_data_dir
from ui.classroom.clock import pause_after_silence
from ui.classroom.engine import ModelEngine, model_engine
from ui.classroom.keys import is_instructor, reset_passphrase, setup_code
from ui.classroom.resolution import release_claims
from ui.classroom.sessions import purge
from ui.classroom.store import Store, database_url, open_store

NEW_PASSPHRASE = "SANCTIONS_LAB_NEW_PASSPHRASE"
DATA, DATABASE, ADDRESS = "SANCTIONS_LAB_DATA", "SANCTIONS_LAB_DATABASE", "SANCTIONS_LAB_PUBLIC_URL"
TIDY_SECONDS = 600.0  # addresses of browsers are kept for minutes
_LOG = logging.getLogger(__name__)


def data_folder() -> Path:
    """Where this installation keeps its classes."""
    return Path(os.environ.get(DATA) or default_data_dir())


def the_store() -> Store:
    """The store of this server, opened (and its tables brought up to date) when first asked for."""
    return _opened(data_folder(), os.environ.get(DATABASE) or None)


@lru_cache(maxsize=8)
def _opened(folder: Path, database: str | None) -> Store:
    return open_store(database_url(folder, database))


def is_the_instructor(key: str) -> bool:
    """Whether a key opens the instructor's page of this server."""
    return is_instructor(the_store(), key)


def the_model() -> ModelEngine:
    """The model's own process."""
    return model_engine()


def public_url() -> str:
    """The address that links and QR codes lead to, without a slash at the end."""
    return (os.environ.get(ADDRESS) or "http://127.0.0.1:8501").rstrip("/")


def seat_link(secret: str, language: str = "") -> str:
    """The link of a seat, in a language where one is named."""
    return f"{public_url()}/seat?k={quote(secret)}" + (f"&lang={quote(language)}" if language else "")


def join_link(code: str = "", language: str = "") -> str:
    """The link of the join page, with the code and the language filled in where they are known."""
    query = urlencode({name: value for name, value in (("code", code), ("lang", language)) if value})
    return f"{public_url()}/join" + (f"?{query}" if query else "")


def screen_link(secret: str, language: str = "") -> str:
    """The link of the projector page, in a language where one is named."""
    return f"{public_url()}/screen?k={quote(secret)}" + (f"&lang={quote(language)}" if language else "")


def setup_link(code: str) -> str:
    """The link on which the first passphrase is set."""
    return f"{public_url()}/door?setup={quote(code)}"


def open_up() -> str | None:
    """What a server does before the first visitor: old sessions go, rounds that a server now gone had begun are given back,
    clocks that ran on in silence are paused, the model wakes up.

    Returns the set-up code while no passphrase is set.
    """
    store = the_store()
    if os.environ.pop(NEW_PASSPHRASE, ""):
        reset_passphrase(store)
    purge(store)
    release_claims(store)
    pause_after_silence(store)
    threading.Thread(target=_wake, name="wake the model", daemon=True).start()
    threading.Thread(target=keep_tidy, args=(store, threading.Event().wait), name="tidy up", daemon=True).start()
    return setup_code(store)


def keep_tidy(store: Store, wait: Callable[[float], object]) -> None:
    """Delete what is past its retention as long as the server runs. `wait(seconds)` may answer with something true to end it."""
    while not wait(TIDY_SECONDS):
        try:
            purge(store)
        except Exception:  # a busy or broken database is no reason to stop: the next turn comes
            _LOG.exception("what is past its retention could not be deleted; it is tried again")


def _wake() -> None:
    try:
        the_model().warm_up()
    except RuntimeError:
        _LOG.exception("the model could not be started; it is tried again when it is needed")
