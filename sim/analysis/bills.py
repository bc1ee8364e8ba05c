"""Who paid in a run: the four bills against its twin without any measure, with roles read from what was done to whom.

The twin lifts the measures on every target, so all targets are counted together and none of them is a third party.
"""

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
    """The four bills, with the `targets`, the `senders` and the first quarter of the measures."""

    targets: tuple[str, ...]
    senders: tuple[str, ...]
    since: int
    bills: Bills

    def table(self) -> pd.DataFrame:
        """One row for each group: `group`, `percent` of own income, `billions` USD a year; positive is a cost."""
        import pandas as pd

        rows = [(group, getattr(self.bills, group).percent, getattr(self.bills, group).billions) for group in GROUPS]
        return pd.DataFrame(rows, columns=["group", "percent", "billions"])


def bills(run: Run, twin: Run, targets: Sequence[str] | None = None, senders: Sequence[str] | None = None) -> WhoPaid:
    """Return who paid in `run` against `twin`, the same scenario and seed without any measure.

    `targets`: None = the targets of all disputes that measures hit, or the state they hit most; `senders`: None = all others who used a restrictive
    measure on one of them. Raises `Refusal` when the runs are not a pair, when a state is unknown and when nobody is hit.
    """
    if run.setting.digest != twin.setting.digest or run.seed != twin.seed:
        raise Refusal("bills: the two runs are not a pair; they need the same scenario and seed.")
    ids = run.setting.state_ids
    for name in (*(targets or ()), *(senders or ())):
        if name not in ids:
            raise Refusal(f"bills: there is no state '{name}'; allowed are {', '.join(ids)}.{nearest(name, ids)}")
    hostile = [row for row in run.record.rows("measures") if not LEVERS[row[2]].friendly and row[4]]
    hit = [row for row in hostile if targets is None or row[4] in targets]
    if not hit:
        raise Refusal("bills: no restrictive measure hits " + (" or ".join(f"'{name}'" for name in targets) if targets else "anybody") + " in this run.")
    if targets is None:
        counts = {name: sum(row[4] == name for row in hit) for name in ids}
        disputed = {dispute.target for dispute in run.setting.disputes if counts.get(dispute.target)}
        targets = [name for name in ids if name in disputed] or [max(ids, key=lambda name: counts[name])]
    used = [row for row in hit if row[4] in targets]
    chosen = tuple(name for name in ids if name not in targets and any(row[3] == name for row in used)) if senders is None else tuple(senders)
    since = min(row[0] for row in used)
    length = min(run.quarters, twin.quarters)
    now, before = (one.record.series("households", "disposable")[since:length] for one in (run, twin))
    places = [[ids.index(name) for name in names] for names in (targets, chosen)]
    return WhoPaid(tuple(targets), chosen, since, four_bills(now, before, *places))
