"""Where the disputes stand, as everybody may know it: who asks what of whom, what was threatened and when it falls due, what has been given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from ui.pages.class_desk import bullets
from ui.pages.seat_desk import SeatDesk
from ui.text import plain

MOST = 4
CALLED_FOR = "threat"  # the stage in which something falls due


def standing(desk: SeatDesk) -> None:
    """The disputes that came up so far, those of this seat's state first; nothing before any did."""
    lines = standing_lines(desk)
    if lines:
        st.markdown(f"**{desk.w.t('seat.standing.title')}**\n\n{bullets(lines)}")


def standing_lines(desk: SeatDesk) -> list[str]:
    """A sentence for each."""
    if desk.run is None or desk.run.disputes.empty:
        return []
    last = desk.run.disputes.groupby("dispute", sort=False).last().reset_index()
    rows = sorted(last.to_dict("records"), key=lambda row: desk.me not in _parties(row))
    due = desk.seen[-1].public.get("due", {})
    return [_told(row, due.get(str(row["dispute"])), desk) for row in rows[:MOST]]


def _parties(row: Mapping[Any, Any]) -> set[str]:
    return {str(row["sender"]), str(row["target"]), *str(row["senders"]).split()}


def _told(row: Mapping[Any, Any], due: int | None, desk: SeatDesk) -> str:
    w, stage, package = desk.w, str(row["stage"]), str(row["package"] or "").replace(" ", "_")
    issue = next((desk.tell(one.issue) for one in desk.places.disputes if one.id == row["dispute"]), str(row["dispute"]))
    values = {
        "leader": desk.state_name(str(row["sender"])), "target": desk.state_name(str(row["target"])), "issue": plain(issue.rstrip(".")),
        "demand": w.percent(100 * float(row["demand"]), 0), "policy": w.percent(100 * float(row["policy"]), 0),
        "senders": w.joined([desk.state_name(state) for state in str(row["senders"]).split()]) or desk.state_name(str(row["sender"])),
    }  # fmt: skip
    said = w.t(f"seat.standing.{stage}", **values)
    if stage == CALLED_FOR and package:
        said += " " + w.t("seat.standing.package", package=w.t(f"naming.package.{package}"))
    if stage == CALLED_FOR and due is not None:
        said += " " + w.t("seat.standing.due", when=w.quarter(due, desk.places.start))
    return said
