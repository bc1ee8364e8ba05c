"""Who paid in a run: the four bills against its twin without the measures, with roles read from what was done to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.economy.bills import Bills, four_bills
from sim.levers import LEVERS
from sim.refusals import Refusal, nearest

if TYPE_CHECKING:
    import pandas as pd

    from sim.analysis.runs import Run

GROUPS = ("ordinary", "elite", "senders", "third_parties")


@dataclass(frozen=True)
class WhoPaid:
    """The four bills, with the `target`, the `senders` and the first quarter of the measures."""

    target: str
    senders: tuple[str, ...]
    since: int
    bills: Bills

    def table(self) -> pd.DataFrame:
        """One row for each group: `group`, `percent` of own income, `billions` USD a year; positive is a cost."""
        import pandas as pd

        rows = [(group, getattr(self.bills, group).percent, getattr(self.bills, group).billions) for group in GROUPS]
        return pd.DataFrame(rows, columns=["group", "percent", "billions"])


def bills(run: Run, twin: Run, target: str | None = None, senders: Sequence[str] | None = None) -> WhoPaid:
    """Return who paid in `run` against `twin`, the same scenario and seed without the measures.

    `target`: None = the target of a dispute that measures hit, or the state they hit most; `senders`: None = all who used a restrictive
    measure on it. Raises `Refusal` when the runs are not a pair, when a state is unknown and when nobody is hit.
    """
    if run.setting.digest != twin.setting.digest or run.seed != twin.seed:
        raise Refusal("bills: the two runs are not a pair; they need the same scenario and seed.")
    ids = run.setting.state_ids
    for name in (*([target] if target else []), *(senders or ())):
        if name not in ids:
            raise Refusal(f"bills: there is no state '{name}'; allowed are {', '.join(ids)}.{nearest(name, ids)}")
    hostile = [row for row in run.record.rows("measures") if not LEVERS[row[2]].friendly and row[4]]
    hit = [row for row in hostile if target is None or row[4] == target]
    if not hit:
        raise Refusal("bills: no restrictive measure hits " + (f"'{target}'" if target else "anybody") + " in this run.")
    if target is None:
        counts = {name: sum(row[4] == name for row in hit) for name in ids}
        disputed = {dispute.target for dispute in run.setting.disputes if counts.get(dispute.target)}
        target = max((name for name in ids if not disputed or name in disputed), key=lambda name: counts[name])
    used = [row for row in hit if row[4] == target]
    chosen = tuple(name for name in ids if any(row[3] == name for row in used)) if senders is None else tuple(senders)
    since = min(row[0] for row in used)
    length = min(run.quarters, twin.quarters)
    now, before = (one.record.series("households", "disposable")[since:length] for one in (run, twin))
    return WhoPaid(target, chosen, since, four_bills(now, before, ids.index(target), [ids.index(name) for name in chosen]))
