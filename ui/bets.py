"""What a seat can bet on, in which unit, and what happened then.

A bet is a range for one outcome of the seat's own state at the end of the round. Incomes, prices and flows are bet on as a change against
the end of the round before (in the first round: against the start), in percent; shares and indices as a level of 0 to 100. How much of a policy
is changed is asked of one dispute, `at_stake`: a state may be in several.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from ui.classroom.view import RoundSeen

Kind = Literal["change", "level", "money"]
USUAL = ("real_income", "price_index", "exports_recorded")  # where a scenario names no outcomes


@dataclass(frozen=True)
class Stake:
    """An outcome to bet on: its unit and the range and step of the slider."""

    outcome: str
    kind: Kind
    low: float
    high: float
    step: float


def _changes(*names: str) -> dict[str, Stake]:
    return {name: Stake(name, "change", -40.0, 40.0, 0.5) for name in names}


def _levels(*names: str) -> dict[str, Stake]:
    return {name: Stake(name, "level", 0.0, 100.0, 1.0) for name in names}


STAKES: dict[str, Stake] = {
    **_changes("real_income", "consumption", "price_index", "exchange_rate", "exports_recorded", "imports_recorded", "essentials"),
    **_changes("exports_true", "imports_true", "terms_of_trade", "reserves"),
    **_levels("support_public", "support_elite", "unrest", "policy_changed", "policy_kept"),
    "poverty_gap": Stake("poverty_gap", "level", 0.0, 60.0, 0.5),
}
OF_A_DISPUTE = ("policy_changed", "policy_kept")
IN_POINTS = frozenset({"poverty_gap"})  # already 0 to 100 in the tables


def stakes(outcomes: Sequence[str]) -> list[Stake]:
    """The outcomes of a scenario that can be bet on."""
    found = [STAKES[name] for name in outcomes if name in STAKES]
    return found or [STAKES[name] for name in USUAL]


def at_stake(outcome: str, state: str, disputes: Sequence[Any]) -> Any:
    """The dispute that a bet of a state on a policy is about: the first in which it is the one asked, else in which it asks, else the first; None for
    other outcomes, and where the scenario has none."""
    if outcome not in OF_A_DISPUTE:
        return None
    asked = [dispute for dispute in disputes if state == dispute.target]
    asking = [dispute for dispute in disputes if state in dispute.senders]
    return next(iter([*asked, *asking, *disputes]), None)


def happened(outcome: str, state: str, now: RoundSeen, before: RoundSeen | None, disputes: Sequence[Any] = ()) -> float | None:
    """What the outcome was at the end of the round, in the unit of its stake; None where the model does not tell. `disputes` of the scenario."""
    stake = STAKES.get(outcome)
    if stake is None:
        return None
    dispute = at_stake(outcome, state, disputes)
    if dispute is None:
        end = _value(outcome, state, now)
    else:  # one that ended in the round before stands as it ended
        rows = (_policy(outcome, str(dispute.id), row) for row in (now, before) if row is not None)
        end = next((share for share in rows if share is not None), None)
    if end is None:
        return None
    if stake.kind == "level":
        return end if outcome in IN_POINTS else 100.0 * end
    was = _start(outcome, state, now) if before is None else _value(outcome, state, before)
    return None if not was else 100.0 * (end / was - 1.0)


def _policy(outcome: str, dispute: str, seen: RoundSeen) -> float | None:
    """The share of a policy that is changed, or kept, in one dispute; None where it was not open in the round."""
    table = seen.public.get("disputes", {})
    rows = [policy for name, policy in zip(table.get("dispute", ()), table.get("policy", ()), strict=True) if name == dispute and policy is not None]
    return _share(outcome, rows)


def _share(outcome: str, policies: Sequence[Any]) -> float | None:
    """What is changed, or kept, of a policy by the last of its rows; None where there is none or the last is blank."""
    if not policies or policies[-1] is None:
        return None
    return float(policies[-1]) if outcome == "policy_changed" else 1.0 - float(policies[-1])


def _value(outcome: str, state: str, seen: RoundSeen) -> float | None:
    if outcome in OF_A_DISPUTE:
        table = seen.public.get("disputes", {})
        rows = [
            policy
            for quarter, sender, target, policy in zip(*(table.get(name, []) for name in ("quarter", "sender", "target", "policy")), strict=True)
            if state in (sender, target)
        ] or list(table.get("policy", []))
        return _share(outcome, rows)
    for table in (seen.public.get("states", {}), seen.private.get("states", {})):
        found = _last(table, outcome, state)
        if found is not None:
            return found
    return None


def _start(outcome: str, state: str, seen: RoundSeen) -> float | None:
    return _last(seen.public.get("start", {}), outcome, state) or _first(seen.private.get("states", {}), outcome, state)


def _rows(table: dict[str, Any], outcome: str, state: str) -> list[float]:
    if outcome not in table:
        return []
    return [value for value, where in zip(table[outcome], table["state"], strict=True) if where == state and value is not None]


def _last(table: dict[str, Any], outcome: str, state: str) -> float | None:
    rows = _rows(table, outcome, state)
    return rows[-1] if rows else None


def _first(table: dict[str, Any], outcome: str, state: str) -> float | None:
    rows = _rows(table, outcome, state)
    return rows[0] if rows else None
