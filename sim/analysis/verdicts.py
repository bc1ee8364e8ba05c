"""Accounts of success: three verdicts on measures, the target's own account and that of third parties, never one score.

All compare a run with its twin, the same scenario and luck without the measures, from the quarter in which they began:

- *coerce*: share of the demand that the target met beyond what it met in the twin;
- *constrain*: what the target lacks of real income, % of the twin's;
- *signal*: how far others sided, by the last choice of each government that decided for itself and was asked to follow or to take a stance: those that
  joined or controlled transit, less those that traded on or stood by the target, over all of them. States that people play are not among them;
- the target: policy kept, people protected (what the lower four fifths lost against the elite's loss), partners kept (exports to states that
  are not senders, against the twin);
- third parties: trade kept with the target, and how many stayed neutral. A target of another dispute in which measures began is no third party:
  the twin lifts those measures too.

A settlement can be a success of both sides. How much is enough is said once, in `ENOUGH`, and is a convention (S01, S05: half the demand).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from sim.analysis.bills import bills
from sim.refusals import Refusal, nearest
from sim.tables import TABLES

if TYPE_CHECKING:
    from sim.analysis.runs import Run

Verdict = Literal["success", "in part", "failure", "no evidence"]
ENOUGH = {"coerce": (0.5, 0.2), "constrain": (3.0, 1.0), "signal": (0.3, 0.0)}  # success from the first, in part from the second; conventions
JOINED = ("join the measures", "associate itself with the measures", "control transit")
SIDED = ("trade on", "stand by the target")
POINTS = {"0 to 1": 100.0, "percentage points": 1.0}  # points in one of these units; what has another unit is compared in %


@dataclass(frozen=True)
class Account:
    """One measured success: its `value`, what it is `measured` in, and the `verdict` on it."""

    value: float
    measured: str
    verdict: Verdict


@dataclass(frozen=True)
class Verdicts:
    """The accounts of one dispute in one run."""

    dispute: str
    coerce: Account
    constrain: Account
    signal: Account
    policy_kept: float
    people_protected: float
    partners_kept: float
    trade_kept: float
    stayed_neutral: float


def verdicts(run: Run, twin: Run, dispute: str) -> Verdicts:
    """Judge a dispute of `run` against `twin`. Raises `Refusal` when there is no such dispute, or no measure ever began in it."""
    rows = [row for row in run.record.rows("disputes") if row[1] == dispute]
    known = sorted({row[1] for row in run.record.rows("disputes")})
    if not rows:
        raise Refusal(f"verdicts: there is no dispute '{dispute}' in this run; it has {', '.join(known) or 'none'}.{nearest(dispute, known)}")
    began = next((row[0] for row in rows if row[5] in ("imposed", "relief")), None)
    if began is None:
        raise Refusal(f"verdicts: no measures ever began in dispute '{dispute}'.")
    target = rows[-1][3]
    senders = {name for row in rows for name in str(row[10]).split()}
    met = rows[-1][7] / rows[-1][6] if rows[-1][6] > 0 else 0.0
    other = [row for row in twin.record.rows("disputes") if row[1] == dispute]
    before = other[-1][7] / other[-1][6] if other and other[-1][6] > 0 else 0.0
    ids = list(run.setting.state_ids)
    place, length = ids.index(target), min(run.quarters, twin.quarters)
    mine, theirs = (one.record.series("states", "real_income")[began:length, place].sum() for one in (run, twin))
    others = {row[3] for row in run.record.rows("disputes") if row[5] in ("imposed", "relief")}
    stances = {name: stance for name, stance in _stances(run, dispute).items() if name not in others}
    sided = sum(name in JOINED for name in stances.values()) - sum(name in SIDED for name in stances.values())
    outsiders = [state for state, name in enumerate(ids) if name != target and name not in senders]
    trade = [one.record.series("trade", "true_value")[began:length] for one in (run, twin)]
    exports = [flows[:, place][:, outsiders].sum() for flows in trade]
    third = [state for state in outsiders if ids[state] not in others]
    both = [flows[:, place][:, third].sum() + flows[:, third][:, :, place].sum() for flows in trade]
    paid = bills(run, twin, [target], sorted(senders)).bills
    return Verdicts(
        dispute,
        _judged("coerce", met - before, "share of the demand met beyond the twin"),
        _judged("constrain", 100.0 * (1.0 - mine / theirs), "% of the target's real income"),
        _judged("signal", sided / len(stances), "balance of third parties' stances, -1 to 1") if stances else Account(np.nan, "no stance taken", "no evidence"),
        policy_kept=1.0 - met,
        people_protected=paid.elite.percent - paid.ordinary.percent,
        partners_kept=float(exports[0] / exports[1]) if exports[1] > 0 else np.nan,
        trade_kept=float(both[0] / both[1]) if both[1] > 0 else np.nan,
        stayed_neutral=sum(name == "stay neutral" for name in stances.values()) / len(stances) if stances else 1.0,
    )


def goal_values(run: Run, twin: Run, state: str) -> dict[str, float]:
    """How far each outcome a role's goals may name has moved for a state, against the twin: % for amounts, points for shares."""
    ids = list(run.setting.state_ids)
    if state not in ids:
        raise Refusal(f"goals: there is no state '{state}'; allowed are {', '.join(ids)}.{nearest(state, ids)}")
    place, length = ids.index(state), min(run.quarters, twin.quarters)
    units = {column.name: column.unit for column in TABLES["states"]}
    values = {}
    for name in run.setting.goal_outcomes(state):
        if name in ("policy_changed", "policy_kept"):
            changed = _met(run, state, as_target=name == "policy_kept")
            values[name] = 100.0 * (1.0 - changed if name == "policy_kept" else changed)
            continue
        mine, theirs = (float(one.record.series("states", name)[:length, place].mean()) for one in (run, twin))
        values[name] = POINTS[unit] * (mine - theirs) if (unit := units[name]) in POINTS else 100.0 * (mine / theirs - 1.0)
    return values


def _met(run: Run, state: str, as_target: bool) -> float:
    """Mean share of the demands that was met in the end: of those on a state, or of those it makes with others; who has none, as a mediator, looks at all
    those on others."""
    last = {row[1]: row for row in run.record.rows("disputes") if row[6] > 0}.values()
    own = [row for row in last if state in ((row[3],) if as_target else (row[2], *str(row[10]).split()))]
    found = [min(row[7] / row[6], 1.0) for row in own or [row for row in last if row[3] != state]]
    return sum(found) / len(found) if found else 0.0


def _stances(run: Run, dispute: str) -> dict[str, str]:
    """Last stance of every third party, and last answer of every follower, that was asked and decided for itself, by state."""
    found = {}
    for choice in run.record.choices:
        associated = choice.decision == f"associate:{dispute}" and choice.chosen in JOINED  # who keeps out of it has a stance of its own
        if associated or choice.decision in (f"stance:{dispute}", f"join:{dispute}"):
            found[choice.state] = choice.chosen
    return found


def _judged(kind: str, value: float, measured: str) -> Account:
    full, part = ENOUGH[kind]
    return Account(value, measured, "success" if value >= full else "in part" if value > part else "failure")
