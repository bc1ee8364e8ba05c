"""The trade equilibrium on the user's own data: what the contract says of files, shocks, blocks, deficits and exit codes."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.cli import call

Command = Callable[..., tuple[int, str]]
TWO = "exporter,importer,sector,value\nA,A,s,80\nA,B,s,20\nB,A,s,20\nB,B,s,180\n"
SECTORS = "sector,trade_elasticity\ns,4\n"
# Three states, two sectors, unequal trade: C sells more than it buys.
THREE = "exporter,importer,sector,value\n" + "".join(
    f"{i},{j},{s},{value}\n"
    for s, rows in {
        "food": {"A": (60, 20, 10), "B": (15, 90, 5), "C": (30, 12, 40)},
        "tools": {"A": (120, 8, 6), "B": (9, 70, 4), "C": (11, 25, 55)},
    }.items()
    for i, row in rows.items()
    for j, value in zip("ABC", row, strict=True)
)
THREE_SECTORS = "sector,trade_elasticity\nfood,3\ntools,5\n"
SHOCK = "exporter,importer,sector,cost_factor,permeability,new_tariff\n"
CLOSED = SHOCK + "*,A,*,,0,\nA,*,*,,0,\n"


@pytest.fixture
def base(tmp_path) -> Callable[..., Path]:
    """Writes the files of a base folder; keyword `x` becomes `x.csv`."""

    def write(**files: str) -> Path:
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def command(tmp_path, capsys) -> Command:
    """Runs `counterfactual` on the folder with its `shock.csv`; returns the exit code and what was said on stderr."""

    def run(*options: object) -> tuple[int, str]:
        code = call(["counterfactual", str(tmp_path), "--shock", str(tmp_path / "shock.csv"), *(str(option) for option in options)])
        return code, capsys.readouterr().err

    return run


def table(folder: Path, name: str) -> dict[str, dict[str, str]]:
    """Rows of an output table by state, or by exporter-importer-sector."""
    with (folder / "out" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row.get("state") or "-".join((row["exporter"], row["importer"], row["sector"])): row for row in rows}


def number(folder: Path, state: str, column: str = "real_income_change_pct") -> float:
    return float(table(folder, "states")[state][column])


def test_two_states_in_autarky_by_hand(base, command):
    """Home shares 0.8 and 0.9, theta 4: 100 (0.8**0.25 - 1) = -5.4258 and 100 (0.9**0.25 - 1) = -2.5996 per cent."""
    folder = base(flows=TWO, sectors=SECTORS, shock=CLOSED)
    assert command("--tolerance", "1e-13") == (0, "")
    assert number(folder, "A") == pytest.approx(100 * (0.8**0.25 - 1), abs=1e-9)
    assert number(folder, "B") == pytest.approx(100 * (0.9**0.25 - 1), abs=1e-9)
    a = table(folder, "states")["A"]
    assert a["consumer_price_change_pct"] == "" and a["wage_change_pct"] == ""
    assert float(a["exports_change_pct"]) == -100 and float(a["imports_change_pct"]) == -100
    about = json.loads((folder / "out" / "solution.json").read_text(encoding="utf-8"))
    assert about["status"] == "converged" and about["blocks"] == 2 and about["residual"] <= 1e-13
    assert about.keys() >= {"status", "residual", "iterations", "adding_up_gaps", "seconds"}


def test_the_columns_are_those_of_the_contract(base, command):
    folder = base(flows=TWO, sectors=SECTORS, shock=SHOCK)
    assert command()[0] == 0
    assert (folder / "out" / "states.csv").read_text().splitlines()[0] == (
        "state,real_income_change_pct,consumer_price_change_pct,wage_change_pct,exports_change_pct,imports_change_pct"
    )
    assert (folder / "out" / "flows.csv").read_text().splitlines()[0] == "exporter,importer,sector,value_before,value_after"
    assert sorted(file.name for file in (folder / "out").iterdir()) == ["flows.csv", "solution.json", "states.csv"]


def test_an_empty_shock_changes_nothing(base, command):
    folder = base(flows=THREE, sectors=THREE_SECTORS, shock=SHOCK)
    assert command("--tolerance", "1e-12")[0] == 0
    for row in table(folder, "states").values():
        assert all(abs(float(value)) < 1e-9 for name, value in row.items() if name != "state")


def test_percentages_of_a_zero_baseline_are_blank(base, command):
    """C trades nothing with anybody: its exports and imports cannot change in per cent; it is a block of its own."""
    folder = base(flows=TWO + "C,C,s,50\n", sectors=SECTORS, shock=SHOCK + "A,B,s,1.5,,\n")
    assert command()[0] == 0
    row = table(folder, "states")["C"]
    assert (row["exports_change_pct"], row["imports_change_pct"], row["consumer_price_change_pct"], row["wage_change_pct"]) == ("", "", "", "")
    assert abs(float(row["real_income_change_pct"])) < 1e-9
    assert number(folder, "A") < -0.1


def test_a_state_that_sells_but_may_buy_from_nobody_has_no_equilibrium(base, command):
    """C sells 10 to A and buys nothing abroad: A may buy from C but can sell nothing to it."""
    base(flows=TWO + "C,C,s,50\nC,A,s,10\nA,C,s,0\nB,C,s,0\n", sectors=SECTORS, shock=SHOCK + "A,B,s,1.5,,\n")
    code, told = command()
    assert code == 1 and "A may buy from C but can sell nothing to it" in told


def test_star_means_every_foreign_flow_and_never_domestic_sales(base, command):
    """`*,*` with a cost of 2 leaves home sales alone; naming A on both sides changes them."""
    folder = base(flows=TWO, sectors=SECTORS, shock=SHOCK + "*,*,*,2,,\n")
    assert command("--deficits", "zero", "--tolerance", "1e-12")[0] == 0
    foreign = number(folder, "A")
    base(shock=SHOCK + "A,B,s,2,,\nB,A,s,2,,\n")
    assert command("--force", "--deficits", "zero", "--tolerance", "1e-12")[0] == 0
    assert number(folder, "A") == pytest.approx(foreign, abs=1e-9)
    base(shock=SHOCK + "A,A,*,2,,\nB,B,*,2,,\n*,*,*,2,,\n")
    assert command("--force", "--deficits", "zero", "--tolerance", "1e-12")[0] == 0
    assert number(folder, "A") == pytest.approx(-50.0, abs=1e-9)  # every cost doubled, without inputs: half of everything


def test_star_on_one_side_leaves_out_the_states_own_sales(base, command):
    """A's imports at twice the cost, from all: the same as the one foreign row; A's own sales are untouched."""
    folder = base(flows=TWO, sectors=SECTORS, shock=SHOCK + "*,A,s,2,,\n")
    assert command()[0] == 0
    wild = number(folder, "A")
    base(shock=SHOCK + "B,A,s,2,,\n")
    assert command("--force")[0] == 0
    assert number(folder, "A") == pytest.approx(wild, abs=1e-9)


def test_later_rows_replace_the_cells_they_fill_and_only_those(base, command):
    """First a ban with a doubled cost, then permeability 1 again: what is left is the doubled cost."""
    folder = base(flows=TWO, sectors=SECTORS, shock=SHOCK + "*,A,*,2,0.1,\nB,A,s,,1,\n")
    assert command()[0] == 0
    later = number(folder, "A")
    base(shock=SHOCK + "B,A,s,2,,\n")
    assert command("--force")[0] == 0
    assert number(folder, "A") == pytest.approx(later, abs=1e-9)
    base(shock=SHOCK + "B,A,s,2,0.1,\n")
    assert command("--force")[0] == 0
    assert number(folder, "A") < later - 0.1


def test_a_new_tariff_replaces_the_old_rate_and_its_revenue_stays(base, command):
    """Tariff of 10 % at the base and 10 % in the shock: no change. Then 0: consumers pay less, and trade grows."""
    folder = base(flows=TWO, sectors=SECTORS, tariffs="exporter,importer,sector,rate\nB,A,s,0.1\n", shock=SHOCK + "B,A,s,,,0.1\n")
    assert command("--tolerance", "1e-12")[0] == 0
    assert abs(number(folder, "A")) < 1e-9
    base(shock=SHOCK + "B,A,s,,,0\n")
    assert command("--force", "--tolerance", "1e-12")[0] == 0
    assert number(folder, "A", "imports_change_pct") > 10 and number(folder, "B") > 0


def test_a_flow_that_was_zero_stays_zero(base, command):
    folder = base(flows=THREE.replace("A,C,tools,6", "A,C,tools,0"), sectors=THREE_SECTORS, shock=SHOCK + "*,*,*,0.5,,\n")
    assert command()[0] == 0
    assert "A-C-tools" not in table(folder, "flows") and len(table(folder, "flows")) == 17


def test_fixed_deficits_stay_in_money_proportional_ones_in_ratio_and_zero_rebases(base, command):
    """Imports less exports of C, before and after: equal; summing to zero in the world; gone."""
    folder = base(flows=THREE, sectors=THREE_SECTORS, shock=SHOCK + "B,C,*,3,,\n")

    def deficits(column: str) -> dict[str, float]:
        found = dict.fromkeys("ABC", 0.0)
        for row in table(folder, "flows").values():
            found[row["importer"]] += float(row[column])
            found[row["exporter"]] -= float(row[column])
        return found

    assert command("--tolerance", "1e-13")[0] == 0
    before, after = deficits("value_before"), deficits("value_after")
    assert before["C"] == pytest.approx(-53.0)  # sells 30 + 12 + 11 + 25, buys 10 + 5 + 6 + 4
    assert after == pytest.approx(before, abs=1e-8)
    assert command("--force", "--deficits", "proportional", "--tolerance", "1e-13")[0] == 0
    after = deficits("value_after")
    assert sum(after.values()) == pytest.approx(0.0, abs=1e-8) and abs(after["C"] - before["C"]) > 1e-3
    # D_j = d_j W_j - W_j (sum d W) / (sum W), W after the shock: wages are factor income, here all of output
    wages = {state: sum(float(row["value_after"]) for row in table(folder, "flows").values() if row["exporter"] == state) for state in "ABC"}
    base_wages = {state: sum(float(row["value_before"]) for row in table(folder, "flows").values() if row["exporter"] == state) for state in "ABC"}
    ratio = {state: before[state] / base_wages[state] for state in "ABC"}
    slack = sum(ratio[state] * wages[state] for state in "ABC") / sum(wages.values())
    assert after == pytest.approx({state: ratio[state] * wages[state] - wages[state] * slack for state in "ABC"}, abs=1e-7)
    assert command("--force", "--deficits", "zero", "--tolerance", "1e-13")[0] == 0
    for column in ("value_before", "value_after"):  # the re-based world is the base of the changes
        assert deficits(column) == pytest.approx(dict.fromkeys("ABC", 0.0), abs=1e-8)


def test_world_factor_income_is_the_numeraire(base, command):
    """Without inputs all sales are factor income: they add up to the same before and after."""
    folder = base(flows=THREE, sectors=THREE_SECTORS, shock=SHOCK + "*,A,*,2,0.4,0.3\n")
    assert command("--tolerance", "1e-13")[0] == 0
    rows = table(folder, "flows").values()
    assert sum(float(row["value_after"]) for row in rows) == pytest.approx(sum(float(row["value_before"]) for row in rows), rel=1e-10)


def test_the_short_horizon_uses_rho_times_theta(base, command):
    """Two states in autarky: the exponent is 1 / (rho theta), so rho 0.5 and theta 4 give home share to the one half."""
    folder = base(flows=TWO, sectors=SECTORS, shock=CLOSED)
    assert command("--horizon", "short", "--rho", "0.5", "--tolerance", "1e-13")[0] == 0
    assert number(folder, "A") == pytest.approx(100 * (0.8**0.5 - 1), abs=1e-9)
    assert command("--force", "--horizon", "short", "--tolerance", "1e-13")[0] == 0  # rho 0.25 by default
    assert number(folder, "A") == pytest.approx(100 * (0.8**1.0 - 1), abs=1e-9)


def test_specific_factors_lose_more_than_mobile_ones(base, command):
    folder = base(flows=THREE, sectors=THREE_SECTORS, shock=SHOCK + "*,A,food,3,,\n")
    assert command("--deficits", "zero")[0] == 0
    mobile = number(folder, "A")
    assert command("--force", "--deficits", "zero", "--factors", "specific")[0] == 0
    assert number(folder, "A") != pytest.approx(mobile, abs=1e-4)


@pytest.mark.parametrize(
    "shock, deficits, sentence",
    [
        (CLOSED.replace("A", "C"), "fixed", "A, B would run a deficit of 53 with nobody"),
        (SHOCK + "A,*,*,,0,\n", "proportional", "A may buy from B but can sell nothing to it"),
        (SHOCK + "*,A,*,,0,\n", "proportional", "B may buy from A but can sell nothing to it"),
        (SHOCK + "*,A,food,,0,\nA,A,food,,0,\n", "proportional", "A must spend on food, which nobody may supply to it"),
    ],
)
def test_without_equilibrium_a_sentence_names_who_and_what_and_only_solution_json_is_written(base, command, shock, deficits, sentence):
    folder = base(flows=THREE, sectors=THREE_SECTORS, shock=shock)
    code, told = command("--deficits", deficits)
    assert code == 1 and sentence in told and told.count("\n") == 1
    assert [file.name for file in (folder / "out").iterdir()] == ["solution.json"]
    about = json.loads((folder / "out" / "solution.json").read_text(encoding="utf-8"))
    assert about["status"] == "no equilibrium" and sentence in about["message"] and about["residual"] is None


def test_a_tolerance_that_cannot_be_met_is_not_called_converged(base, command):
    """Either the residual is really below it, or the exit code is 1, the sentence says so, and there is no states.csv."""
    folder = base(flows=THREE, sectors=THREE_SECTORS, shock=SHOCK + "*,A,*,2,,\n")
    code, told = command("--tolerance", "1e-15")
    about = json.loads((folder / "out" / "solution.json").read_text(encoding="utf-8"))
    if code == 0:
        assert about["residual"] <= 1e-15
    else:
        assert code == 1 and "Not converged" in told and about["status"] == "not converged" and not (folder / "out" / "states.csv").exists()


BOTH = ("food", "tools")
INPUTS = "state,sector,input_sector,share\n" + "".join(f"{state},{sector},{used},0.2\n" for state in "ABC" for sector in BOTH for used in BOTH)
ADDED = "state,sector,share\n" + "".join(f"{state},{sector},0.6\n" for state in "ABC" for sector in BOTH)


def test_with_inputs_value_added_may_be_given_or_left_out(base, command):
    folder = base(flows=THREE, sectors=THREE_SECTORS, inputs=INPUTS, shock=SHOCK + "B,A,*,2,,\n")
    assert command("--tolerance", "1e-13")[0] == 0
    left_out = number(folder, "A")
    base(value_added=ADDED)
    assert command("--force", "--tolerance", "1e-13")[0] == 0
    assert number(folder, "A") == pytest.approx(left_out, abs=1e-10)


def test_sums_off_by_less_than_a_millionth_are_rescaled_onto_value_added(base, command):
    """0.6 + 5e-7 and inputs of 0.4: the same result as 0.6 exactly."""
    folder = base(flows=THREE, sectors=THREE_SECTORS, inputs=INPUTS, value_added=ADDED, shock=SHOCK + "B,A,*,2,,\n")
    assert command("--tolerance", "1e-13")[0] == 0
    exact = number(folder, "A")
    base(value_added=ADDED.replace("0.6", "0.6000005"))
    assert command("--force", "--tolerance", "1e-13")[0] == 0
    assert number(folder, "A") == exact


BAD_BASES = {
    "value added below 1 without inputs": ({"value_added": ADDED}, r"value_added\.csv:2: .* sum to 0\.6; they must sum to 1 \(there is no inputs\.csv\)"),
    "sums off by more than a millionth": ({"value_added": ADDED.replace("0.6", "0.600002"), "inputs": INPUTS}, r"value_added\.csv:2: .* must sum to 1"),
    "inputs above 1": ({"inputs": INPUTS.replace("0.2", "0.6")}, r"input shares of food in A sum to 1\.2"),
    "negative final demand": ({"inputs": INPUTS.replace("A,tools,food,0.2", "A,tools,food,0.79")}, "final demand for food in A is negative"),
    "a negative flow": ({"flows": THREE.replace("A,A,food,60", "A,A,food,-1")}, r"flows\.csv:2: value is '-1'; allowed is a number, 0 or more"),
    "a flow that is not a number": ({"flows": THREE.replace("A,A,food,60", "A,A,food,many")}, r"flows\.csv:2: value is 'many'"),
    "a flow of NaN": ({"flows": THREE.replace("A,A,food,60", "A,A,food,nan")}, r"flows\.csv:2: value is 'nan'"),
    "an endless flow": ({"flows": THREE.replace("A,A,food,60", "A,A,food,inf")}, r"flows\.csv:2: value is 'inf'"),
    "a blank flow": ({"flows": THREE.replace("A,A,food,60", "A,A,food,")}, r"flows\.csv:2: value is ''"),
    "a flow given twice": ({"flows": THREE + "A,A,food,60\n"}, r"flows\.csv:20: A, A, food is given twice"),
    "an unknown sector": ({"flows": THREE + "A,A,foot,60\n"}, r"flows\.csv:20: there is no sector 'foot'.* Did you mean 'food'\?"),
    "an elasticity of zero": (
        {"sectors": THREE_SECTORS.replace("food,3", "food,0")},
        r"sectors\.csv:2: trade_elasticity is '0'; allowed is a number, more than 0",
    ),
    "a sector given twice": ({"sectors": THREE_SECTORS + "food,3\n"}, r"sectors\.csv:4: food is given twice"),
    "a tariff of minus one": ({"tariffs": "exporter,importer,sector,rate\nA,B,food,-1\n"}, r"tariffs\.csv:2: rate is '-1'; allowed is a number, more than -1"),
    "a missing column": ({"flows": "exporter,importer,sector\nA,A,food\n"}, r"flows\.csv:1: column 'value' is missing"),
    "no rows": ({"flows": "exporter,importer,sector,value\n"}, "there are no rows"),
    "an empty file": ({"flows": ""}, r"flows\.csv: not a readable CSV"),
    "a shock of an unknown state": ({"shock": SHOCK + "A,D,food,2,,\n"}, r"shock\.csv:2: there is no importer 'D'; allowed are A, B, C"),
    "a shock with an unknown column": (
        {"shock": "exporter,importer,sector,cost_facto\nA,B,food,2\n"},
        r"shock\.csv:1: there is no column 'cost_facto'.* Did you mean 'cost_factor'\?",
    ),
    "a permeability above 1": ({"shock": SHOCK + "A,B,food,,1.2,\n"}, r"shock\.csv:2: permeability is '1\.2'; allowed is a number, 0 to 1, or blank"),
    "a cost factor of zero": ({"shock": SHOCK + "A,B,food,0,,\n"}, r"shock\.csv:2: cost_factor is '0'; allowed is a number, more than 0"),
}


@pytest.mark.parametrize("case", BAD_BASES)
def test_bad_data_is_refused_in_one_sentence_and_nothing_is_written(base, command, case):
    files, sentence = BAD_BASES[case]
    folder = base(**{"flows": THREE, "sectors": THREE_SECTORS, "shock": SHOCK + "B,A,*,2,,\n", **files})
    before = sorted(file.name for file in folder.iterdir())
    code, told = command()
    assert code == 2 and told.count("\n") == 1, told
    assert re.search(sentence, told), told
    assert sorted(file.name for file in folder.iterdir()) == before


def test_other_files_in_the_folder_are_ignored(base, command):
    base(flows=TWO, sectors=SECTORS, shock=SHOCK, notes="anything,at\nall", README="x")
    assert command()[0] == 0


def test_a_sector_nobody_spends_on_has_no_price_and_no_effect(base, command):
    folder = base(flows=TWO, sectors=SECTORS + "ghost,5\n", shock=SHOCK + "B,A,s,2,,\n")
    assert command("--tolerance", "1e-12")[0] == 0
    with_ghost = number(folder, "A")
    base(sectors=SECTORS)
    assert command("--force", "--tolerance", "1e-12")[0] == 0
    assert number(folder, "A") == pytest.approx(with_ghost, abs=1e-10)
    base(sectors=SECTORS + "ghost,5\n", shock=SHOCK + "B,A,s,2,,\n*,A,ghost,,0,\nA,A,ghost,,0,\n")
    assert command("--force", "--tolerance", "1e-12")[0] == 0  # nobody may supply it, and nobody minds


def test_the_result_is_the_same_to_the_byte_each_time(base, command):
    folder = base(flows=THREE, sectors=THREE_SECTORS, inputs=INPUTS, shock=SHOCK + "B,A,*,2,0.5,0.1\n")
    texts = []
    for _ in range(2):
        assert command("--force")[0] == 0
        texts.append([(folder / "out" / name).read_bytes() for name in ("states.csv", "flows.csv")])
    assert texts[0] == texts[1]
