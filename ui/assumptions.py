"""The numbers the model assumes, as a table to filter and to change: value in force, range, unit, source, what is disputed.

The value in force is the visitor's, else the scenario's, else the theory's, else the default; `base` is what it would be without the visitor.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from sim import api
from ui.view import MOST_NUMBERS, View

ASSUMED = "assumption"
ORDER = ("trade", "money", "evasion", "people", "technology", "politics", "home", "relations", "assembly")  # as a reader meets them; others after


@dataclass(frozen=True)
class Assumption:
    """A declared number with its value in a view. `why` says where `base` comes from: scenario, theory or default."""

    parameter: api.Parameter
    value: float
    base: float
    why: str

    @property
    def changed(self) -> bool:
        """Whether the visitor changed it."""
        return self.value != self.base

    @property
    def assumed(self) -> bool:
        """Whether no work is cited for it."""
        return self.parameter.source.startswith(ASSUMED)


def assumptions(view: View, setting: api.Scenario) -> list[Assumption]:
    """Every declared number, group by group."""
    theory = view.theory or setting.theory
    base = api.resolve(setting.parameters, theory)
    mine = dict(view.numbers)
    found = []
    for name, parameter in api.PARAMETERS.items():
        why = "scenario" if name in setting.parameters else "theory" if name in api.THEORIES[theory].weights else "default"
        found.append(Assumption(parameter, mine.get(name, base[name]), base[name], why))
    place = {group: number for number, group in enumerate(groups())}
    return sorted(found, key=lambda one: place[one.parameter.group])


def filtered(found: Iterable[Assumption], text: str = "", groups: Collection[str] = (), kinds: Collection[str] = ()) -> list[Assumption]:
    """Those that hold every word of `text`, belong to one of `groups` (none: any) and to all `kinds`: disputed, assumed, changed."""
    wanted = text.lower().split()

    def fits(one: Assumption) -> bool:
        parameter = one.parameter
        whole = " ".join([parameter.name, parameter.label, parameter.source, parameter.unit, parameter.contested]).lower()
        return (
            all(word in whole for word in wanted)
            and (not groups or parameter.group in groups)
            and ("disputed" not in kinds or bool(parameter.contested))
            and ("assumed" not in kinds or one.assumed)
            and ("changed" not in kinds or one.changed)
        )

    return [one for one in found if fits(one)]


def groups() -> list[str]:
    """The groups of numbers, in the order they are shown."""
    there = list(dict.fromkeys(parameter.group for parameter in api.PARAMETERS.values()))
    return [group for group in ORDER if group in there] + [group for group in there if group not in ORDER]


def with_number(view: View, setting: api.Scenario, name: str, value: float) -> View:
    """The view with a number changed; put back to what it is without the visitor, it is no change. Raises `Refusal` out of range or for too many."""
    value = api.PARAMETERS[name].check(value, "model")
    base = api.resolve(setting.parameters, view.theory or setting.theory)[name]
    numbers = {key: number for key, number in view.numbers if key != name}
    if value != base:
        numbers[name] = value
    if len(numbers) > MOST_NUMBERS:
        raise api.Refusal(f"a link changes at most {MOST_NUMBERS} numbers of the model; put one back first.")
    return replace(view, numbers=tuple(sorted(numbers.items())))
