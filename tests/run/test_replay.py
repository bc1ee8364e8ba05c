"""Replay names the first table, the first row and the first decision that differ."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sim import api
from sim.analysis import replay as module
from sim.record import digest


@pytest.fixture
def saved(tmp_path) -> Path:
    orders = [api.Decision(1, "ARDEN", "tariff", "BELMORA", "", 0.2, {"purpose": "signal"})]
    api.run("who-pays", seed=2, quarters=5, decisions=orders, theory="mixed", parameters={"impact_share": 0.3}).save(tmp_path / "run")
    return tmp_path / "run"


def edit(folder: Path, **values: object) -> dict:
    """Change keys of run.json."""
    file = folder / "run.json"
    about = json.loads(file.read_text(encoding="utf-8"))
    about.update(values)
    file.write_text(json.dumps(about), encoding="utf-8")
    return about


def rewrite(folder: Path, table: str, old: str, new: str) -> None:
    """Change the first place where `old` stands in a table, and its digest, as if the run had come out so."""
    file = folder / f"{table}.csv"
    text = file.read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8", newline="\n")
    digests = json.loads((folder / "run.json").read_text(encoding="utf-8"))["digests"]
    edit(folder, digests={**digests, table: digest(text)})


def test_a_replay_of_an_untouched_run_is_equal_whatever_was_given(saved):
    assert api.replay(saved).sentence == f"All {len(api.TABLES)} tables are equal." and api.replay(saved).equal


def test_played_seats_and_switched_off_governments_are_replayed_too(tmp_path):
    api.run("who-pays", quarters=4, played=["ARDEN"]).save(tmp_path / "seat")
    api.run("who-pays", quarters=4, governments=False, timetable=False).save(tmp_path / "none")
    assert api.replay(tmp_path / "seat").equal and api.replay(tmp_path / "none").equal


def test_the_first_differing_row_is_named_with_both_values(saved):
    line = (saved / "states.csv").read_text(encoding="utf-8").splitlines()[4]
    rewrite(saved, "states", line, line + "9")
    told = api.replay(saved)
    assert not told.equal
    assert told.sentence.startswith(f"First difference: states.csv row 5: saved '{line}9', now '{line}' (columns quarter,state,real_income,")
    assert "No decision differs." in told.sentence


def test_the_first_differing_decision_is_named_with_what_was_chosen(saved):
    """The saved file says that the government chose another option than it chooses now."""
    row = next(line for line in (saved / "decisions.csv").read_text(encoding="utf-8").splitlines()[1:] if line.split(",")[4] == "1")
    quarter, state, decision, option = row.split(",")[:4]
    text = (saved / "decisions.csv").read_text(encoding="utf-8")
    changed = text.replace(f"{quarter},{state},{decision},{option},1", f"{quarter},{state},{decision},{option},0")
    (saved / "decisions.csv").write_text(changed, encoding="utf-8", newline="\n")
    digests = json.loads((saved / "run.json").read_text(encoding="utf-8"))["digests"]
    edit(saved, digests={**digests, "decisions": digest(changed)})
    told = api.replay(saved).sentence
    assert "First difference: decisions.csv row " in told
    assert f"First decision that differs: quarter {quarter}, {state}, {decision}: saved no option, now '{option}'." in told


def test_a_change_of_luck_shows_the_decision_that_came_out_otherwise(saved):
    """run.json with another seed: states.csv differs first, and the decision is named although it stands in another table."""
    edit(saved, seed=9)
    told = api.replay(saved).sentence
    assert told.startswith("First difference: states.csv row 2: saved '0,") and "First decision that differs: quarter " in told


def test_a_table_changed_after_the_run_was_saved_is_told_from_one_that_came_out_otherwise(saved):
    file = saved / "trade.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([*lines[:2], "x", *lines[3:]]) + "\n", encoding="utf-8")
    told = api.replay(saved).sentence
    assert told.startswith("trade.csv was changed after the run was saved. First difference: trade.csv row 3: saved 'x', now '")


def test_a_missing_table_and_a_shortened_table_are_differences(saved):
    (saved / "votes.csv").unlink()
    assert "votes.csv was changed after the run was saved. First difference: votes.csv row 1: saved nothing, now 'quarter" in api.replay(saved).sentence


def test_other_versions_are_named(saved):
    line = (saved / "states.csv").read_text(encoding="utf-8").splitlines()[1]
    rewrite(saved, "states", line, line + "1")
    versions = {**module.versions(), "numpy": "0.0.1"}
    edit(saved, versions=versions)
    assert f"Versions differ: numpy 0.0.1 -> {module.versions()['numpy']}." in api.replay(saved).sentence


def test_the_command_says_equal_with_0_and_different_with_1(saved, command):
    assert command("replay", saved)[:2] == (0, f"All {len(api.TABLES)} tables are equal.\n")
    edit(saved, seed=9)
    code, told, _ = command("replay", saved)
    assert code == 1 and "First difference: states.csv row 2" in told and told.count("\n") == 1


@pytest.mark.parametrize(
    "content, sentence",
    [
        ("", "not valid JSON"),
        ("[1]", "missing; give a folder that `run --out` wrote"),
        ("{}", "missing; give a folder that `run --out` wrote"),
        ('{"scenario": ', "not valid JSON"),
        (b"\xff\xfe\x00", "not valid JSON"),
    ],
)
def test_a_broken_run_json_is_refused_in_one_sentence(saved, command, content, sentence):
    (saved / "run.json").write_bytes(content if isinstance(content, bytes) else content.encode())
    code, out, told = command("replay", saved)
    assert code == 2 and out == "" and sentence in told and told.count("\n") == 1


@pytest.mark.parametrize(
    "key, value",
    [
        ("seed", "one"), ("seed", -4), ("seed", True), ("quarters", 2.5), ("quarters", 10**9), ("theory", "pian"), ("theory", 3), ("parameters", [1]),
        ("parameters", {"impact_share": "x"}), ("parameters", {"impact_shar": 0.3}), ("decisions", {"a": 1}), ("decisions", [1]),
        ("decisions", [{"quarter": "x"}]), ("decisions", ["x"]), ("played", 7), ("played", ["X"]),
        ("scenario", 4), ("scenario", "nowhere"), ("digests", None), ("versions", 3), ("timetable", "yes"), ("governments", 1.5),
    ],
)
def test_wrong_kinds_of_values_in_run_json_are_refused_in_one_sentence(saved, command, key, value):
    edit(saved, **{key: value})
    code, out, told = command("replay", saved)
    assert code == 2 and out == "" and told.count("\n") == 1, told


def test_a_run_that_a_function_decided_and_a_world_without_a_file_say_why_they_cannot_be_replayed(tmp_path):
    api.run("triangle", quarters=2, decisions=lambda *_: None).save(tmp_path / "function")
    with pytest.raises(api.Refusal, match="the decisions of this run came from a function, so it cannot be replayed"):
        api.replay(tmp_path / "function")
    from sim.scenario.generate import gravity_world

    api.run(gravity_world(4, 2), quarters=2).save(tmp_path / "made")
    with pytest.raises(api.Refusal, match=r"made by rule.*cannot be replayed"):
        api.replay(tmp_path / "made")


def test_a_scenario_that_changed_since_is_refused(saved):
    edit(saved, scenario_hash="0" * 64)
    with pytest.raises(api.Refusal, match="scenario 'who-pays' has changed since the run was saved"):
        api.replay(saved)


def test_a_folder_without_a_run_is_refused(tmp_path):
    with pytest.raises(api.Refusal, match=r"there is no run\.json"):
        api.replay(tmp_path)
