"""A scenario that is being written: a text and its tables in memory, checked by the same loader as files, never in the folder of shipped scenarios.

For a check the draft is written into a fresh temporary folder that is gone afterwards. Sizes and names are limited before anything is parsed; the
loader itself refuses deep nesting, long keys, large numbers and paths out of the folder.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sim.levers import LEVERS
from sim.refusals import Refusal
from sim.scenario import Scenario, check, find
from sim.scenario.reading import SCENARIO_LIMIT, read, tables_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

TEMPLATE = Path(__file__).with_name("template.toml")
MOST_TABLES = 8
TABLES_LIMIT = 3_000_000  # bytes of all tables together
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
TABLE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}\.csv")
PLACE = re.compile(r"^[^\n]*?draft\.toml:(\d+): ?")
BARE = re.compile(r"^[^\n]*?draft\.toml: ?")
FOLDER = re.compile(r"(?<!\S)\S*sanctions-lab-draft-[^/\s]*/(draft/)?")  # begins with a word: else a word of n letters is read n times
LONGEST_SENTENCE = 4000  # letters: what is wrong may quote a name of the file, however long


@dataclass(frozen=True)
class Draft:
    """`text` is the scenario file, `tables` its CSV files by name."""

    text: str
    tables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Problem:
    """What is wrong: the line it stands in (0: the file as a whole), the line's own text, and a sentence with the cure."""

    line: int
    excerpt: str
    sentence: str


def template() -> Draft:
    """A small complete scenario to start from."""
    return Draft(TEMPLATE.read_text(encoding="utf-8"))


def copy_of(name: str) -> Draft:
    """A shipped scenario with its tables, as a draft. Raises `Refusal` for a name that does not ship."""
    path, _ = find(name) if ID.fullmatch(name) else (Path(), "")
    if path == Path():
        raise Refusal(f"draft: '{name[:40]}' is not the id of a shipped scenario.")
    folder = tables_folder(path)
    files = sorted(folder.glob("*.csv")) if folder != path.parent else []
    return Draft(path.read_text(encoding="utf-8"), {file.name: file.read_text(encoding="utf-8-sig") for file in files})


def with_table(draft: Draft, name: str, content: bytes) -> Draft:
    """The draft with a table added or replaced. Raises `Refusal` for a bad name, too much, or what is not text."""
    if not TABLE_NAME.fullmatch(name):
        raise Refusal(f"table: '{name[:60]}' is not a name for a table; use letters, digits, - and _, and .csv at the end.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Refusal(f"{name}: byte {problem.start} is not UTF-8 text; save the file as UTF-8.") from None
    tables = {**draft.tables, name: text}
    if len(tables) > MOST_TABLES:
        raise Refusal(f"{name}: a draft holds {MOST_TABLES} tables at most.")
    if sum(len(one.encode()) for one in tables.values()) > TABLES_LIMIT:
        raise Refusal(f"{name}: the tables of a draft hold {TABLES_LIMIT / 1e6:g} MB at most.")
    return Draft(draft.text, tables)


def text_of(content: bytes) -> str:
    """The text of an uploaded scenario file. Raises `Refusal` for too much or what is not text; nothing is parsed here."""
    if len(content) > SCENARIO_LIMIT:
        raise Refusal(f"the file has {len(content) / 1e6:.1f} MB; a scenario file may have {SCENARIO_LIMIT / 1e6:g} MB.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Refusal(f"byte {problem.start} is not UTF-8 text; save the file as UTF-8.") from None


def problems(draft: Draft) -> list[Problem]:
    """What is wrong with the draft, in the order of its lines; empty when it is valid."""
    with _written(draft) as path:
        return [_problem(text, draft.text) for text in check(path, LEVERS)]


def read_draft(draft: Draft) -> Scenario:
    """The scenario of a valid draft. Raises `Refusal`."""
    with _written(draft) as path:
        try:
            return read(path, "", LEVERS)
        except Refusal as refusal:
            raise Refusal("\n".join(_said(_problem(text, draft.text)) for text in str(refusal).splitlines())) from None


@contextmanager
def _written(draft: Draft) -> Iterator[Path]:
    if len(draft.text.encode()) > SCENARIO_LIMIT:
        raise Refusal(f"the text has {len(draft.text.encode()) / 1e6:.1f} MB; a scenario file may have {SCENARIO_LIMIT / 1e6:g} MB.")
    with tempfile.TemporaryDirectory(prefix="sanctions-lab-draft-") as place:
        folder = Path(place) / "draft"
        folder.mkdir()
        for name, content in draft.tables.items():
            if not TABLE_NAME.fullmatch(name):
                raise Refusal(f"table: '{name[:60]}' is not a name for a table.")
            (folder / name).write_text(content, encoding="utf-8", newline="\n")
        path = Path(place) / "draft.toml"
        path.write_text(draft.text, encoding="utf-8", newline="\n")
        yield path


def _problem(said: str, text: str) -> Problem:
    """A line of a refusal without the temporary folder's name."""
    said = said if len(said) <= LONGEST_SENTENCE else said[:LONGEST_SENTENCE] + "…"
    found = PLACE.match(said)
    line = int(found.group(1)) if found else 0
    sentence = said[found.end() :] if found else BARE.sub("", said)
    sentence = FOLDER.sub("", sentence)
    lines = text.splitlines()
    excerpt = lines[line - 1].strip()[:120] if 0 < line <= len(lines) else ""
    return Problem(line, excerpt, sentence)


def _said(problem: Problem) -> str:
    return f"line {problem.line}: {problem.sentence}" if problem.line else problem.sentence
