"""The instructor's page: log in, get ready, make or reopen a session, and run it. Every action checks the key again in the store."""

from __future__ import annotations

import streamlit as st

from ui.classroom import keys, readiness, sessions
from ui.classroom.refused import Refusal
from ui.classroom.reopening import reopen_session
from ui.classroom.store import Store
from ui.classroom.text import display
from ui.door import COOKIE
from ui.house import data_folder, public_url, the_model, the_store
from ui.pages.class_desk import phase_words, refuse_later, said, say_later
from ui.pages.desk import language
from ui.pages.shown import WIDE
from ui.pages.start import Pages
from ui.pages.teach_make import keep_form, make
from ui.pages.teach_run import run
from ui.pages.upload import upload
from ui.telling import refusal_told
from ui.text import Words, plain

KEY = "instructor-key"
LINKS = "links"  # secrets of links made in this browser session: shown once, never read back from the store
ICONS = {"ok": ":material/check_circle:", "warning": ":material/warning:", "problem": ":material/error:"}
CARD = 300  # pixels at least


def show(pages: Pages) -> None:
    """Draw the door, the list of sessions, or the session of the link."""
    w = language()
    store = the_store()
    key = str(st.session_state.get(KEY) or st.context.cookies.to_dict().get(COOKIE) or "")
    if not keys.is_instructor(store, key):
        _door(store, w)
        return
    uid = str(st.query_params.get("s", ""))
    if uid:
        keep_form()
        try:
            run(store, the_model(), key, uid, w)
        except Refusal as problem:
            st.error(display(str(problem)), icon=":material/error:")
            st.button(w.t("teach.back"), on_click=st.query_params.clear)
        return
    _home(store, key, w)


def _door(store: Store, w: Words) -> None:
    st.title(w.t("teach.title"), anchor=False)
    st.markdown(w.t("teach.door_text"))
    if keys.has_passphrase(store):
        st.html(f'<a href="door" target="_self" class="door">{w.t("teach.to_door")}</a>')
    else:
        st.info(w.t("teach.no_passphrase"), icon=":material/key:")
    st.caption(w.t("teach.student"))


def _home(store: Store, key: str, w: Words) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        st.title(w.t("teach.title"), anchor=False, width="content")
        st.button(w.t("teach.logout"), icon=":material/logout:", key="logout", on_click=_logout, args=(store, key))
    said()
    _ready(store, w)
    _sessions(store, key, w)
    made = make(store, the_model(), key, w)
    if made is not None:
        remember(made.uid, dict(made.links), made.projector)
        st.query_params["s"] = made.uid
        st.rerun()
    _reopen(store, key, w)


def remember(uid: str, links: dict[str, str], projector: str) -> None:
    """Keep links just made for as long as this browser tab lives."""
    kept = st.session_state.setdefault(LINKS, {})
    kept[uid] = {"seats": {**kept.get(uid, {}).get("seats", {}), **links}, "projector": projector or kept.get(uid, {}).get("projector", "")}


def _logout(store: Store, key: str) -> None:
    try:
        keys.logout(store, key)
    except Refusal as problem:
        refuse_later(problem)
    st.session_state.pop(KEY, None)
    st.session_state.pop(LINKS, None)


def _ready(store: Store, w: Words) -> None:
    checks = [readiness.data_folder(data_folder()), readiness.database(store), readiness.address(public_url())]
    checks += [readiness.passphrase(store), readiness.disk(data_folder())]
    bad = [check for check in checks if check.status != "ok"]
    label = w.t("teach.ready.not", count=len(bad)) if bad else w.t("teach.ready.yes")
    with st.expander(label, icon=ICONS["warning" if bad else "ok"], expanded=bool(bad), key="ready"):
        for check in checks:
            show_check(check, w)


def show_check(check: readiness.Check, w: Words) -> None:
    """A line of the readiness page: sign, word and sentence."""
    word = w.t(f"teach.ready.{check.status}")
    st.markdown(f"{ICONS[check.status]} **{word}** · {plain(refusal_told(check.sentence, w))}")


def _sessions(store: Store, key: str, w: Words) -> None:
    sessions.purge(store)
    rows = sessions.listed(store, key)
    st.header(w.t("teach.sessions"), anchor=False)
    if not rows:
        st.markdown(w.t("teach.no_sessions"))
        return
    with st.grid(3, min_column_width=CARD):
        for row in rows:
            with st.container(border=True, height=WIDE, vertical_alignment="distribute"):
                with st.container(gap="xsmall"):
                    st.markdown(f"**{display(row.title)}**")
                    st.markdown(phase_words(row.phase, row.round, row.rounds, w))
                    if row.rehearsal:
                        st.badge(w.t("teach.rehearsal"), icon=":material/smart_toy:", color="gray")
                    dates = {"made": row.made_at.date().isoformat(), "gone": row.deleted_on.date().isoformat()}
                    st.caption(w.t("teach.kept", **dates))
                if st.button(w.t("teach.open"), key=f"open-{row.uid}", icon=":material/arrow_forward:"):
                    st.query_params["s"] = row.uid
                    st.rerun()


def _reopen(store: Store, key: str, w: Words) -> None:
    with st.expander(w.t("teach.reopen.title"), icon=":material/upload_file:", key="reopen"):
        st.markdown(w.t("teach.reopen.text"))
        given = upload(w.t("teach.reopen.file"), ("json",), "reopen-file", w)
        if given is not None and st.button(w.t("teach.reopen.do"), type="primary", key="reopen-do"):
            try:
                made = reopen_session(store, key, given.getvalue(), str(st.context.ip_address or "127.0.0.1"))
            except Refusal as problem:
                st.error(display(str(problem)), icon=":material/error:")
                return
            remember(made.uid, dict(made.links), made.projector)
            say_later(w.t("teach.reopen.done"))
            st.query_params["s"] = made.uid
            st.rerun()
