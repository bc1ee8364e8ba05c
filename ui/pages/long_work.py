"""A piece of long work on a page: a button that starts it, its progress with a button that stops it, and its answer when it is there.

Progress is drawn by a fragment that looks every second; the rest of the page stays as it is and can be used.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from typing import Any

import streamlit as st

from ui.background import Background, Work
from ui.text import Words, plain

WORKS = Background()
EVERY = 1.0  # seconds between two looks
WATCHER = "long-work-watcher"


def kept(key: str, usual: Any) -> Any:
    """What a visitor chose before on a page that was left and opened again: Streamlit forgets the widgets of a page that is left."""
    return st.session_state.get(f"kept-{key}", usual)


def keep(key: str, value: Any) -> Any:
    """Remember a choice for `kept`."""
    st.session_state[f"kept-{key}"] = value
    return value


def long_work(asked: Mapping[str, Any], key: str, label: str, w: Words, disabled: bool = False) -> dict[str, Any] | None:
    """Draw the button or the progress; return the answer when there is one. `asked` is what `ui.explore_worker` reads."""
    work = WORKS.find(asked)
    if work is None or work.state == "failed" or (work.state == "stopped" and work.result is None):
        if work is not None:
            st.error(plain(w.t("explore.run.failed", problem=work.problem)), icon=":material/error:")
        _start_button(asked, key, label, w, disabled)
        return None
    if work.running:
        _watch(work, key, w)
        return None
    if work.state == "stopped":
        _start_button(asked, key, w.t("explore.ask.again"), w, disabled)
    return work.result


def _start_button(asked: Mapping[str, Any], key: str, label: str, w: Words, disabled: bool) -> None:
    if not st.button(label, icon=":material/play_arrow:", type="primary", key=f"{key}-start", disabled=disabled):
        return
    if WORKS.start(asked, _watcher()) is None:
        st.warning(w.t("explore.run.busy"), icon=":material/hourglass_top:")
    else:
        st.rerun()


def _watch(work: Work, key: str, w: Words) -> None:
    @st.fragment(run_every=EVERY)
    def progress() -> None:
        if not work.running:
            st.rerun()
        share = work.done / work.total if work.total else 0.0
        seconds = work.left(time.monotonic())
        if work.told_to_stop:
            text = w.t("explore.run.stopping")
        elif seconds is None:
            text = w.t("explore.run.waiting")
        else:
            text = w.t("explore.run.left", done=w.number(work.done), total=w.number(work.total), left=_left(seconds, w))
        st.progress(share, text)
        if st.button(w.t("explore.run.stop"), icon=":material/stop:", key=f"{key}-stop", disabled=work.told_to_stop):
            WORKS.leave(work, _watcher())
            work.watchers.discard(_watcher())
            st.rerun(scope="fragment")

    progress()
    st.caption(w.t("explore.run.meanwhile"))


def _left(seconds: float, w: Words) -> str:
    if seconds < 90:
        return w.t("explore.run.seconds", count=max(1, round(seconds)))
    return w.t("explore.run.minutes", count=round(seconds / 60))


def _watcher() -> str:
    """A name for this visitor, known to nobody else."""
    return str(st.session_state.setdefault(WATCHER, secrets.token_hex(8)))
