"""What a deal with a partner is worth to a state, in points by term.

The gain is what the economy is forecast to give (for deals that hold: what leaving them is forecast to cost), over the time the
partner is trusted to stand by it: `0.25 / (1 - s)` years with `s = discount * (1 - quit)` and `quit = QUITS * (1 - trust)`. Beside it stand:

- *common adversary*: both under measures, of the same sender or of several, or one under measures of the other's rival (contested: a theory switch);
- *old grievance*, *rival interests*, *the partner sides with a rival*: what pushes the two apart;
- *ties with the senders*: a state under no measures that deals with a target does so against friends that press it;
- *relief for staying away*: what a state that gave its word to leave the other would have come back on it (see `parting`);
- *penalties feared*: what the senders' hubs could do to a state that deals with their target;
- *fear of dependence*: what the partner could do by leaving.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from sim.government import deals
from sim.government.agreement import FEE_LEFT, Agreement
from sim.government.forecast import Losses
from sim.government.pacts import measures_for
from sim.government.parting import relief_at_stake
from sim.government.stakes import lasting, pain
from sim.government.ties import fear_of

if TYPE_CHECKING:
    from sim.world import World

QUITS = 0.2  # chance per quarter that a partner without any trust is expected to leave
USUAL_QUIT = 0.03
AHEAD = 1.5  # times the other's revealed comparative advantage from which a state has something to teach


def expected_quarters(world: World, me: int, other: int) -> float:
    """Discounted quarters for which `me` expects `other` to stand by a deal."""
    quits = USUAL_QUIT + QUITS * (1.0 - float(world.politics.trust[me, other]))
    return lasting(quits, world.p)


def common_adversary(world: World, me: int, other: int) -> float:
    """How far two states have an adversary in common, 0 to 1: both under measures of the same hands, both under measures, or one at odds with who presses
    the other."""
    mine, theirs = _pressing(world, me), _pressing(world, other)
    if mine & theirs:
        return 1.0
    if mine and theirs:
        return 0.5
    rivalry = world.politics.rivalry
    at_odds = [float(rivalry[me, sender]) for sender in theirs] + [float(rivalry[other, sender]) for sender in mine]
    return 0.5 * max(at_odds, default=0.0)


def _pressing(world: World, state: int) -> set[int]:
    """Leaders of the measures a state is under."""
    return {d.leader for d in world.politics.open_disputes() if d.target == state and d.stage in ("imposed", "relief")}


def attraction(world: World, me: int, other: int) -> dict[str, float]:
    """What draws two states together, whatever else stands between them, in points."""
    return {
        "common adversary": world.p["convenience"] * common_adversary(world, me, other),
        "closeness": 0.5 * world.p["affinity_stakes"] * float(world.politics.affinity[me, other]),
    }


def relation_terms(world: World, me: int, other: int) -> dict[str, float]:
    """What speaks for and against any deal with `other`, whatever it is about."""
    p, politics = world.p, world.politics
    third = politics.affinity[other] * politics.rivalry[me]
    third[other] = 0.0  # the partner's own rivalry stands in "rival interests"
    return {
        **attraction(world, me, other),
        "old grievance": -p["old_grievance"] * float(politics.grievance[me, other]),
        "rival interests": -p["rival_interest"] * float(politics.rivalry[me, other]),
        "the partner sides with a rival": -p["rival_interest"] * max(0.0, float(np.max(third))),
        "penalties feared": -fear_of(world, me, other),
        "ties with the senders": -_senders_side(world, me, other),
        "relief for staying away": -relief_at_stake(world, me, other),
    }


def _senders_side(world: World, me: int, other: int) -> float:
    """What the ties with those who press the other are worth to a state that is under no measures itself, in points; it is their friend or does not mind."""
    if _pressing(world, me):
        return 0.0
    ties = max((float(world.politics.affinity[me, leader]) for leader in _pressing(world, other) if leader != me), default=0.0)
    return 0.5 * world.p["affinity_stakes"] * max(0.0, ties)


def gain_of_starting(world: World, me: int, other: int, proposal: Agreement) -> float:
    """Forecast gain in points from a deal that does not hold yet."""
    quarters = expected_quarters(world, me, other)
    if proposal.kind == "licence":
        return 0.25 * quarters * prospect(world, me, proposal)
    if proposal.kind == "votes":
        return world.p["vote_worth"] * common_adversary(world, me, other) * float(world.politics.trust[me, other])
    losses = world.forecasts.of_adding(measures_for(world, proposal))
    return -_valued(world, me, other, losses)


def starting_terms(world: World, me: int, other: int, proposal: Agreement, common: Mapping[str, float] | None = None) -> dict[str, float]:
    """What speaks for and against a deal that does not hold yet; `common` are the relation's terms, when they are known already.

    What a deal gives each year is also what the partner could do by leaving, and dislike of that grows with it.
    """
    gain = gain_of_starting(world, me, other, proposal)
    yearly = 0.0 if proposal.kind == "votes" else max(0.0, gain) / (0.25 * expected_quarters(world, me, other))
    relation = relation_terms(world, me, other) if common is None else common
    return {"gain from the deal": gain, "fear of dependence": -world.p["dependence_fear"] * yearly, **relation}


def keeping_relation(world: World, me: int, deal: Agreement) -> dict[str, float]:
    """What speaks for and against standing by a deal, whatever it brings.

    A common adversary binds two states by what they still do for each other: under a licence, by what is not mastered yet.
    """
    terms = relation_terms(world, me, deal.other(me))
    if deal.kind == "licence":
        terms["common adversary"] *= 1.0 - deals.mastery(world, deal)
    return terms


def gain_of_keeping(world: World, me: int, deal: Agreement) -> float:
    """Forecast gain in points from standing by a deal that holds: what its end would cost."""
    other = deal.other(me)
    quarters = expected_quarters(world, me, other)
    if deal.kind == "licence":
        return 0.25 * quarters * needed(world, me, deal)
    if deal.kind == "votes":
        return world.p["vote_worth"] * common_adversary(world, me, other) * float(world.politics.trust[me, other])
    own = world.measures.under_agreement(deal.id)
    return -_valued(world, me, other, world.forecasts.of_keeping(own)) if own else 0.0


def needed(world: World, me: int, deal: Agreement) -> float:
    """What the end of a licence would cost `me`, % of own real income."""
    hold = deals.leverage(world, deal)
    return hold.licensor if me == deal.party_a else hold.licensee


def fee_saved(world: World, licensee: int, deal: Agreement, share: float) -> float:
    """What a licensee expects to save, in points, if it pays this share of its royalty for as long as the licensor is expected to stay."""
    licensor = deal.other(licensee)
    income, years = world.accounts.factor_total, 0.25 * expected_quarters(world, licensee, licensor)
    return (1.0 - share) * max(0.0, needed(world, licensor, deal)) * float(income[licensor]) / float(income[licensee]) * years


def _valued(world: World, me: int, other: int, losses: Losses) -> float:
    quits = USUAL_QUIT + QUITS * (1.0 - float(world.politics.trust[me, other]))
    return pain(float(losses.now[me]), float(losses.long_run[me]), world.p["forecast_decay"], quits, world.p)


def ahead(world: World, teacher: int, pupil: int) -> bool:
    """Whether one state has something to teach another: it has a revealed comparative advantage in high technology, clearly larger than the other's."""
    mine, theirs = (advantage(world, state) for state in (teacher, pupil))
    return mine > max(1.0, AHEAD * theirs)


def advantage(world: World, state: int) -> float:
    """Balassa's revealed comparative advantage in high-technology sectors, base quarter: own share of them in exports over the world's."""
    abroad = world.accounts.flows * (1.0 - np.eye(len(world.ids)))
    high = world.of_kind("high_tech")
    own = float(abroad[high, state].sum()) / max(float(abroad[:, state].sum()), 1e-12)
    return own / max(float(abroad[high].sum()) / max(float(abroad.sum()), 1e-12), 1e-12)


def prospect(world: World, me: int, proposal: Agreement) -> float:
    """First-order yearly worth of a licence that does not hold yet, % of own income: productivity lent less royalty, or the royalty."""
    p, licensor, licensee = world.p, proposal.party_a, proposal.party_b
    high = world.of_kind("high_tech")
    made = p["licence_cover"] * float(world.accounts.output[high, licensee].sum())
    fee = p["royalty"] * proposal.terms.get(FEE_LEFT, 1.0) * made
    if me == licensor:
        return 100.0 * fee / float(world.accounts.factor_total[licensor])
    lent = p["technology_gap"] * p["technology_lent"] * made
    return 100.0 * (lent - fee) / float(world.accounts.factor_total[licensee])
