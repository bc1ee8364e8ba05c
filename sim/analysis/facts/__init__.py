"""The model held against facts. A newcomer adds a target with one file in this folder, a line in each registry and rows in `targets.csv`."""

from __future__ import annotations

from sim.analysis.facts import (
    anticipation,
    bans,
    coalitions,
    controls,
    credibility,
    depth,
    diversion,
    episodes,
    exchange,
    horizon,
    households,
    losses,
    one_type,
    patrons,
)
from sim.analysis.facts.fact import Experiment, Fact, Statistic, statistics

__all__ = ["EXPERIMENTS", "FACTS", "Experiment", "Fact", "Statistic", "statistics"]

EXPERIMENTS: dict[str, Experiment] = {
    "anticipation": anticipation.experiment,
    "bans": bans.experiment,
    "coalitions": coalitions.experiment,
    "controls": controls.experiment,
    "credibility": credibility.experiment,
    "depth": depth.experiment,
    "diversion": diversion.experiment,
    "episodes": episodes.experiment,
    "exchange": exchange.experiment,
    "horizon": horizon.experiment,
    "households": households.experiment,
    "losses": losses.experiment,
    "one_type": one_type.experiment,
    "patrons": patrons.experiment,
}

FACTS: dict[str, Fact] = {
    "O01": episodes.O01,
    "O02": episodes.O02,
    "O03": depth.FACT,
    "O04": coalitions.FACT,
    "O05": episodes.O05,
    "O05T": one_type.FACT,
    "O06": episodes.O06,
    "O07": bans.FACT,
    "O08": anticipation.FACT,
    "O09": diversion.FACT,
    "O10": losses.O10,
    "O11": losses.O11,
    "O12": exchange.FACT,
    "O13": households.FACT,
    "O14": horizon.FACT,
    "O15": patrons.FACT,
    "O16": credibility.FACT,
    "O17": episodes.O17,
    "N": controls.FACT,
}
