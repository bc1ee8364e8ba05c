"""What ships: every scenario loads, the README and the JSON Schema say what the schema says, listing is light."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from sim.levers import LEVERS
from sim.scenario import check, list_scenarios, load
from sim.scenario.catalogue import folder
from sim.scenario.decisions import read_decisions
from sim.scenario.documentation import json_schema, readme

IDS = [entry.id for entry in list_scenarios()]


@pytest.mark.parametrize("name", IDS)
def test_every_shipped_scenario_is_valid_with_its_levers_and_named_like_its_file(name: str) -> None:
    path = folder() / f"{name}.toml"
    assert check(path, LEVERS) == []
    setting = load(name)
    assert setting.id == name
    assert setting.source == name
    assert load(path).source == name
    assert setting.text.briefing
    assert setting.text.objectives
    assert setting.text.leaves_out
    assert setting.text.debrief_questions


@pytest.mark.parametrize("name", IDS)
def test_role_packets_of_a_scenario_are_within_a_fifth_of_each_others_length(name: str) -> None:
    lengths = [len(role.packet) for role in load(name).roles]
    assert not lengths or max(lengths) <= 1.2 * min(lengths)


@pytest.mark.parametrize("path", sorted(folder().glob("*/*.csv")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_shipped_decisions_file_names_states_and_sectors_of_its_scenario(path: Path) -> None:
    if not path.read_text(encoding="utf-8").startswith("quarter,"):
        return  # a table of the world, read when the scenario is loaded
    setting = load(path.parent.name)
    for decision in read_decisions(path, LEVERS):
        assert decision.state in setting.state_ids
        assert decision.target in (*setting.state_ids, "", "*")
        assert decision.sector in (*setting.sector_ids, "", "*")


def test_the_fixed_ones_are_there() -> None:
    assert {"triangle", "who-pays", "russia-2014"} <= set(IDS)


def test_russia_2014_has_the_flows_of_the_source() -> None:
    """The 2014 table: Russian output of 3.6 tn, of which food 0.3 tn; Germany sells Russia 20 to 40 bn of machinery."""
    setting = load("russia-2014")
    place = {name: index for index, name in enumerate(setting.state_ids)}
    sector = {name: index for index, name in enumerate(setting.sector_ids)}
    assert setting.flows.shape == (5, 15, 15)
    assert setting.flows.sum() == pytest.approx(161_800, rel=0.005)  # world gross output of the table's own check
    assert 15 < setting.flows[sector["tech"], place["DEU"], place["RUS"]] < 45
    assert setting.sources[0].licence == "CC BY 4.0"


def test_the_readme_is_what_the_schema_says() -> None:
    text = (folder() / "README.md").read_text(encoding="utf-8")
    assert text == readme(text), "run: python -m sim.scenario.documentation"


def test_the_json_schema_is_up_to_date() -> None:
    text = (folder() / "scenario.schema.json").read_text(encoding="utf-8")
    assert text == json_schema(), "run: python -m sim.scenario.documentation"
    assert json.loads(text)["additionalProperties"] is False


def test_the_first_scenario_of_the_readme_works(tmp_path: Path) -> None:
    text = (folder() / "README.md").read_text(encoding="utf-8")
    example = text.split("```toml\n")[1].split("```")[0]
    assert len(example.splitlines()) == 10
    path = tmp_path / "my-first.toml"
    path.write_text(example, encoding="utf-8")
    assert check(path, LEVERS) == []
    setting = load(path)
    assert len(setting.sectors) == 6
    assert setting.timetable[0].lever == "import_ban"


def test_the_claim_of_the_readme_is_accepted(tmp_path: Path) -> None:
    text = (folder() / "README.md").read_text(encoding="utf-8")
    claim = text.split("```toml\n")[2].split("```")[0]
    path = tmp_path / "triangle.toml"
    path.write_text((folder() / "triangle.toml").read_text(encoding="utf-8") + "\n" + claim, encoding="utf-8")
    (tmp_path / "flows.csv").write_text((folder() / "triangle" / "flows.csv").read_text(encoding="utf-8"), encoding="utf-8")
    assert check(path) == []


def test_listing_imports_nothing_heavy() -> None:
    heavy = "[name for name in ('numpy', 'pydantic', 'pandas') if name in sys.modules]"
    code = f"import sys; from sim.scenario import list_scenarios; list_scenarios(); print({heavy})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_arrays_of_a_scenario_cannot_be_changed() -> None:
    setting = load("triangle")
    for values in (setting.flows, setting.tariffs, setting.value_added, setting.inputs, setting.affinity, setting.trust, setting.grievance):
        with pytest.raises(ValueError):
            values[(0,) * values.ndim] = 1.0
    with pytest.raises(AttributeError):
        setting.title = "x"


def test_a_scenario_travels_to_another_process() -> None:
    setting = load("who-pays")
    copy = pickle.loads(pickle.dumps(setting))
    assert copy.digest == setting.digest
    assert (copy.flows == setting.flows).all()
    assert copy.states == setting.states


def test_the_digest_sees_the_text_and_the_tables_but_not_the_place_or_the_line_ends(write, tmp_path: Path) -> None:
    path = write()
    digest = load(path).digest
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for file in (path, tmp_path / "flows.csv"):
        (elsewhere / file.name).write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert load(elsewhere / "small.toml").digest == digest
    table = tmp_path / "flows.csv"
    table.write_text(table.read_text().replace("40", "41"))
    assert load(path).digest != digest


def test_ties_become_tables_and_affinity_comes_from_ideal_points_where_none_is_given(write) -> None:
    """Ideal points 0 and 1.2: affinity 1 - 1.2 / 2 = 0.4."""
    setting = load(write("gini = 45.0", "ideal_point = 1.2", '\n[[tie]]\na = "NORTH"\nb = "SOUTH"\nrivalry = 0.3\ngrievance_a = 0.7\n'))
    assert setting.affinity[0, 1] == pytest.approx(0.4)
    assert setting.rivalry.tolist() == [[0.0, 0.3], [0.3, 0.0]]
    assert setting.grievance.tolist() == [[0.0, 0.7], [0.0, 0.0]]
    assert setting.trust.tolist() == [[1.0, 0.5], [0.5, 1.0]]
    assert np.allclose(np.diag(setting.affinity), 1.0)
