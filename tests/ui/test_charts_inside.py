"""The charts inside a state, on numbers small enough to check by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.ui.patience import SECONDS
from ui.charts.apart import apart, pairs_of
from ui.charts.ledger import ledger
from ui.charts.localisation import localisation
from ui.charts.over_time import Times
from ui.charts.people_pay import people_pay
from ui.charts.reserves_prices import reserves_prices
from ui.roles import Roles
from ui.text import words

W = words()
SPACE = "\N{NO-BREAK SPACE}"
TIMES = Times([W.quarter(quarter) for quarter in range(4)], ["1"], "Year", [1])
ROLES = Roles(target=("B",), sender=("A",), third=("C",))
NAMES = {"A": "Aland", "B": "Borland", "C": "Corland"}


def spending(**lost: list[float]) -> np.ndarray:
    """Two quarters in which the fifths of A, B and C spend 1, 2, 3, 4 and 10, less what each loses."""
    values = np.tile(np.array([1.0, 2.0, 3.0, 4.0, 10.0]), (2, 3, 1))
    for name, amounts in lost.items():
        values[:, "ABC".index(name)] -= amounts
    return values


def test_people_pay_says_what_ordinary_people_the_poorest_and_the_elite_lose() -> None:
    """B: ordinary people lose 0.2 + 0.2 + 0.3 + 0.3 = 1 of 10 (10 %), the poorest 0.2 of 1 (20 %), the elite 0.5 of 10 (5 %); 1 a quarter is 4 a year."""
    chart = people_pay(spending(B=[0.2, 0.2, 0.3, 0.3, 0.5], A=[0, 0, 0, 0, 0.2]), spending(), "ABC", ROLES, NAMES, 0, W)
    assert chart is not None
    expected = f"In Borland ordinary people lose 10.0{SPACE}% of what they can spend and the richest fifth 5.0{SPACE}%; the poorest fifth loses 20.0{SPACE}%."
    assert chart.takeaway == expected
    table = chart.table.set_index("Group")
    assert table.loc["Ordinary people (target)"].tolist() == pytest.approx([-10.0, -4.0])
    assert table.loc["Poorest fifth"].tolist() == pytest.approx([-20.0, -0.8])
    assert table.loc["Senders"].tolist() == pytest.approx([-1.0, -0.8])
    assert table.loc["Third parties"].tolist() == [0.0, 0.0]


def test_people_pay_knows_who_gains_and_when_nobody_is_a_target() -> None:
    gain = people_pay(spending(B=[0.2, 0.2, 0.3, 0.3, -0.5]), spending(), "ABC", ROLES, NAMES, 0, W)
    assert gain is not None
    assert "the richest fifth gains" in gain.takeaway
    same = people_pay(spending(), spending(), "ABC", ROLES, NAMES, 0, W)
    assert same is not None
    assert same.takeaway == "Hardly anything changes for people in Borland."
    assert people_pay(spending(), spending(), "ABC", Roles((), ("A",), ("B", "C")), NAMES, 0, W) is None


def test_people_pay_counts_all_targets_together() -> None:
    """B and C: ordinary people lose 1 of 20 (5 %), the elite 0.5 of 20 (2.5 %), the poorest 0.2 of 2 (10 %); nobody is a third party."""
    chart = people_pay(spending(B=[0.2, 0.2, 0.3, 0.3, 0.5]), spending(), "ABC", Roles(("B", "C"), ("A",), ()), NAMES, 0, W)
    assert chart is not None
    assert chart.takeaway.startswith(f"In Borland and Corland ordinary people lose 5.0{SPACE}% of what they can spend and the richest fifth 2.5{SPACE}%")
    table = chart.table.set_index("Group")
    assert table.loc["Ordinary people (targets)"].tolist() == pytest.approx([-5.0, -4.0])
    assert "Third parties" not in table.index


def test_reserves_and_prices_say_where_they_end() -> None:
    """Reserves 100 to 60: 40 % less; prices 1.1, money at 0.95 of its worth."""
    series = {
        "reserves": np.array([100.0, 80.0, 70.0, 60.0]),
        "price_index": np.array([1.0, 1.2, 1.1, 1.1]),
        "exchange_rate": np.array([1.0, 0.9, 0.95, 0.95]),
    }
    chart = reserves_prices(series, "Borland", TIMES, W)
    assert chart.takeaway == (
        f"Borland ends with 40{SPACE}% less in usable reserves than it began with. Its prices end 10.0{SPACE}% higher. "
        f"Its money is worth 5.0{SPACE}% less abroad, in real terms."
    )
    assert len(chart.specs) == 2
    assert chart.table["Consumer prices"].tolist() == pytest.approx([100.0, 120.0, 110.0, 110.0])


def test_localisation_says_home_share_unit_cost_and_what_the_licence_still_earns() -> None:
    """From 40 to 60 % made at home, unit cost 1 to 0.8, fees from 0.5 a quarter (2 a year) to nothing."""
    series = {
        "home_share": np.array([0.4, 0.5, 0.55, 0.6]),
        "unit_cost": np.array([1.0, 0.9, 0.85, 0.8]),
        "localisation_spend": np.zeros(4),
        "licence_fees": np.array([0.0, 0.5, 0.2, 0.0]),
    }
    chart = localisation(series, "Borland", "machines", TIMES, W)
    assert chart.takeaway == (
        f"Borland makes 60{SPACE}% of its own machines at the end, up from 40{SPACE}%. Making it at home costs 20{SPACE}% less than at the start. "
        "It once paid $2.0 bn a year for a licence and now pays $0.00 bn: it no longer needs it."
    )
    flat = localisation({**series, "home_share": np.full(4, 0.4), "unit_cost": np.ones(4), "licence_fees": np.zeros(4)}, "Borland", "machines", TIMES, W)
    assert flat.takeaway == f"Borland makes 40{SPACE}% of its own machines, much as before (40{SPACE}%). Making it at home costs about the same."


@pytest.mark.parametrize(
    ("view", "heading"), [("people", "Who pays among people?"), ("money", "What can State A still pay with?"), ("industry", "What does State A make itself?")]
)
def test_the_world_page_looks_inside_a_state(view: str, heading: str) -> None:
    """Triangle: A bans imports from B; the page shows one chart for the view that was chosen."""
    from streamlit.testing.v1 import AppTest

    def page() -> None:
        from ui.pages import world

        world.show({})

    app = AppTest.from_function(page, default_timeout=SECONDS)
    app.query_params["scenario"] = "triangle"
    app.session_state["world-inside"] = view
    if view != "people":
        app.session_state["world-state-triangle"] = "A"
    app.run()
    assert not app.exception
    assert heading in [head.value for head in app.subheader]


def test_the_distance_of_two_isolated_states_is_drawn_and_said() -> None:
    """Exports differ in 40 % at first and 25 % at the end: grown alike. Partners 30 % and 31 %: about as much as at first."""
    table = pd.DataFrame(
        [(1, "B", "A", 0.40, 0.30, 0.02), (2, "A", "B", 0.25, 0.31, 0.01), (2, "C", "A", 0.9, 0.9, 0.9)],
        columns=["quarter", "state", "longest", "structure", "partners", "prices"],
    )
    found = pairs_of(table)
    assert list(found) == [("A", "B"), ("A", "C")]
    chart = apart(found["A", "B"], ("Alba", "Brana"), Times(["Q1", "Q2", "Q3"], ["1"], "", []), words())
    assert chart.takeaway.startswith("Alba and Brana are both under measures from Q2 to Q3. What they sell has grown alike: 40")
    assert "about as much as at first (30" in chart.takeaway
    assert len(chart.specs) == 2
    assert chart.table.iloc[:, 1:].to_numpy().tolist() == [[40.0, 30.0, 2.0], [25.0, 31.0, 1.0]]


def test_promised_votes_are_counted_in_votes_and_not_in_money() -> None:
    """Two promised, one cast: no dollars and no decimals anywhere. Of a barter the same numbers are money."""
    entries = {"promised": {1: 1.0, 2: 1.0}, "delivered": {1: 1.0, 2: 0.0}, "hoped": {1: 1.0, 2: 1.0}}
    chart = ledger(entries, "Aland", "Borland", TIMES, words(), votes=True)
    assert chart.takeaway == "Aland got 1 vote of the 2 votes that Borland had promised; it had hoped for 2 votes."
    assert set(chart.digits.values()) == {0}
    assert "Votes a quarter" in str(chart.specs) and "USD" not in str(chart.specs)
    assert ledger(entries, "Aland", "Borland", TIMES, words("es"), votes=True).takeaway.startswith("Aland recibió 1 voto de los 2 votos")
    money = ledger(entries, "Aland", "Borland", TIMES, words())
    assert "$1.0 bn" in money.takeaway and "USD bn a quarter" in str(money.specs)


def test_no_promised_vote_that_came_up_is_said_as_that() -> None:
    nothing = {name: {1: 0.0} for name in ("promised", "delivered", "hoped")}
    assert ledger(nothing, "Aland", "Borland", TIMES, words(), votes=True).takeaway == "No text has come to a vote on which Borland owed Aland its vote."
