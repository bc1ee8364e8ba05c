"""From a file to a `Scenario`: sizes, syntax, keys, names, tables, in this order; refused at the first step that fails.

Within a step everything that is wrong is reported, one line each.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sim.refusals import Refusal
from sim.scenario.assemble import assemble
from sim.scenario.cross import cross_check
from sim.scenario.csv_files import MEGABYTE, read_text
from sim.scenario.decisions import LeverLike
from sim.scenario.default_sectors import DEFAULT_SECTORS
from sim.scenario.lines import lines_of, refuse_unsafe
from sim.scenario.messages import Problems, collect
from sim.scenario.scenario import Scenario
from sim.scenario.schema import ScenarioKeys
from sim.scenario.worlds import build_world

SCENARIO_LIMIT = MEGABYTE // 2


def read(path: Path, source: str, levers: Mapping[str, LeverLike] | None = None) -> Scenario:
    """Read and check the scenario file at `path`; `source` is what it is remembered by. Raises `Refusal`."""
    text = read_text(path, SCENARIO_LIMIT)
    keys, problems = _keys(path, text)
    sectors = keys.sector or list(DEFAULT_SECTORS)
    cross_check(keys, sectors, problems, levers)
    problems.refuse()
    folder = tables_folder(path)
    where = f"{path}:{problems.line(('world',))}: world"
    tables = build_world(keys.world, keys.state, sectors, folder, where)
    return assemble(keys, sectors, tables, source, _digest(text, keys, folder))


def tables_folder(path: Path) -> Path:
    """Where a scenario's tables are: in the folder of the same name beside the file, or beside the file if there is none."""
    own = path.parent / path.stem
    return own if own.is_dir() else path.parent


def problems_of(path: Path, levers: Mapping[str, LeverLike] | None = None) -> list[str]:
    """Everything that is wrong with the file, one sentence each, as `read` would refuse it."""
    try:
        read(path, str(path), levers)
    except Refusal as refusal:
        return str(refusal).splitlines()
    return []


def _keys(path: Path, text: str) -> tuple[ScenarioKeys, Problems]:
    refuse_unsafe(text, str(path))
    data = parsed(path, text)
    problems = Problems(str(path), lines_of(text), data)
    try:
        keys = ScenarioKeys.model_validate(data)
    except ValidationError as error:
        collect(error, ScenarioKeys, problems)
        problems.refuse()
        raise AssertionError("a validation error always holds a problem") from error
    return keys, problems


def parsed(path: Path, text: str) -> dict[str, Any]:
    """The keys of a TOML file with this text, or a refusal with the line at which it is none."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise Refusal(_syntax(path, text, str(problem))) from None
    except (ValueError, RecursionError) as problem:  # a number without end, brackets without end
        raise Refusal(f"{path}: the file cannot be read as TOML ({str(problem).splitlines()[0].split(';')[0][:120]}).") from None


def _syntax(path: Path, text: str, message: str) -> str:
    """`file:line: ...` from the message of the TOML parser, which ends in `(at line 3, column 7)`."""
    what, _, place = message.partition(" (at ")
    line = "".join(letter for letter in place.split(",")[0] if letter.isdigit()) or str(text.count("\n") + 1)
    cure = 'write key = value, texts in straight "quotes", decimals with a point, tables as [name] or [[name]]'
    return f"{path}:{line}: this is not valid TOML: {what[:1].lower()}{what[1:]}; {cure}."


def _digest(text: str, keys: ScenarioKeys, folder: Path) -> str:
    """SHA-256 of the file and its tables, the same whatever the line ends and wherever the files lie."""
    whole = hashlib.sha256(_canonical(text))
    world = keys.world
    for name in (world.flows, world.public.file if world.public else None, world.tariffs, world.value_added, world.inputs):
        if name is not None:
            whole.update(b"\x00" + name.encode() + b"\x00" + _canonical((folder / name).read_text(encoding="utf-8-sig")))
    return whole.hexdigest()


def _canonical(text: str) -> bytes:
    return text.replace("\r\n", "\n").replace("\r", "\n").encode()
