"""Scenario files: what one says becomes a frozen `Scenario`, or a sentence that says where it is wrong.

`list_scenarios` reads titles only and imports nothing heavy; `load` reads and checks one scenario completely.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sim.scenario.catalogue import Entry, find, list_scenarios
from sim.scenario.scenario import Scenario

if TYPE_CHECKING:
    from sim.scenario.decisions import LeverLike

__all__ = ["Entry", "Scenario", "check", "find", "list_scenarios", "load"]


def load(reference: str | Path) -> Scenario:
    """Read the scenario with this id, or the scenario file at this path.

    Raises `Refusal` with one line for each thing that is wrong, the first in the file first.
    """
    from sim.scenario.reading import read

    path, source = find(reference)
    return read(path, source)


def check(path: str | Path, levers: Mapping[str, LeverLike] | None = None) -> list[str]:
    """What is wrong with a scenario file, one sentence each in the order of its lines; empty when it is valid.

    With `levers` (`sim.levers.LEVERS`) the levers, values and options of its decisions are checked too.
    """
    from sim.scenario.reading import problems_of

    return problems_of(find(path)[0], levers)
