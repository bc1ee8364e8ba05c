"""O01, O02, O05, O06, O17: a population of disputes in World A, senders choosing whom to press, how and how long.

Disputes arise for five years and are followed for ten more. Concession counts in what was imposed: the share of the demand met at the end or ten
years after imposition. The definition of O01 counts it only where the twin without sanctions shows less than a quarter of it: here
nobody changes a disputed policy unless a sender acts, so the twin shows none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from sim.analysis.cases import FULL, HALF, YEAR, Case, live
from sim.analysis.facts.fact import NOT_FELT, Fact, Record
from sim.scenario.laboratory import world_a

STATES, SECTORS = 24, 5
ARRIVALS, FOLLOWED = 20, 40  # quarters
RATE = 2.0  # disputes a quarter
NOT_BELIEVED: Mapping[str, float] = {"credibility_prior": 0.0, "credibility_weight": 100.0}  # an ablation, whatever a sender has done before
LATE_LEAST = 0.25  # quarters of exposure below which a hazard is not computed


def experiment(seed: int, parameters: Mapping[str, float]) -> Record:
    """The disputes of one world, as a list of cases."""
    world = world_a(STATES, SECTORS, seed, quarters=ARRIVALS + FOLLOWED)
    cases = live(world, seed, ARRIVALS + FOLLOWED, {**parameters, "arrival_rate": RATE}, ARRIVALS)
    return {"cases": [as_record(case) for case in cases]}


def as_record(case: Case) -> dict[str, Any]:
    """What the statistics need of a case; durations in quarters."""
    return {
        "kind": case.kind,
        "threatened": case.threatened is not None,
        "imposed": case.imposed is not None,
        "ended": case.ended is not None,
        "ending": case.ending,
        "at": case.conceded_at,
        "met": round(case.met, 6),
        "met_by_ten": round(case.met_by_ten, 6),
        "in_force": None if case.imposed is None else (case.ended if case.ended is not None else case.last + 1) - case.imposed,
        "held_out": None if case.imposed is None or case.conceded_in is None else case.conceded_in - case.imposed,
        "loss": round(case.loss, 6),
        "sender_loss": round(case.sender_loss, 6),
        "institution": case.institution,
        "senders": len(case.senders),
    }


def cases_of(records: Sequence[Record]) -> list[Mapping[str, Any]]:
    """All cases of several seeds."""
    return [case for record in records for case in record["cases"]]


def success(records: Sequence[Record]) -> dict[str, float]:
    """O01 from records."""
    imposed = [case for case in cases_of(records) if case["imposed"]]
    return {
        "success": _share(imposed, lambda case: case["met_by_ten"] >= HALF),
        "full": _share(imposed, lambda case: case["met_by_ten"] >= FULL),
        "episodes": float(len(imposed)),
    }


def threats(records: Sequence[Record]) -> dict[str, float]:
    """O02 from records."""
    cases = cases_of(records)
    conceded = [case for case in cases if case["met"] > 0]
    threatened = [case for case in cases if case["threatened"]]
    result = {
        "share_before": _share(conceded, lambda case: case["at"] in ("demand", "threat")),
        "conceded": _share(threatened, lambda case: case["at"] in ("demand", "threat")),
        "imposed": _share(threatened, lambda case: case["imposed"]),
    }
    for kind in ("economic", "core"):
        result[f"conceded_{kind}"] = _share([case for case in threatened if case["kind"] == kind], lambda case: case["at"] in ("demand", "threat"))
        imposed = [case for case in cases if case["imposed"] and case["kind"] == kind]
        result[f"yielded_{kind}"] = _share(imposed, lambda case: case["at"] in ("imposed", "relief"))
    return result


def hazard(records: Sequence[Record]) -> dict[str, float]:
    """O05 from records: annual hazards of a concession that stands, exposure in quarters, censored at ten years.

    What counts is when the target gave in, not when the last stage of relief had been carried out.
    """
    imposed = [case for case in cases_of(records) if case["imposed"]]
    rates = [_annual(imposed, year) for year in range(10)]
    early, late = float(np.mean(rates[:3])), float(np.mean(rates[5:]))
    return {"ratio": early / late if late > 0 else float("inf"), **{f"year_{year}": rate for year, rate in enumerate(rates)}}


def endings(records: Sequence[Record]) -> dict[str, float]:
    """O06 from records: median of what ended within ten years; cumulative incidence (Aalen & Johansen) of the competing endings."""
    imposed = [case for case in cases_of(records) if case["imposed"]]
    completed = [case["in_force"] for case in imposed if case["ended"] and case["in_force"] <= 10 * YEAR]
    alive, capitulated = 1.0, 0.0
    at_five = 1.0
    for quarter in range(10 * YEAR + 1):
        risk = sum(case["in_force"] > quarter or (case["ended"] and case["in_force"] == quarter) for case in imposed)
        done = [case for case in imposed if case["ended"] and case["in_force"] == quarter]
        if risk:
            gave_up = sum(case["ending"] == "abandoned" for case in done)
            capitulated += alive * gave_up / risk
            alive *= 1.0 - len(done) / risk
        if quarter == 5 * YEAR:
            at_five = alive
    return {"median": float(np.median(completed)) / YEAR if completed else float("nan"), "in_force_5": at_five, "capitulated_10": capitulated}


def by_loss(records: Sequence[Record]) -> dict[str, float]:
    """O17 from records: odds ratio of success, top against bottom third of the mean annual loss."""
    imposed = sorted((case for case in cases_of(records) if case["imposed"]), key=lambda case: case["loss"])
    third = len(imposed) // 3
    return {"odds_ratio": odds_ratio(imposed[-third:], imposed[:third]) if third else float("nan")}


def odds_ratio(high: Sequence[Mapping[str, Any]], low: Sequence[Mapping[str, Any]]) -> float:
    """Odds of success in `high` over those in `low`, half a case added to every cell."""
    cells = []
    for group in (high, low):
        won = sum(case["met_by_ten"] >= HALF for case in group)
        cells.append((won + 0.5) / (len(group) - won + 0.5))
    return float(cells[0] / cells[1])


def _annual(imposed: Sequence[Mapping[str, Any]], year: int) -> float:
    first, last = year * YEAR, (year + 1) * YEAR
    lasted = [case["in_force"] if case["held_out"] is None else case["held_out"] for case in imposed]
    exposure = sum(min(quarters, last) - first for quarters in lasted if quarters > first)
    events = sum(case["held_out"] is not None and first <= quarters < last for case, quarters in zip(imposed, lasted, strict=True))
    return YEAR * events / exposure if exposure > LATE_LEAST else 0.0


def _share(cases: Sequence[Mapping[str, Any]], test: Callable[[Mapping[str, Any]], bool]) -> float:
    return sum(bool(test(case)) for case in cases) / len(cases) if cases else float("nan")


O01 = Fact("O01", "episodes", {**NOT_FELT, "blame": 0.0}, ("success", "full"), "a target's government counts neither its people's loss nor blame", success)
O02 = Fact("O02", "episodes", NOT_BELIEVED, ("share_before",), "nobody believes a threat", threats)
O05 = Fact("O05", "episodes", {}, (), "its mechanism is tested on one observable type: O05T", hazard)
O06 = Fact("O06", "episodes", {"audience_cost": 0.0}, ("capitulated_10",), "backing down costs a sender nothing", endings)
O17 = Fact("O17", "episodes", {"resolve_spread": 0.0}, ("odds_ratio",), "everybody is equally resolved, and knows it", by_loss)
