"""Measures in force are found by who uses them, on whom and what they belong to, as they are now."""

from __future__ import annotations

import copy

import numpy as np

from sim.levers.in_force import InForce, Key
from sim.levers.lever import Measure

BANS: tuple[Key, ...] = (("export_ban", 0, 1, "*"), ("export_ban", 2, 1, "*"), ("import_ban", 0, 2, "grain"))


def one(key: Key, **notes: str) -> Measure:
    """A measure that stands under `key`."""
    lever, sender, target, sector = key
    return Measure("|".join((lever, str(sender), str(target), sector)), lever, sender, target, np.arange(2), 1.0, 0, notes=notes)


def some() -> InForce:
    """Two states' measures on state 1 in the dispute `mines`, and one under the agreement `pact` that state 0 uses on state 2."""
    measures = InForce()
    for key, note in zip(BANS, ({"dispute": "mines"}, {"dispute": "mines"}, {"agreement": "pact"}), strict=True):
        measures[key] = one(key, **note)
    return measures


def test_each_list_has_what_belongs_to_it_in_the_order_of_coming_into_force() -> None:
    measures = some()
    first, second, third = measures.values()
    assert measures.of(0) == [first, third] and measures.of(1) == []
    assert measures.on(1) == [first, second] and measures.on(2) == [third]
    assert measures.in_dispute("mines") == [first, second] and measures.in_dispute("none") == []
    assert measures.under_agreement("pact") == [third]


def test_whatever_changes_the_measures_changes_the_lists() -> None:
    measures = some()
    assert len(measures.on(1)) == 2
    measures.pop(BANS[0])
    assert measures.on(1) == [measures[BANS[1]]]
    measures.setdefault(BANS[0], one(BANS[0]))
    assert measures.of(0) == [measures[BANS[2]], measures[BANS[0]]] and measures.in_dispute("mines") == [measures[BANS[1]]]
    measures.clear()
    assert measures.of(0) == measures.on(1) == []


def test_a_copy_goes_its_own_way() -> None:
    measures = some()
    twin = copy.deepcopy(measures)
    del twin[BANS[0]]
    assert len(measures.on(1)) == 2 and len(twin.on(1)) == 1 and len(measures) == 3
