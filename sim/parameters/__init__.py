"""The model's constants and theory presets: unit, range, default and source of every number, in one registry.

`resolve` turns a scenario's overrides and a theory's name into the values a run uses. Moments that must *come out* of
the model (success shares, leakage, hazards) are never here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sim.parameters import assembly, evasion, home, money, people, politics, relations, technology, trade
from sim.parameters.parameter import Parameter
from sim.parameters.theories import THEORIES, Theory
from sim.refusals import Refusal, nearest

__all__ = ["PARAMETERS", "THEORIES", "Parameter", "Theory", "resolve"]

GROUPS = (assembly, evasion, home, money, people, politics, relations, technology, trade)
PARAMETERS: dict[str, Parameter] = {parameter.name: parameter for group in GROUPS for parameter in group.PARAMETERS}


def resolve(overrides: Mapping[str, float] | None = None, theory: str = "mixed", where: str = "parameters") -> Mapping[str, float]:
    """Return every parameter's value: defaults, then the theory's weights, then `overrides`.

    Raises `Refusal` for an unknown theory or parameter and for a value out of range.
    """
    if theory not in THEORIES:
        raise Refusal(f"{where}: there is no theory '{theory}'; allowed are {', '.join(THEORIES)}.{nearest(theory, THEORIES)}")
    values = {name: parameter.default for name, parameter in PARAMETERS.items()}
    values.update(THEORIES[theory].weights)
    for name, value in (overrides or {}).items():
        if name not in PARAMETERS:
            raise Refusal(f"{where}: there is no parameter '{name}'.{nearest(name, PARAMETERS)}")
        values[name] = PARAMETERS[name].check(value, where)
    return MappingProxyType(values)
