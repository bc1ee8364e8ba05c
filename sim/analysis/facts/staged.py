"""Disputes staged for an experiment: put in place, measures imposed by order, everything else left to the governments concerned."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sim.analysis.cases import YEAR, Case, incomes, live
from sim.analysis.facts.episodes import as_record
from sim.analysis.facts.fact import Record
from sim.scenario import Scenario
from sim.scenario.decisions import Decision
from sim.scenario.scenario import DisputeSpec
from sim.world import Decider

IMPOSED = 1  # quarter
FOLLOWED = 10 * YEAR
DEMAND = 0.5


def staged(
    setting: Scenario, senders: Sequence[str], target: str, lines: float, seed: int, kind: str = "core", institution: bool = False
) -> Scenario:
    """The world with one dispute whose senders ban `lines` of all product lines with the target, both ways, from quarter 1 on.

    The demand is fixed; how much it matters to each side is drawn by the seed, the same for all ways of an experiment.
    """
    rng = np.random.default_rng([7, seed])
    salience = rng.beta(2.0, 2.0, 2).clip(0.02, 0.98)
    spec = DisputeSpec(
        "staged", "a disputed rule", tuple(senders), target, DEMAND, kind, float(salience[0]), float(salience[1]), 0.0, "dormant",  # type: ignore[arg-type]
        "coalition" if institution else "",
    )
    orders = tuple(
        Decision(IMPOSED, sender, lever, target, "*", lines, {"dispute": "staged"}) for sender in senders for lever in ("export_ban", "import_ban")
    )
    return dataclasses.replace(setting, disputes=(spec,), timetable=orders, quarters=IMPOSED + FOLLOWED + 1)


def outcome(
    setting: Scenario, seed: int, parameters: Mapping[str, float], decider: Decider | None = None, twin: Sequence[NDArray[np.float64]] | None = None
) -> Record:
    """How the staged dispute went, as a record of its case; with its losses where the `twin`'s real incomes are given."""

    def decide(quarter: int, state: str, decision: str, options: Sequence[str], beliefs: Mapping[str, float]) -> str | None:
        rest = _rest(quarter, state, decision, options, beliefs)
        return rest if rest is not None or decider is None else decider(quarter, state, decision, options, beliefs)

    return as_record(live(setting, seed, setting.quarters, parameters, decider=decide, losses=False, until=_over, twin=twin)[0])


def unmeasured(setting: Scenario, seed: int, parameters: Mapping[str, float]) -> list[NDArray[np.float64]]:
    """Real incomes by quarter of the twin of a staged dispute that never sees the measures."""
    return incomes(dataclasses.replace(setting, timetable=()), seed, setting.quarters, parameters, _rest)


def _rest(quarter: int, state: str, decision: str, options: Sequence[str], beliefs: Mapping[str, float]) -> str | None:
    """Nobody threatens: the measures come by order. Nobody associates itself: the senders are those of the experiment."""
    kind = decision.partition(":")[0]
    return {"demand": "let it rest", "associate": "keep out of it"}.get(kind)


def _over(cases: Sequence[Case]) -> bool:
    return bool(cases) and all(case.ended is not None for case in cases)
