"""Technology: what a sector's unit cost owes to learning, licences, own effort and parts from abroad.

A sector's unit cost differs from the base by `-cut` (log points), where

    cut = b0 ln X + local + mastered + help * lent * (gap * share - mastered)+ - missing

- *Learning by doing*: experience X follows output, `X += forgetting * (output / base - X)`; b0 is small.
- *Licence*: the licensor's technology makes a share of the output cheaper by `gap`. The licensee masters part of it itself, by Wright's law
  on its cumulative licensed output Q in years of base output: `mastered = min(gap * share, b ln(1 + Q / practice_years))`, `b = -log2(1 - learning
  rate)` (Wright 1936; Argote & Epple 1990), for the sector as a whole: a licence for few lines is mastered sooner than one for all.
  Of the rest the licensor's parts and engineers do the share `lent`, while they may. What is
  mastered stays when the licence ends; what is lent goes. The royalty is due on output that still needs the licensor, so the licensor's
  rent shrinks by the same learning that makes it unnecessary.
- *Local effort*: see `localisation`.
- *Missing parts and know-how*: cost rises towards `intensity * (parts_loss * shortage + knowledge_loss * refused)` at a given speed; `shortage` is the log
  fall of the high technology a state can get, `refused` the share of its suppliers that refuse know-how, `intensity` its share in cost.

In the equilibrium unit cost is `(w / A)**v ...`, so `ln A = cut / v`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.economy.accounts import Accounts

Array = NDArray[np.float64]
LEAST_VALUE_ADDED = 0.05  # below this a sector's own factors are too few to carry a change of its unit cost
MOST = 2.5  # log points of unit cost that technology can move either way


@dataclass(frozen=True, eq=False)
class Technology:
    """Stocks `(sector, state)` carried between quarters; see the module's text. `practice` is in years of base output."""

    experience: Array
    local: Array
    practice: Array
    mastered: Array
    missing: Array

    @classmethod
    def base(cls, shape: tuple[int, ...]) -> Technology:
        """The base quarter: nothing learned, nothing missing."""
        return cls(np.ones(shape), np.zeros(shape), np.zeros(shape), np.zeros(shape), np.zeros(shape))


@dataclass(frozen=True, eq=False)
class Licences:
    """All licences in force, `(sector, state)`: `gap` log points, `share` of output under licence, `help` share of the help that still comes."""

    gap: Array
    share: Array
    help: Array

    @classmethod
    def none(cls, shape: tuple[int, ...]) -> Licences:
        """No licence anywhere."""
        return cls(np.zeros(shape), np.zeros(shape), np.zeros(shape))

    @property
    def depth(self) -> Array:
        """What there is to learn, log points of the sector's unit cost `(sector, state)`."""
        return self.gap * self.share


def exponent(learning_rate: float) -> float:
    """Wright's exponent b for a fall of unit cost by `learning_rate` per doubling."""
    return float(-np.log2(1.0 - learning_rate))


def cost_cut(technology: Technology, licences: Licences, p: Mapping[str, float]) -> Array:
    """Log points by which unit cost lies below the base `(sector, state)`, factor and input prices apart."""
    lent = licences.help * p["technology_lent"] * np.maximum(licences.depth - technology.mastered, 0.0)
    cut = p["learning_by_doing"] * np.log(technology.experience) + technology.local + technology.mastered + lent - technology.missing
    return np.asarray(np.clip(cut, -MOST, MOST))


def productivity(cut: Array, value_added: Array) -> Array:
    """Productivity of the sector's factor relative to the base `(sector, state)` that lowers unit cost by `cut`."""
    return np.asarray(np.exp(np.clip(cut / np.maximum(value_added, LEAST_VALUE_ADDED), -2.0 * MOST, 2.0 * MOST)))


def intensity(accounts: Accounts, high_tech: list[int]) -> Array:
    """Share of high technology in what a sector buys, of its cost `(sector, state)`; its share of final demand where no inputs are modelled."""
    if not high_tech:
        return np.zeros_like(accounts.output)
    if accounts.inputs.any():
        return np.asarray(accounts.inputs[high_tech].sum(axis=0))
    return np.broadcast_to(accounts.final_shares[high_tech].sum(axis=0), accounts.output.shape).copy()


def suppliers(accounts: Accounts, high_tech: list[int]) -> Array:
    """Share of each supplier abroad in a state's purchases of high technology, home included `(supplier, state)`; the diagonal is 0."""
    bought = accounts.flows[high_tech].sum(axis=0)
    total = bought.sum(axis=0)
    share = np.divide(bought, total, out=np.zeros_like(bought), where=total > 0)
    np.fill_diagonal(share, 0.0)
    return np.asarray(share)


def shortage(accounts: Accounts, spending: Array, prices: Array, high_tech: list[int]) -> Array:
    """Log fall of the quantity of high technology each state gets, against the base `(state,)`; 0 where it gets as much or more.

    `spending` and `prices` `(sector, state)` are those of the quarter.
    """
    if not high_tech:
        return np.zeros(len(accounts.states))
    base = accounts.spending[high_tech].sum(axis=0)
    now = (spending[high_tech] / prices[high_tech]).sum(axis=0)
    ratio = np.divide(now, base, out=np.ones_like(base), where=base > 0)
    return np.maximum(-np.log(np.maximum(ratio, 1e-3)), 0.0)


def learned(technology: Technology, licences: Licences, made: Array, p: Mapping[str, float]) -> Technology:
    """The stocks after a quarter in which `made` `(sector, state)` was made, in quantities relative to the base quarter."""
    experience = np.maximum(technology.experience + p["forgetting"] * (made - technology.experience), 1e-3)
    practice = technology.practice + licences.share * licences.help * made / 4.0
    reach = exponent(p["learning_rate"]) * np.log1p(practice / p["practice_years"])
    mastered = np.maximum(technology.mastered, np.minimum(licences.depth, reach))
    return replace(technology, experience=experience, practice=practice, mastered=mastered)


def worn(technology: Technology, intensity: Array, shortage: Array, refused: Array, p: Mapping[str, float]) -> Technology:
    """The stocks after a quarter with `shortage` of parts and `refused` know-how `(state,)`; `intensity` `(sector, state)`."""
    target = intensity * (p["parts_loss"] * shortage + p["knowledge_loss"] * refused)
    return replace(technology, missing=technology.missing + p["parts_speed"] * (target - technology.missing))
