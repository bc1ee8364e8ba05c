"""Paper for a session: its seats, with their own links while this browser tab knows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from ui.house import join_link, seat_link
from ui.pages.print_panel import Make, print_panel, scenario_offers
from ui.pages.teach_desk import TeachDesk
from ui.print.parts import Part, parts
from ui.print.seat_cards import SeatCard, seat_cards


def paper_for(desk: TeachDesk, links: Mapping[str, str]) -> None:
    """The print panel of a session; `links` are the secrets of seats made in this browser tab, by label."""
    w, found, setting = desk.w, desk.board, desk.places.setting
    cast = _cast(desk)
    door, code, lesson = join_link(found.join_code), found.join_code, found.title
    cards = [
        SeatCard(part.title, desk.places.state(part.state), seat_link(links[part.label]) if part.label in links else "", door, code) for part in cast
    ]
    offers: dict[str, Make] = {"cards": lambda size: seat_cards(cards, lesson, size, w)}
    if setting is not None:
        offers |= scenario_offers(setting, w, cast, found.rounds, lesson)
    with st.expander(w.t("print.panel"), icon=":material/print:", key="print"):
        print_panel(offers, lesson, "class-print", w, "" if links else w.t("print.offer.cards.no_links"))


def _cast(desk: TeachDesk) -> list[Part]:
    """The seats of the session with the packets of their roles."""
    setting = desk.places.setting
    roles = {(part.label, part.state): part for part in parts(setting)} if setting is not None else {}
    titles = {place.label: place.title for place in desk.lesson.places}
    return [
        replace(roles.get((seat.role, seat.state), Part(seat.label, seat.state, "")), label=seat.label, title=titles.get(seat.label, seat.label))
        for seat in desk.board.seats
    ]
