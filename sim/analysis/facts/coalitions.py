"""O04: a coalition with an institution succeeds more often than one sender of the same weight; one without gains less."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sim.analysis.facts.fact import Fact, Record
from sim.analysis.facts.staged import outcome, staged
from sim.scenario.laboratory import senders_of, target_of, world_a

STATES, SECTORS = 24, 5
SHARE, LINES = 0.5, 0.4
DRAWS = 2


def experiment(seed: int, parameters: Mapping[str, float]) -> Record:
    """Three ways with the same share of the target's trade: one sender, an ad hoc coalition, a coalition with an institution."""
    alone = world_a(STATES, SECTORS, seed, sender_share=SHARE)
    together = world_a(STATES, SECTORS, seed, coalition_share=SHARE)
    ways = {"single": (alone, False), "ad_hoc": (together, False), "institution": (together, True)}
    found: dict[str, list[float]] = {}
    for draw in range(DRAWS):
        luck = DRAWS * seed + draw
        for name, (world, institution) in ways.items():
            setting = staged(world, senders_of(world), target_of(world), LINES, luck, institution=institution)
            found.setdefault(name, []).append(float(outcome(setting, luck, parameters)["met_by_ten"] >= 0.5))
    return found


def pooled(records: Sequence[Record]) -> dict[str, float]:
    """Shares of success in the three ways and their differences."""
    share = {name: float(np.mean([won for record in records for won in record[name]])) for name in ("single", "ad_hoc", "institution")}
    return {
        "gain": share["institution"] - share["single"],
        "over_ad_hoc": share["institution"] - share["ad_hoc"],
        **share,
    }


FACT = Fact("O04", "coalitions", {"institution_pooling": 0.0, "institution_quit": 1.0}, ("gain",), "an institution neither pools gains nor binds", pooled)
