"""The scenarios that ship with the program, and how a name becomes a file.

Only the standard library is imported here, so that listing and looking up cost milliseconds.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from sim.refusals import Refusal, nearest

ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True)
class Entry:
    """A shipped scenario: its id, title, question and file."""

    id: str
    title: str
    question: str
    path: Path


def folder() -> Path:
    """The folder of shipped scenarios: beside `sim`, in a checkout as in an installed copy."""
    return Path(__file__).resolve().parents[2] / "scenarios"


def list_scenarios() -> list[Entry]:
    """Every shipped scenario, by id. Reads the head of each file, not its tables."""
    entries = []
    for path in _files():
        head = _head(path.read_text(encoding="utf-8"))
        entries.append(Entry(path.stem, str(head.get("title", path.stem)), str(head.get("question", "")), path))
    return entries


def find(reference: str | Path) -> tuple[Path, str]:
    """Return the file of a scenario and the name to remember it by: its id when it ships, otherwise its path.

    A word without a slash or a `.toml` ending is an id. Raises `Refusal` when there is no such scenario.
    """
    text = str(reference)
    if isinstance(reference, str) and not text.endswith(".toml") and "/" not in text and "\\" not in text:
        path = folder() / f"{text}.toml"
        if ID.fullmatch(text) and path.is_file():
            return path, text
        ids = [found.stem for found in _files()]
        raise Refusal(f"there is no scenario '{text}'; allowed are {', '.join(ids)} or the path of a .toml file.{nearest(text, ids)}")
    path = Path(reference)
    if not path.is_file():
        raise Refusal(f"{path}: there is no such file; give the id of a scenario or the path of a .toml file.")
    if path.resolve().parent == folder().resolve() and path.suffix == ".toml":
        return path, path.stem
    return path, text


def _files() -> list[Path]:
    """The scenario files, by id; a translation beside one has a dot in its stem, which no id has."""
    return sorted(path for path in folder().glob("*.toml") if ID.fullmatch(path.stem))


def _head(text: str) -> dict[str, object]:
    """The keys before the first table: a fraction of the file, so that listing stays quick."""
    end = re.search(r"(?m)^\s*\[", text)
    return tomllib.loads(text[: end.start()] if end else text)
