"""The ledger of an agreement: what one side was promised, hoped for and got, by quarter; for a licence also leverage and mastery.

Promised votes are counted in votes, everything else in USD bn.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from ui.charts.chart import Chart
from ui.charts.paths import lines

if TYPE_CHECKING:
    from ui.charts.over_time import Times
    from ui.text import Words

ENTRIES = ("promised", "delivered", "hoped")
Ledger = Mapping[str, Mapping[int, float]]


def ledger(entries: Ledger, side: str, other: str, times: Times, w: Words, votes: bool = False) -> Chart:
    """What `side` was promised, got and had hoped for from `other`: column -> quarter -> value, USD bn a quarter, or votes where `votes` says so."""
    series = {w.t(f"charts.ledger.{name}"): entries[name] for name in ENTRIES}
    promised, got, hoped = (sum(entries[name].values()) for name in ENTRIES)
    if max(promised, got, hoped) <= 0:
        sentence = w.t("charts.ledger.no_votes" if votes else "charts.ledger.nothing", side=side, other=other)
    else:
        kind = "kept" if got >= 0.95 * promised else "short"
        said = {name: _votes(number, w) if votes else w.money(number) for name, number in (("got", got), ("promised", promised), ("hoped", hoped))}
        sentence = w.t(f"charts.ledger.{kind}", side=side, other=other, **said)
    axis = w.t("charts.ledger.axis_votes" if votes else "charts.ledger.axis")
    words = w.t("charts.ledger.entry"), w.t("charts.quarter"), axis
    return Chart(lines(series, times, axis, words, every=False), sentence, _table(series, times, w), dict.fromkeys(series, 0 if votes else 4))


def _votes(number: float, w: Words) -> str:
    return w.t("charts.ledger.votes", count=int(number))


def hold(leverage: Mapping[int, float], mastery: Mapping[int, float], licensor: str, licensee: str, times: Times, w: Words) -> Chart:
    """Who needs whom in a licence: what its end would cost the licensee (% of income), and how much it masters itself (percent)."""
    first = {w.t("charts.hold.leverage", licensee=licensee): leverage}
    second = {w.t("charts.hold.mastery", licensee=licensee): {quarter: 100.0 * value for quarter, value in mastery.items()}}
    begin, end = min(mastery), max(mastery)
    sentence = w.t(
        "charts.hold.takeaway",
        licensee=licensee,
        licensor=licensor,
        first=w.percent(leverage[begin], 2),
        last=w.percent(leverage[end], 2),
        mastered=w.percent(100.0 * mastery[end], 0),
    )
    words = w.t("charts.ledger.entry"), w.t("charts.quarter"), w.t("charts.hold.value")
    top = lines(first, times, w.t("charts.hold.axis_leverage"), words, every=False)
    bottom = lines(second, times, w.t("charts.hold.axis_mastery"), words, domain=(0.0, 100.0), every=False)
    return Chart(top, sentence, _table({**first, **second}, times, w), dict.fromkeys([*first, *second], 2), bottom)


def _table(series: Mapping[str, Mapping[int, float]], times: Times, w: Words) -> pd.DataFrame:
    quarters = sorted({quarter for path in series.values() for quarter in path})
    table = pd.DataFrame({w.t("charts.quarter"): [times.quarters[quarter] for quarter in quarters]})
    for name, path in series.items():
        table[name] = [path.get(quarter) for quarter in quarters]
    return table
