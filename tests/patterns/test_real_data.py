"""Sense check on the world of 2014: every sender bans all trade both ways and cuts payments, from the first quarter of the second year on."""

from __future__ import annotations

from functools import cache

import pandas as pd

from sim import api

BEGAN, QUARTERS = 4, 44


@cache
def runs(depreciation: float | None = None) -> tuple[api.Run, api.Run]:
    """The run with the measures and its twin without; `depreciation` 0 switches the slow part, capital, off."""
    setting = api.load("russia-2014")
    dispute = setting.disputes[0]
    levers = ("import_ban", "export_ban", "payment_exclusion")
    orders = [api.Decision(BEGAN, sender, lever, dispute.target, "*", 1.0) for sender in dispute.senders for lever in levers]
    numbers = {} if depreciation is None else {"depreciation": depreciation}
    with_, without = (
        api.run(setting, 1, decided, QUARTERS, governments=False, timetable=False, keep_snapshots=False, parameters=numbers) for decided in (orders, [])
    )
    return with_, without


def change(state: str, depreciation: float | None = None) -> pd.Series:
    """Real income against the twin, %, by quarter."""
    with_, without = (run.states.pivot(index="quarter", columns="state", values="real_income")[state] for run in runs(depreciation))
    return 100.0 * (with_ / without - 1.0)


def test_the_target_loses_between_three_and_thirty_per_cent_in_every_year() -> None:
    loss = -change("RUS").loc[BEGAN:]
    assert loss.min() > 3.0 and loss.max() < 30.0


def test_the_part_of_trade_is_largest_early_and_that_of_capital_grows_and_stays() -> None:
    """Without capital that wears out what is left is the part of trade: it halves in six years; the difference grows for four and is not recovered in ten."""
    trade, whole = change("RUS", 0.0), change("RUS")
    capital = whole - trade
    assert trade.loc[BEGAN : BEGAN + 4].min() == trade.loc[BEGAN:].min()
    assert trade[28] > 0.5 * trade[BEGAN]
    assert 0.0 > capital[6] > capital[8] > capital[12] > capital[16] > capital[20]
    assert capital[QUARTERS - 1] < 0.9 * capital[20]


def test_senders_lose_a_small_fraction_of_it_relative_to_size() -> None:
    dispute = api.load("russia-2014").disputes[0]
    lost = {sender: -change(sender).loc[BEGAN:].mean() for sender in dispute.senders}
    target = -change("RUS").loc[BEGAN:].mean()
    assert max(lost.values()) < 0.2 * target and sum(lost.values()) / len(lost) < 0.05 * target


def test_recorded_trade_of_states_in_between_rises_with_both_sides() -> None:
    """China and India three years later."""
    setting = api.load("russia-2014")
    dispute = setting.disputes[0]
    for name in ("CHN", "IND"):
        for others in ((dispute.target,), dispute.senders):
            sums = []
            for run in runs():
                trade = run.trade[run.trade["quarter"] == 16]
                pairs = (trade["exporter"] == name) & trade["importer"].isin(others) | (trade["importer"] == name) & trade["exporter"].isin(others)
                sums.append(float(trade[pairs]["recorded_value"].sum()))
            assert sums[0] > 1.005 * sums[1], (name, others)
