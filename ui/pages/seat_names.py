"""What a deed has to name beside a state: which organisation one joins or leaves, which partner the other side is asked to leave, what a threat threatens,
which deal is proposed, how one votes.

Only what would come to something is offered; the choice is kept in the draft as the lever's option in words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from sim import api
from ui.classroom.openings import named
from ui.named import choices, first_words
from ui.pages.seat_desk import SeatDesk

Move = Mapping[str, Any]
Change = Callable[..., None]  # changes the named parts of a move in the draft
ORGANISATION, LEAVE = "organisation", "leave"
MEMBERSHIP = "membership"


def first_names(desk: SeatDesk, lever: str, target: str) -> dict[str, Any]:
    """The first of what a lever may name, as parts of a move; empty for a lever that names nothing."""
    if words := first_words(api.LEVERS[lever]):
        return {"options": dict(words)}
    ways = named(desk.lesson.scenario, desk.me, desk.seen).get(lever, {})
    if lever == MEMBERSHIP and ways:
        way = next(iter(ways))
        return {"value": float(way), "options": {ORGANISATION: ways[way][0]}}
    partners = ways.get(target, ())
    return {"options": {LEAVE: partners[0]}} if partners else {}


def pick_names(desk: SeatDesk, move: Move, key: str, change: Change) -> bool:
    """Ask what this move names; whether that settles its level too."""
    w, places, lever = desk.w, desk.places, str(move["lever"])
    offered = choices(api.LEVERS[lever], w, move["options"], {"me": places.state(desk.me), "them": places.state(str(move["target"]))})

    def picked() -> None:
        change(options={**move["options"], **{note: st.session_state[f"{key}-{note}"] for note in offered}})

    for note, words in offered.items():
        _pick(w.t(f"naming.label.{note}"), words, move["options"].get(note, ""), f"{key}-{note}", picked)
    ways = named(desk.lesson.scenario, desk.me, desk.seen).get(lever)
    if not ways:
        return False
    options = dict(move["options"])
    if lever == MEMBERSHIP:
        both = [(float(way), one) for way, found in ways.items() for one in found]
        said = {at: w.t("seat.decide.join" if at[0] >= 0.5 else "seat.decide.leave", name=places.organisations.get(at[1], at[1])) for at in both}

        def chosen() -> None:
            level, organisation = st.session_state[f"{key}-name"]
            change(value=level, options={**options, ORGANISATION: organisation})

        now = (1.0 if float(move["value"]) >= 0.5 else 0.0, options.get(ORGANISATION, ""))
        _pick(w.t("seat.decide.organisation"), said, now, f"{key}-name", chosen)
        return True
    partners = {one: places.state(one) for one in ways.get(str(move["target"]), ())}
    if partners:

        def asked() -> None:
            change(options={**options, LEAVE: st.session_state[f"{key}-name"]})

        _pick(w.t("seat.decide.partner"), partners, options.get(LEAVE, ""), f"{key}-name", asked)
    return False


def _pick(label: str, names: Mapping[Any, str], now: Any, key: str, changed: Callable[[], None]) -> None:
    options = list(names)
    st.selectbox(label, options, index=options.index(now) if now in names else 0, format_func=lambda one: names[one], key=key, on_change=changed)
