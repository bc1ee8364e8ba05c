"""The texts of a scenario in another language: whole, without numbers of their own, and no scenario by themselves."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from sim import api
from sim.refusals import Refusal
from sim.scenario.catalogue import folder, list_scenarios
from sim.scenario.translation import originals, translated, translation_of

FILES = sorted(path for path in folder().glob("*.*.toml"))
SPANISH = folder() / "first-warning.es.toml"


def test_a_lesson_is_there_in_a_second_language() -> None:
    assert SPANISH in FILES
    assert translation_of("first-warning", "es") == SPANISH
    assert translation_of("first-warning", "xx") is None
    assert translation_of("first-warning", "../es") is None
    assert api.said_in("open-table", "es") == {}


def test_a_translation_is_no_scenario_of_its_own() -> None:
    assert [entry.id for entry in list_scenarios() if "." in entry.id] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_translation_that_ships_is_right_and_has_the_numbers_of_its_scenario(path: Path) -> None:
    """Digits in a text stay the same; a number of the model can only come from the scenario."""
    setting = api.load(path.name.split(".")[0])
    said = translated(setting, path)
    assert setting.text.briefing.strip() in said and all(role.packet.strip() in said for role in setting.roles)
    assert [own for own, other in said.items() if re.findall(r"\d+", own) != re.findall(r"\d+", other)] == []


@pytest.mark.parametrize(
    "old, new, sentence",
    [
        ('title = "Primera', 'titel = "Primera', "'titel' is no text of the scenario; texts here are title, question"),
        ('title = "Primera', 'titel = "Primera', "'title' is missing; the scenario has a text there."),
        ('canal = "La', 'quarters = 8\ncanal = "La', "'dispute.quarters' is no text of the scenario"),
        ('1 = "Tessia', '1 = 3 # "Tessia', "'inject.1' must be a text."),
        ('  "¿Qué otra cosa', '  # "¿Qué otra cosa', "'teaching.debrief_questions' must be a list of 4 texts"),
        ('private = "Tu', 'private = " " # "Tu', "'role.albora.private' must be a text."),
        ("[state]", "[state", "cannot be read as TOML"),
    ],
)
def test_what_is_wrong_in_a_translation_is_said(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    for path in (folder() / "first-warning.toml", SPANISH):
        shutil.copy(path, tmp_path)
    wrong = tmp_path / SPANISH.name
    text = wrong.read_text(encoding="utf-8")
    assert old in text
    wrong.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        api.said_in(tmp_path / "first-warning.toml", "es")
    assert sentence in str(refused.value)


def test_the_texts_of_a_scenario_are_those_people_read_and_no_settings() -> None:
    found = originals(api.load("first-warning"))
    assert set(found) == {"title", "question", "note", "teaching", "state", "sector", "dispute", "inject", "objective", "objective_question", "role"}
    assert found["state"] == {"ALBORA": "Albora", "TESSIA": "Tessia", "QUENTA": "Quenta", "DUMARE": "Dumare"}
