"""What a fork of the class's own history found, drawn against what the class played: who is better or worse off, and whether the policy changed.

The large result of a fork is read only for a fork that is drawn, once for everybody in the class.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from ui.charts.chart import Picture
from ui.charts.who_pays import who_pays
from ui.class_run import ClassRun
from ui.classroom.forks import ForkSeen
from ui.classroom.text import display
from ui.pages.shown import show_chart
from ui.shelf import Shelf
from ui.text import Words, plain

FORKS_KEPT = 40
SAME = 1e-6  # of income; numbers are kept to seven digits
Found = Callable[[int], Mapping[str, Any]]
_DRAWN: Shelf[Drawn] = Shelf(FORKS_KEPT)


@dataclass(frozen=True)
class Drawn:
    """A fork against the class's own history: the picture, the first and the last quarter compared, what became of the policy, and whether nothing
    came out otherwise."""

    picture: Picture
    first: int
    last: int
    policy: str
    same: bool


def show_fork(row: ForkSeen, run: ClassRun | None, found: Found, w: Words, key: str) -> None:
    """One fork under its title. `found` reads the result of a fork by its number."""
    title = w.t("seat.debrief.fork", title=display(row.title), round=row.at_round)
    if run is None or not row.present:
        st.subheader(title, anchor=False)
        st.caption(w.t("seat.debrief.fork_older"))
        return
    one = _DRAWN.get((run.key, row.id, row.digest, w.language), lambda: against(found(row.id), run, w))
    span = {"first": w.quarter(one.first, run.places.start), "last": w.quarter(one.last, run.places.start)}
    if one.same:
        st.subheader(title, anchor=False)
        st.markdown(w.t("seat.debrief.fork_same", **span))
    else:
        show_chart(one.picture, title, f"{key}-fork-{row.id}", w, w.t("seat.debrief.fork_against", **span))
    own = run.places.setting.theory if run.places.setting is not None else ""
    theories = row.theory or own, row.own_theory or own
    if theories[0] != theories[1]:
        fork, played = (w.maybe(f"politics.theory.{name}") or name for name in theories)
        st.markdown(plain(w.t("seat.debrief.fork_theory", theory=fork, own=played)))
    if one.policy and not one.same:
        st.markdown(plain(one.policy))


def against(public: Mapping[str, Any], run: ClassRun, w: Words) -> Drawn:
    """The public result of a fork against the class's own run, over the quarters both have."""
    import pandas as pd

    income: pd.DataFrame = pd.DataFrame(public["states"]).pivot(index="quarter", columns="state", values="real_income")
    first, last = int(income.index.min()), min(int(income.index.max()), run.quarters - 1)
    now = income[list(run.ids)].astype(float).loc[first:last]
    played = run.wide("real_income").loc[first:last]
    chart = who_pays(now, played, run.roles, run.names, first, w)
    disputes = pd.DataFrame(public["disputes"])
    same = bool((now / played - 1.0).abs().max().max() < SAME) and _stages(disputes, last) == _stages(run.disputes, last, first)
    return Drawn(chart.picture(), first, last, _policy(disputes, run, last, w), same)


def _stages(disputes: Any, last: int, first: int = 0) -> list[tuple[object, ...]]:
    """Where every dispute stood in each quarter compared."""
    if not len(disputes):
        return []
    rows = disputes[(disputes["quarter"] >= first) & (disputes["quarter"] <= last)].sort_values(["quarter", "dispute"])
    return list(rows[["quarter", "dispute", "stage", "policy"]].itertuples(index=False, name=None))


def _policy(disputes: Any, run: ClassRun, last: int, w: Words) -> str:
    """How far the first target has changed its policy in the last quarter compared, in both histories; empty where nobody asks it to."""
    if not run.roles.target or not len(disputes) or not len(run.disputes):
        return ""
    ends = []
    for table in (disputes, run.disputes):
        rows = table[(table["quarter"] <= last) & (table["target"] == run.roles.target[0])]
        if not len(rows):
            return ""
        ends.append(100.0 * float(rows[rows["quarter"] == rows["quarter"].max()]["policy"].astype(float).max()))
    now, was = (w.percent(end, 0) for end in ends)
    return w.t("debrief.fork.policy_same", was=was) if now == was else w.t("debrief.fork.policy", now=now, was=was)
