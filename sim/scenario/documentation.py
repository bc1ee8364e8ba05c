"""The format's documentation, made from the schema: `scenarios/README.md` and `scenarios/scenario.schema.json`.

`python -m sim.scenario.documentation` writes both. What stands above the marker in the README is written by hand and kept.
"""

from __future__ import annotations

import json
import tomllib
import types
import typing
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.scenario.catalogue import folder, list_scenarios
from sim.scenario.cross import goal_outcomes
from sim.scenario.messages import range_of
from sim.scenario.scenario import seats_of
from sim.scenario.schema import ExpectKeys, ObjectiveKeys, RoleKeys, ScenarioKeys, SourceKeys, TeachingKeys
from sim.scenario.schema_politics import (
    AgreementKeys,
    DecisionKeys,
    DisputeKeys,
    InjectKeys,
    OrganisationKeys,
    ResolutionKeys,
    TieKeys,
)
from sim.scenario.schema_world import GravityKeys, PublicKeys, SectorKeys, StateKeys, WorldKeys

MARKER = "<!-- From here on written by `python -m sim.scenario.documentation`; change the schema, not this text. -->"
TABLES: tuple[tuple[str, type[BaseModel]], ...] = (
    ("At the top", ScenarioKeys),
    ("[world]", WorldKeys),
    ("[world.public]", PublicKeys),
    ("[world.gravity]", GravityKeys),
    ("[[state]]", StateKeys),
    ("[[sector]]", SectorKeys),
    ("[[tie]]", TieKeys),
    ("[[organisation]]", OrganisationKeys),
    ("[[measure]] and [[timetable]]", DecisionKeys),
    ("[[inject]]", InjectKeys),
    ("[[dispute]]", DisputeKeys),
    ("[[agreement]]", AgreementKeys),
    ("[[resolution]]", ResolutionKeys),
    ("[teaching]", TeachingKeys),
    ("[[objective]]", ObjectiveKeys),
    ("[[role]]", RoleKeys),
    ("[[expect]]", ExpectKeys),
    ("[[source]]", SourceKeys),
)
_TYPES = {str: "text", float: "number", int: "whole number", bool: "true or false"}


def readme(current: str) -> str:
    """The README with everything below the marker made anew."""
    introduction = current.partition(MARKER)[0].rstrip()
    parts = [introduction, "", MARKER, "", *_shipped(), "", "## Every key", ""]
    for heading, model in TABLES:
        words = " ".join((model.__doc__ or "").split())
        parts += [f"### {heading}", "", words, "", "| key | type | meaning | unit | allowed | default |", "|---|---|---|---|---|---|"]
        parts += [_row(name, field) for name, field in model.model_fields.items()]
        parts.append("")
    outcomes = ", ".join(f"`{name}`" for name in goal_outcomes())
    parts += ["### Outcomes for goals of roles", "", f"{outcomes}.", ""]
    return "\n".join(parts)


def _shipped() -> list[str]:
    """A table of the scenarios that ship."""
    lines = ["## The scenarios that ship", "", "| id | title | question | from | quarters | minutes | students | seats |", "|---|---|---|---|---|---|---|---|"]
    for entry in list_scenarios():
        keys = tomllib.loads(entry.path.read_text(encoding="utf-8"))
        teaching = TeachingKeys(**keys.get("teaching", {}))
        seats = seats_of(teaching.min_seats, teaching.max_seats, len(keys.get("role", keys["state"])))
        cells = (
            f"[`{entry.id}`]({entry.id}.toml)", entry.title, entry.question, "history, stylised" if keys.get("kind") == "historical" else "invented",
            str(keys.get("quarters", ScenarioKeys.model_fields["quarters"].default)), str(teaching.minutes), f"{teaching.min_seats} to {teaching.max_seats}",
            " to ".join(str(count) for count in dict.fromkeys(seats)),
        )
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def json_schema() -> str:
    """The JSON Schema of a scenario file, for editors that check TOML by it."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **ScenarioKeys.model_json_schema()}
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def _row(name: str, field: FieldInfo) -> str:
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    cells = (
        f"`{name}`",
        _type(field.annotation),
        field.description or "",
        str(extra.get("unit", "")),
        _allowed(field),
        _default(field, str(extra.get("default_words", ""))),
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _type(annotation: Any) -> str:
    origin = typing.get_origin(annotation)
    arguments = [part for part in typing.get_args(annotation) if part is not type(None)]
    if origin is typing.Annotated:
        return _type(arguments[0])
    if origin in (typing.Union, types.UnionType):
        return " or ".join(dict.fromkeys(_type(part) for part in arguments))
    if origin is typing.Literal:
        return _TYPES[type(arguments[0])]
    if origin is list:
        return "tables" if _is_table(arguments[0]) else f"list of {_type(arguments[0])}"
    if origin is dict:
        return f"table of name = {_type(arguments[1])}"
    return "table" if _is_table(annotation) else _TYPES[annotation]


def _is_table(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _words(annotation: Any) -> list[str]:
    if typing.get_origin(annotation) is typing.Literal:
        return [str(word) for word in typing.get_args(annotation)]
    return [word for part in typing.get_args(annotation) for word in _words(part)]


def _allowed(field: FieldInfo) -> str:
    return range_of(field) or ", ".join(_words(field.annotation))


def _default(field: FieldInfo, words: str) -> str:
    if field.is_required():
        return "**required**"
    if words:
        return words
    default = field.get_default(call_default_factory=True)
    if isinstance(default, bool):
        return "true" if default else "false"
    if default in ("", [], {}) or isinstance(default, BaseModel):
        return "none"
    return f"{default:g}" if isinstance(default, float) else str(default)


def main() -> None:
    """Write both files."""
    path = folder() / "README.md"
    path.write_text(readme(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    (folder() / "scenario.schema.json").write_text(json_schema(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
