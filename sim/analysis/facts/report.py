"""The table of verdicts: as a data frame, as CSV and JSON in a folder, and as lines to read."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from pathlib import Path

from sim.analysis.facts.verdicts import Verdict

COLUMNS = (
    "target", "name", "statistic", "measures", "unit", "low", "high", "simulated", "error", "seeds_low", "seeds_high", "sign_share",
    "jitter_share", "strictness", "verdict", "ablated", "ablation_fails", "seeds", "facts",
)
FILE = "facts.csv"
FIRST = "first.csv"  # the same table of the first few seeds: what a later run must find to be of the same code
COMMITTED = Path(__file__).with_name("committed.csv")  # what `sanctions-lab facts` found when the model was last tuned
COMMITTED_FIRST = Path(__file__).with_name("committed_first.csv")
SAME = 1e-3  # relative: other processors round the last digits otherwise


def rows(verdicts: Sequence[Verdict]) -> list[dict[str, str]]:
    """One row for each statistic, as text."""
    found = []
    for verdict in verdicts:
        statistic, estimate = verdict.statistic, verdict.estimate
        must = verdict.ablation_fails if verdict.must_fail else None
        found.append(
            dict(
                zip(
                    COLUMNS,
                    (
                        statistic.target, statistic.name, statistic.key, statistic.label, statistic.unit, _number(statistic.low),
                        _number(statistic.high), _number(estimate.value), _number(estimate.error), _number(estimate.low),
                        _number(estimate.high), _number(estimate.sign_share), _number(verdict.jitter_share), statistic.strictness,
                        verdict.verdict, _number(verdict.ablated), "" if must is None else "yes" if must else "no",
                        str(estimate.seeds), statistic.facts,
                    ),
                    strict=True,
                )
            )
        )
    return found


def as_csv(verdicts: Sequence[Verdict]) -> str:
    """The table as CSV text."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows(verdicts))
    return buffer.getvalue()


def write(verdicts: Sequence[Verdict], folder: Path, file: str = FILE) -> None:
    """Write the table into a folder."""
    (folder / file).write_text(as_csv(verdicts), encoding="utf-8", newline="\n")


def lines(verdicts: Sequence[Verdict]) -> list[str]:
    """The table in lines to read, and a summary."""
    found = [f"{'':4}{'':56} {'target':>16} {'simulated':>18} {'sign':>5} {'jitter':>6} {'off':>9}  verdict"]
    previous = ""
    for verdict in verdicts:
        statistic, estimate = verdict.statistic, verdict.estimate
        if statistic.target != previous:
            found.append(f"{statistic.target} {statistic.name}")
            previous = statistic.target
        goal = f"{statistic.low:g} .. {statistic.high:g}"
        value = f"{estimate.value:.3g} +- {estimate.error:.2g}"
        jitter = "" if verdict.jitter_share is None else f"{verdict.jitter_share:.0%}"
        off = "" if verdict.ablated is None else f"{verdict.ablated:.3g}{'*' if verdict.must_fail else ''}"
        found.append(
            f"    {statistic.label[:56]:56} {goal:>16} {value:>18} {estimate.sign_share:>5.0%} {jitter:>6} {off:>9}"
            f"  {statistic.strictness} {verdict.verdict}"
        )
    missed = [f"{verdict.statistic.target} {verdict.statistic.key}" for verdict in verdicts if verdict.verdict == "miss"]
    stand = sorted({verdict.statistic.target for verdict in verdicts if _stands(verdict, verdicts)})
    found.append("* With this mechanism off the target must be missed.")
    if stand:
        found.append(f"Still met with its mechanism off: {', '.join(stand)}.")
    found.append(f"Missed: {', '.join(missed)}." if missed else "No target missed.")
    return found


def failed(verdicts: Sequence[Verdict]) -> bool:
    """Whether a MUST is missed."""
    return any(verdict.verdict == "miss" and verdict.statistic.strictness == "MUST" for verdict in verdicts)


def committed(place: Path = COMMITTED) -> list[dict[str, str]]:
    """The committed table, or that of its first seeds."""
    with place.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def same(now: Sequence[dict[str, str]], before: Sequence[dict[str, str]]) -> bool:
    """Whether every number simulated in `now`, with the mechanism and without, is that of the same statistic in `before`.

    `doubled` is of all experiments of a run together and is left out.
    """
    known = _by_statistic(before)
    return all(
        where in known and all(_alike(row[column], known[where][column]) for column in ("simulated", "ablated"))
        for where, row in _by_statistic(now).items()
        if row["statistic"] != "doubled"
    )


def worse(now: Sequence[dict[str, str]], before: Sequence[dict[str, str]]) -> list[str]:
    """What is worse in the table `now` than in `before`: a target missed that was met, or met although its mechanism is off, in sentences."""
    known = _by_statistic(before)
    found = []
    for row in now:
        old = known.get((row["target"], row["statistic"]))
        where = f"{row['target']} {row['statistic']}"
        if old is None:
            found.append(f"{where}: not in the committed table")
        elif row["verdict"] == "miss" and old["verdict"] != "miss":
            found.append(f"{where}: {row['simulated']}, missed; was {old['simulated']}, and is wanted between {row['low']} and {row['high']}")
        elif row["ablation_fails"] == "no" and old["ablation_fails"] == "yes":
            found.append(f"{where}: {row['ablated']} with its mechanism off, no longer a miss; was {old['ablated']}")
    return found


def _stands(verdict: Verdict, verdicts: Sequence[Verdict]) -> bool:
    """Whether a target is met although the mechanism it is about is off."""
    own = [each for each in verdicts if each.statistic.target == verdict.statistic.target and each.must_fail and each.ablated is not None]
    return bool(own) and not any(each.ablation_fails for each in own)


def _by_statistic(table: Sequence[dict[str, str]]) -> dict[tuple[str, str], dict[str, str]]:
    return {(row["target"], row["statistic"]): row for row in table}


def _alike(one: str, other: str) -> bool:
    return one == other or ("" not in (one, other) and math.isclose(float(one), float(other), rel_tol=SAME, abs_tol=1e-9))


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"
