"""What a dispute is worth to each side, and what each side believes of the other.

Target `W = V_T * 2 v_T * m * D * (1 + g e) * r_T`, sender `G = V_S * 2 v_S * m * D * (1 + g e) * r_S`, in points: V the stakes
of middling salience, v salience, m the multiplier of core demands, D the demand, e the conflict expectation between the two
(0 friend, 1 adversary; Drezner 1999), g its weight, r private resolve with `ln r ~ N(0, sig^2)`.

Belief of the target that the sender gives up within a quarter, t quarters into the measures:
`q_t = q0 * (1 - cred) / (1 - prior) * n / (n + t)`; halved or so when an institution or a public pledge binds the senders.
Belief of the sender that the target gives in within a quarter: the agenda rate times the logit probability of offering or
yielding, averaged over the resolve the target might have (the middles of 64 equally likely parts of its distribution, never its true resolve), times
`n / (n + t)`. Resolve differs by factors of ten and more while the choice turns within a factor of two, so a few Gauss-Hermite nodes, as in the
reduced-form study, make a staircase of what is smooth: most steps up in pressure seem to add nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import NormalDist

import numpy as np
from numba import njit

from sim.government.dispute import Dispute

PARTS = 64
NODES = np.array([NormalDist().inv_cdf((part + 0.5) / PARTS) for part in range(PARTS)])  # standard normal; all weigh the same


def expectation(affinity: float) -> float:
    """Conflict expectation in [0, 1] from affinity in [-1, 1]: 0 for the closest friends, 1 for adversaries."""
    return 0.5 * (1.0 - affinity)


def worth(stakes: float, salience: float, core: bool, demand: float, conflict: float, log_resolve: float, p: Mapping[str, float]) -> float:
    """Worth in points of a demand of size `demand` to one side."""
    multiplier = p["core_multiplier"] if core else 1.0
    return stakes * 2.0 * salience * multiplier * demand * (1.0 + p["conflict_expectation"] * conflict) * math.exp(log_resolve)


def quarterly_discount(p: Mapping[str, float]) -> float:
    """Discount factor per quarter."""
    return float(p["discount_year"] ** 0.25)


def lasting(ends: float, p: Mapping[str, float]) -> float:
    """Discounted quarters that something lasts which ends with the chance `ends` per quarter."""
    return 1.0 / (1.0 - quarterly_discount(p) * (1.0 - ends))


def share_left(dispute: Dispute) -> float:
    """Share of a coalition's senders that have left it."""
    return len(dispute.left) / len(dispute.senders)


def is_bound(dispute: Dispute) -> bool:
    """Whether the senders have tied their hands: by an institution, or by their leader's public pledge."""
    return dispute.institution or dispute.leader in dispute.pledged


def quit_belief(credibility: float, quarters: float, bound: bool, p: Mapping[str, float], left: float = 0.0) -> float:
    """What the target believes of the senders giving up within a quarter, `quarters` into the measures, when the share `left` has gone;
    `bound` senders are believed to hold on longer."""
    prior = p["credibility_prior"]
    doubt = (1.0 - credibility) / (1.0 - prior) if prior < 1.0 else 0.0
    base = p["prior_quit"] * doubt * (p["institution_quit"] if bound else 1.0)
    return float(min(0.95, base * p["prior_weight"] / (p["prior_weight"] + quarters) + p["defection_quit"] * left))


def pain(now: float, long_run: float, decay_year: float, quit_chance: float, p: Mapping[str, float]) -> float:
    """Present value in points of a loss path that starts at `now` and decays to `long_run` (both % of income a year).

    `sum_k s^k [long_run + (now - long_run) exp(-decay k / 4)] / 4` with `s = discount * (1 - quit_chance)` has the closed form
    `[long_run / (1 - s) + (now - long_run) / (1 - s exp(-decay / 4))] / 4`.
    """
    s = quarterly_discount(p) * (1.0 - quit_chance)
    return 0.25 * (long_run / (1.0 - s) + (now - long_run) / (1.0 - s * math.exp(-decay_year / 4.0)))


def give_in_probability(pain_points: float, expected_worth: float, p: Mapping[str, float], known: float = 0.0) -> float:
    """What the sender believes of the target offering or yielding when it next decides.

    `expected_worth` is the target's worth at what is known of its resolve; the rest is averaged over. `known` in [0, 1) is how much of it a
    mediator has made known.
    """
    spread = p["resolve_spread"] * math.sqrt(1.0 - known * known)
    return float(_mean_chance(pain_points, expected_worth, spread, p["part_offered"], p["rationality"]))


@njit(cache=True)
def _mean_chance(pain_points, expected_worth, spread, part_offered, rationality):  # type: ignore[no-untyped-def]
    """The logit probability of offering or yielding, averaged over what the resolve might be."""
    total = 0.0
    for node in NODES:
        worth = expected_worth * math.exp(spread * node)
        scale = rationality / max(abs(pain_points) + worth * (1.0 + part_offered), 1e-12)
        give = math.exp(-scale * worth) + math.exp(-scale * worth * part_offered)
        total += give / (give + math.exp(-scale * pain_points))
    return total / len(NODES)


def give_in_belief(pain_points: float, expected_worth: float, quarters: float, p: Mapping[str, float], known: float = 0.0) -> float:
    """The same for one quarter of holding measures, `quarters` into them: the file must be opened, and hope fades."""
    chance = give_in_probability(pain_points, expected_worth, p, known)
    return float(p["agenda_rate"] * chance * p["prior_weight"] / (p["prior_weight"] + quarters))
