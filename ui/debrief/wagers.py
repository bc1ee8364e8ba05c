"""Bets of a class: how well they were calibrated, and what surprised the class most.

A bet is a range and how sure its team was of it. Calibration sets how often bets came true beside how sure the teams were, by steps of ten
percentage points. The largest surprise is the outcome that lay furthest outside the range, on the scale one can bet on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ui.charts.calibration import calibration as chart
from ui.debrief.course import picture
from ui.debrief.panels import Panel, Table
from ui.text import Words

STEP = 10  # percentage points of a bin
FEW = 5  # fewer bets than this say little


@dataclass(frozen=True)
class Wager:
    """A bet of a round: `name` says on what, in words; `low`, `high` and `value` are in percent (`value` None where the model does not tell), `sure`
    in percent; `width` is that of the scale one can bet on. `quarter` is the last of the round."""

    round: int
    quarter: int
    state: str
    name: str
    low: float
    high: float
    sure: float
    value: float | None
    width: float

    @property
    def hit(self) -> bool:
        """Whether it came true."""
        return self.value is not None and self.low <= self.value <= self.high

    @property
    def miss(self) -> float:
        """How far outside the range the outcome lay, as a share of the scale; 0 inside."""
        if self.value is None:
            return 0.0
        return max(self.low - self.value, self.value - self.high, 0.0) / self.width


def calibrated(wagers: Sequence[Wager]) -> list[tuple[float, float, int]]:
    """(how sure on average, came true, how many) of the bets that can be told, by steps of ten points; percent."""
    known = [one for one in wagers if one.value is not None]
    bins: dict[int, list[Wager]] = {}
    for one in known:
        bins.setdefault(int(one.sure // STEP), []).append(one)
    return [
        (sum(one.sure for one in found) / len(found), 100.0 * sum(one.hit for one in found) / len(found), len(found))
        for _, found in sorted(bins.items())
    ]


def surprise(wagers: Sequence[Wager], w: Words) -> list[tuple[int, str]]:
    """The bet that was furthest from what happened: its quarter and a sentence; empty where every bet came true."""
    worst = max(wagers, key=lambda one: (one.miss, one.sure), default=None)
    if worst is None or worst.miss <= 0 or worst.value is None:
        return []
    side = "more" if worst.value > worst.high else "less"
    values = {
        "who": worst.state, "what": worst.name, "round": worst.round, "low": w.percent(worst.low, 0), "high": w.percent(worst.high, 0),
        "value": w.percent(worst.value, 0), "sure": w.percent(worst.sure, 0),
    }  # fmt: skip
    return [(worst.quarter, w.t(f"debrief.calibration.surprise_{side}", **values))]


def came_true(hits: int, count: int, w: Words) -> str:
    """How many of `count` bets came true, at least one."""
    if count == 1:
        return w.t("debrief.calibration.only_true" if hits else "debrief.calibration.only_false")
    return w.t("debrief.calibration.came_true" if hits else "debrief.calibration.none_true", count=hits, all=w.number(count))


def bets(wagers: Sequence[Wager], w: Words) -> Panel:
    """The panel."""
    heading, rows = w.t("debrief.calibration.heading"), calibrated(wagers)
    if not rows:
        return Panel("calibration", heading, (w.t("debrief.calibration.none"),))
    drawn = chart(rows, w)
    columns = tuple(w.t(f"debrief.calibration.column.{name}") for name in ("sure", "true", "bets"))
    cells = tuple((w.percent(said, 0), w.percent(true, 0), w.number(count)) for said, true, count in rows)
    known = [one for one in wagers if one.value is not None]
    text = [came_true(sum(one.hit for one in known), len(known), w)]
    text += [w.t("debrief.calibration.surprise", text=sentence) for _, sentence in surprise(wagers, w)]
    note = w.t("debrief.calibration.few") if len(known) < FEW else w.t("debrief.calibration.note")
    return Panel("calibration", heading, tuple(text), pictures=(picture(drawn),), tables=(Table(columns, cells),), note=note)
