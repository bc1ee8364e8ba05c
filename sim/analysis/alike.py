"""Do the isolated grow alike? Distances from the state that has been under measures longest.

For every quarter and every other state that is under measures: how different its exports are by sector, its partners, and its prices. A distance of
structure or of partners is half the sum of absolute differences of shares (0 the same, 1 nothing in common; Krugman 1991); that of prices is the
absolute log difference of consumer prices. The two states themselves do not count as partners. The model has no term that draws them together:
whether distances fall is a result.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from sim.analysis.runs import Run

COLUMNS = ("quarter", "state", "longest", "structure", "partners", "prices")


def alike(run: Run) -> pd.DataFrame:
    """Table `quarter, state, longest, structure, partners, prices`: distances of each state under measures from the one `longest` so.

    Quarters in which fewer than two states are under measures have no rows.
    """
    targets = {spec.id: spec.target for spec in run.setting.disputes}
    measures = run.measures[run.measures["target"] != ""]
    senders = {f"{sender}>{spec.target}" for spec in run.setting.disputes for sender in spec.senders}
    hostile = measures[(measures["sender"] + ">" + measures["target"]).isin(senders)]
    under: Counter[str] = Counter()
    rows: list[tuple[int | str | float, ...]] = []
    trade, prices = run.trade, run.states.pivot(index="quarter", columns="state", values="price_index")
    for quarter, here in hostile.groupby("quarter"):
        now = sorted(set(here["target"]) & set(targets.values()))
        under.update(now)
        if len(now) < 2:
            continue
        longest = min(now, key=lambda state: (-under[state], state))
        flows = trade[(trade["quarter"] == quarter) & (trade["exporter"] != trade["importer"])]
        for state in now:
            if state != longest:
                one, other = (float(prices[name].loc[quarter]) for name in (state, longest))
                distances = (_apart(flows, (state, longest), by) for by in ("sector", "partner"))
                rows.append((int(str(quarter)), state, longest, *distances, abs(math.log(one / other))))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _apart(flows: pd.DataFrame, pair: tuple[str, str], by: str) -> float:
    """Half the sum of absolute differences of the two states' shares of exports by sector, or of trade by partner."""
    shares = []
    for state, other in (pair, pair[::-1]):
        sold = flows[(flows["exporter"] == state) & (flows["importer"] != other)]
        if by == "sector":
            amounts = sold.groupby("sector")["true_value"].sum()
        else:
            bought = flows[(flows["importer"] == state) & (flows["exporter"] != other)]
            amounts = sold.groupby("importer")["true_value"].sum().add(bought.groupby("exporter")["true_value"].sum(), fill_value=0.0)
        total = float(amounts.sum())
        shares.append(amounts / total if total > 0 else amounts)
    return 0.5 * float(shares[0].sub(shares[1], fill_value=0.0).abs().sum())
