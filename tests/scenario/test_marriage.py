"""The default scenario: nothing stands behind a rift but the economy of the licence, and an early wedge changes how often the two come together."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest

from sim import api
from sim.api import Decision

NAME = "marriage-of-convenience"
SENDERS = ("AUREL", "BRENN")  # played: they do only what is decided here, so their measures last
SEEDS = range(1, 9)


def licences(seed: int, decisions: list[Decision], parameters: Mapping[str, float] | None = None) -> pd.DataFrame:
    """Rows of the licences from Karstia to Vostra."""
    run = api.run(NAME, seed, decisions, parameters=parameters, played=SENDERS, keep_snapshots=False, strict=False)
    table = run.table("agreements")
    return table[(table["kind"] == "licence") & (table["party_a"] == "KARST") & (table["party_b"] == "VOSTRA")]


def end_of_first(quarter: int, **parameters: float) -> float:
    """Mean last quarter of licences agreed one quarter after `quarter`, over the seeds in which the pair had none before."""
    given = [
        Decision(quarter, "KARST", "propose_deal", "VOSTRA", "", 1.0, {"kind": "licence", "giver": "me"}),
        Decision(quarter + 1, "VOSTRA", "answer_deal", "KARST", "", 1.0, {}),
    ]
    ends = []
    for seed in SEEDS:
        rows = licences(seed, given, parameters)
        first = rows[rows["agreement"] == rows.iloc[0]["agreement"]]
        if first["quarter"].min() == quarter + 1:
            ends.append(first.loc[first["status"].isin(["active", "renegotiated"]), "quarter"].max())
    assert len(ends) >= 3, "too few histories without an earlier licence"
    return float(np.mean(ends))


@pytest.mark.slow
def test_the_end_of_a_licence_moves_with_its_beginning_and_hangs_on_learning() -> None:
    """Measured over these eight seeds: agreed in quarter 2 it ends in quarter 9.9 on average, agreed in quarter 6 in 15.3; without learning in 23."""
    early = end_of_first(1)
    assert end_of_first(5) > early + 2
    assert end_of_first(1, learning_rate=0.0) > early + 4


@pytest.mark.slow
def test_an_early_wedge_keeps_most_pairs_from_ever_making_a_licence() -> None:
    """Six tenths of the measures lifted for the word to stay away: measured over twenty seeds, 19 make no licence where 18 did; if nobody sees, 18 do."""
    dispute = {"dispute": "strait"}
    wedge = [
        Decision(1, "AUREL", "inducement", "VOSTRA", "", 0.0, {**dispute, "share": "0.6", "leave": "KARST"}),
        *(Decision(quarter, "AUREL", "next_stage", "VOSTRA", "", 1.0, dispute) for quarter in (3, 4, 5)),
    ]
    cases: list[tuple[list[Decision], dict[str, float]]] = [([], {}), (wedge, {}), (wedge, {"parting_seen": 0.0})]
    without, kept, unseen = (sum(not licences(seed, given, numbers).empty for seed in SEEDS) for given, numbers in cases)
    assert kept < 0.5 * without and unseen > 0.8 * without
