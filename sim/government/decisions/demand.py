"""A sender with a grievance: let it rest, ask for half of a change without a threat, or demand it under threat, how much, and with which package.

The value of a threat is what a concession now would bring, times the belief that it comes; plus, if the target resists, what
imposing would bring and cost if the sender would then stand firm, and the loss of face if it would not (endogenous demands:
Krustev; threats: Lacy & Niou 2004).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government.agenda import on_agenda
from sim.government.choice import Option
from sim.government.dispute import Dispute
from sim.government.packages import PACKAGES, package_measures
from sim.government.question import Question
from sim.government.sending import SenderView, firmness, sender_view
from sim.government.stakes import give_in_probability
from sim.levers.lever import USUAL
from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    from sim.world import World

SIZES = (0.25, 0.5, 0.75, 1.0)
ASKED = 0.5  # of the policy, without a threat
REFUSED = 0.25  # loss of face over a plain demand refused, against backing down from a threat: assumption


def questions(world: World, state: int) -> list[Question]:
    """One question for each dispute at rest or demand that the state leads and whose file is on the agenda this quarter."""
    found = []
    for name in sorted(world.politics.disputes):
        dispute = world.politics.disputes[name]
        left = dispute.known < max(SIZES)  # a target may have given part, or all, before anybody threatened it
        if left and dispute.stage in ("dormant", "demand") and dispute.leader == state and on_agenda(world, state, "demand", name):
            found.append(_question(world, dispute, state))
    return found


def _question(world: World, dispute: Dispute, state: int) -> Question:
    me, other = world.ids[state], world.ids[dispute.target]
    options = [Option("let it rest", {})]
    orders = {}
    for package in PACKAGES:
        losses = world.forecasts.of_adding(package_measures(world, dispute, package))
        for size in [size for size in SIZES if size > dispute.known]:
            name = f"demand {size:g} under threat of {package}"
            options.append(Option(name, _terms(world, state, sender_view(world, dispute, losses, state, size))))
            notes = {"dispute": dispute.id, "package": package, "deadline": f"{world.p['threat_quarters']:g}"}
            orders[name] = (Decision(world.quarter, me, "threat", other, "", size, notes),)
    if dispute.stage == "dormant" and dispute.known < ASKED:
        losses = world.forecasts.of_adding(package_measures(world, dispute, USUAL))
        options.append(Option("ask for half of it without a threat", _asking(world, state, sender_view(world, dispute, losses, state, ASKED))))
        orders["ask for half of it without a threat"] = (Decision(world.quarter, me, "demand", other, "", ASKED, {"dispute": dispute.id}),)
    return Question("demand", dispute.id, tuple(options), orders, {}, covers=("demand", "threat"))


def _asking(world: World, state: int, view: SenderView) -> dict[str, float]:
    """A demand is believed to be followed by measures at the agenda rate only (see `answer_threat`); refused, it costs some face."""
    p = world.p
    concede = _conceding(world, state, view, p["agenda_rate"])
    return {"concession without measures": concede * p["threat_gain"] * view.gain, "loss of face": -(1.0 - concede) * REFUSED * view.audience}


def _conceding(world: World, state: int, view: SenderView, followed: float = 1.0) -> float:
    """Belief that words alone bring a concession; `followed`: how surely measures are thought to follow them, times the sender's credibility."""
    p = world.p
    credibility = followed * world.politics.credibility(state, p["credibility_prior"], p["credibility_weight"])
    return give_in_probability(view.suffering * credibility, view.stake, p)


def _terms(world: World, state: int, view: SenderView) -> dict[str, float]:
    p = world.p
    concede = _conceding(world, state, view)
    firm = firmness(view, p)
    resisted = 1.0 - concede
    return {
        "concession without measures": concede * p["threat_gain"] * view.gain,
        "chance that the target gives in": resisted * firm * view.hope,
        "own cost": -resisted * firm * view.cost,
        "loss of face": -resisted * (1.0 - firm) * view.audience,
        "signal": resisted * firm * view.signal,
    }
