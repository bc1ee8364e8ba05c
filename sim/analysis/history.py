"""A synthetic history: a world lives for decades, and what is coded from the outside is a list of sanctions cases.

The columns are those of the two data sets that code real cases, by their names where they have one: `primarysender`, `targetstate`, `institution`,
`threat`, `imposition`, `targetcosts`, `sendercosts`, `finaloutcome` of TIES (Morgan, Bapat & Kobayashi 2014), `begin`, `end`, `trade`, `financial`,
`sender_mult`, `success` of the GSDB (Felbermayr et al. 2020). Years count from 1. The summary puts shares over all objectives beside theirs.

A history need not look like the record: real cases are selected, coded by hand and end in ways the model does not know. The two columns are for
reading side by side.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.analysis.cases import FULL, HALF, YEAR, Case, live
from sim.refusals import Refusal
from sim.scenario.laboratory import world_a

SECTORS = 5
STATES, YEARS = (24, 60), (1, 200)
A_STATE_A_QUARTER = 1.0 / 48.0  # new disputes for each state and quarter: a device, as `arrival_rate`
MAJOR, SEVERE = 1.0, 5.0  # mean annual loss in % of real income from which a cost is called major, and severe: assumption
REAL = Path(__file__).with_name("real_aggregates.csv")

COLUMNS = (
    "caseid", "primarysender", "senders", "targetstate", "sender_mult", "institution", "issue", "kind", "startyear", "endyear", "threat",
    "threat_quarter", "imposition", "begin", "end", "imposed_quarter", "ended_quarter", "years_in_force", "instruments", "trade", "financial",
    "demand", "met", "finaloutcome", "outcome", "success", "targetcosts", "targetcosts_pct", "sendercosts", "sendercosts_pct",
)
OUTCOMES = {
    1: "threat: partial acquiescence by target",
    2: "threat: complete acquiescence by target",
    3: "threat: capitulation by sender",
    4: "threat: stalemate",
    5: "threat: negotiated settlement",
    6: "imposed: partial acquiescence by target",
    7: "imposed: complete acquiescence by target",
    8: "imposed: capitulation by sender",
    9: "imposed: stalemate",
    10: "imposed: negotiated settlement",
}
IMPOSED = 5  # added to the code of an outcome after imposition
SUCCESS = {1: "success_part", 2: "success_total", 3: "failed", 4: "ongoing", 5: "nego_settlement"}
TRADE = ("export_ban", "import_ban", "quota", "tariff", "technology_control", "price_cap")
FINANCIAL = ("payment_exclusion", "asset_freeze", "reserve_freeze", "credit_ban", "listing")


@dataclass(frozen=True)
class Line:
    """One statistic of the summary: simulated share, from how many cases, and the real aggregate with its cases and source."""

    statistic: str
    label: str
    simulated: float | None
    cases: int
    real: float | None
    real_cases: int | None
    source: str


@dataclass(frozen=True)
class History:
    """The cases of one world, in the order in which they began, and the summary."""

    cases: tuple[Case, ...]

    def as_csv(self) -> str:
        """The case list."""
        return _text(COLUMNS, [row(number, case) for number, case in enumerate(self.cases, start=1)])

    @property
    def summary(self) -> list[Line]:
        """Shares over all objectives beside the real aggregates."""
        found = shares(self.cases)
        lines = []
        with REAL.open(encoding="utf-8", newline="") as text:
            for real in csv.DictReader(text):
                value, cases = found[real["statistic"]]
                lines.append(
                    Line(
                        real["statistic"], real["label"], value, cases, float(real["value"]) if real["value"] else None,
                        int(real["cases"]) if real["cases"] else None, real["source"],
                    )
                )
        return lines

    def summary_csv(self) -> str:
        """The summary as CSV."""
        rows = [
            {
                "statistic": line.statistic, "label": line.label, "simulated": _number(line.simulated), "cases": str(line.cases),
                "real": _number(line.real), "real_cases": "" if line.real_cases is None else str(line.real_cases), "source": line.source,
            }
            for line in self.summary
        ]
        return _text(tuple(rows[0]), rows)

    def lines(self) -> list[str]:
        """The summary in lines to read."""
        imposed = sum(case.imposed is not None for case in self.cases)
        found = [f"{len(self.cases)} cases, {imposed} with measures in force.", f"{'':42}{'simulated':>10}{'cases':>7}{'real':>8}{'cases':>7}  source"]
        for line in self.summary:
            simulated = "" if line.simulated is None else f"{line.simulated:.3f}"
            real = "" if line.real is None else f"{line.real:.3f}"
            found.append(f"{line.label:42}{simulated:>10}{line.cases:>7}{real:>8}{line.real_cases or '':>7}  {line.source}")
        return found


def history(states: int = 30, years: int = 40, seed: int = 1, progress: Callable[[int, int], None] | None = None) -> History:
    """Let World A of `states` states live for `years` years and return its cases. Raises `Refusal` for numbers out of range."""
    for name, value, (low, high) in (("--states", states, STATES), ("--years", years, YEARS), ("--seed", seed, (0, 2**63 - 1))):
        if not low <= value <= high:
            raise Refusal(f"{name}: {value} is out of range; allowed is {low} to {high}.")
    quarters = YEAR * years
    world = world_a(states, SECTORS, seed, quarters=quarters)
    return History(tuple(live(world, seed, quarters, {"arrival_rate": states * A_STATE_A_QUARTER}, progress=progress)))


def save(found: History, out: Path, force: bool = False) -> Path:
    """Write the case list to `out` and the summary beside it, both or neither; return the summary's path. Raises `Refusal` where that cannot be done."""
    beside = check_place(out, force)
    pairs = [(place.with_name(f".{place.name}.part"), place, text) for place, text in ((out, found.as_csv()), (beside, found.summary_csv()))]
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        for part, _, text in pairs:
            part.write_text(text, encoding="utf-8", newline="\n")
        for part, place, _ in pairs:
            part.replace(place)
    except OSError as problem:
        raise _unwritable(out, problem) from None
    finally:
        for part, _, _ in pairs:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    return beside


def check_place(out: Path, force: bool) -> Path:
    """Refuse a place that is taken or cannot be written, before a world lives for it; return where the summary goes."""
    beside = out.with_name(f"{out.stem}-summary.csv") if out.name else out
    try:
        for place in (out, beside):
            if place.is_dir():
                raise Refusal(f"{place}: is a folder; give the name of a CSV file.")
            if place.exists() and not force:
                raise Refusal(f"{place}: the file is there already; give another name, or --force to replace it.")
        above = next(place for place in out.absolute().parents if place.exists())
        if not above.is_dir():
            raise Refusal(f"{out}: cannot be written ({above} is a file); choose another place with --out.")
        if not os.access(above, os.W_OK):
            raise Refusal(f"{out}: cannot be written (you may not write into {above}); choose another place with --out.")
    except OSError as problem:
        raise _unwritable(out, problem) from None
    return beside


def _unwritable(out: Path, problem: OSError) -> Refusal:
    return Refusal(f"{out}: cannot be written ({problem.strerror}); choose another place with --out.")


def code(case: Case) -> int:
    """Final outcome, coded as TIES does: 1 to 5 before imposition, 6 to 10 after it."""
    if case.ended is None:
        found = 4
    elif case.ending == "settled" and case.negotiated:
        found = 5
    elif case.ending == "settled" and case.met >= FULL:
        found = 2
    elif case.met >= HALF or (case.ending == "settled" and case.met > 0):
        found = 1
    else:
        found = 3
    return found + (IMPOSED if case.imposed is not None else 0)


def row(number: int, case: Case) -> dict[str, str]:
    """A case as a row of the list."""
    final = code(case)
    imposed = case.imposed is not None
    values = {
        "caseid": number, "primarysender": case.leader, "senders": ";".join(case.senders), "targetstate": case.target,
        "sender_mult": int(len(case.senders) > 1), "institution": int(case.institution), "issue": case.issue, "kind": case.kind,
        "startyear": _year(case.began), "endyear": _year(case.ended), "threat": int(case.threatened is not None), "threat_quarter": _quarter(case.threatened),
        "imposition": int(imposed), "begin": _year(case.imposed), "end": _year(case.ended) if imposed else "", "imposed_quarter": _quarter(case.imposed),
        "ended_quarter": _quarter(case.ended), "years_in_force": _number(case.years), "instruments": ";".join(sorted(case.instruments)),
        "trade": int(any(lever in TRADE for lever in case.instruments)), "financial": int(any(lever in FINANCIAL for lever in case.instruments)),
        "demand": _number(case.demand), "met": _number(case.met), "finaloutcome": final, "outcome": OUTCOMES[final],
        "success": SUCCESS[final - IMPOSED] if imposed else "", "targetcosts": cost(case.loss) if imposed else "",
        "targetcosts_pct": _number(case.loss) if imposed else "", "sendercosts": cost(case.sender_loss) if imposed else "",
        "sendercosts_pct": _number(case.sender_loss) if imposed else "",
    }
    return {name: str(value) for name, value in values.items()}


def cost(loss: float) -> str:
    """Class of a mean annual loss in % of real income."""
    return "severe" if loss >= SEVERE else "major" if loss >= MAJOR else "minor"


def shares(cases: Sequence[Case]) -> dict[str, tuple[float | None, int]]:
    """Every statistic of the summary, with the number of cases it is a share of."""
    only = [code(case) for case in cases if case.imposed is None and case.threatened is not None]
    imposed = [case for case in cases if case.imposed is not None]
    finals = [code(case) for case in imposed]
    ended = [case for case in imposed if case.ended is not None]
    results = [SUCCESS[code(case) - IMPOSED] for case in ended]
    threatened = [case for case in cases if case.threatened is not None]
    names = {1: "partial", 2: "complete", 3: "given_up", 4: "open", 5: "negotiated"}
    years = [case.years for case in ended if case.years is not None]
    median = (float(np.median(years)) if years else None, len(years))
    found = {f"threat_{name}": _share([final == number for final in only]) for number, name in names.items()}
    found |= {f"imposed_{name}": _share([final == number + IMPOSED for final in finals]) for number, name in names.items()}
    found |= {f"cost_{name}": _share([cost(case.loss) == name for case in imposed]) for name in ("minor", "major", "severe")}
    return {
        **found,
        "threat_imposed": _share([case.imposed is not None for case in threatened]),
        "imposed_institution": _share([case.institution for case in imposed]),
        "median_completed": median,
        "median_years": median,
        "success_total": _share([result == "success_total" for result in results]),
        "success_any": _share([result in ("success_total", "success_part") for result in results]),
        "nego_settlement": _share([result == "nego_settlement" for result in results]),
        "failed": _share([result == "failed" for result in results]),
        "ongoing": _share([case.ended is None for case in imposed]),
        "multilateral": _share([len(case.senders) > 1 for case in imposed]),
    }


def _share(hits: Sequence[bool]) -> tuple[float | None, int]:
    return (sum(hits) / len(hits) if hits else None, len(hits))


def _year(quarter: int | None) -> int | str:
    return "" if quarter is None else quarter // YEAR + 1


def _quarter(quarter: int | None) -> int | str:
    return "" if quarter is None else quarter


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"


def _text(columns: Sequence[str], rows: Sequence[dict[str, str]]) -> str:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()
