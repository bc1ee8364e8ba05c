"""Which objectives of a scenario came up in a run, by the rules the scenario states: a kind of event, or a lever taken up after the first quarter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.scenario.scenario import Objective, Scenario

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Met:
    """An objective, the first quarter that showed it (None: none did), and what happened then, in words."""

    objective: Objective
    quarter: int | None
    text: str


def objectives_met(setting: Scenario, events: pd.DataFrame, measures: pd.DataFrame) -> list[Met]:
    """Every objective of the scenario that has a rule, in its order, held against the tables `events` and `measures` of what was played."""
    shown = _first_shown(events, measures)
    found = []
    for objective in setting.objectives:
        hits = [shown[word] for word in objective.lit_by if word in shown]
        quarter, text = min(hits) if hits else (None, "")
        found.append(Met(objective, quarter, text))
    return found


def _first_shown(events: pd.DataFrame, measures: pd.DataFrame) -> dict[str, tuple[int, str]]:
    """For every kind of event and every lever: the first quarter it was seen in, and the event's words."""
    shown: dict[str, tuple[int, str]] = {}
    for quarter, event, text in zip(events["quarter"], events["event"], events["text"], strict=True):
        shown.setdefault(str(event).replace(" ", "_"), (int(quarter), str(text)))
    standing = set(measures.loc[measures["quarter"] == 0, "measure"])
    taken_up = measures[~measures["measure"].isin(standing)]
    for quarter, lever, sender, target in zip(taken_up["quarter"], taken_up["lever"], taken_up["sender"], taken_up["target"], strict=True):
        shown.setdefault(str(lever), (int(quarter), f"{sender}{f' on {target}' if target else ''}: {str(lever).replace('_', ' ')}"))
    return shown
