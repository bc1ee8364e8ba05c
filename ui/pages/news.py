"""What a round has brought, in words: what matters most to the reader first, and nothing that was so from the start.

First what concerns the reader's own state, then where somebody withdrew, left, agreed or settled, then the rest; each in the order of the record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import streamlit as st

from sim import api
from ui.class_run import atlas
from ui.classroom.openings import RELIEF
from ui.classroom.view import RoundSeen
from ui.happened import lever_in
from ui.pages.class_desk import bullets, said_besides
from ui.retold import atlas_told, event_told
from ui.text import Words, plain

MOST = 8  # in view
IMPOSED = "measure imposed"
OF_RELIEF = ("offer_settlement", "inducement")
TOLD = {"inducement": "leave"}  # what the record says already
Offered = tuple[str, str, int | None]  # the kind of event, the two states, the quarter
SAID = frozenset({"public pledge", "denial", "condemnation", "new government", "came to nothing"})  # seldom what a round turned on


def news(seen: RoundSeen, scenario: str, w: Words, me: str = "") -> list[str]:
    """A sentence for each thing that happened in a round, for a reader of the state `me` (or for everybody)."""
    table, begun, offers = seen.public.get("events", {}), _begun(scenario), _offers(seen, scenario, w)
    rows = [
        (_rank(str(kind), str(states).split(), str(text), me), str(text), _terms(offers, str(kind), str(states), int(quarter)))
        for quarter, kind, states, text in zip(*(table.get(name, ()) for name in ("quarter", "event", "states", "text")), strict=True)
        if not (kind == IMPOSED and quarter == 0 and text in begun)
    ]
    told = (plain(event_told(text, scenario, w) + terms) for _, text, terms in sorted(rows, key=lambda row: row[0]))
    return list(dict.fromkeys(told))


def _terms(offers: Mapping[Offered, str], kind: str, states: str, quarter: int) -> str:
    return offers.get((kind, states, quarter)) or offers.get((kind, states, None), "")


def _offers(seen: RoundSeen, scenario: str, w: Words) -> dict[Offered, str]:
    """What the offers of relief of a round say, whoever made them, in brackets, by the kind of event, the two states and the quarter where it is known:
    the record tells only that they were made."""
    places, found = atlas_told(scenario, w.language), {}
    for move in [*_of_seats(seen), *_of_anybody(seen)]:
        lever = api.LEVERS[str(move["lever"])]
        besides = {name: value for name, value in dict(move.get("options") or {}).items() if name != TOLD.get(lever.id)}
        said = said_besides({**move, "options": besides}, lever, places, w)
        found[lever.id.replace("_", " "), f"{move['state']} {move['target']}", move.get("made")] = f" ({said})"
    return found


def _of_seats(seen: RoundSeen) -> list[Mapping[str, Any]]:
    return [move for handed in seen.decisions for move in handed.moves if move["lever"] in OF_RELIEF and move["value"] is not None]


def _of_anybody(seen: RoundSeen) -> list[Mapping[str, Any]]:
    """The offers of relief that the model's world has seen in the round, as moves; none in a round of an older version."""
    moves: list[Mapping[str, Any]] = []
    for row in seen.public.get(RELIEF, ()):
        lever = api.LEVERS["inducement" if row["leave"] else "offer_settlement"]
        options = {name: str(row[name]) for name in (*(setting.name for setting in lever.options), *lever.notes) if row.get(name) not in (None, "")}
        moves.append({"lever": lever.id, "state": row["sender"], "target": row["receiver"], "value": row["ask"], "options": options, "made": row["quarter"]})
    return moves


def show_news(lines: Sequence[str], w: Words, key: str) -> None:
    """The first lines in view, the others one press away."""
    st.markdown(bullets(lines[:MOST]))
    if lines[MOST:]:
        with st.expander(w.t("seat.reveal.more", count=len(lines) - MOST), key=key):
            st.markdown(bullets(lines[MOST:]))


def _rank(kind: str, states: list[str], text: str, me: str) -> int:
    """How early an event is told: 0 first. What helps a little and what is only said come late, unless they are the reader's own."""
    lever = lever_in(text)
    small = kind in SAID or (lever is not None and lever.friendly)
    return (2 if small else 0) + (0 if me in states else 1)


@lru_cache(maxsize=64)
def _begun(scenario: str) -> frozenset[str]:
    """How the record writes the measures that a scenario puts in force at its start: they are there already, nobody has done anything."""
    setting = atlas(scenario).setting
    if setting is None:
        return frozenset()
    found = set()
    for order in setting.measures:
        everyone = [state for state in setting.state_ids if state != order.state]
        for target in everyone if order.target == "*" else [order.target]:
            on = f" on {target}" if target else ""
            found.add(f"{api.LEVERS[order.lever].label} of {order.state}{on}, level {order.value:g}")
    return frozenset(found)
