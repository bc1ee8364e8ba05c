"""A partnership thought over: stand by the deal, ask for better terms, let it lapse, or break it openly.

What holds it is what leaving would cost; what strains it are grievances, rival interests and the promises that were not kept. A licensee
that has learned what it wanted loses nothing by leaving: no timer says when.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government.agenda import opened
from sim.government.agreement import Agreement
from sim.government.choice import Option
from sim.government.partnering import expected_quarters, fee_saved, gain_of_keeping, keeping_relation, needed
from sim.government.question import Question
from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    from sim.world import World

NOW = 4  # quarters of a ledger that are looked at
LESS = 0.6  # share of the royalty a licensee asks to pay
YOUNG = 2  # quarters in which a deal is not thought over


def questions(world: World, state: int) -> list[Question]:
    """One question for each of the state's deals that is on its agenda."""
    return [
        _question(world, state, deal)
        for deal in world.politics.in_force()
        if state in (deal.party_a, deal.party_b)
        and world.quarter - deal.since >= YOUNG
        and opened(world, state, "partnership", deal.id, world.p["partner_rate"])
    ]


def _question(world: World, state: int, deal: Agreement) -> Question:
    p, politics, other = world.p, world.politics, deal.other(state)
    income = float(world.accounts.factor_total[state])
    trust = float(politics.trust[state, other])
    missed = _missed(world, state, deal, income)
    gain, common = gain_of_keeping(world, state, deal), keeping_relation(world, state, deal)
    strain = p["old_grievance"] * float(politics.grievance[state, other]) + p["rival_interest"] * max(0.0, float(politics.usual_trust[state, other]) - trust)
    options = [
        Option("stand by the deal", {"need of the partner": gain, **common, "promises not kept": -missed}),
        Option("let it lapse", {"a quiet end": 0.0}),
        Option("break it openly", {"anger vented": strain, "an open quarrel": -p["affinity_stakes"] * (0.3 + 0.7 * trust)}),
    ]
    head = (world.quarter, world.ids[state], "end_deal", world.ids[other], "")
    orders = {
        "let it lapse": (Decision(*head, 0.0, {"agreement": deal.id}),),
        "break it openly": (Decision(*head, 1.0, {"agreement": deal.id}),),
    }
    beliefs = {"trust": trust, "gain": gain}
    if deal.kind == "licence" and state == deal.party_b and deal.status == "active":
        hold = needed(world, other, deal)
        options.append(Option("ask for better terms", {"need of the partner": gain, **common, "fee saved": fee_saved(world, state, deal, LESS),
            "the partner may take offence": -gain * 0.25 * (1 - trust)}))
        notes = {"kind": "licence", "giver": "them", "agreement": deal.id}
        orders["ask for better terms"] = (Decision(world.quarter, world.ids[state], "propose_deal", world.ids[other], "", LESS, notes),)
        beliefs["the partner's need"] = hold
    return Question("partnership", deal.id, tuple(options), orders, beliefs, covers=("end_deal",))


def _missed(world: World, state: int, deal: Agreement, income: float) -> float:
    """What promises of the last quarters that were not kept weigh, in points: votes at what a promised vote is worth, money (`income` in USD bn a
    quarter) as if it went on for as long as the partner is expected to stay."""
    short = deal.shortfall(state, NOW)
    if deal.kind == "votes":
        return world.p["vote_worth"] * short
    return 100.0 * short / (NOW * income) * 0.25 * expected_quarters(world, state, deal.other(state))
