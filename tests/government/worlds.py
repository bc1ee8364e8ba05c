"""A small world for tests of politics: two states under measures of a third, and a neutral one."""

from __future__ import annotations

from typing import Any

from sim.scenario import Scenario
from sim.scenario.generate import from_keys
from sim.world import World

STATES = ("LEAD", "EAST", "WEST", "ASIDE")


def keys_of_states() -> list[dict[str, Any]]:
    """The four states as a scenario file writes them."""
    return [
        {"id": "LEAD", "gdp_bn": 4000.0, "place": [0.0, 0.0], "population_m": 100.0, "ideal_point": 1.0, "hub": True, "council": True, "veto": True},
        {"id": "EAST", "gdp_bn": 700.0, "place": [2.0, 0.0], "population_m": 50.0, "ideal_point": -0.8, "regime": "personal", "council": True,
         "advantage": {"tech": 0.5}},
        {"id": "WEST", "gdp_bn": 500.0, "place": [2.0, 1.0], "population_m": 40.0, "ideal_point": -0.7, "regime": "single-party",
         "advantage": {"tech": 1.6}},
        {"id": "ASIDE", "gdp_bn": 900.0, "place": [0.0, 2.0], "population_m": 60.0, "ideal_point": 0.0, "neutral": True, "council": True},
    ]


def setting(**changes: Any) -> Scenario:
    """LEAD presses EAST and WEST, ASIDE is neutral; keys of the scenario file can be replaced by name."""
    keys: dict[str, Any] = {
        "format": 1,
        "id": "quarrel",
        "title": "A quarrel",
        "question": "Who gives in?",
        "quarters": 8,
        "world": {"gravity": {"border": 12.0}},
        "state": keys_of_states(),
        "dispute": [
            {"id": "first", "issue": "a fishing quota", "senders": ["LEAD"], "target": "EAST", "stage": "imposed", "demand": 0.8},
            {"id": "second", "issue": "a transit fee", "senders": ["LEAD"], "target": "WEST", "stage": "imposed", "demand": 0.8},
        ],
        "measure": [
            {"state": "LEAD", "lever": "import_ban", "target": "EAST", "sector": "*", "value": 0.9, "options": {"dispute": "first"}},
            {"state": "LEAD", "lever": "import_ban", "target": "WEST", "sector": "*", "value": 0.5, "options": {"dispute": "second"}},
        ],
    }
    return from_keys({**keys, **changes})


def world(quarters: int = 1, governments: bool = False, decisions: Any = None, parameters: Any = None, **changes: Any) -> World:
    """The small world after some quarters; governments stand still unless asked to decide."""
    made = World(setting(**changes), seed=1, governments=governments, decisions=decisions, parameters=parameters)
    for _ in range(quarters):
        made.step()
    return made
