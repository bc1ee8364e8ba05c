"""The target's side of a dispute: what it expects to suffer, and the three answers it weighs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.government.choice import Option
from sim.government.dispute import Dispute
from sim.government.forecast import Losses
from sim.government.groups import felt
from sim.government.home_front import under_measures
from sim.government.question import Question
from sim.government.stakes import expectation, is_bound, pain, quit_belief, share_left, worth
from sim.government.ties import blame
from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    from sim.world import World


STANDING_UP = "standing up to pressure at home"


@dataclass(frozen=True)
class Suffering:
    """What holding out is expected to cost: losses and what being `blamed` costs in standing in % of income a year, pain in points, and
    what of it the losses alone make, for blame does not come and go with each measure."""

    now: float
    long_run: float
    blamed: float
    credibility: float
    quit_chance: float
    pain: float
    pain_of_losses: float


@dataclass(frozen=True)
class TargetView(Suffering):
    """What the target believes; its worth in points is its own secret."""

    worth: float


def suffering(world: World, dispute: Dispute, losses: Losses) -> Suffering:
    """What the target of a dispute is to suffer, weighted by whose loss counts there: the target and its senders reckon it alike."""
    p, politics, target = world.p, world.politics, dispute.target
    now, long_run, blamed = felt(world, target, losses.now), felt(world, target, losses.long_run), blame(world, dispute)
    in_force = 0 if dispute.imposed_in is None else world.quarter - dispute.imposed_in
    credibility = politics.credibility(dispute.leader, p["credibility_prior"], p["credibility_weight"])
    quit_chance = quit_belief(credibility, in_force, is_bound(dispute), p, share_left(dispute))
    points, lost = (max(0.0, pain(now + more, long_run + more, p["forecast_decay"], quit_chance, p)) for more in (blamed, 0.0))
    return Suffering(now, long_run, blamed, credibility, quit_chance, points, lost)


def target_view(world: World, dispute: Dispute, losses: Losses) -> TargetView:
    """The target's own reckoning: what it is to suffer, and its worth with its own resolve."""
    return TargetView(**vars(suffering(world, dispute, losses)), worth=worth_to_target(world, dispute, dispute.demand - dispute.policy))


def worth_to_target(world: World, dispute: Dispute, part: float) -> float:
    """What `part` of the policy (0 to 1) is worth to the target, in points, by its own resolve."""
    p = world.p
    conflict = expectation(float(world.politics.affinity[dispute.target, dispute.leader]))
    return worth(p["stakes_target"], dispute.salience_target, dispute.kind == "core", part, conflict, dispute.resolve_target, p)


def answers(
    decision: str, world: World, dispute: Dispute, pain_points: float, worth_points: float, beliefs: Mapping[str, float]
) -> Question:
    """Hold, offer a part, or yield, with the orders each would give."""
    part = world.p["part_offered"]
    me, leader = world.ids[dispute.target], world.ids[dispute.leader]
    common = {"dispute": dispute.id}
    return Question(
        decision,
        dispute.id,
        (
            Option("hold", {"pain of holding out": -pain_points, **_at_home(world, dispute, worth_points)}),
            Option("offer a part", {"policy given up": -part * worth_points}),
            Option("yield", {"policy given up": -worth_points}),
        ),
        {
            "offer a part": (Decision(world.quarter, me, "offer_part", leader, "", part, common),),
            "yield": (Decision(world.quarter, me, "concession", leader, "", 1.0, common),),
        },
        beliefs,
        covers=("offer_part", "concession"),
    )


def standing_up(world: World, dispute: Dispute, worth_points: float) -> float:
    """What standing up to measures pays (or costs) at home, in points: a share of the policy's worth that fades with the rally."""
    quarters = under_measures(world, dispute.target)
    return 0.0 if quarters is None else float(world.p["defiance"] * worth_points * math.exp(-quarters / world.p["rally_quarters"]))


def _at_home(world: World, dispute: Dispute, worth_points: float) -> dict[str, float]:
    """What holding out does at home: defiance of fresh measures pays or costs, unrest presses for an end. Nothing before measures are in force."""
    quarters = under_measures(world, dispute.target)
    if quarters is None:
        return {}
    p = world.p
    terms = {
        STANDING_UP: standing_up(world, dispute, worth_points),
        "unrest at home": -p["unrest_pressure"] * worth_points * float(world.politics.unrest[dispute.target]),
    }
    return {name: value for name, value in terms.items() if value != 0.0}
