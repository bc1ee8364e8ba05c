"""No military content and no word that takes a side, in anything the program ships, in any language."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.files import ROOT, committed, text_of

LISTS = tomllib.loads((ROOT / "tests" / "words.toml").read_text(encoding="utf-8"))
SHIPPED = ("sim", "ui", "scenarios")
ALSO = ("README.md", "CHANGELOG.md", "docs/hosting.md", "docs/measured.md", "pyproject.toml", "Makefile")
WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# `kill` is also what an operating system does to a process, and a run is resumable "after a kill".
OF_PROCESSES = {"kill", "kills", "killed"}


@cache
def pattern(language: str) -> re.Pattern[str]:
    words = [word for kind in LISTS[language].values() for word in kind]
    parts = [re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in words]
    return re.compile(r"(?<![^\W_])(?:" + "|".join(parts) + r")(?![^\W_])", re.IGNORECASE)


def found_in(text: str, language: str) -> list[str]:
    """Unwanted words of a text, without the titles of cited works and the sentence that says there is none of it."""
    for title in (*LISTS["titles"], *LISTS["denials"]):
        text = re.sub(re.escape(title), " ", text, flags=re.IGNORECASE)
    return pattern(language).findall(text)


def language_of(file: Path) -> str:
    """The language of a text below ui/text or of a scenario's translation (NAME.xx.toml); English otherwise."""
    parts = file.relative_to(ROOT).parts
    if parts[:2] == ("ui", "text") and len(parts) > 3:
        return parts[2]
    translated = re.search(r"[._]([a-z]{2})\.toml$", file.name)
    return translated.group(1) if translated else "en"


def shipped() -> list[Path]:
    return [file for file in committed() if file.relative_to(ROOT).parts[0] in SHIPPED or str(file.relative_to(ROOT)) in ALSO]


def test_every_language_that_ships_has_its_lists():
    assert {language_of(file) for file in shipped()} - (LISTS.keys() - {"titles", "denials"}) == set()


def test_no_unwanted_word_stands_in_anything_that_ships():
    wrong = []
    for file in shipped():
        text = text_of(file)
        for number, line in enumerate((text or "").splitlines(), start=1):
            words = found_in(line, language_of(file))
            if file.suffix == ".py" or file.name == "Makefile":
                words = [word for word in words if word.lower() not in OF_PROCESSES]
            if words:
                wrong.append(f"{file.relative_to(ROOT)}:{number}: {', '.join(words)}")
    assert wrong == []


def test_no_file_or_folder_is_named_with_an_unwanted_word():
    assert [str(file) for file in shipped() if found_in(" ".join(WORDS.findall(str(file.relative_to(ROOT)))), "en")] == []


def test_what_people_read_is_clean_as_the_program_builds_it():
    """The texts of levers, parameters, table columns and scenarios, whole sentences as they reach a screen."""
    from sim import api

    texts = [str(lever) for lever in api.LEVERS.values()]
    texts += [str(parameter) for parameter in api.PARAMETERS.values()] + [str(theory) for theory in api.THEORIES.values()]
    texts += [f"{column.name} {column.unit} {column.means}" for columns in api.TABLES.values() for column in columns]
    texts += [repr(api.load(name)) for name, _ in api.scenarios()]
    assert len(texts) > 50
    assert [found_in(text, "en") for text in texts if found_in(text, "en")] == []


@pytest.mark.parametrize(
    "text, found",
    [
        ("The army marched.", ["army"]),
        ("A weaponised payment link", ["weaponised"]),
        ("Weaponized Interdependence (Farrell and Newman 2019)", []),
        ("measures in force, an award, a warning, software, a tanker, warm", []),
        ("a rogue state", ["rogue"]),
        ("the alarms of harmed farms", []),
    ],
)
def test_words_are_matched_whole_and_titles_are_exempt(text, found):
    assert found_in(text, "en") == found
