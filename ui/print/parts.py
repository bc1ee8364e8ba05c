"""The parts to play in a scenario as paper needs them, and the numbers of a state that its packet shows.

A scenario without roles gives every state a part, as in class. All numbers are those the model starts from: USD bn a YEAR.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from sim import api

PARTNERS = 4  # the largest by trade; the rest is one line
SECTORS = 3


@dataclass(frozen=True)
class Part:
    """A part to play: `label` is the seat's, `packet` what it reads, `private` what only it knows, `goals` weights by outcome."""

    label: str
    state: str
    title: str
    packet: str = ""
    private: str = ""
    goals: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Partner:
    """Trade with a partner, USD bn a year; `name` "" stands for all others together."""

    name: str
    sold: float
    bought: float


@dataclass(frozen=True)
class Numbers:
    """A state in the model's opening numbers. Shares in percent; `None` where the scenario does not say."""

    income: float
    population_m: float
    exports: float
    imports: float
    partners: tuple[Partner, ...]
    sells: tuple[str, ...]  # the sectors in which it exports most
    buys: tuple[str, ...]
    reserves: float
    support: float

    @property
    def openness(self) -> float:
        """Exports in percent of income."""
        return 100.0 * self.exports / self.income if self.income else 0.0


def parts(setting: api.Scenario) -> tuple[Part, ...]:
    """The parts of a scenario, in its order."""
    if not setting.roles:
        return tuple(Part(state.id.lower(), state.id, state.name) for state in setting.states)
    return tuple(Part(role.id, role.state, role.title, role.packet, role.private, dict(role.goals)) for role in setting.roles)


def numbers(setting: api.Scenario, state: str) -> Numbers:
    """The opening numbers of a state."""
    place = setting.state_ids.index(state)
    profile = setting.states[place]
    flows = setting.flows  # (sector, exporter, importer), USD bn a year
    sold, bought = flows[:, place, :].copy(), flows[:, :, place].copy()  # (sector, partner)
    sold[:, place] = bought[:, place] = 0.0
    income = float((setting.value_added[:, place] * flows[:, place, :].sum(axis=1)).sum())
    order = [one for one in np.argsort(-(sold + bought).sum(axis=0), kind="stable") if one != place]
    named = [Partner(setting.states[one].name, float(sold[:, one].sum()), float(bought[:, one].sum())) for one in order[:PARTNERS]]
    rest = order[PARTNERS:]
    if rest:
        named.append(Partner("", float(sold[:, rest].sum()), float(bought[:, rest].sum())))
    return Numbers(
        income,
        profile.population_m,
        float(sold.sum()),
        float(bought.sum()),
        tuple(named),
        _largest(setting, sold.sum(axis=1)),
        _largest(setting, bought.sum(axis=1)),
        profile.reserves_bn,
        100.0 * profile.support_public,
    )


def _largest(setting: api.Scenario, values: np.ndarray) -> tuple[str, ...]:
    order = [one for one in np.argsort(-values, kind="stable") if values[one] > 0]
    return tuple(setting.sectors[one].name for one in order[:SECTORS])
