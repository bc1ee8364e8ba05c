"""The command: what it does, and that bad input of every kind ends with one sentence, exit code 2 and nothing written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim import api
from sim.cli import app
from tests.architecture.files import ROOT

DECISIONS = "quarter,state,lever,target,sector,value,options\n"


@pytest.fixture
def here(tmp_path, monkeypatch) -> Path:
    """A folder to stand in, with a good decisions file, a bad scenario and a full folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.csv").write_text(DECISIONS + "0,A,tariff,B,grain,0.5,\n", encoding="utf-8")
    (tmp_path / "lever.csv").write_text(DECISIONS + "0,A,tarif,B,grain,0.5,\n", encoding="utf-8")
    (tmp_path / "state.csv").write_text(DECISIONS + "0,Q,tariff,ARDEN,*,0.5,\n", encoding="utf-8")
    (tmp_path / "value.csv").write_text(DECISIONS + "0,A,tariff,B,grain,lots,\n", encoding="utf-8")
    (tmp_path / "late.csv").write_text(DECISIONS + "0,A,tariff,B,grain,0.5,\n12,A,tariff,B,grain,0.2,\n", encoding="utf-8")
    (tmp_path / "column.csv").write_text("quarter,state,laver\n0,A,tariff\n", encoding="utf-8")
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe\x00\x01")
    (tmp_path / "bad.toml").write_text('format = 1\nid = "x"\ntitel = "y"\n', encoding="utf-8")
    (tmp_path / "broken.toml").write_text("format = = 1\n", encoding="utf-8")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine", encoding="utf-8")
    return tmp_path


def everything(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


BAD = {
    "a command that is not there": (["rnu"], "There is no command 'rnu'; allowed are .* Did you mean 'run'?"),
    "an option that is not there": (["run", "triangle", "--sead", "3", "--out", "o"], "No such option: --sead"),
    "no scenario": (["run", "--out", "o"], "(?i)Missing argument 'SCENARIO'"),
    "no out": (["run", "triangle"], "Missing option '--out'"),
    "an unknown scenario": (["run", "triangel", "--out", "o"], "there is no scenario 'triangel'.*Did you mean 'triangle'?"),
    "a scenario that is a folder": (["run", "full", "--out", "o"], "full"),
    "a scenario file that is not there": (["run", "nothing.toml", "--out", "o"], "nothing.toml"),
    "a scenario file with a wrong key": (["run", "bad.toml", "--out", "o"], "bad.toml:3: .*titel.*Did you mean 'title'?"),
    "a scenario file that is no TOML": (["run", "broken.toml", "--out", "o"], "broken.toml:1"),
    "a seed in words": (["run", "triangle", "--seed", "one", "--out", "o"], "'--seed': .* valid int"),
    "a negative seed": (["run", "triangle", "--seed", "-1", "--out", "o"], "seed: -1 is out of range"),
    "no quarters": (["run", "triangle", "--quarters", "0", "--out", "o"], "quarters: 0 is out of range; allowed is 1 to 400"),
    "too many quarters": (["run", "triangle", "--quarters", "1000000", "--out", "o"], "quarters: 1000000 is out of range"),
    "an unknown theory": (["run", "triangle", "--theory", "mixd", "--out", "o"], "there is no theory 'mixd'.*Did you mean 'mixed'?"),
    "a full folder": (["run", "triangle", "--out", "full"], "full: the folder is not empty"),
    "a file as folder": (["run", "triangle", "--out", "good.csv", "--force"], "good.csv: is a file"),
    "a folder below a file": (["run", "triangle", "--out", "good.csv/o"], "good.csv/o: cannot be written"),
    "decisions that are not there": (["run", "triangle", "--decisions", "none.csv", "--out", "o"], "none.csv"),
    "decisions with an unknown lever": (
        ["run", "triangle", "--decisions", "lever.csv", "--out", "o"], "lever.csv:2: there is no lever 'tarif'.*Did you mean 'tariff'?"
    ),
    "decisions for a quarter after the end": (
        ["run", "triangle", "--quarters", "12", "--decisions", "late.csv", "--out", "o"],
        r"triangle: decision 2 \(quarter 12, A, tariff\): the quarter is 12; allowed is 0 to 11, for the run has 12 quarters",
    ),
    "an ensemble with decisions after the end": (
        ["ensemble", "triangle", "--runs", "2", "--quarters", "1", "--decisions", "late.csv", "--out", "o"], "allowed is 0 to 0, for the run has 1 quarter"
    ),
    "decisions of a state that is not there": (["run", "who-pays", "--decisions", "state.csv", "--out", "o"], r"decision 1 \(.*there is no state 'Q'"),
    "a theory without a name": (["run", "triangle", "--theory", "", "--out", "o"], "there is no theory ''"),
    "decisions with a value in words": (["run", "triangle", "--decisions", "value.csv", "--out", "o"], "value.csv:2: value"),
    "decisions with a wrong column": (["run", "triangle", "--decisions", "column.csv", "--out", "o"], "column.csv"),
    "decisions that are no text": (["run", "triangle", "--decisions", "bytes.csv", "--out", "o"], "bytes.csv"),
    "replay of nothing": (["replay", "nowhere"], "there is no run.json"),
    "replay of a folder without a run": (["replay", "full"], "there is no run.json"),
    "replay without a folder": (["replay"], "(?i)Missing argument 'FOLDER'"),
    "check of nothing": (["check"], "Missing argument"),
    "check of a file that is not there": (["check", "nothing.toml"], "nothing.toml"),
    "check of a wrong file": (["check", "bad.toml"], "bad.toml:3: .*titel"),
    "counterfactual of nothing": (["counterfactual", "nowhere", "--shock", "good.csv"], "nowhere: there is no such folder"),
    "counterfactual without a shock": (["counterfactual", "full"], "Missing option '--shock'"),
    "counterfactual with a wrong horizon": (["counterfactual", "full", "--shock", "good.csv", "--horizon", "medium"], "horizon: 'medium' is not known"),
    "counterfactual with a wrong rho": (["counterfactual", "full", "--shock", "good.csv", "--rho", "0"], "rho: 0 is out of range"),
    "counterfactual with a wrong tolerance": (["counterfactual", "full", "--shock", "good.csv", "--tolerance", "nan"], "tolerance: nan is out of range"),
    "an app on a wrong port": (["app", "--port", "0"], "'--port'"),
    "an app with a folder that cannot be": (["app", "--port", "54871", "--no-browser", "--data-dir", "good.csv/data"], "the data folder cannot be written"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_ends_with_one_sentence_and_exit_code_2_and_nothing_is_written(here, command, case):
    arguments, sentence = BAD[case]
    before = everything(here)
    code, out, told = command(*arguments)
    assert code == 2 and out == "", (code, out, told)
    assert re.search(sentence, told), told
    assert "Traceback" not in told and told.endswith((".\n", "?\n"))
    assert everything(here) == before and not (here / "o").exists()
    if case not in ("a scenario file with a wrong key", "check of a wrong file"):  # these list every problem of the file, one a line
        assert told.count("\n") == 1, told


@pytest.mark.parametrize("verb", [command.name or command.callback.__name__ for command in app.registered_commands])
def test_every_command_refuses_an_unknown_option_in_one_sentence_and_has_a_help(command, verb):
    code, out, told = command(verb, "--no-such-option")
    assert code == 2 and out == "" and told.count("\n") == 1 and "--no-such-option" in told
    code, out, told = command(verb, "--help")
    assert code == 0 and told == "" and f"sanctions-lab {verb}" in out


def test_a_run_writes_its_tables_and_says_where(here, command):
    code, out, told = command("run", "triangle", "--quarters", "2", "--decisions", "good.csv", "--out", "o")
    assert (code, out, told) == (0, "Wrote o\n", "")
    assert (here / "o" / "measures.csv").read_text(encoding="utf-8").splitlines()[1].startswith("0,tariff|A|B|grain,tariff,A,B,grain,0.5,")
    assert command("replay", "o")[0] == 0


def test_two_runs_of_the_command_write_the_same_bytes(here, command):
    for name in ("one", "two"):
        assert command("run", "triangle", "--quarters", "3", "--seed", "5", "--out", name)[0] == 0
    one, two = everything(here / "one"), everything(here / "two")
    assert one == two and len(one) == 2 + len(api.TABLES)  # and the codebook and run.json


def test_force_replaces_what_was_in_the_folder(here, command):
    assert command("run", "triangle", "--quarters", "1", "--out", "full", "--force")[0] == 0
    assert not (here / "full" / "mine.txt").exists() and (here / "full" / "run.json").exists()


@pytest.mark.parametrize("arguments", [("run", "triangle"), ("ensemble", "triangle", "--runs", "2", "--workers", "1")])
def test_the_folder_one_stands_in_is_filled_if_it_is_empty_and_refused_before_any_work_if_not(here, command, monkeypatch, arguments):
    (here / "empty").mkdir()
    monkeypatch.chdir(here / "empty")
    before = everything(here)
    assert command(*arguments, "--quarters", "1", "--out", ".")[:2] == (0, "Wrote .\n")
    made = everything(here / "empty")
    assert made and {name: text for name, text in everything(here).items() if not name.startswith("empty")} == before
    monkeypatch.setattr("sim.world.World.__init__", None)  # no run can begin
    code, out, told = command(*arguments, "--quarters", "1", "--out", ".")
    assert (code, out) == (2, "") and "the folder is not empty" in told and everything(here / "empty") == made


def test_scenarios_lists_one_line_each_id_tab_title(command):
    code, out, _ = command("scenarios")
    rows = [line.split("\t") for line in out.splitlines()]
    assert code == 0 and all(len(row) == 2 and all(row) for row in rows)
    assert {"triangle", "who-pays", "russia-2014"} <= {row[0] for row in rows} and "\x1b" not in out


def test_check_says_valid_of_every_shipped_scenario(command):
    names = [line.split("\t")[0] for line in command("scenarios")[1].splitlines()]
    assert command("check", *names) == (0, "".join(f"{name}: valid\n" for name in names), "")


def test_check_run_says_of_each_claim_whether_it_holds(here, command):
    """A copy of triangle whose claims are one that must hold and one that cannot; the exit code is 1."""
    text = (ROOT / "scenarios" / "triangle.toml").read_text(encoding="utf-8").split("[[expect]]")[0]
    (here / "flows.csv").write_bytes((ROOT / "scenarios" / "triangle" / "flows.csv").read_bytes())
    claim = '[[expect]]\ntext = "{}"\noutcome = "real_income"\nstate = "A"\nquarter = 3\nbelow = {}\n'
    text = text + claim.format("A ban costs something.", 0.0) + claim.format("A ban costs everything.", -99.0)
    folder = here / "mine"
    folder.mkdir()
    (here / "mine.toml").write_text(text.replace('id = "triangle"', 'id = "mine"', 1), encoding="utf-8")
    (here / "flows.csv").rename(folder / "flows.csv")
    code, out, told = command("check", "mine.toml", "--run")
    assert code == 1 and told == ""
    assert [line.split(": ")[1] for line in out.splitlines()] == ["holds", "fails"], out


def test_check_lists_every_problem_of_every_file(here, command):
    code, _, told = command("check", "bad.toml", "broken.toml", "triangle")
    assert code == 2 and "bad.toml:" in told and "broken.toml:" in told
