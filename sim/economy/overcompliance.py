"""Firms and fear: who obeys, who breaks a rule, and who stays away from business that is legal.

A firm does a trade when its margin is larger than the loss it expects from being found out. Margins differ from firm to
firm, exponentially with mean `m`, so the share of firms that still trade when the expected loss is `L` (a share of the value) is

    exp(-L / m)

Found out means penalised. If a share `e` of breaches is found, each trade got through risks `e / (1 - e)` findings, and
costs a penalty of `f` times the value (the odds form makes full enforcement, `e = 1`, stop everybody). Three groups of firms:

- *breach*: on forbidden lines `L = f * odds`. What remains is the leak; with `e = 0` everything leaks.
- *over-compliance*: on legal lines next to forbidden ones a deal is mistaken for a breach with a chance of
  `vagueness * forbidden share`, less the part that guidance and licences make clear: `L = f * odds * vagueness * (1 - guidance) * share`.
  The same fear is on exempt goods, which is why exemptions leak.
- *third countries*: under secondary measures a firm of `h` that deals with the target risks its business with the sender:
  `L = reach * odds * severity * stake * exposure`, where `exposure` is the share of `h`'s foreign trade that is with the sender
  and `reach` says how much harder it is to find a breach abroad.

The exponential and the odds are assumptions; that firms withdraw beyond the rule, above all from risk and from finance, is
what Crozet & Hinz (2020) and Besedes, Goldbach & Nitsch (2022/24) find.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.economy.frictions import Frictions

Array = NDArray[np.float64]

CERTAIN = 1e6  # odds at which being found out is certain: nobody's margin is that large


def odds(found: Array) -> Array:
    """Findings per trade that gets through, for a share `found` (0 to 1) of breaches found; same shape."""
    found = np.asarray(found, dtype=np.float64)
    return np.minimum(found / np.maximum(1.0 - found, 1.0 / CERTAIN), CERTAIN)


def staying(loss: Array, margin: float) -> Array:
    """Share of firms that still trade when the expected loss is `loss` (share of the value); margins average `margin`."""
    return np.exp(-np.asarray(loss) / margin)


def leaking(found: Array, penalty: float, margin: float) -> Array:
    """Share of forbidden trade that goes on directly, for the share of breaches `found`; same shape."""
    return staying(penalty * odds(found), margin)


def withdrawn(forbidden: Array, found: Array, vagueness: Array, guidance: Array, penalty: float, margin: float) -> Array:
    """Share of legal trade that firms give up, next to a `forbidden` share of the cell; arrays of one shape (or scalars)."""
    doubt = np.minimum(vagueness, 1.0) * (1.0 - guidance)
    return 1.0 - staying(penalty * odds(found) * doubt * forbidden, margin)


def abroad_loss(found: Array, severity: Array, exposure: Array | float, reach: float, stake: float) -> Array:
    """Expected loss (share of the value) of a firm in a third country from a sender's secondary measures."""
    return reach * odds(found) * severity * stake * exposure


def direct_trade(legal: Array, leak: Array, withdrawal: Array) -> tuple[Array, Array]:
    """Direct trade of all issuers together: `(share still traded directly, share that is forbidden and did not leak)`.

    The first axis of the inputs is the issuer; `legal` is the share each issuer's rules leave legal, `leak` the share of its forbidden
    part that goes on, `withdrawal` the share of its legal part that is given up. Withdrawn trade is not looking for a detour.
    """
    passed = (legal * (1.0 - withdrawal) + (1.0 - legal) * leak).prod(axis=0)
    blocked = 1.0 - (legal + (1.0 - legal) * leak).prod(axis=0)
    return passed, blocked


def legal_trade(legal: Array, withdrawal: Array) -> Array:
    """Share of trade that is legal and that firms still dare to do, all issuers together."""
    return (legal * (1.0 - withdrawal)).prod(axis=0)


def enforcement_bill(effort: Array, covered: Array, rate: float) -> Array:
    """What policing costs each enforcer `(who,)`, in the unit of `covered` `(who, whom)`, the trade under its rules.

    The bill is `rate * covered * effort**2`: the next breach is harder to find than the last.
    """
    return (rate * covered * effort**2).sum(axis=1)


def policy_bill(frictions: Frictions, conduct: Conduct, flows: Array, p: Mapping[str, float]) -> Array:
    """What governments pay for policing their own rules and for helping with detours `(state,)`, in the unit of `flows`.

    `flows` `(sector, exporter, importer)` are those of the base quarter. Trade under a state's rules is what its rules would forbid of
    it; help costs a share of the blocked trade of the state that helps.
    """
    under_rules = (1.0 - frictions.permeability) * flows
    covered = under_rules[0].sum(axis=0) + under_rules[1].sum(axis=0).T  # (who, whom)
    blocked = (conduct.blocked * flows).sum(axis=0)
    help_ = p["detour_help_cost"] * frictions.pairs.help * (blocked.sum(axis=0) + blocked.sum(axis=1))
    return enforcement_bill(conduct.found, covered, p["enforcement_cost"]) + help_


@dataclass(frozen=True)
class Conduct:
    """How firms answer the rules of one quarter.

    `(issuer, sector, exporter, importer)`: `legal` share the issuer leaves legal, `leak` share of the rest that goes on directly,
    `withdrawal` share of the legal part given up. `abroad` `(sector, exporter, importer)`: share of their trade with a target that third
    countries' firms keep under secondary measures. `found` `(who, whom)`: share of breaches found. `blocked`
    `(sector, exporter, importer)`: share that looks for a detour.
    """

    legal: Array
    leak: Array
    withdrawal: Array
    abroad: Array
    found: Array
    blocked: Array

    @property
    def open_trade(self) -> Array:
        """Share of trade that is legal and dared `(sector, exporter, importer)`."""
        return legal_trade(self.legal, self.withdrawal)


def honoured(conduct: Conduct, share: float) -> Array:
    """Part of the loss of direct trade that running contracts make good in a quarter `(sector, exporter, importer)`.

    `share` of it where nobody checks; each side that has a rule lets through what it does not find, so full enforcement ends it at once.
    """
    let_by = np.stack([1.0 - conduct.found, (1.0 - conduct.found).T])[:, None]
    return np.asarray(share * np.where(conduct.legal < 1.0, let_by, 1.0).prod(axis=0))


def conduct(frictions: Frictions, exposure: Array, usual_effort: Array, p: Mapping[str, float]) -> Conduct:
    """Work out how firms answer `frictions`.

    `exposure` `(state, partner)`: shares of foreign trade; `usual_effort` `(who,)`: share of breaches found without special effort.
    """
    pairs, penalty, margin = frictions.pairs, p["penalty"], p["profit_margin"]
    found = pairs.found(usual_effort[:, None])
    doubt = 1.0 - (1.0 - p["vagueness"]) * (1.0 - pairs.vagueness)
    forbidden = 1.0 - frictions.permeability
    by_issuer = [np.stack([pair, pair.T])[:, None] for pair in (found, doubt, pairs.guidance)]  # (issuer, 1, exporter, importer)
    legal = frictions.legal_by_issuer()
    leak = np.broadcast_to(leaking(by_issuer[0], penalty, margin), legal.shape)
    withdrawal = withdrawn(forbidden, by_issuer[0], by_issuer[1], by_issuer[2], penalty, margin)
    abroad = np.ones(legal.shape[1:])
    if pairs.secondary.any():
        fear = abroad_loss(found, pairs.secondary, 1.0, p["reach_abroad"], p["secondary_stake"])  # (who, target), per unit of exposure
        sold_to = np.einsum("hk,kt,skt->sht", exposure, fear, forbidden[0])  # on the target's imports from h
        bought_from = np.einsum("hk,kt,stk->sth", exposure, fear, forbidden[1])  # on its exports to h
        abroad = staying(sold_to + bought_from, margin)
        abroad[:, np.arange(len(fear)), np.arange(len(fear))] = 1.0  # what the target sells at home is nobody else's business
    blocked = 1.0 - (legal + (1.0 - legal) * leak).prod(axis=0)
    return Conduct(legal, leak, withdrawal, abroad, found, np.where(blocked > 1e-9, blocked, 0.0))
