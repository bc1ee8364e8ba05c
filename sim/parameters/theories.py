"""Rival theories of sanctions as presets: each only changes declared weights, never the mechanisms.

A class can replay the same history under each. `tells_apart` says what evidence would favour this theory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Theory:
    """A named set of parameter values, with the claim in words and the evidence that would tell it from the others."""

    name: str
    claim: str
    tells_apart: str
    weights: Mapping[str, float] = field(default_factory=dict)


THEORIES: dict[str, Theory] = {
    "mixed": Theory(
        "mixed",
        "Every channel at the strength that calibration gave it.",
        "The default: compare the others with it.",
    ),
}
