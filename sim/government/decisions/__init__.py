"""What governments decide. A newcomer adds a decision with one file here and one line in `DECISIONS`.

Each file has `questions(world, state) -> list[Question]`: the questions of that kind that are open for the state (a position)
this quarter, in a fixed order.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.government.decisions import (
    accept_part,
    adapt,
    answer_deal,
    answer_settlement,
    answer_threat,
    associate,
    belong,
    bind_itself,
    carry_out,
    demand,
    deny,
    escalate,
    hold_or_yield,
    join,
    keep_or_lift,
    keep_settlement,
    label,
    make_amends,
    mediate,
    offer_settlement,
    partnership,
    prepare,
    propose_deal,
    protect,
    send_monitors,
    share_bill,
    speak_out,
    stance,
    table_resolution,
)
from sim.government.question import Question

if TYPE_CHECKING:
    from sim.world import World

DECISIONS: dict[str, Callable[[World, int], list[Question]]] = {
    "answer_threat": answer_threat.questions,
    "carry_out": carry_out.questions,
    "hold_or_yield": hold_or_yield.questions,
    "accept_part": accept_part.questions,
    "keep_or_lift": keep_or_lift.questions,
    "join": join.questions,
    "associate": associate.questions,
    "stance": stance.questions,
    "escalate": escalate.questions,
    "adapt": adapt.questions,
    "mediate": mediate.questions,
    "deny": deny.questions,
    "answer_settlement": answer_settlement.questions,
    "keep_settlement": keep_settlement.questions,
    "offer_settlement": offer_settlement.questions,
    "table_resolution": table_resolution.questions,
    "answer_deal": answer_deal.questions,
    "partnership": partnership.questions,
    "propose_deal": propose_deal.questions,
    "belong": belong.questions,
    "bind_itself": bind_itself.questions,
    "label": label.questions,
    "make_amends": make_amends.questions,
    "prepare": prepare.questions,
    "protect": protect.questions,
    "send_monitors": send_monitors.questions,
    "share_bill": share_bill.questions,
    "speak_out": speak_out.questions,
    "demand": demand.questions,
}
