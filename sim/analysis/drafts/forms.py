"""What a form for a scenario file asks: its tables and keys, with meaning, unit, range and default, from the schema; and how an answer gets into the text.

Answers are written into the text by tomlkit, so that remarks and everything else in the file stay as they are.
"""

from __future__ import annotations

import types
import typing
from dataclasses import dataclass
from typing import Any, Literal

import tomlkit
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from tomlkit.exceptions import TOMLKitError

from sim.refusals import Refusal
from sim.scenario.lines import dotted_keys, refuse_unsafe
from sim.scenario.messages import range_of
from sim.scenario.schema import RoleKeys, ScenarioKeys, TeachingKeys
from sim.scenario.schema_politics import AgreementKeys, DecisionKeys, DisputeKeys, InjectKeys, TieKeys
from sim.scenario.schema_world import SectorKeys, StateKeys

Kind = Literal["line", "prose", "number", "whole", "yesno", "choice", "lines", "names"]
Place = tuple[str, int | None]  # a table, and its number where there are several; ("", None) is the top

LONG = 1000  # a text that may be longer than this gets a large field
LARGEST_TEXT = 100_000  # letters; above this the text is edited as a text only
MOST_DOTTED = 100  # keys like `a.b`: with each, tomlkit reads again what it has read (a thousand take half a minute)
PARTS: dict[str, tuple[type[BaseModel], tuple[str, ...]]] = {  # table -> its keys and those that the form asks for
    "": (ScenarioKeys, ("title", "question", "id", "kind", "start", "quarters", "theory", "note")),
    "teaching": (
        TeachingKeys,
        ("briefing", "minutes", "min_seats", "max_seats", "quarters_per_round", "objectives", "content_note", "leaves_out", "debrief_questions"),
    ),
    "state": (
        StateKeys,
        (
            "name", "id", "regime", "population_m", "gini", "gdp_bn", "ideal_point", "hub", "neutral", "reserves_bn", "foreign_debt_bn",
            "support_public", "support_elite", "connector", "note",
        ),
    ),
    "sector": (SectorKeys, ("name", "id", "kind", "trade_elasticity", "essential", "storable", "note")),
    "tie": (TieKeys, ("a", "b", "alliance", "affinity", "rivalry", "grievance_a", "grievance_b", "trust", "note")),
    "dispute": (DisputeKeys, ("issue", "id", "senders", "target", "demand", "kind", "salience_sender", "salience_target", "stage", "package")),
    "measure": (DecisionKeys, ("state", "lever", "target", "sector", "value", "note")),
    "timetable": (DecisionKeys, ("quarter", "state", "lever", "target", "sector", "value", "note")),
    "inject": (InjectKeys, ("quarter", "kind", "states", "sector", "value", "text")),
    "agreement": (AgreementKeys, ("id", "kind", "party_a", "party_b", "since", "until", "text")),
    "role": (RoleKeys, ("title", "id", "state", "packet", "private")),
}  # fmt: skip
SEVERAL = ("state", "sector", "tie", "dispute", "measure", "timetable", "inject", "agreement", "role")


@dataclass(frozen=True)
class Field:
    """One question of a form. `low` and `high` are None where there is no limit; `required`: the file must have it."""

    name: str
    kind: Kind
    means: str
    unit: str
    allowed: str
    options: tuple[str, ...]
    low: float | None
    high: float | None
    required: bool
    default: Any


def fields(part: str) -> list[Field]:
    """The questions about a table, in the order of the form."""
    model, names = PARTS[part]
    return [_field(name, model.model_fields[name]) for name in names if name in model.model_fields]


def parsed(text: str) -> tomlkit.TOMLDocument:
    """The text with its remarks. Raises `Refusal` where it is unsafe, too long for a form, too slow to read or not TOML."""
    if len(text) > LARGEST_TEXT:
        raise Refusal(f"the text has {len(text):,} letters; forms work up to {LARGEST_TEXT:,}. Edit it as text.")
    refuse_unsafe(text, "draft")
    dotted = dotted_keys(text)
    if dotted > MOST_DOTTED:
        raise Refusal(f"the text has {dotted:,} keys with a dot; forms work up to {MOST_DOTTED}. Write them under a table, or edit it as text.")
    try:
        return tomlkit.parse(text)
    except (TOMLKitError, ValueError, RecursionError) as problem:
        raise Refusal(f"this is not valid TOML: {str(problem)[:200]}. Correct it as text first.") from None


def entries(text: str, part: str) -> list[dict[str, Any]]:
    """What the file says in a table, by key: one dictionary for the top and `[teaching]`, one for each of several. Raises `Refusal`."""
    document = parsed(text).unwrap()
    if not part:
        return [document]
    found = document.get(part, [] if part in SEVERAL else {})
    listed = found if part in SEVERAL else [found]
    if not isinstance(listed, list) or not all(isinstance(entry, dict) for entry in listed):
        raise Refusal(f"'{part}' is not written as a table; correct it as text first.")
    return listed


def answered(text: str, place: Place, name: str, value: Any) -> str:
    """The text with a key set; None takes it out, so that its default counts. Raises `Refusal`."""
    document = parsed(text)
    table = _table(document, place)
    if value is None:
        if name in table:
            del table[name]
    else:
        table[name] = tomlkit.string(value, multiline=True) if isinstance(value, str) and "\n" in value else value
    return tomlkit.dumps(document)


def added(text: str, part: str) -> str:
    """The text with one more entry of a table at its end: what is required is filled in with something to change. Raises `Refusal`."""
    document = parsed(text)
    if part not in SEVERAL:
        raise Refusal(f"there can be only one [{part}].")
    entry = tomlkit.table()
    model, _ = PARTS[part]
    states = [str(state.get("id", "")) for state in entries(text, "state")]
    number = len(entries(text, part)) + 1
    one, other = (states or [""])[0], (states[1:] or [""])[0]
    first: dict[str, Any] = {"id": f"{part}{number}", "senders": states[:1], "target": other, "state": one, "a": one, "b": other}
    first |= {"party_a": one, "party_b": other, "lever": "import_ban", "quarter": 1, "value": 0.5}
    for name, declared in model.model_fields.items():
        if declared.is_required() or (part in ("measure", "timetable") and name in ("target", "value")):
            shown = _field(name, declared)
            entry[name] = first.get(name, shown.options[0] if shown.options else "…")
    if part in ("measure", "timetable"):
        entry["sector"] = "*"
    if part == "state" and entries(text, "") and "gravity" in document.get("world", {}):
        entry["gdp_bn"], entry["place"] = 100.0, [0, 0]
    if part in document and isinstance(document[part], tomlkit.items.AoT):
        document[part].append(entry)
    elif part in document:
        document[part].append(dict(entry.unwrap()))
    else:
        several = tomlkit.aot()
        several.append(entry)
        document[part] = several
    return tomlkit.dumps(document)


def removed(text: str, part: str, number: int) -> str:
    """The text without one entry of a table. Raises `Refusal`."""
    document = parsed(text)
    listed = entries(text, part)
    if not 0 <= number < len(listed):
        raise Refusal(f"there is no entry {number + 1} of [[{part}]].")
    if len(listed) == 1:
        del document[part]
    else:
        del document[part][number]
    return tomlkit.dumps(document)


def _table(document: tomlkit.TOMLDocument, place: Place) -> Any:
    part, number = place
    if not part:
        return document
    if number is None:
        if part not in document:
            document[part] = tomlkit.table()
        return document[part]
    listed = document.get(part, [])
    if not 0 <= number < len(listed):
        raise Refusal(f"there is no entry {number + 1} of [[{part}]].")
    return listed[number]


def _field(name: str, declared: FieldInfo) -> Field:
    extra = declared.json_schema_extra if isinstance(declared.json_schema_extra, dict) else {}
    limits: dict[str, float] = {}
    for part in declared.metadata:
        for limit in ("ge", "gt", "le", "lt"):
            if getattr(part, limit, None) is not None:
                limits[limit] = float(getattr(part, limit))
    options = tuple(_literals(declared.annotation))
    default = None if declared.is_required() else declared.get_default(call_default_factory=True)
    return Field(
        name,
        "choice" if options else _kind(declared.annotation, declared),
        declared.description or "",
        str(extra.get("unit", "")),
        range_of(declared),
        options,
        limits.get("ge", limits.get("gt")),
        limits.get("le", limits.get("lt")),
        declared.is_required(),
        default,
    )


def _kind(annotation: Any, declared: FieldInfo) -> Kind:
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        long = any((getattr(part, "max_length", None) or 0) > LONG for part in typing.get_args(annotation)[1:])
        return "prose" if long else _kind(typing.get_args(annotation)[0], declared)
    if origin in (typing.Union, types.UnionType):
        return _kind(next(part for part in typing.get_args(annotation) if part is not type(None)), declared)
    if origin is list:
        inner = typing.get_args(annotation)[0]
        limit = max((getattr(part, "max_length", None) or 0 for part in typing.get_args(inner)[1:]), default=0)
        return "lines" if limit > 100 else "names"
    if annotation is bool:
        return "yesno"
    if annotation is int:
        return "whole"
    if annotation is float:
        return "number"
    return "prose" if any((getattr(part, "max_length", None) or 0) > LONG for part in declared.metadata) else "line"


def _literals(annotation: Any) -> list[str]:
    if typing.get_origin(annotation) is typing.Literal:
        return [word for word in typing.get_args(annotation) if isinstance(word, str)]
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        return [word for part in typing.get_args(annotation) for word in _literals(part)]
    return []
