"""The record: what was written comes out as tables, in fixed order, with the columns of the contract."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest

from sim import api
from sim.record import Record, digest, write_tables
from sim.tables import TABLES

CONTRACT = {  # DESIGN: first columns fixed, more may follow
    "states": "quarter,state,real_income,consumption,price_index,exchange_rate,reserves,exports_true,imports_true,exports_recorded,imports_recorded,"
    "terms_of_trade,support_public,support_elite,unrest,poverty_gap,essentials",
    "households": "quarter,state,quintile,consumption,income",
    "trade": "quarter,exporter,importer,sector,true_value,recorded_value,price",
    "sectors": "quarter,state,sector,output,productivity,home_share,localisation_spend",
    "disputes": "quarter,dispute,sender,target,kind,stage,demand,policy,resolve_sender,resolve_target",
    "measures": "quarter,measure,lever,sender,target,sector,level,purpose",
    "agreements": "quarter,agreement,kind,party_a,party_b,promised,delivered,hoped,status",
    "votes": "quarter,resolution,state,vote",
    "decisions": "quarter,state,decision,option,chosen,utility,probability,term,value",
    "events": "quarter,event,states,text",
}


@pytest.fixture(scope="module")
def run() -> api.Run:
    return api.run("who-pays", quarters=6)


@pytest.mark.parametrize("name", CONTRACT)
def test_each_table_begins_with_the_columns_of_the_contract(run, name, tmp_path):
    assert run.record.csv(name).split("\n")[0].startswith(CONTRACT[name])
    assert list(run.table(name).columns) == [column.name for column in TABLES[name]]


def test_array_tables_list_quarters_then_labels_in_order():
    """2 states, 2 quarters: rows A0 B0 A1 B1, and a column nobody filled is blank."""
    record = Record({"states": {"state": ["A", "B"]}, "households": {}, "trade": {}, "sectors": {}})
    record.numbers("states", 0, {"real_income": np.array([1.0, 2.0])})
    record.numbers("states", 1, {"real_income": np.array([3.0, 1 / 3])})
    lines = [line.split(",")[:4] for line in record.csv("states").splitlines()[1:]]
    assert lines == [["0", "A", "1", ""], ["0", "B", "2", ""], ["1", "A", "3", ""], ["1", "B", "0.333333333333", ""]]
    assert record.series("states", "real_income").tolist() == [[1.0, 2.0], [3.0, 1 / 3]]


def test_trade_lists_only_flows_that_exist():
    """2 x 2 states, 1 sector, one flow of zero: three rows, exporter before importer."""
    record = Record({"states": {}, "households": {}, "trade": {"exporter": ["A", "B"], "importer": ["A", "B"], "sector": ["s"]}, "sectors": {}})
    value = np.array([[[5.0], [0.0]], [[2.0], [7.0]]])
    record.numbers("trade", 0, {"true_value": value, "recorded_value": value})
    assert [line.split(",")[1:5] for line in record.csv("trade").splitlines()[1:]] == [["A", "A", "s", "5"], ["B", "A", "s", "2"], ["B", "B", "s", "7"]]


def test_a_row_with_the_wrong_number_of_values_is_an_error():
    record = Record({"states": {}, "households": {}, "trade": {}, "sectors": {}})
    with pytest.raises(ValueError, match="a row of 'votes' has 4 values, got 2"):
        record.row("votes", 0, "r1")


def test_an_earlier_record_ends_before_the_quarter_and_grows_apart(run):
    earlier = run.record.before(3)
    assert earlier.table("states")["quarter"].max() == 2
    assert all(choice.quarter < 3 for choice in earlier.choices)
    rows = len(run.record.rows("events"))
    earlier.row("events", 3, "test", "", "a row of its own")
    assert len(run.record.rows("events")) == rows


def test_the_codebook_has_a_line_for_every_column_and_reads_as_csv(run, tmp_path):
    digests = write_tables(run.record, tmp_path)
    with (tmp_path / "columns.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["table"], row["column"]) for row in rows] == [(name, column.name) for name, columns in TABLES.items() for column in columns]
    assert all(row["meaning"] for row in rows)
    for name in TABLES:
        text = (tmp_path / f"{name}.csv").read_bytes()
        assert b"\r" not in text and digest(text.decode()) == digests[name]


def test_run_json_says_all_that_is_needed_to_run_it_again(run, tmp_path):
    run.save(tmp_path / "out")
    about = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert about["seed"] == 1 and about["scenario"] == "who-pays" and about["quarters"] == 6
    assert {"python", "mesa", "numpy", "sanctions-lab"} <= about["versions"].keys()
    assert about["digest"] == digest("".join(about["digests"][name] for name in TABLES))
    assert {file.name for file in (tmp_path / "out").iterdir()} == {"run.json", "columns.csv", *(f"{name}.csv" for name in TABLES)}


def test_only_a_measure_against_a_state_has_a_purpose():
    """A tariff is to coerce; aid helps, and protecting one's own households is against nobody."""
    orders = [
        api.Decision(0, "ARDEN", "tariff", "CORVANE", "", 0.2),
        api.Decision(0, "DELMAR", "aid", "CORVANE", "", 0.001),
        api.Decision(0, "CORVANE", "shielding", "", "", 0.5),
    ]
    made = api.run("who-pays", decisions=orders, quarters=1, timetable=False, governments=False)
    found = {row[2]: row[7] for row in made.record.rows("measures")}
    assert {name: found[name] for name in ("tariff", "aid", "shielding")} == {"tariff": "coerce", "aid": "", "shielding": ""}
