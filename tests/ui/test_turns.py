"""What makes a page of a large class cheap: few are drawn at once, and pictures are packed once."""

from __future__ import annotations

import threading

import altair as alt
import pandas as pd
import pytest
from streamlit.dataframe_util import convert_anything_to_arrow_bytes, convert_arrow_bytes_to_pandas_df
from streamlit.testing.v1 import AppTest

from tests.ui.patience import SECONDS
from ui.charts.chart import Chart
from ui.pages import turns

ROWS = [{"quarter": 1, "state": "a", "change": 1.5, "known": True}, {"quarter": 2, "state": "b", "change": None, "known": False}]


def test_no_more_than_two_pages_are_drawn_at_once() -> None:
    """Eight ask; two are inside, the others wait until one comes out."""
    inside: list[int] = []
    out, here = threading.Event(), threading.Semaphore(0)

    def draw(number: int) -> None:
        with turns.a_turn():
            inside.append(number)
            here.release()
            out.wait(60)

    threads = [threading.Thread(target=draw, args=(number,)) for number in range(8)]
    for each in threads:
        each.start()
    for _ in range(turns.AT_ONCE):
        assert here.acquire(timeout=60)
    assert len(inside) == turns.AT_ONCE == 2
    out.set()
    for each in threads:
        each.join(60)
    assert sorted(inside) == list(range(8))


def test_a_page_that_waited_long_enough_is_drawn_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two turns are taken and not given back; the third is drawn, and gives back nothing that it did not have."""
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    with turns.a_turn(), turns.a_turn():
        with turns.a_turn():
            pass
        assert not turns._TURNS.acquire(blocking=False)
    assert turns._TURNS.acquire(blocking=False)
    turns._TURNS.release()


def test_a_turn_is_given_back_when_drawing_fails() -> None:
    for _ in range(3 * turns.AT_ONCE):
        with pytest.raises(ZeroDivisionError), turns.a_turn():
            _ = 1 / 0


def test_a_large_class_asks_the_more_seldom_the_more_a_page_costs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page drawn in 0.03 s costs 0.051: 30 devices ask every 3 s, 120 every 10.2 s, three fifths of a core; at 0.09 s 150 ask no more seldom than 20."""
    monkeypatch.setitem(turns._costs, "page", 0.03)
    assert turns.pace(30) == turns.ASKS == 3.0
    assert turns.pace(120) == pytest.approx(10.2)
    monkeypatch.setitem(turns._costs, "page", 0.09)
    assert turns.pace(40) == pytest.approx(10.2)
    assert turns.pace(150) == turns.SELDOM == 20.0


def test_what_a_page_costs_is_learned_from_the_dear_ones_and_one_page_does_not_upset_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a guess of 0.03: ten pages of 0.06 leave 0.9**10 of the way; ten of 0.01 hardly count; one of 5 s counts as thrice the usual."""
    clock = [0.0]
    monkeypatch.setattr(turns, "thread_time", lambda: clock[0])
    monkeypatch.setitem(turns._costs, "page", 0.03)

    def draw(seconds: float) -> None:
        with turns.a_turn():
            clock[0] += seconds

    for _ in range(10):
        draw(0.06)
    usual = turns._costs["page"]
    assert usual == pytest.approx(0.06 - 0.03 * 0.9**10)
    for _ in range(10):
        draw(0.01)
    assert 0.98 * usual < turns._costs["page"] < usual
    usual = turns._costs["page"]
    draw(5.0)
    assert turns._costs["page"] == pytest.approx(usual * 1.2)


def crowded_page() -> None:
    import streamlit as st

    from ui.classroom.seats import Pulse
    from ui.pages.class_desk import beat
    from ui.text import words

    st.session_state["draws"] = st.session_state.get("draws", 0) + 1
    st.session_state["mark"] = (0, 0, 0)
    drawn_for = (10, 70, 70)[st.session_state["draws"] - 1]
    beat(lambda: Pulse((0, 0, 0), "lobby", 0, None, False, devices=70), "mark", 3.0, words(), most=1.5 * drawn_for)


def test_a_page_drawn_for_a_few_devices_is_drawn_again_once_there_are_many() -> None:
    """Drawn when 10 devices were there, it finds 70 and is drawn again for those; then it rests."""
    app = AppTest.from_function(crowded_page, default_timeout=SECONDS).run()
    assert not app.exception
    assert app.session_state["draws"] == 2


def test_a_picture_is_packed_as_streamlit_would_pack_it_and_once() -> None:
    table = pd.DataFrame(ROWS)
    chart = Chart(alt.Chart(table).mark_point().encode(x="quarter:Q", y="change:Q"), "It moves.", table)
    ((name, rows),) = chart.specs[0]["datasets"].items()
    assert chart.packed[0]["datasets"] == {name: convert_anything_to_arrow_bytes(rows)}
    assert {key: value for key, value in chart.packed[0].items() if key != "datasets"} == {
        key: value for key, value in chart.specs[0].items() if key != "datasets"
    }
    assert chart.packed is chart.packed
    assert chart.specs[0]["datasets"][name] == rows  # the readable one stays as it was


def test_the_table_sent_has_the_numbers_of_the_table_kept() -> None:
    table = pd.DataFrame(ROWS)
    chart = Chart(alt.Chart(table).mark_point(), "It moves.", table)
    sent = convert_arrow_bytes_to_pandas_df(convert_anything_to_arrow_bytes(chart.arrow))
    assert list(sent.columns) == list(table.columns)
    assert sent["change"].isna().tolist() == [False, True]
    assert sent.fillna(0).to_dict("list") == table.fillna(0).to_dict("list")
