"""Distances between isolated states: by hand on a small table, and on the default scenario."""

from __future__ import annotations

import pandas as pd
import pytest

from sim import api
from sim.analysis.alike import _apart, alike


def test_distances_of_structure_and_partners_by_hand() -> None:
    """A sells 3 food and 1 ore to C; B sells 1 and 1 to C and buys 2 from D. Structure: (.75, .25) and (.5, .5) differ by .25. Partners: A has C alone, B
    half C, half D: .5. Trade between A and B counts for neither."""
    flows = pd.DataFrame(
        [("A", "C", "food", 3.0), ("A", "C", "ore", 1.0), ("B", "C", "food", 1.0), ("B", "C", "ore", 1.0), ("D", "B", "ore", 2.0), ("A", "B", "ore", 9.0)],
        columns=["exporter", "importer", "sector", "true_value"],
    )
    assert _apart(flows, ("A", "B"), "sector") == pytest.approx(0.25)
    assert _apart(flows, ("A", "B"), "partner") == pytest.approx(0.5)
    assert _apart(flows, ("A", "A"), "sector") == 0.0


def test_the_two_sanctioned_states_of_the_default_scenario_are_compared_every_quarter() -> None:
    run = api.run("marriage-of-convenience", seed=1, quarters=4, keep_snapshots=False)
    table = alike(run)
    assert list(table["quarter"].unique()) == [0, 1, 2, 3]
    assert (table["state"] != table["longest"]).all()
    assert table[["structure", "partners"]].min().min() > 0 and table[["structure", "partners"]].max().max() < 1


def test_with_one_state_under_measures_there_is_nothing_to_compare() -> None:
    assert alike(api.run("who-pays", seed=1, quarters=2, keep_snapshots=False)).empty
