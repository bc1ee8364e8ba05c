"""The texts of a scenario in another language: a file beside it, `first-warning.es.toml` for `first-warning.toml`.

It holds texts only, under the names of the scenario's own tables; every number comes from the scenario. It must have each text the
scenario has and none it has not, so that a scenario that changes is not shown half in one language and half in another unnoticed.
`translated` returns the texts as pairs: what the scenario says, and what is said instead.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sim.refusals import Refusal, nearest
from sim.scenario.catalogue import find
from sim.scenario.csv_files import MEGABYTE, read_text
from sim.scenario.lines import refuse_unsafe

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

LANGUAGE = re.compile(r"[a-z]{2}")
LIMIT = MEGABYTE // 4
Texts = Mapping[str, object]


def translation_of(reference: str | Path, language: str) -> Path | None:
    """The file with a scenario's texts in a language; None where there is none."""
    if not LANGUAGE.fullmatch(language):
        return None
    base = find(reference)[0]
    path = base.with_name(f"{base.stem}.{language}.toml")
    return path if path.is_file() else None


def translated(scenario: Scenario, path: Path) -> dict[str, str]:
    """What `path` says instead of each text of the scenario, by the scenario's own text without outer blanks.

    Raises `Refusal`, one line for each text that is missing, unknown, empty or not a text.
    """
    text = read_text(path, LIMIT)
    refuse_unsafe(text, str(path))
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as problem:
        raise Refusal(f"{path}: the file cannot be read as TOML ({str(problem).splitlines()[0][:120]}).") from None
    problems: list[str] = []
    pairs: dict[str, str] = {}
    for here, own, said in _walk(originals(scenario), data, path, "", problems):
        if pairs.setdefault(own.strip(), said.strip()) != said.strip():
            problems.append(f"{path}: '{here}' repeats a text of the scenario that is already said in other words; say both alike.")
    if problems:
        raise Refusal("\n".join(problems))
    return pairs


def originals(scenario: Scenario) -> dict[str, object]:
    """The texts of a scenario that people read, by table and id (by number from 1 where the table has no ids); empty ones left out."""
    teaching = scenario.text
    found: dict[str, object] = {
        "title": scenario.title,
        "question": scenario.question,
        "note": scenario.note,
        "teaching": {
            "briefing": teaching.briefing,
            "content_note": teaching.content_note,
            "leaves_out": list(teaching.leaves_out),
            "debrief_questions": list(teaching.debrief_questions),
        },
        "state": {state.id: state.name for state in scenario.states},
        "sector": {sector.id: sector.name for sector in scenario.sectors},
        "organisation": {body.id: body.name for body in scenario.organisations},
        "dispute": {dispute.id: dispute.issue for dispute in scenario.disputes},
        "agreement": {agreement.id: agreement.text for agreement in scenario.agreements},
        "resolution": {resolution.id: resolution.text for resolution in scenario.resolutions},
        "inject": {str(number): inject.text for number, inject in enumerate(scenario.injects, 1)},
        "objective": {str(number): text for number, text in enumerate(teaching.objectives, 1)},
        "objective_question": {str(number): objective.question for number, objective in enumerate(scenario.objectives, 1)},
        "role": {role.id: {"title": role.title, "packet": role.packet, "private": role.private} for role in scenario.roles},
    }
    return _full(found)


def _full(table: Texts) -> dict[str, object]:
    inner = {name: _full(value) if isinstance(value, Mapping) else value for name, value in table.items()}
    return {name: value for name, value in inner.items() if value}


def _walk(own: Texts, said: Texts, path: Path, at: str, problems: list[str]) -> Iterator[tuple[str, str, str]]:
    """Pairs of texts that stand at the same place; what has no partner becomes a problem."""
    problems += [f"{path}: '{at}{name}' is missing; the scenario has a text there." for name in own if name not in said]
    for name, value in said.items():
        here = f"{at}{name}"
        if name not in own:
            problems.append(f"{path}: '{here}' is no text of the scenario; texts here are {', '.join(own)}.{nearest(name, list(own))}")
            continue
        base = own[name]
        if isinstance(base, Mapping) and isinstance(value, Mapping):
            yield from _walk(base, value, path, f"{here}.", problems)
        elif isinstance(base, list) and isinstance(value, list):
            if len(value) != len(base) or not all(isinstance(line, str) and line.strip() for line in value):
                problems.append(f"{path}: '{here}' must be a list of {len(base)} texts, as in the scenario.")
            else:
                yield from ((here, first, second) for first, second in zip(base, value, strict=True))
        elif isinstance(base, str) and isinstance(value, str) and value.strip():
            yield here, base, value
        else:
            problems.append(f"{path}: '{here}' must be {'a table' if isinstance(base, Mapping) else 'a list' if isinstance(base, list) else 'a text'}.")
