"""Pair terms: what measures say about two states rather than about one flow of goods.

Money, services, paper work and policing do not stop at one border crossing. They are kept here as shares `[who, whom]`, written
by levers and read by the economics of firms (`overcompliance`), detours (`routes`), services (`services`) and money (`money`).

How several measures combine, once and for all:

- shares combine as independent coverings: 50 % and 40 % leave `0.5 * 0.6` uncovered, so together they cover 70 %;
- of several price caps on the same goods the strictest (lowest) binds; of several enforcement efforts the strongest counts;
- sums of money (lending, saving) add.

All of these are commutative: the order in which measures are applied does not matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.economy.lending import Lending

Array = NDArray[np.float64]

SHARES = ("guidance", "vagueness", "secondary", "reserve_freeze", "asset_freeze", "credit_ban", "link", "barter", "transit", "knowledge")
SECTOR_SHARES = ("service_ban", "capped", "payment")
MONEY = ("credit_ban", "reserve_freeze", "asset_freeze", "saving", "lending", "giving", "solidarity")  # what foreign balances depend on
SERVICES = ("cap", "capped", "service_ban", "payment", "link", "barter")  # what services and payments cost


@dataclass
class PairTerms(Lending):
    """Terms of one quarter between `who` uses a measure and `whom` it is used on. 0 everywhere means no measure.

    `(who, whom)`: `guidance` share of the doubt that guidance and licences remove; `vagueness` doubt added by measures
    whose edge is unclear; `secondary` severity of penalties on third parties that deal with `whom`; `reserve_freeze`,
    `asset_freeze`, `credit_ban` shares frozen or refused; `link` and `barter` shares of the pair's trade that need no outside
    bank (both directions alike); `transit` share of its capacity as a connector that `who` closes to goods from or for `whom`.
    `effort` `(who, whom)` is the share of breaches found; nan where nobody chose one.
    `(who, sector, whom)`: `service_ban`, `payment` shares of services and payments refused; `capped` share of services refused
    to cargoes above `cap`, a price relative to the base quarter (inf = no cap).
    `(state,)`: `help` share of effort a government puts into detours; `saving` share of income put into reserves;
    `(lender, borrower)` `lending`: share of the lender's income lent each quarter; `(giver, receiver)` `giving`: share of the giver's income given away each
    quarter, `solidarity`: share of the receiver's loss that the giver makes good. `knowledge` `(who, whom)`: share of know-how refused.
    """

    guidance: Array
    vagueness: Array
    secondary: Array
    reserve_freeze: Array
    asset_freeze: Array
    credit_ban: Array
    link: Array
    barter: Array
    transit: Array
    knowledge: Array
    service_ban: Array
    capped: Array
    payment: Array
    cap: Array
    effort: Array
    lending: Array
    giving: Array
    solidarity: Array
    help: Array
    saving: Array

    @classmethod
    def none(cls, sectors: int, states: int) -> PairTerms:
        """No measure in force between any two states."""
        pairs: dict[str, Any] = {name: np.zeros((states, states)) for name in SHARES}
        cells: dict[str, Any] = {name: np.zeros((states, sectors, states)) for name in SECTOR_SHARES}
        return cls(
            **pairs,
            **cells,
            cap=np.full((states, sectors, states), np.inf),
            effort=np.full((states, states), np.nan),
            lending=np.zeros((states, states)),
            giving=np.zeros((states, states)),
            solidarity=np.zeros((states, states)),
            help=np.zeros(states),
            saving=np.zeros(states),
        )

    def cover(self, name: str, who: int, whom: int | slice, share: float) -> None:
        """Cover a further `share` (0 to 1) of what is left of the pair share `name`."""
        values = self.mine(name)
        values[who, whom] = 1.0 - (1.0 - values[who, whom]) * (1.0 - share)

    def cover_both(self, name: str, one: int, other: int, share: float) -> None:
        """Cover a further `share` in both directions of a pair."""
        self.cover(name, one, other, share)
        self.cover(name, other, one, share)

    def cover_sectors(self, name: str, who: int, sectors: NDArray[np.int64], whom: int, share: float) -> None:
        """Cover a further `share` (0 to 1) of what is left of the share `name` in the given sectors."""
        values = self.mine(name)
        values[who, sectors, whom] = 1.0 - (1.0 - values[who, sectors, whom]) * (1.0 - share)

    def set_cap(self, who: int, sectors: NDArray[np.int64], whom: int, price: float, share: float) -> None:
        """Refuse `share` of `who`'s services to cargoes of `whom` sold above `price` (1 = base-quarter price)."""
        cap = self.mine("cap")
        cap[who, sectors, whom] = np.minimum(cap[who, sectors, whom], price)
        self.cover_sectors("capped", who, sectors, whom, share)

    def enforce(self, who: int, whom: int | slice, effort: float) -> None:
        """Find `effort` (0 to 1) of the breaches; of several efforts on the same state the strongest counts."""
        efforts = self.mine("effort")
        efforts[who, whom] = np.fmax(efforts[who, whom], effort)

    def found(self, default: float | Array) -> Array:
        """Share of breaches found `(who, whom)`: the effort chosen, or `default` where nobody chose one."""
        return np.where(np.isnan(self.effort), default, self.effort)
