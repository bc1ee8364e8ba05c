"""Checks in words: does a run show what the scenario claims?

`value` reads one number out of a run's tables, `evaluate` holds it against the claim, `evaluate_seeds` counts how often it
holds. All are pure: tables in, verdict out. A run's tables come from the api (`run.table(name)`); the baseline is the
twin with the same seed and without the timetable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

COUNT = "count"  # outcome of a claim about how many rows there are

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario.scenario import Expect

    Tables = Mapping[str, pd.DataFrame]


def value(expect: Expect, tables: Tables, quarters: tuple[int, int]) -> float:
    """The outcome in these quarters (both included): rows that match are added up, quarters averaged, NaN when none match; or their count."""
    table = tables[expect.table]
    chosen = (table["quarter"] >= quarters[0]) & (table["quarter"] <= quarters[1])
    for column, wanted in expect.where.items():
        chosen &= table[column].astype(str) == wanted
    matching = table[chosen]
    if expect.outcome == COUNT:
        return float(len(matching))
    if matching.empty:
        return float("nan")
    return float(matching.groupby("quarter")[expect.outcome].sum(min_count=1).mean())


def measured(expect: Expect, tables: Tables, baseline: Tables | None) -> float:
    """The number the claim is about: a level, or a change in % against quarter 0 or against the baseline run."""
    now = value(expect, tables, expect.quarters)
    if expect.compared == "level":
        return now
    if expect.compared == "start":
        before = value(expect, tables, (0, 0))
    elif baseline is None:
        raise ValueError("a claim compared with no-measures needs the tables of the run without them")
    else:
        before = value(expect, baseline, expect.quarters)
    return 100 * (now / before - 1) if before else float("nan")


def evaluate(expect: Expect, tables: Tables, baseline: Tables | None = None) -> tuple[bool, str]:
    """Whether the claim holds in a run, and a sentence that says what was found and what was claimed."""
    found = measured(expect, tables, baseline)
    held = _holds(expect, found)
    shown = "no such number" if np.isnan(found) else f"{found:.3g}{'' if expect.compared == 'level' else ' %'}"
    return held, f"{'holds' if held else 'does not hold'}: {expect.text} Found {shown} for {subject(expect)}; claimed {_claim(expect)}."


def evaluate_seeds(expect: Expect, runs: Iterable[tuple[Tables, Tables | None]]) -> tuple[bool, str]:
    """Whether the claim holds in the stated share of seeds; `runs` are pairs of a run's tables and its baseline's."""
    found = [_holds(expect, measured(expect, tables, baseline)) for tables, baseline in runs]
    if not found:
        raise ValueError("no runs were given")
    share = sum(found) / len(found)
    held = share >= expect.share_of_seeds
    return held, (
        f"{'holds' if held else 'does not hold'}: {expect.text} It held in {sum(found)} of {len(found)} seeds; "
        f"claimed {expect.share_of_seeds:.0%} or more."
    )


def subject(expect: Expect) -> str:
    """What the number is: outcome, rows and quarters, in words."""
    rows = ", ".join(f"{column} {wanted}" for column, wanted in expect.where.items())
    first, last = expect.quarters
    when = f"quarter {first}" if first == last else f"quarters {first} to {last}"
    against = {"level": "", "start": " against quarter 0", "no-measures": " against the run without measures"}[expect.compared]
    theory = f" under the theory '{expect.theory}'" if expect.theory else ""
    return f"{expect.outcome}{f' ({rows})' if rows else ''} in {when}{against}{theory}"


def _holds(expect: Expect, found: float) -> bool:
    if np.isnan(found):
        return False
    return (expect.above is None or found > expect.above) and (expect.below is None or found < expect.below)


def _claim(expect: Expect) -> str:
    unit = "" if expect.compared == "level" else " %"
    words = [] if expect.above is None else [f"above {expect.above:g}{unit}"]
    words += [] if expect.below is None else [f"below {expect.below:g}{unit}"]
    return " and ".join(words)
