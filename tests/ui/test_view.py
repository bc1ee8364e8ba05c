"""Views and links: what is written comes back, what is wrong is refused with a sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import api
from ui.outcome import nothing_added, play
from ui.view import Ask, Choice, View, check, decisions, own_measures

BAN = Ask("import_ban", "A", "B", "grain", 0.5, 2, 6)


def reopened(view: View) -> View:
    query = {key: value if isinstance(value, list) else [value] for key, value in view.to_query().items()}
    return View.from_query(query)


asks = st.builds(
    Ask,
    lever=st.sampled_from(["import_ban", "tariff"]),
    state=st.sampled_from(["A", "B"]),
    target=st.sampled_from(["B", "C", "*"]),
    sector=st.sampled_from(["grain", "*", ""]),
    value=st.integers(0, 100).map(lambda percent: percent / 100),
    start=st.integers(0, 50),
    end=st.none() | st.integers(51, 90),
    options=st.sampled_from([(), (("cost", 0.25),)]),
    names=st.sampled_from([(), (("leave", "C"),), (("giver", "me"), ("kind", "licence"))]),
)
choices = st.builds(Choice, off=st.frozensets(st.integers(0, 30), max_size=5), asks=st.lists(asks, max_size=4).map(tuple))


@given(
    st.builds(
        View,
        scenario=st.just("triangle"),
        seed=st.integers(0, 10**9),
        quarters=st.integers(0, 120),
        choice=choices,
        pin=st.none() | choices,
        look=st.sampled_from(["", "A"]),
    ),
    st.booleans(),
)
def test_a_link_reopens_the_view_it_was_made_from(view: View, against: bool) -> None:
    view = replace(view, against_pin=against and view.pin is not None)
    assert reopened(view) == view


@pytest.mark.parametrize(
    "query, said",
    [
        ({"scenario": ["triangle"], "sed": ["1"]}, "no parameter 'sed'"),
        ({"scenario": ["triangle"], "seed": ["-1"]}, "whole number from 0"),
        ({"scenario": ["triangle"], "seed": ["1" * 30]}, "whole number from 0"),
        ({"scenario": ["triangle"], "quarters": ["121"]}, "to 120"),
        ({"scenario": ["triangle"], "off": ["x"]}, "link: off is 'x'"),
        ({"scenario": ["triangle"], "m": ["import_ban~A"]}, "it has 2 parts"),
        ({"scenario": ["triangle"], "m": ["import_ban~A~B~grain~nan~0~"]}, "out of range"),
        ({"scenario": ["triangle"], "m": ["import_ban~A~B~grain~x~0~"]}, "not a number"),
        ({"scenario": ["triangle"], "m": ["import_ban~A~B~grain~1~0~~y"]}, "not an option"),
        ({"scenario": ["triangle"], "m": ["import_ban~A~B~grain~1~0~"] * 41}, "allowed are 40"),
        ({"scenario": ["triangle"], "vs": ["x"]}, "allowed are pin and none"),
    ],
)
def test_a_link_that_cannot_be_read_is_refused_with_a_sentence(query: dict[str, list[str]], said: str) -> None:
    with pytest.raises(api.Refusal, match=said) as refusal:
        View.from_query(query)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(
    "view, said",
    [
        (View("triangle", look="Z"), "no state 'Z'"),
        (View("triangle", choice=Choice(frozenset({7}))), "off names measure 7"),
        (View("triangle", choice=Choice(asks=(replace(BAN, lever="x"),))), "no lever 'x'"),
        (View("triangle", choice=Choice(asks=(replace(BAN, state="Z"),))), "no state 'Z'"),
        (View("triangle", choice=Choice(asks=(replace(BAN, target="Z"),))), "no state 'Z'"),
        (View("triangle", choice=Choice(asks=(replace(BAN, target="A"),))), "own target"),
        (View("triangle", choice=Choice(asks=(replace(BAN, sector="steel"),))), "no sector 'steel'"),
        (View("triangle", choice=Choice(asks=(replace(BAN, value=2.0),))), "allowed is 0 to 1"),
        (View("triangle", choice=Choice(asks=(replace(BAN, end=1),))), "not after its start"),
        (View("triangle", choice=Choice(asks=(replace(BAN, options=(("x", 1.0),)),))), "no option 'x'"),
        (View("triangle", pin=Choice(asks=(replace(BAN, lever="x"),))), "no lever 'x'"),
    ],
)
def test_a_view_that_its_scenario_cannot_play_is_refused(view: View, said: str) -> None:
    with pytest.raises(api.Refusal, match=said):
        check(view, api.load("triangle"))


def test_a_measure_is_imposed_at_its_start_and_withdrawn_at_its_end() -> None:
    assert [(order.quarter, order.value) for order in BAN.decisions()] == [(2, 0.5), (6, None)]
    assert [(order.quarter, order.value) for order in replace(BAN, end=None).decisions()] == [(2, 0.5)]


def test_a_switched_off_line_of_the_timetable_is_left_out_and_the_rest_is_kept() -> None:
    """`triangle` has one line in its timetable and nothing in force at the start: switched off, nothing is ordered."""
    setting = api.load("triangle")
    assert len(own_measures(setting)) == 1
    assert decisions(Choice(), setting, setting.quarters) == list(setting.timetable)
    assert decisions(Choice(frozenset({0})), setting, setting.quarters) == []
    assert decisions(nothing_added(setting), setting, setting.quarters) == []


def test_what_a_shortened_run_does_not_reach_is_not_ordered() -> None:
    """The timetable's line and the visitor's ban from quarter 2 to 6, in runs of six quarters and of two."""
    setting = api.load("triangle")
    (line,) = setting.timetable
    choice = Choice(asks=(BAN,))
    assert line.quarter == 2
    assert [(order.quarter, order.value) for order in decisions(choice, setting, 6)] == [(2, line.value), (2, 0.5)]
    assert decisions(choice, setting, 2) == []
    assert play(View("triangle", quarters=2, choice=choice), choice, setting).quarters == 2


def test_a_measure_in_force_at_the_start_is_withdrawn_at_once_when_switched_off() -> None:
    setting = api.load("triangle")
    moved = replace(setting, measures=tuple(replace(order, quarter=0) for order in setting.timetable), timetable=())
    orders = decisions(Choice(frozenset({0})), moved, moved.quarters)
    assert [(order.quarter, order.value) for order in orders] == [(0, None)]
    assert decisions(Choice(), moved, moved.quarters) == []


def test_a_deed_is_done_once_whatever_its_end_and_carries_what_it_names() -> None:
    """A measure ends by an order; a wedge is an offer, made once, and names the partner to be left."""
    wedge = Ask("inducement", "A", "B", "", 0.0, 2, 6, (("share", 0.5),), (("leave", "C"),))
    (order,) = wedge.decisions()
    assert (order.quarter, order.value, dict(order.options)) == (2, 0.0, {"share": "0.5", "leave": "C"})


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ((("leave", "D"),), "link: measure 1: leave: there is no such name 'D'"),
        ((("kind", "licence"),), "no option 'kind'"),
    ],
)
def test_a_name_that_the_scenario_does_not_have_is_refused(names: tuple[tuple[str, str], ...], said: str) -> None:
    with pytest.raises(api.Refusal, match=said):
        check(View("triangle", choice=Choice(asks=(Ask("inducement", "A", "B", "", 0.0, names=names),))), api.load("triangle"))
