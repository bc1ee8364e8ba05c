"""What makes a page of a large class cheap: few are drawn at once, and pictures are packed once."""

from __future__ import annotations

import threading

import altair as alt
import pandas as pd
import pytest
from streamlit.dataframe_util import convert_anything_to_arrow_bytes, convert_arrow_bytes_to_pandas_df

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
