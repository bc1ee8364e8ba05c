"""What is wrong with a scenario file, as sentences: `file:line: where: what is wrong, what is allowed, nearest word`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from sim.refusals import Refusal, nearest

MOST_PROBLEMS = 30
_COMPARED = {
    "greater_than_equal": ("ge", "or more"),
    "greater_than": ("gt", "and above"),
    "less_than_equal": ("le", "or less"),
    "less_than": ("lt", "and below"),
}
_TYPES = {
    "string_type": "a text in quotes",
    "float_type": "a number without quotes",
    "int_type": "a whole number without quotes",
    "int_from_float": "a whole number",
    "bool_type": "true or false without quotes",
    "list_type": "a list in [ ]",
    "dict_type": "a table of key = value",
    "model_type": "a table of key = value",
    "finite_number": "a finite number",
}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: the line it stands in (0: the file as a whole), and a sentence without the file's name."""

    line: int
    sentence: str


class Problems:
    """The things found wrong so far in one file, with the lines of its keys."""

    def __init__(self, file: str, lines: Mapping[tuple[str | int, ...], int], data: Mapping[str, Any]) -> None:
        self.file = file
        self.lines = lines
        self.data = data
        self.found: list[Problem] = []

    def add(self, path: tuple[str | int, ...], sentence: str) -> None:
        """Note that the value at `path` is wrong; `sentence` starts after the place."""
        place = self.place(path)
        self.found.append(Problem(self.line(path), f"{place}: {sentence}" if place else sentence))

    def line(self, path: tuple[str | int, ...]) -> int:
        """The line of the nearest key at or above `path`."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def place(self, path: tuple[str | int, ...]) -> str:
        """The path in words: tables of a list by their id, or by their number from 1."""
        words = []
        here: Any = self.data
        for step in path:
            here = (
                here[step]
                if (isinstance(here, list) and isinstance(step, int) and step < len(here))
                else (here.get(step) if isinstance(here, Mapping) else None)
            )
            if isinstance(step, int):
                name = here.get("id") if isinstance(here, Mapping) else None
                words.append(name if isinstance(name, str) and len(name) <= 40 else str(step + 1))
            else:
                words.append(step if len(step) <= 60 else step[:60] + "...")
        return ".".join(words)

    def sorted(self) -> list[Problem]:
        """The problems in the order of their lines."""
        return sorted(self.found, key=lambda problem: problem.line)

    def refuse(self) -> None:
        """Raise a `Refusal` with one line for each problem, when there is any."""
        if self.found:
            raise Refusal(as_text(self.file, self.sorted()))


def as_text(file: str, problems: list[Problem]) -> str:
    """One line for each problem, `file:line: ...`."""
    shown = [
        f"{file}:{problem.line}: {problem.sentence}" if problem.line else f"{file}: {problem.sentence}"
        for problem in problems[:MOST_PROBLEMS]
    ]
    if len(problems) > MOST_PROBLEMS:
        shown.append(f"{file}: {len(problems) - MOST_PROBLEMS} more problems are not shown.")
    return "\n".join(shown)


def collect(error: ValidationError, model: type[BaseModel], problems: Problems) -> None:
    """Turn the findings of pydantic into sentences. Those too far down to be shown are counted only."""
    findings: dict[tuple[str | int, ...], Any] = {}
    for found in error.errors(include_url=False):
        findings.setdefault(_real_path(found["loc"], problems.data), found)  # one value may fail every member of a union
    in_order = sorted(findings.items(), key=lambda item: problems.line(item[0]))
    for number, (path, found) in enumerate(in_order):
        place = path[:-1] if found["type"] == "missing" else path
        if number < MOST_PROBLEMS:
            problems.add(place, _sentence(found, path, model))
        else:
            problems.found.append(Problem(problems.line(place), ""))


def _real_path(loc: tuple[str | int, ...], data: Any) -> tuple[str | int, ...]:
    """The location without the names pydantic adds for members of a union."""
    path: list[str | int] = []
    here = data
    for position, step in enumerate(loc):
        last = position == len(loc) - 1
        if isinstance(here, Mapping) and isinstance(step, str) and (step in here or last):
            path.append(step)
            here = here.get(step)
        elif isinstance(here, list) and isinstance(step, int):
            path.append(step)
            here = here[step] if step < len(here) else None
    return tuple(path)


def _sentence(found: Any, path: tuple[str | int, ...], model: type[BaseModel]) -> str:
    kind, context, value = found["type"], found.get("ctx", {}), found["input"]
    table = _table_at(model, path[:-1])
    name = str(path[-1]) if path else ""
    field = table.model_fields.get(name) if table is not None else None
    if kind == "missing":
        return f"'{name}' is missing{f' ({field.description})' if field and field.description else ''}."
    if kind == "extra_forbidden":
        allowed = list(table.model_fields) if table is not None else []
        return f"there is no key '{name[:60]}' here; allowed are {', '.join(allowed)}.{nearest(name[:60], allowed)}"
    if kind == "literal_error":
        words = _words(field) or [word.strip("' ") for word in str(context["expected"]).replace(" or ", ", ").split(", ")]
        hint = nearest(value, words) if isinstance(value, str) else ""
        return f"is {_shown(value)}; allowed are {', '.join(words)}.{hint}"
    if kind in _COMPARED:
        return f"is {_shown(value)}; allowed is {_range(field) or _limit(kind, context)}.{_meaning(field)}"
    if kind in _TYPES:
        return f"is {_shown(value)}; it must be {_TYPES[kind]}.{_meaning(field)}"
    if kind == "string_pattern_mismatch":
        return f"is {_shown(value)}; {_pattern(str(context['pattern']))}"
    if kind in ("string_too_short", "string_too_long"):
        return f"has {len(value)} characters; allowed are {_count(context)}."
    if kind in ("too_short", "too_long"):
        return f"the number of entries is {context['actual_length']}; allowed are {_count(context)}."
    return f"is {_shown(value)}; {found['msg'][:1].lower()}{found['msg'][1:]}."


def _count(context: Mapping[str, Any]) -> str:
    return f"at least {context['min_length']}" if "min_length" in context else f"at most {context['max_length']}"


def _pattern(pattern: str) -> str:
    if pattern == r"\S":
        return "allowed is a text with something in it, not only spaces."
    if pattern.startswith("^[A-Za-z]"):
        return "allowed are up to 24 letters, digits, _ and -, a letter first."
    if pattern.startswith("^[a-z0-9]"):
        return "allowed are up to 40 small letters, digits and -."
    return 'allowed is a year or a year and month, as "2014" or "2014-07".'


def _table_at(model: type[BaseModel], path: tuple[str | int, ...]) -> type[BaseModel] | None:
    """The schema of the table at `path`; None where the keys are free."""
    table: type[BaseModel] | None = model
    for step in path:
        if isinstance(step, int):
            continue
        field = table.model_fields.get(step) if table is not None else None
        table = (
            next((part for part in _parts(field.annotation) if isinstance(part, type) and issubclass(part, BaseModel)), None)
            if field
            else None
        )
    return table


def _parts(annotation: Any) -> list[Any]:
    inner = [part for argument in get_args(annotation) for part in _parts(argument)]
    return [annotation, *inner]


def _words(field: FieldInfo | None) -> list[str]:
    return [part for part in _parts(field.annotation) if isinstance(part, str)] if field else []


def _range(field: FieldInfo | None) -> str:
    """The range of a number, as `0 to 1`, or `above 0 and up to 60`."""
    return range_of(field) if field else ""


def range_of(field: FieldInfo) -> str:
    """The range that a field's limits declare, in words; empty when it has none."""
    bounds: dict[str, float] = {}
    for part in field.metadata:
        for name in ("ge", "gt", "le", "lt"):
            if getattr(part, name, None) is not None:
                bounds[name] = getattr(part, name)
    if "ge" in bounds and "le" in bounds:
        return f"{_bound(bounds['ge'])} to {_bound(bounds['le'])}"
    words = [f"above {_bound(bounds['gt'])}"] if "gt" in bounds else [f"{_bound(bounds['ge'])} or more"] if "ge" in bounds else []
    words += [f"below {_bound(bounds['lt'])}"] if "lt" in bounds else [f"up to {_bound(bounds['le'])}"] if "le" in bounds else []
    return " and ".join(words)


def _bound(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1e6 else f"{value:g}"


def _limit(kind: str, context: Mapping[str, Any]) -> str:
    name, words = _COMPARED[kind]
    return f"{float(context[name]):g} {words}"


def _meaning(field: FieldInfo | None) -> str:
    if field is None or not field.description:
        return ""
    extra = field.json_schema_extra
    unit = str(extra.get("unit", "")) if isinstance(extra, dict) else ""
    return f" ({field.description}{f'; {unit}' if unit else ''})"


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{value[:60]}'" if len(value) <= 60 else f"'{value[:60]}...'"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**15 else "a number of more than 15 digits"
    if isinstance(value, list):
        return "a list"
    return "a table" if isinstance(value, dict) else str(value)[:60]
