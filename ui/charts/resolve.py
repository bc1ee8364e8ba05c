"""A dispute as its two sides see it: pain against resolve.

First panel, the target: what it expects to lose by holding out (pain) and what the policy asked for is worth to it. It tends to give in
where the first line passes the second. Second panel, the leading sender: what it still hopes for from its measures and the worth
of what they say to others, against what they cost at home. All in points (1 point: 1 % of own yearly real income), in the quarters in which the
question was put; between them the lines are only drawn through.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from ui.charts.chart import Chart
from ui.charts.paths import lines

if TYPE_CHECKING:
    from sim import api
    from ui.charts.over_time import Times
    from ui.text import Words

PUT_TO_TARGET = ("hold or yield", "answer threat")
PUT_TO_SENDER = ("keep or lift", "carry out", "offer settlement")
STANDS_FIRM = {"keep or lift": "keep", "carry out": "impose", "offer settlement": "hold the line"}
Path = Mapping[str, Mapping[int, float]]


def paths(choices: Sequence[api.Choice], dispute: str, leader: str) -> tuple[Path, Path]:
    """Points by quarter: (the target's "pain" and "worth", the leader's "hope" and "cost"), from the recorded choices."""
    target: dict[str, dict[int, float]] = {"pain": {}, "worth": {}}
    sender: dict[str, dict[int, float]] = {"hope": {}, "cost": {}}
    for choice in choices:
        kind, _, about = choice.decision.partition(":")
        if about != dispute:
            continue
        terms = {option.name: option.terms for option in choice.options}
        if kind in PUT_TO_TARGET:
            target["pain"][choice.quarter] = -terms["hold"].get("pain of holding out", 0.0)
            target["worth"][choice.quarter] = -terms["yield"].get("policy given up", 0.0)
        elif kind in PUT_TO_SENDER and choice.state == leader:
            firm = terms[STANDS_FIRM[kind]]
            sender["hope"][choice.quarter] = firm.get("chance that the target gives in", 0.0) + firm.get("signal", 0.0)
            sender["cost"][choice.quarter] = -firm.get("own cost", 0.0)
    return target, sender


def resolve(target: Path, sender: Path, who: tuple[str, str], times: Times, w: Words) -> Chart | None:
    """Draw both panels; `who` names target and leader. None where the target was never asked."""
    if not target["pain"]:
        return None
    first = {w.t(f"charts.resolve.{name}", state=who[0]): target[name] for name in ("pain", "worth")}
    words = w.t("charts.who"), w.t("charts.quarter"), w.t("charts.resolve.points")
    below = None
    table = pd.DataFrame({w.t("charts.quarter"): [times.quarters[quarter] for quarter in sorted({*target["pain"], *sender["hope"]})]})
    quarters = sorted({*target["pain"], *sender["hope"]})
    second = {w.t(f"charts.resolve.{name}", state=who[1]): sender[name] for name in ("hope", "cost")}
    for name, values in {**first, **second}.items():
        table[name] = [values.get(quarter) for quarter in quarters]
    if sender["hope"]:
        below = lines(second, times, w.t("charts.resolve.axis"), words)
    figures = dict.fromkeys(table.columns[1:], 2)
    return Chart(lines(first, times, w.t("charts.resolve.axis"), words), _sentence(target, who[0], times, w), table, figures, below)


def _sentence(target: Path, who: str, times: Times, w: Words) -> str:
    pain, worth = target["pain"], target["worth"]
    last = max(pain)
    over = [quarter for quarter in sorted(pain) if pain[quarter] > worth[quarter]]
    numbers = {"pain": w.number(pain[last], 1), "worth": w.number(worth[last], 1), "who": who, "when": times.quarters[last]}
    if len(pain) == 1:
        return w.t("charts.resolve.once", **numbers)
    if not over:
        return w.t("charts.resolve.never", **numbers)
    if len(over) == len(pain):
        return w.t("charts.resolve.always", **numbers)
    if over[0] == last:
        return w.t("charts.resolve.crossed_now", **numbers)
    return w.t("charts.resolve.crossed", first=times.quarters[over[0]], **numbers)
