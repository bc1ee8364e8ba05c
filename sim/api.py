"""The only door to the model: load, run, branch, replay, counterfactual, and the catalogues."""

from __future__ import annotations

from pathlib import Path

from sim.analysis import drafts
from sim.analysis.alike import alike
from sim.analysis.bills import WhoPaid, bills
from sim.analysis.checking import check_expectations
from sim.analysis.compare import Comparison, compare
from sim.analysis.counterfactual import run_counterfactual
from sim.analysis.drafts import forms
from sim.analysis.drafts.differences import Difference, differences
from sim.analysis.ensemble import Ensemble, ensemble
from sim.analysis.explore import Explored, explore, withdrawn
from sim.analysis.history import History, history
from sim.analysis.last_facts import last_facts, targets, works
from sim.analysis.objectives import Met, objectives_met
from sim.analysis.replay import Replay, replay
from sim.analysis.runs import Run, branch, run
from sim.analysis.sweep import Sweep, sweep
from sim.analysis.tornado import Tornado, tornado
from sim.analysis.turns import Paper, Turn, turn
from sim.analysis.verdicts import Verdicts, goal_values, verdicts
from sim.analysis.version import versions
from sim.analysis.worked import Worked, worked
from sim.government.choice import Choice
from sim.government.possible import named, possible
from sim.government.reasons import Reason, explain, taking, told
from sim.levers import LEVERS
from sim.levers.propose_deal import EVEN as EVEN_DEALS
from sim.orders import validated
from sim.parameters import PARAMETERS, THEORIES, Parameter, resolve
from sim.quarter import PHASES
from sim.refusals import NoEquilibrium, Refusal
from sim.scenario import Scenario, list_scenarios, load
from sim.scenario.decisions import Decision, read_decisions, write_decisions
from sim.scenario.default_sectors import DEFAULT_SECTORS as _DEFAULT
from sim.scenario.laboratory import world_a, world_b
from sim.scenario.translation import translated, translation_of
from sim.tables import TABLES
from sim.world import World

__all__ = [
    "DEFAULT_SECTORS",
    "EVEN_DEALS",
    "LEVERS",
    "PARAMETERS",
    "PHASES",
    "TABLES",
    "THEORIES",
    "Choice",
    "Comparison",
    "Decision",
    "Difference",
    "Ensemble",
    "Explored",
    "History",
    "Met",
    "NoEquilibrium",
    "Paper",
    "Parameter",
    "Reason",
    "Refusal",
    "Replay",
    "Run",
    "Scenario",
    "Sweep",
    "Tornado",
    "Turn",
    "Verdicts",
    "WhoPaid",
    "Worked",
    "World",
    "alike",
    "bills",
    "branch",
    "check_expectations",
    "compare",
    "differences",
    "drafts",
    "ensemble",
    "explain",
    "explore",
    "forms",
    "goal_values",
    "history",
    "last_facts",
    "load",
    "named",
    "objectives_met",
    "possible",
    "read_decisions",
    "replay",
    "resolve",
    "run",
    "run_counterfactual",
    "said_in",
    "scenarios",
    "sweep",
    "taking",
    "targets",
    "told",
    "tornado",
    "turn",
    "validated",
    "verdicts",
    "versions",
    "withdrawn",
    "worked",
    "works",
    "world_a",
    "world_b",
    "write_decisions",
]

DEFAULT_SECTORS = tuple(sector.id for sector in _DEFAULT)  # of a scenario file that defines none


def scenarios() -> list[tuple[str, str]]:
    """Id and title of every scenario that ships with the program, by id."""
    return [(found.id, found.title) for found in list_scenarios()]


def said_in(reference: str | Path, language: str) -> dict[str, str]:
    """What to say instead of each text of a scenario in another language; empty where it has no translation. Raises `Refusal` for a wrong one."""
    path = translation_of(reference, language)
    return translated(load(reference), path) if path is not None else {}


def decisions_from(path: str | Path) -> list[Decision]:
    """Read a decisions file (CSV: quarter, state, lever, target, sector, value, options). Raises `Refusal` with the line that is wrong."""
    return read_decisions(Path(path), LEVERS)
