"""The charts, on numbers small enough to check by hand."""

from __future__ import annotations

import json
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import pytest

from ui.charts.chart import Chart
from ui.charts.dependence import dependence
from ui.charts.hidden_trade import hidden_trade
from ui.charts.money import bill
from ui.charts.over_time import Times, over_time, role_changes, time_axis
from ui.charts.resolve import resolve
from ui.charts.trade_moved import trade_moved
from ui.charts.who_pays import who_pays
from ui.roles import Roles
from ui.text import MINUS, words

W = words()
NAMES = {"A": "Aland", "B": "Borland", "C": "Corland", "D": "Dorland"}
ROLES = Roles(target=("B",), sender=("A", "C"), third=("D",))
SPACE = "\N{NO-BREAK SPACE}"


def wide(**columns: list[float]) -> pd.DataFrame:
    return pd.DataFrame(columns, dtype=float).rename_axis("quarter")


BEFORE = wide(A=[100.0] * 4, B=[50.0] * 4, C=[100.0] * 4, D=[10.0] * 4)
NOW = wide(A=[100.0, 99.0, 99.0, 99.0], B=[50.0, 45.0, 45.0, 45.0], C=[100.0] * 4, D=[10.0] * 4)


def rows(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """Every row of every data set of a Vega-Lite specification."""
    return [row for data in spec["datasets"].values() for row in data]


def test_a_chart_hands_its_numbers_over_as_altair_would_itself() -> None:
    data = pd.DataFrame({"x": [1.5, float("nan"), float("inf")], "n": [1, 2, 3], "yes": [True, False, True], "word": ["a", "é", None]}, index=[7, 8, 9])
    chart = alt.Chart(data).mark_point().encode(x=alt.X("x:Q"))
    with alt.data_transformers.enable("default"):
        usual = chart.to_dict()
    assert rows(Chart(chart, "", data).specs[0]) == rows(usual)
    assert rows(usual)[1] == {"x": None, "n": 2, "yes": False, "word": "é"}


def test_a_bill_counts_from_the_quarter_in_which_measures_differ() -> None:
    """B loses 5 of 50 in each of three quarters: 10 %, and 5 a quarter are 20 a year. From quarter 0: 15 of 200 = 7.5 %."""
    loss = bill(NOW, BEFORE, ["B"], 1)
    assert (loss.percent, loss.billions, loss.verb) == (pytest.approx(-10.0), pytest.approx(-20.0), "loses")
    assert bill(NOW, BEFORE, ["B"], 0).percent == pytest.approx(-7.5)
    assert bill(NOW, BEFORE, [], 0).verb == "same"


def test_who_pays_says_who_loses_how_much_and_what_the_senders_give_up_for_it() -> None:
    """The senders lose 1 of 200 in each of three quarters: 0.5 %, 4 a year; 20 / 4 = 5 for every 1."""
    chart = who_pays(NOW, BEFORE, ROLES, NAMES, 1, W)
    assert chart.takeaway == (
        f"Borland loses 10.0{SPACE}% of its real income ($20.0 bn a year). "
        f"The senders together lose 0.5{SPACE}% ($4.0 bn a year). Dorland sees hardly any change. "
        "For every $1 the senders give up, the other side gives up $5.00."
    )


def test_who_pays_draws_a_bar_for_every_state_and_one_for_a_group_of_several() -> None:
    chart = who_pays(NOW, BEFORE, ROLES, NAMES, 1, W)
    bars = {row["name"]: row for row in rows(chart.specs[0])}
    assert list(bars) == ["Borland (target)", "Senders", "Aland", "Corland", "Dorland (third party)"]
    assert bars["Senders"]["label"] == f"{MINUS}0.5{SPACE}% ({MINUS}$4.0 bn)"
    assert [name for name, row in bars.items() if row["head"]] == ["Borland (target)", "Senders", "Dorland (third party)"]
    assert list(chart.table["State"]) == ["Borland", "Aland", "Corland", "Dorland"]


def test_a_bar_of_next_to_nothing_says_so_in_words() -> None:
    """0.04 % less prints as a number that reads as nothing; 0.06 % is a number again."""
    for factor, said in ((0.9996, "practically unchanged"), (0.9994, f"\N{MINUS SIGN}0.06{SPACE}% (")):
        now = BEFORE.copy()
        now.iloc[:, 0] *= factor
        assert said in json.dumps(who_pays(now, BEFORE, ROLES, NAMES, 0, W).specs, ensure_ascii=False), said


def test_who_pays_of_equal_runs_says_that_nobody_does() -> None:
    assert who_pays(BEFORE, BEFORE, ROLES, NAMES, 0, W).takeaway.startswith("Nobody gains or loses")


def times(count: int) -> Times:
    return Times([W.quarter(quarter) for quarter in range(count)], ["1", "2"], "Year", [1])


def test_a_role_is_weighted_by_income() -> None:
    """A loses 1 of 100, C nothing: the senders lose 1 of 200 = 0.5 %. A's prices rise by 2 %, C's by none: 1 % on average."""
    prices = wide(A=[1.0] * 4, B=[1.0] * 4, C=[1.0] * 4, D=[1.0] * 4)
    dearer = prices.assign(A=[1.0, 1.02, 1.02, 1.02])
    changes = role_changes((NOW, BEFORE), (dearer, prices), ROLES)
    assert changes["income"]["sender"].tolist() == pytest.approx([0.0, -0.5, -0.5, -0.5])
    assert changes["prices"]["sender"].tolist() == pytest.approx([0.0, 1.0, 1.0, 1.0])
    assert changes["income"]["target"].tolist() == pytest.approx([0.0, -10.0, -10.0, -10.0])


@pytest.mark.parametrize(
    "incomes, prices, said",
    [
        ([50.0, 40.0, 45.0, 48.0], 1.1, "loss of real income is largest in year 1, Q2 at 20.0 %; at the end 4.0 % is left of it."),
        ([50.0, 40.0, 40.0, 40.5], 1.1, "largest in year 1, Q2 at 20.0 %, and it lasts: 19.0 % at the end."),
        ([50.0, 49.0, 48.0, 45.0], 1.1, "loss of real income reaches 10.0 % at the end and is still growing."),
        ([50.0, 46.0, 45.05, 45.0], 1.1, "Borland’s loss of real income is 10.0 % at the end."),  # all but level
        ([50.0, 55.0, 55.0, 51.0], 0.9, "gain of real income is largest in year 1, Q2 at 10.0 %; at the end 2.0 % is left of it."),
        ([50.0, 50.0, 50.0, 50.0], 1.1, "Borland’s real income hardly changes. Its consumer prices end 10.0 % higher."),
        ([50.0, 40.0, 45.0, 48.0], 1.0, "Its consumer prices end where they would have been."),
        ([50.0, 40.0, 45.0, 48.0], 0.9, "Its consumer prices end 10.0 % lower."),
        ([50.0, 50.0, 50.0, 50.0], 1.0, "Neither real income nor prices change noticeably"),
    ],
)
def test_over_time_says_when_the_change_was_largest_and_what_is_left(incomes: list[float], prices: float, said: str) -> None:
    level = wide(**{state: [1.0] * 4 for state in NAMES})
    changes = role_changes((BEFORE.assign(B=incomes), BEFORE), (level.assign(B=[1.0, 1.0, 1.0, prices]), level), ROLES)
    chart = over_time(changes, ROLES, NAMES, times(4), W)
    assert said in chart.takeaway.replace(SPACE, " ")
    assert len(chart.specs) == 2
    assert len(chart.table) == 4


def test_within_the_first_year_no_direction_is_told_and_every_quarter_has_its_name() -> None:
    """Half a year: a loss that came in its second quarter has not been growing, it has begun."""
    before, level = BEFORE.iloc[:2], wide(**{state: [1.0] * 2 for state in NAMES})
    chart = over_time(role_changes((before.assign(B=[50.0, 45.0]), before), (level, level), ROLES), ROLES, NAMES, times(2), W)
    assert chart.takeaway.replace(SPACE, " ").startswith("Borland’s loss of real income is 10.0 % at the end. ")
    axis = time_axis(times(2)).to_dict()
    assert axis["values"] == [0, 1] and "year 1, Q2" in axis["labelExpr"]
    assert time_axis(times(8)).to_dict()["values"] == [0, 4]


def test_a_question_put_once_is_not_told_as_a_course_of_things() -> None:
    sender = {"hope": {}, "cost": {}}
    for pain, quarters in (({1: 2.0}, 1), ({1: 2.0, 3: 2.0}, 2)):
        chart = resolve({"pain": pain, "worth": dict.fromkeys(pain, 5.0)}, sender, ("Borland", "Aland"), times(4), W)
        assert chart is not None and ("asked only once" in chart.takeaway) == (quarters == 1)
        assert ("never costs" in chart.takeaway) == (quarters == 2)


def partners(**pairs: tuple[float, float]) -> pd.DataFrame:
    return pd.DataFrame.from_dict(pairs, orient="index", columns=["exports", "imports"])


def test_trade_moved_says_what_is_lost_with_whom_and_how_much_of_it_is_replaced() -> None:
    """Before 20 + 10 + 5 = 35, now 8 + 10 + 9 = 27: 22.9 % less. Lost with A 12, won with D 4: a third of it."""
    before = partners(A=(10.0, 10.0), C=(5.0, 5.0), D=(3.0, 2.0))
    now = partners(A=(4.0, 4.0), C=(5.0, 5.0), D=(5.0, 4.0))
    chart = trade_moved(now, before, "B", ROLES, NAMES, W)
    assert chart.takeaway.replace(SPACE, " ") == (
        "Borland’s foreign trade is 22.9 % smaller: $27.0 bn instead of $35.0 bn a year. Most is lost with Aland ($12.0 bn). "
        "Of what is replaced, Dorland takes the most ($4.0 bn); all new trade together replaces 33 % of what was lost."
    )
    assert list(chart.table["Partner"]) == ["Aland", "Corland", "Dorland"]


def test_trade_moved_prints_no_two_equal_sums_and_calls_nothing_replaced_where_more_is_won_than_lost() -> None:
    """Before 200 + 10 + 90 = 300. Lost with A 4, won with D 12.1 (three times as much), or 4.1: then $300 bn stay $300 bn."""
    before = partners(A=(100.0, 100.0), C=(5.0, 5.0), D=(45.0, 45.0))
    said = {won: trade_moved(partners(A=(98.0, 98.0), C=(5.0, 5.0), D=(45.0 + won, 45.0)), before, "B", ROLES, NAMES, W).takeaway for won in (12.1, 4.1)}
    said = {won: text.replace(SPACE, " ") for won, text in said.items()}
    assert said[12.1].endswith("Most is lost with Aland ($4.0 bn). Trade grows most with Dorland ($12.1 bn).")
    assert said[4.1].startswith("Borland’s foreign trade as a whole hardly changes: $300 bn a year.")
    assert said[4.1].endswith("Trade grows most with Dorland ($4.1 bn).")


def test_trade_that_nobody_takes_over_is_said_so() -> None:
    before, now = partners(A=(10.0, 10.0), D=(3.0, 2.0)), partners(A=(4.0, 4.0), D=(3.0, 2.0))
    assert trade_moved(now, before, "B", ROLES, NAMES, W).takeaway.endswith("No other partner takes over a noticeable part.")
    assert trade_moved(before, before, "B", ROLES, NAMES, W).takeaway.startswith("Borland trades with the same partners")


def test_small_partners_share_a_row() -> None:
    many = partners(**{f"S{place}": (20.0 - place, 0.0) for place in range(12)})
    names = {state: state for state in many.index} | NAMES
    drawn = [row for row in rows(trade_moved(many, many, "B", Roles(("B",), (), tuple(many.index)), names, W).specs[0]) if "name" in row]
    assert len({row["name"] for row in drawn}) == 9
    assert "4 others" in {row["name"] for row in drawn}


def test_dependence_is_the_share_of_all_spending_that_goes_to_a_partner() -> None:
    """B spends 6 at home, 3 on A, 1 on C: 30 % and 10 %; A spends 9 at home and 1 on B: 10 %; C 10 at home."""
    trade = np.array([[9.0, 3.0, 0.0], [1.0, 6.0, 0.0], [0.0, 1.0, 10.0]])  # (exporter, importer)
    chart = dependence(trade, ["A", "B", "C"], ["A", "B", "C"], NAMES, W)
    table = chart.table.set_index(["Who depends", "On whom"])["Share of spending on goods and services, %"]
    assert table["Borland", "Aland"] == pytest.approx(30.0)
    assert table["Borland", "Corland"] == pytest.approx(10.0)
    assert table["Aland", "Borland"] == pytest.approx(10.0)
    assert chart.takeaway.startswith(f"Borland depends most on one partner: 30.0{SPACE}% of what it spends goes to Aland.")


def test_trade_recorded_as_it_was_has_no_chart_of_gaps() -> None:
    trade = np.ones((2, 2))
    assert hidden_trade(trade, trade.copy(), ["A", "B"], NAMES, W) is None


def test_a_detour_shows_as_less_on_the_true_pair_and_more_on_the_recorded_one() -> None:
    """10 go from A to B, recorded as A to C and C to B: 10 of 30 true units are missed, one third."""
    true = np.array([[0.0, 10.0, 10.0], [0.0, 0.0, 0.0], [0.0, 10.0, 0.0]])
    recorded = np.array([[0.0, 0.0, 20.0], [0.0, 0.0, 0.0], [0.0, 20.0, 0.0]])
    chart = hidden_trade(true, recorded, ["A", "B", "C"], NAMES, W)
    assert chart is not None
    assert "between Aland and Borland: $10.0 bn a year less on paper" in chart.takeaway
    assert f"33.33{SPACE}%" in chart.takeaway
    assert sorted(chart.table["Recorded minus true, USD bn a year"]) == pytest.approx([-10.0, 10.0, 10.0])
