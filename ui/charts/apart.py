"""Do the isolated grow alike? How far two states under measures are from each other in what they sell, with whom they trade and in prices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from ui.charts.chart import Chart
from ui.charts.paths import lines

if TYPE_CHECKING:
    from ui.charts.over_time import Times
    from ui.text import Words

SHARES = ("structure", "partners")
COLUMNS = (*SHARES, "prices")
SAME = 2.0  # percentage points: a smaller change is none
Pair = tuple[str, str]


def pairs_of(table: pd.DataFrame) -> dict[Pair, dict[str, dict[int, float]]]:
    """Pair of states -> distance -> quarter -> percent, of the model's table; the pair compared longest first."""
    found: dict[Pair, dict[str, dict[int, float]]] = {}
    for row in table.to_dict("records"):
        pair = tuple(sorted((str(row["state"]), str(row["longest"]))))
        paths = found.setdefault((pair[0], pair[1]), {name: {} for name in COLUMNS})
        for name in COLUMNS:
            paths[name][int(row["quarter"])] = 100.0 * float(row[name])
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]["structure"]), item[0])))


def apart(paths: Mapping[str, Mapping[int, float]], pair: Sequence[str], times: Times, w: Words) -> Chart:
    """Draw a pair: `paths` is distance -> quarter -> percent, `pair` the names of the two."""
    names = {name: w.t(f"charts.apart.{name}") for name in COLUMNS}
    words = w.t("charts.who"), w.t("charts.quarter"), w.t("charts.apart.axis")
    quarters = sorted(paths["structure"])
    table = pd.DataFrame({w.t("charts.quarter"): [times.quarters[quarter] for quarter in quarters]})
    for name in COLUMNS:
        table[names[name]] = [paths[name][quarter] for quarter in quarters]
    top = lines({names[name]: paths[name] for name in SHARES}, times, w.t("charts.apart.axis"), words, every=False)
    below = lines({names["prices"]: paths["prices"]}, times, w.t("charts.apart.axis"), words, every=False)
    return Chart(top, _sentence(paths, pair, times, w), table, dict.fromkeys(names.values(), 1), below)


def _sentence(paths: Mapping[str, Mapping[int, float]], pair: Sequence[str], times: Times, w: Words) -> str:
    quarters = list(paths["structure"])
    said = [w.t("charts.apart.takeaway", one=pair[0], other=pair[1], since=times.quarters[min(quarters)], until=times.quarters[max(quarters)])]
    for name in SHARES:
        first, last = (paths[name][choose(paths[name])] for choose in (min, max))
        kind = "same" if abs(last - first) < SAME else "closer" if last < first else "further"
        said.append(w.t(f"charts.apart.{name}_{kind}", first=w.percent(first, 0), last=w.percent(last, 0)))
    return " ".join(said)
