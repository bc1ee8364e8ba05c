"""Frictions: what all measures in force add up to, before anybody evades or over-complies.

Every restriction has an issuer, the exporter or the importer of the flow it touches, and each issuer's exemptions
soften only its own restrictions. Within one issuer and cell the rules of combination are stated here once:

- restrictions multiply: two bans on 40 % and 50 % of the lines leave `0.6 * 0.5` of the trade legal;
- log costs and tariff rates add;
- exemptions multiply in what they leave covered: two exemptions of 30 % leave `0.7 * 0.7` of the cell covered;
- an exempt share `e` trades as if the issuer had no restriction and no cost: `e + (1 - e) * permeability`.

All of these are commutative, so the order in which measures are applied does not matter. A full ban is an exact zero.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sim.economy import lending
from sim.economy.home_terms import HomeTerms
from sim.economy.lending import Lending
from sim.economy.pair_terms import PairTerms

Array = NDArray[np.float64]
Cells = NDArray[np.int64] | slice

EXPORTER, IMPORTER = 0, 1
PARTS = ("home", "pairs")  # terms that are tables of their own
COST = ("log_cost", "exempt")  # what the cost of trade depends on


@dataclass
class Frictions(Lending):
    """The restrictions of one quarter on flows `(sector, exporter, importer)`, kept apart by issuer.

    The first axis of `permeability`, `log_cost` and `exempt` is the issuer: 0 the exporter, 1 the importer.
    """

    permeability: Array  # (issuer, sector, exporter, importer), share of the trade that is legal
    log_cost: Array  # (issuer, sector, exporter, importer), added to the log of the trade cost
    exempt: Array  # (issuer, sector, exporter, importer), share of the cell that is exempt
    tariffs: Array  # (sector, exporter, importer), rate on the value before tariff
    home: HomeTerms  # what governments do for their own households and stores
    answers: Array  # (user, other, sector), share of `other`'s restrictions that `user` answers in that sector
    pairs: PairTerms  # money, services, policing: what measures say about two states rather than about one flow

    @classmethod
    def none(cls, tariffs: Array) -> Frictions:
        """No measure in force: everything legal, no added cost, the baseline tariffs `(sector, exporter, importer)`."""
        shape = (2, *tariffs.shape)
        pairs = PairTerms.none(tariffs.shape[0], tariffs.shape[1])
        home = HomeTerms.none(tariffs.shape[0], tariffs.shape[1])
        answers = np.zeros((tariffs.shape[1], tariffs.shape[1], tariffs.shape[0]))
        return cls(np.ones(shape), np.zeros(shape), np.zeros(shape), tariffs.copy(), home, answers, pairs)

    def copy(self) -> Frictions:
        """The same restrictions, to be written on without touching these."""
        twin = super().copy()
        for part in PARTS:
            setattr(twin, part, getattr(self, part).copy())
        return twin

    def differing(self, other: Self) -> lending.Cells:
        """Where arrays differ from the other's, those of home and pair terms named as `home.shield`."""
        parts = ((part, getattr(self, part).differing(getattr(other, part))) for part in PARTS)
        return super().differing(other).union((f"{part}.{name}", place) for part, cells in parts for name, place in cells)

    def take(self, cells: lending.Cells, other: Self) -> None:
        """Have the other's numbers in these cells, as `differing` names them."""
        for part in PARTS:
            mine = frozenset((name.removeprefix(f"{part}."), place) for name, place in cells if name.startswith(f"{part}."))
            getattr(self, part).take(mine, getattr(other, part))
        super().take(frozenset((name, place) for name, place in cells if "." not in name), other)

    def restrict(self, issuer: int, sectors: Cells, exporter: int | slice, importer: int | slice, share: float) -> None:
        """Make `share` (0 to 1) of the trade in the named cells illegal for `issuer`'s side."""
        permeability = self.mine("permeability")
        if self._all(sectors):  # written on in place, which numpy does much faster
            covered = permeability[issuer, :, exporter, importer]
            covered *= 1.0 - share
        else:
            permeability[issuer, sectors, exporter, importer] *= 1.0 - share

    def burden(self, issuer: int, sectors: Cells, exporter: int | slice, importer: int | slice, cost: float) -> None:
        """Raise the trade cost of the named cells by the share `cost` (0.10 = 10 % more expensive)."""
        log_cost = self.mine("log_cost")
        if self._all(sectors):
            covered = log_cost[issuer, :, exporter, importer]
            covered += math.log1p(cost)
        else:
            log_cost[issuer, sectors, exporter, importer] += math.log1p(cost)

    def tax(self, sectors: Cells, exporter: int | slice, importer: int, rate: float) -> None:
        """Add `rate` to the tariff that `importer` charges on the named cells."""
        tariffs = self.mine("tariffs")
        tariffs[sectors, exporter, importer] += rate

    def _all(self, sectors: Cells) -> bool:
        """Whether these are all sectors."""
        return isinstance(sectors, np.ndarray) and len(sectors) == len(self.tariffs)

    def answer_in_kind(self) -> None:
        """Turn answers into restrictions on imports, of what each state's own measures forbid; call once, when all measures are written.

        What `other` forbids of its trade with `user` is read before any answer, so the order of measures does not matter.
        """
        if not self.answers.any():
            return
        forbidden = 1.0 - self.permeability
        by_other = np.maximum(forbidden[EXPORTER], np.moveaxis(forbidden[IMPORTER], 1, 2)).max(axis=0)  # (other, user), in the sector hit hardest
        share = np.moveaxis(self.answers, (0, 1, 2), (2, 1, 0)) * by_other
        permeability = self.mine("permeability")
        permeability[IMPORTER] *= 1.0 - share  # user no longer buys from other

    def exempt_from(self, issuer: int, sectors: Cells, exporter: int | slice, importer: int | slice, share: float) -> None:
        """Exempt `share` of the named cells from all restrictions and costs of `issuer`'s side."""
        exempt = self.mine("exempt")
        covered = 1.0 - exempt[issuer, sectors, exporter, importer]
        exempt[issuer, sectors, exporter, importer] = 1.0 - covered * (1.0 - share)

    def legal_by_issuer(self) -> Array:
        """Share of trade that each issuer's rules leave legal `(issuer, sector, exporter, importer)`."""
        return np.asarray(self.exempt + (1.0 - self.exempt) * self.permeability)

    def legal(self) -> Array:
        """Legal share of trade `(sector, exporter, importer)`, both issuers together."""
        by_issuer = self.legal_by_issuer()
        return np.asarray(by_issuer[EXPORTER] * by_issuer[IMPORTER])

    def cost(self) -> Array:
        """Trade cost factor `(sector, exporter, importer)`: 1 without measures; the exempt share of a cell is spared."""
        return _cost(self.exempt, self.log_cost)


@njit(cache=True)
def _cost(exempt: Array, log_cost: Array) -> Array:
    _, sectors, states, _ = exempt.shape
    cost = np.ones((sectors, states, states))
    for s in range(sectors):
        for i in range(states):
            for j in range(states):
                total = (1.0 - exempt[0, s, i, j]) * log_cost[0, s, i, j] + (1.0 - exempt[1, s, i, j]) * log_cost[1, s, i, j]
                if total != 0.0:
                    cost[s, i, j] = math.exp(total)
    return cost
