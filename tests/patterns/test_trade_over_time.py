"""O07 and O14, and how trade falls, withers and is rebuilt. Quick forms: the full ones, with 200 seeds, run in `sanctions-lab facts`."""

from __future__ import annotations

import numpy as np
import pytest

from sim import api
from tests.patterns.twins import change, twins

BANS = ("export_ban", "import_ban")
TWO_YEARS = 8


def bilateral(run: api.Run, column: str = "true_value") -> np.ndarray:
    """Trade of sender and target in both directions, by quarter."""
    trade = run.record.series("trade", column)  # (quarter, exporter, importer, sector)
    return np.asarray(trade[:, 0, 1].sum(axis=1) + trade[:, 1, 0].sum(axis=1))


def bans(level: float, start: int, end: int | None = None) -> list[api.Decision]:
    given = [api.Decision(start, "SENDER", lever, "TARGET", "*", level) for lever in BANS]
    return given if end is None else given + [api.Decision(end, "SENDER", lever, "TARGET", "*", None) for lever in BANS]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_o07_a_complete_ban_cuts_bilateral_trade_by_half_or_more_after_two_years_and_a_partial_one_by_far_less(seed):
    """Complete: 45 to 85 per cent (reference 58). A quarter of the lines: 5 to 35 per cent, and less than half of the complete loss. In records."""
    world = api.world_b(seed=seed, quarters=13)
    lost = []
    for level in (1.0, 0.25):
        with_, without = twins(world, bans(level, 2), seed, 13)
        around = slice(2 + TWO_YEARS - 2, 2 + TWO_YEARS + 2)
        lost.append(100 * (1 - bilateral(with_, "recorded_value")[around].sum() / bilateral(without, "recorded_value")[around].sum()))
    complete, partial = lost
    assert 45 < complete < 85 and 5 < partial < 35 and partial < 0.5 * complete


def test_o07_fails_without_its_mechanism():
    """With nobody policing the ban it cuts nothing."""
    world = api.world_b(seed=1, quarters=11)
    with_, without = twins(world, bans(1.0, 2), 1, 11, enforcement_default=0.0)
    assert bilateral(with_)[10] > 0.99 * bilateral(without)[10]


def elasticities(seed: int, **parameters: float) -> np.ndarray:
    """Fall of spending per rise of cost, by quarter, mean over three goods sectors: an iceberg cost of 10 per cent on the sender's sales to the target."""
    from sim.analysis.facts.horizon import experiment

    found = experiment(seed, parameters)
    return np.array([found["one_year"], found["ten_years"], found["adjusted"], found["tariff_one_year"], found["tariff_ten_years"]])


def test_o14_the_trade_elasticity_grows_over_ten_years():
    """0.5 to 1.1 after a year, 1.6 to 3 after ten, nine tenths of the way in five to ten years; under a tariff the flow before it has one more."""
    year, decade, adjusted, taxed_year, taxed_decade = elasticities(1)
    assert 0.5 < year < 1.1 and 1.6 < decade < 3.0 and 5 < adjusted < 10
    assert taxed_year - year == pytest.approx(1.0, abs=0.1) and taxed_decade - decade == pytest.approx(1.0, abs=0.1)


def test_o14_fails_without_its_mechanism():
    """Trade at long-run elasticities from the first quarter: a year is already too much."""
    year, *_ = elasticities(1, impact_share=1.0, relationship_adjustment=0.0)
    assert year > 1.1


def test_trade_falls_within_quarters_withers_and_takes_years_to_come_back():
    """A complete ban from quarter 4 to 12: trade halves within two years; a year after relief it is still a tenth down, after eight years it is back."""
    world = api.world_b(seed=1, quarters=46)
    with_, without = twins(world, bans(1.0, 4, 12), 1, 46)
    gone = 100 * (1 - bilateral(with_) / bilateral(without))
    assert gone[:4].max() == 0.0
    assert gone[4] > 15 and gone[8] > 40
    assert gone[16] > 10  # a year after relief
    assert gone[16] > gone[24] > gone[36] > gone[45]
    assert gone[45] < 10


def test_the_trade_part_of_a_ban_bites_hardest_early():
    """The triangle's ban of quarter 2: the loss of A is largest within its first two years, and less than half of that after eight."""
    with_, without = twins(api.load("triangle"), [api.Decision(2, "A", "import_ban", "B", "grain", 1.0)], 1, 34, shock_volatility=0.0)
    loss = -change(with_, without, "states", "real_income")[:, 0]
    assert loss[:2].max() == 0.0
    assert 2 <= int(np.argmax(loss)) < 10
    assert loss[33] < 0.5 * loss.max() and loss[33] > 0
