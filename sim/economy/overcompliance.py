"""Firms and fear: who obeys, who breaks a rule, and who stays away from business that is legal.

A firm does a trade when its margin is larger than the loss it expects from being found out or talked about. Margins differ from firm to
firm, exponentially with mean `m`, so the share of firms that still trade when the expected loss is `L` (a share of the value) is

    exp(-L / m)

Found out means penalised. If a share `e` of breaches is found, each trade got through risks `e / (1 - e)` findings, and
costs a penalty of `f` times the value (the odds form makes full enforcement, `e = 1`, stop everybody). Four groups of firms:

- *breach*: on forbidden lines `L = f * odds`. What remains is the leak; with `e = 0` everything leaks.
- *over-compliance*: on legal lines next to forbidden ones a deal is mistaken for a breach with a chance of
  `vagueness * forbidden share`, less the part that guidance and licences make clear: `L = f * odds * vagueness * (1 - guidance) * share`.
  The same fear is on exempt goods, which is why exemptions leak.
- *third countries*: under secondary measures a firm of `h` that deals with the target risks its business with the sender:
  `L = reach * odds * severity * stake * exposure`, where `exposure` is the share of `h`'s foreign trade that is with the sender
  and `reach` says how much harder it is to find a breach abroad.
- *bad name*: whoever deals with a state under designation, from wherever and under whatever law, expects to lose `L = bad_name` with its own customers.

The exponential and the odds are assumptions; that firms withdraw beyond the rule, above all from risk and from finance, is
what Crozet & Hinz (2020) and Besedes, Goldbach & Nitsch (2022/24) find.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sim.economy.frictions import Frictions

Array = NDArray[np.float64]

NOTHING = 1e-9  # a share smaller than this is nothing
CERTAIN = 1e6  # odds at which being found out is certain: nobody's margin is that large


@njit(cache=True)
def odds(found: Array | float) -> Any:
    """Findings per trade that gets through, for a share `found` (0 to 1) of breaches found; same shape."""
    return np.minimum(found / np.maximum(1.0 - found, 1.0 / CERTAIN), CERTAIN)


@njit(cache=True)
def staying(loss: Array | float, margin: float) -> Any:
    """Share of firms that still trade when the expected loss is `loss` (share of the value); margins average `margin`."""
    return np.exp(-loss / margin)


@njit(cache=True)
def leaking(found: Array | float, penalty: float, margin: float) -> Any:
    """Share of forbidden trade that goes on directly, for the share of breaches `found`; same shape."""
    return staying(penalty * odds(found), margin)


@njit(cache=True)
def withdrawn(
    forbidden: Array | float, found: Array | float, vagueness: Array | float, guidance: Array | float, penalty: float, margin: float
) -> Any:
    """Share of legal trade that firms give up, next to a `forbidden` share of the cell; arrays of one shape (or scalars)."""
    doubt = np.minimum(vagueness, 1.0) * (1.0 - guidance)
    return 1.0 - staying(penalty * odds(found) * doubt * forbidden, margin)


@njit(cache=True)
def abroad_loss(found: Array | float, severity: Array | float, exposure: Array | float, reach: float, stake: float) -> Any:
    """Expected loss (share of the value) of a firm in a third country from a sender's secondary measures."""
    return reach * odds(found) * severity * stake * exposure


def legal_trade(legal: Array, withdrawal: Array) -> Array:
    """Share of trade that is legal and that firms still dare to do, all issuers together."""
    dared = legal * (1.0 - withdrawal)
    return np.asarray(dared[0] * dared[1] if len(dared) == 2 else dared.prod(axis=0))


def enforcement_bill(effort: Array, covered: Array, rate: float) -> Array:
    """What policing costs each enforcer `(who,)`, in the unit of `covered` `(who, whom)`, the trade under its rules.

    The bill is `rate * covered * effort**2`: the next breach is harder to find than the last.
    """
    return (rate * covered * effort**2).sum(axis=1)


def under_rules(frictions: Frictions, flows: Array) -> Array:
    """Trade under each state's rules on another `(who, whom)`, in the unit of `flows`: what its rules would forbid of it."""
    forbidden = (1.0 - frictions.permeability) * flows
    return np.asarray(forbidden[0].sum(axis=0) + forbidden[1].sum(axis=0).T)


def policy_bill(frictions: Frictions, conduct: Conduct, flows: Array, p: Mapping[str, float]) -> Array:
    """What governments pay for policing their own rules and for helping with detours `(state,)`, in the unit of `flows`.

    `flows` `(sector, exporter, importer)` are those of the base quarter. Help costs a share of the blocked trade of the state that helps.
    """
    return enforcement_bill(conduct.found, under_rules(frictions, flows), p["enforcement_cost"]) + help_bill(frictions.pairs.help, conduct, flows, p)


def help_bill(help_: Array, conduct: Conduct, flows: Array, p: Mapping[str, float]) -> Array:
    """What helping with detours costs each government `(state,)` at the efforts `help_` `(state,)`; see `policy_bill`."""
    blocked = (conduct.blocked * flows).sum(axis=0)
    return np.asarray(p["detour_help_cost"] * help_ * (blocked.sum(axis=0) + blocked.sum(axis=1)))


@dataclass(frozen=True)
class Conduct:
    """How firms answer the rules of one quarter.

    `(issuer, sector, exporter, importer)`: `legal` share the issuer leaves legal, `leak` share of the rest that goes on directly,
    `withdrawal` share of the legal part given up. `abroad` `(sector, exporter, importer)`: share of their trade with a target that third
    countries' firms keep under secondary measures, and all firms with a state under designation. `found` `(who, whom)`: share of breaches found. `blocked`
    `(sector, exporter, importer)`: share that looks for a detour.
    """

    legal: Array
    leak: Array
    withdrawal: Array
    abroad: Array
    found: Array
    blocked: Array

    @cached_property
    def open_trade(self) -> Array:
        """Share of trade that is legal and dared `(sector, exporter, importer)`."""
        return legal_trade(self.legal, self.withdrawal)

    @cached_property
    def everybody(self) -> Array:
        """The share of traders that have found a way once all have who look for one `(sector, exporter, importer)`: 1 or 0."""
        return (self.blocked > 0).astype(np.float64)


def same_rules(one: Frictions, other: Frictions) -> bool:
    """Whether firms have the same reasons to act as they do under both."""
    return (
        one.pairs.same(other.pairs, ("effort", "vagueness", "guidance", "secondary"))
        and one.same(other, ("permeability", "exempt"))
    )


def honoured(conduct: Conduct, share: float) -> Array:
    """Part of the loss of direct trade that running contracts make good in a quarter `(sector, exporter, importer)`.

    `share` of it where nobody checks; each side that has a rule lets through what it does not find, so full enforcement ends it at once.
    """
    return _let_by(conduct.legal, conduct.found, share)


@njit(cache=True)
def _let_by(legal: Array, found: Array, share: float) -> Array:
    _, sectors, states, _ = legal.shape
    part = np.full((sectors, states, states), share)
    for s in range(sectors):
        for i in range(states):
            for j in range(states):
                if legal[0, s, i, j] < 1.0:
                    part[s, i, j] *= 1.0 - found[i, j]
                if legal[1, s, i, j] < 1.0:
                    part[s, i, j] *= 1.0 - found[j, i]
    return part


def conduct(frictions: Frictions, exposure: Array, usual_effort: Array, p: Mapping[str, float], labelled: Iterable[int] = ()) -> Conduct:
    """Work out how firms answer `frictions`.

    `exposure` `(state, partner)`: shares of foreign trade; `usual_effort` `(who,)`: share of breaches found without special effort; `labelled`:
    the states under designation.
    """
    pairs, penalty, margin = frictions.pairs, p["penalty"], p["profit_margin"]
    found = pairs.found(usual_effort[:, None])
    doubt = 1.0 - (1.0 - p["vagueness"]) * (1.0 - pairs.vagueness)
    legal, leak, withdrawal, blocked = _answers(frictions.permeability, frictions.exempt, found, doubt, pairs.guidance, penalty, margin)
    abroad = np.ones(legal.shape[1:])
    if pairs.secondary.any():
        forbidden = 1.0 - frictions.permeability
        fear = abroad_loss(found, pairs.secondary, 1.0, p["reach_abroad"], p["secondary_stake"])  # (who, target), per unit of exposure
        sold_to = exposure @ (fear * forbidden[0])  # on the target's imports from h
        bought_from = (fear.T * forbidden[1]) @ exposure.T  # on its exports to h
        abroad = staying(sold_to + bought_from, margin)
    unashamed = staying(p["bad_name"], margin)
    for state in labelled:
        abroad[:, state, :] *= unashamed
        abroad[:, :, state] *= unashamed
    own = np.arange(abroad.shape[1])
    abroad[:, own, own] = 1.0  # what a state sells at home is nobody else's business
    return Conduct(legal, leak, withdrawal, abroad, found, blocked)


@njit(cache=True)
def _answers(permeability, exempt, found, doubt, guidance, penalty, margin):  # type: ignore[no-untyped-def]
    """Legal share, leak and withdrawal by issuer `(issuer, sector, exporter, importer)`; share `(sector, exporter, importer)` that looks for a detour."""
    _, sectors, states, _ = permeability.shape
    legal, leak, withdrawal = np.empty(permeability.shape), np.empty(permeability.shape), np.zeros(permeability.shape)
    blocked = np.zeros((sectors, states, states))
    leaky = np.empty((states, states))  # (who, whom)
    for who in range(states):
        for whom in range(states):
            leaky[who, whom] = leaking(found[who, whom], penalty, margin)
    for s in range(sectors):
        for i in range(states):
            for j in range(states):
                free = 1.0
                for issuer, who, whom in ((0, i, j), (1, j, i)):  # the exporter, the importer
                    cell = issuer, s, i, j
                    legal[cell] = exempt[cell] + (1.0 - exempt[cell]) * permeability[cell]
                    leak[cell] = leaky[who, whom]
                    forbidden = 1.0 - permeability[cell]
                    if forbidden > 0.0:
                        withdrawal[cell] = withdrawn(forbidden, found[who, whom], doubt[who, whom], guidance[who, whom], penalty, margin)
                    free *= legal[cell] + (1.0 - legal[cell]) * leak[cell]
                if 1.0 - free > NOTHING:
                    blocked[s, i, j] = 1.0 - free
    return legal, leak, withdrawal, blocked


@njit(cache=True)
def forbidden_by(sector, exporter, importer, legal, leak):  # type: ignore[no-untyped-def]
    """Share of each flow `(issuer, flow)` that the issuer forbids and that does not leak, from `(issuer, sector, exporter, importer)`."""
    share = np.empty((2, len(sector)))
    for flow in range(len(sector)):
        for issuer in range(2):
            cell = issuer, sector[flow], exporter[flow], importer[flow]
            share[issuer, flow] = (1.0 - legal[cell]) * (1.0 - leak[cell])
    return share


@njit(cache=True)
def forwarding_risk(exporter, importer, forbidden, blocked, found, severity, exposure, reach, stake):  # type: ignore[no-untyped-def]
    """What forwarders expect to lose `(flow, connector)`: goods seized, and business with the one whose rule they get round.

    `forbidden` `(issuer, flow)` and `blocked` `(flow,)` are shares of the flows from `exporter` to `importer` `(flow,)`.
    """
    risk = np.zeros((len(exporter), len(found)))
    for flow in range(len(exporter)):
        i, j = exporter[flow], importer[flow]
        for issuer, who, whom in ((0, i, j), (1, j, i)):
            part = forbidden[issuer, flow] / blocked[flow]
            seized = reach * odds(found[who, whom])
            fear = abroad_loss(found[who, whom], severity[who, whom], 1.0, reach, stake)
            for h in range(len(found)):
                risk[flow, h] += part * (seized + fear * exposure[h, who])
    return risk
