"""Decisions files: read, written, refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.levers import LEVERS
from sim.refusals import Refusal
from sim.scenario.decisions import Decision, read_decisions, write_decisions

HEADER = "quarter,state,lever,target,sector,value,options\n"


def saved(folder: Path, text: str) -> Path:
    path = folder / "decisions.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_blank_value_withdraws_and_options_are_pairs(tmp_path: Path) -> None:
    path = saved(tmp_path, HEADER + "2,A,import_ban,B,grain,0.5,purpose=coerce;cost=0.1\n4,A,import_ban,B,grain,,\n")
    assert read_decisions(path) == [
        Decision(2, "A", "import_ban", "B", "grain", 0.5, {"purpose": "coerce", "cost": "0.1"}),
        Decision(4, "A", "import_ban", "B", "grain", None, {}),
    ]


def test_columns_may_come_in_any_order_and_the_last_four_may_be_absent(tmp_path: Path) -> None:
    assert read_decisions(saved(tmp_path, "lever,state,quarter\ntariff,A,1\n")) == [Decision(1, "A", "tariff")]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("x,A,tariff,B,,1,", "2: quarter is 'x', which is not a number; allowed is 0 to 4000."),
        ("1.5,A,tariff,B,,1,", "2: quarter is 1.5, which is not a whole number; allowed is 0 to 4000."),
        ("-1,A,tariff,B,,1,", "2: quarter is -1; allowed is 0 to 4000."),
        (",A,tariff,B,,1,", "2: 'quarter' is blank; every decision needs quarter, state, lever."),
        ("1,A,tariff,B,,nan,", "2: value is nan; allowed is -1e+09 to 1e+09."),
        ("1,A,tariff,B,,1,purpose", "2: option 'purpose' is not key=value; write options as key=value;key=value."),
        ("1,A,tariff,B,,1,a=1;a=2", "2: option 'a' is given twice; give it once."),
        ("1,A,tariff,B,,5,", "2: 'value' is 5; allowed is 0 to 3 (share of the value before tariff)."),
    ],
)
def test_a_bad_decision_is_refused_with_its_line(row: str, sentence: str, tmp_path: Path) -> None:
    path = saved(tmp_path, HEADER + row + "\n")
    with pytest.raises(Refusal) as refusal:
        read_decisions(path, LEVERS)
    assert str(refusal.value) == f"{path}:{sentence}"


def test_an_unknown_lever_is_refused_with_the_nearest(tmp_path: Path) -> None:
    path = saved(tmp_path, HEADER + "1,A,tarif,B,,1,\n")
    with pytest.raises(Refusal, match=r":2: there is no lever 'tarif'; allowed are .*Did you mean 'tariff'\?$"):
        read_decisions(path, LEVERS)


WORDS = st.text("abcXYZ019_-*. ,\"'ü", max_size=8).map(str.strip)
NAMES = WORDS.filter(bool)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.builds(
            Decision,
            st.integers(0, 4000),
            NAMES,
            NAMES,
            WORDS,
            WORDS,
            st.none() | st.floats(-1e9, 1e9, allow_nan=False),
            st.dictionaries(NAMES, NAMES, max_size=3),
        ),
        max_size=6,
    )
)
def test_what_is_written_is_read_back_equal(tmp_path: Path, decisions: list[Decision]) -> None:
    write_decisions(tmp_path / "back.csv", decisions)
    assert read_decisions(tmp_path / "back.csv") == decisions
    assert [Decision.from_row(decision.as_row(), "row") for decision in decisions] == decisions


def test_options_that_a_file_cannot_keep_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="decision 1"):
        write_decisions(tmp_path / "back.csv", [Decision(1, "A", "tariff", options={"note": "a;b"})])
    assert not (tmp_path / "back.csv").exists()
