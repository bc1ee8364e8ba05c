"""Sums the charts share: what a group of states gains or loses against the run it is compared with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

QUARTERS_PER_YEAR = 4
NOTHING = 0.05  # percent; below this a change is called "hardly any": it would print as 0.0 or 0.1


@dataclass(frozen=True)
class Bill:
    """A change of real income: `percent` of own income and `billions` USD a year at base prices; negative is a loss."""

    percent: float
    billions: float

    @property
    def verb(self) -> str:
        """ "loses", "gains" or "same": which sentence says it."""
        return "same" if abs(self.percent) < NOTHING else "gains" if self.percent > 0 else "loses"


def bill(now: pd.DataFrame, before: pd.DataFrame, states: Iterable[str], since: int) -> Bill:
    """What `states` together gain or lose from quarter `since` to the end.

    `now` and `before` are `real_income` tables with quarters as rows and states as columns.
    """
    members = list(states)
    new, old = now.loc[since:, members].to_numpy(), before.loc[since:, members].to_numpy()
    if not members or old.size == 0:
        return Bill(0.0, 0.0)
    difference = float((new - old).sum())
    return Bill(100.0 * difference / float(old.sum()), difference / len(old) * QUARTERS_PER_YEAR)
