"""The start page: what this is in one sentence, a door for each way in, and the scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import streamlit as st

from ui.catalogue import Card, cards
from ui.first_play import ready
from ui.pages.desk import choose_language, in_link, language
from ui.pages.shown import WIDE
from ui.telling import tell, told
from ui.text import Words, plain

if TYPE_CHECKING:
    from sim.scenario.scenario import Teaching

Pages = Mapping[str, Any]  # name -> st.Page
DOORS = ("class", "model")  # shown as soon as their page exists
ICONS = {"play": ":material/flag:", "class": ":material/school:", "model": ":material/search:"}
TIMES = (20, 50, 90)  # minutes: a beginning, one lesson, a long lesson
COLUMNS = 3
CARD = 300  # pixels at least


def show(pages: Pages) -> None:
    """Draw the page. `pages` holds the pages that exist, by name."""
    w = language()
    found = cards()
    st.title(w.t("start.title"), anchor=False)
    st.markdown(f"#### {w.t('start.sentence')}", anchors=False)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.caption(w.t("start.stance"), width="content")
        choose_language(w)
    if not found:
        st.warning(w.t("start.none"))
        return
    _doors(pages, found, w)
    st.header(w.t("start.choose"), anchor=False)
    scenario_cards(pages, found, w)
    if "author" in pages:
        st.page_link(pages["author"], label=w.t("start.author"), icon=":material/edit_note:")


def _doors(pages: Pages, found: list[Card], w: Words) -> None:
    doors = [door for door in DOORS if door in pages]
    for place, column in zip(["play", *doors], st.columns(1 + len(doors)), strict=True):
        with column.container(border=True, height=WIDE, gap="xsmall"):
            if place != "play":
                if st.button(w.t(f"start.door.{place}.button"), icon=ICONS[place], key=f"door-{place}", width=WIDE):
                    st.switch_page(pages[place], query_params=in_link(w))
            elif "first" in pages and ready():
                if st.button(w.t("start.door.play.button"), icon=ICONS[place], key="door-first", type="primary", width=WIDE):
                    st.switch_page(pages["first"], query_params=in_link(w))
            else:
                _open(pages, found[0], plain(tell(found[0].title, found[0].id, w)), "door-play", main=True)
            st.markdown(w.t(f"start.door.{place}.text"))
            if place == "class" and "join" in pages:
                st.page_link(pages["join"], label=w.t("start.door.class.join"), icon=":material/login:", query_params=in_link(w))


def scenario_cards(pages: Pages, found: list[Card], w: Words) -> None:
    """The scenarios by the time they take: the shortest open, the longer ones a press away, so that a phone shows a page and not a scroll."""
    groups: dict[int, list[Card]] = {}
    for card in found:
        groups.setdefault(_time(card), []).append(card)
    for place, (minutes, members) in enumerate(groups.items()):
        if not place:
            _grid(pages, members, w)
            continue
        label = w.t("start.longer", count=len(members), minutes=w.number(minutes)) if minutes else w.t("start.shut", count=len(members))
        with st.expander(label, icon=":material/schedule:" if minutes else ":material/warning:", key=f"start-{minutes}"):
            _grid(pages, members, w)


def _time(card: Card) -> int:
    """The most minutes of the group a card belongs to; 0 for one that cannot be opened."""
    if card.setting is None:
        return 0
    return next((most for most in TIMES if card.setting.text.minutes <= most), TIMES[-1])


def _grid(pages: Pages, found: list[Card], w: Words) -> None:
    with st.grid(COLUMNS, min_column_width=CARD):
        for card in found:
            with st.container(border=True, height=WIDE, vertical_alignment="distribute"):
                with st.container():
                    _card(card, w)
                if card.setting is not None:
                    with st.container(horizontal=True, gap="small"):
                        _open(pages, card, w.t("start.open"), f"open-{card.id}")
                        _about(card, w)


def _card(card: Card, w: Words) -> None:
    st.subheader(plain(tell(card.title, card.id, w)), anchor=False)
    if card.setting is None:
        st.warning(plain(w.t("start.broken", problem=card.problem)))
        return
    text = card.setting.text
    st.markdown(f"**{plain(tell(card.setting.question, card.id, w))}**")
    with st.container(horizontal=True, gap="small"):
        st.badge(w.t("start.minutes", minutes=w.number(text.minutes)), icon=":material/schedule:", color="gray")
        st.badge(_students(text, w), icon=":material/group:", color="gray")
        st.badge(w.t(f"start.{card.setting.kind}"), icon=":material/menu_book:", color="gray")
        if not told(card.id, w):
            st.badge(w.t("common.in_english"), icon=":material/translate:", color="gray")


def _about(card: Card, w: Words) -> None:
    """What a scenario shows, and what is good to know before: asked for, so that fourteen cards stay readable."""
    assert card.setting is not None
    text = card.setting.text
    if not text.objectives and not text.content_note:
        return
    with st.popover(w.t("start.about"), key=f"about-{card.id}"):
        if text.objectives:
            st.markdown(f"{w.t('start.objectives')}:\n\n" + "\n".join(f"- {plain(tell(objective, card.id, w))}" for objective in text.objectives))
        if text.content_note:
            st.caption(f"{w.t('start.note')}: {plain(tell(text.content_note, card.id, w))}")


def _students(text: Teaching, w: Words) -> str:
    """How many can be in the class, which is more than it has seats: several share one."""
    return w.t("start.seats", count=text.max_seats, low=w.number(text.min_seats), high=w.number(text.max_seats))


def _open(pages: Pages, card: Card, label: str, key: str, main: bool = False) -> None:
    w = language()
    if st.button(label, icon=":material/play_arrow:", key=key, type="primary" if main else "secondary"):
        st.switch_page(pages["lab"], query_params={"scenario": card.id, **in_link(w)})
