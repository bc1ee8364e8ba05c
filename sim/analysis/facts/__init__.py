"""The model held against facts. A newcomer adds a target with one file in this folder, a line in each registry and rows in `targets.csv`."""

from __future__ import annotations

from sim.analysis.facts import bans, controls, diversion, exchange, horizon, losses
from sim.analysis.facts.fact import Experiment, Fact, Statistic, statistics

__all__ = ["EXPERIMENTS", "FACTS", "Experiment", "Fact", "Statistic", "statistics"]

EXPERIMENTS: dict[str, Experiment] = {
    "bans": bans.experiment,
    "controls": controls.experiment,
    "diversion": diversion.experiment,
    "exchange": exchange.experiment,
    "horizon": horizon.experiment,
    "losses": losses.experiment,
}

FACTS: dict[str, Fact] = {
    "O07": bans.FACT,
    "O09": diversion.FACT,
    "O10": losses.O10,
    "O11": losses.O11,
    "O12": exchange.FACT,
    "O14": horizon.FACT,
    "N": controls.FACT,
}
