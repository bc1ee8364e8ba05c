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
    "pain": Theory(
        "pain",
        "Pain brings concession: the more people and elites lose, the sooner a government gives in.",
        "Concessions follow the size of losses closely across cases, and unrest comes before them.",
        {"defiance": 0.0, "rally": 0.0, "unrest_pressure": 1.0, "public_weight_autocracy": 0.9},
    ),
    "rally": Theory(
        "rally",
        "Pain brings defiance: pressure from abroad gathers people behind their government.",
        "Support holds or rises when measures begin, and concessions come late or after relief.",
        {"defiance": 0.6, "rally": 0.1, "unrest_pressure": 0.0, "visible_concession": 0.3},
    ),
    "signal": Theory(
        "signal",
        "Measures speak to third parties and to the sender's own public; changing the target is a hope at best.",
        "Senders keep measures that do not work, and cheap ones are preferred.",
        {"signal_weight": 0.6, "mandate_weight": 0.8, "audience_cost": 1.2},
    ),
    "convenience": Theory(
        "convenience",
        "The sanctioned band together: a common adversary makes partners of states that share nothing else.",
        "Deals between targets of the same sender appear soon after measures and outlast the need for them.",
        {"convenience": 0.8, "old_grievance": 0.2, "rival_interest": 0.15},
    ),
    "alone": Theory(
        "alone",
        "The sanctioned do not band together: they compete for the same few buyers and remember old wrongs.",
        "Targets of the same sender deal no more with each other than with anybody else, and drop each other for relief.",
        {"convenience": 0.0, "old_grievance": 0.8, "rival_interest": 0.6},
    ),
}
