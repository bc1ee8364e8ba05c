"""What states remember of each other: grievance grows under measures and fades; trust follows promises kept and broken.

What the ledger of a deal says of the quarter moves trust; a quarter in which nothing was due (no text came to a vote on which a vote was
promised) neither builds nor costs any. A partner that is in trouble and gets words but no help loses trust at once, in proportion to how far its trouble went.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.government.packages import hit_by

if TYPE_CHECKING:
    from sim.world import World

TROUBLE = 5.0  # % of income lost, at which a partner's trouble counts in full
HELP = ("credit_line", "aid", "trade_facilitation", "payment_link", "barter")


def remember(world: World) -> None:
    """Move trust and grievance by what happened this quarter."""
    p, politics = world.p, world.politics
    hit = [(target, sender) for target in range(len(world.ids)) for sender in hit_by(world, target)]
    politics.grievance *= 1.0 - p["grievance_fade"]
    for target, sender in hit:
        politics.grievance[target, sender] = min(1.0, politics.grievance[target, sender] + p["grievance_of_measures"])
        politics.trust[target, sender] *= 1.0 - p["grievance_of_measures"]
    politics.trust += p["trust_fade"] * (politics.usual_trust - politics.trust)
    assert world.solution is not None
    loss = 100.0 * np.maximum(1.0 - world.solution.real_income, 0.0)
    helped = {(m.sender, m.target) for m in world.measures.values() if m.lever in HELP}
    for agreement in politics.in_force():
        for side in (agreement.party_a, agreement.party_b):
            other = agreement.other(side)
            last = [entry for entry in agreement.ledger if entry.side == side and entry.quarter == world.quarter]
            promised = sum(entry.promised for entry in last)
            if promised > 0:
                kept = min(1.0, sum(entry.delivered for entry in last) / promised)
                politics.trust[side, other] += p["trust_gain"] * kept * (1.0 - politics.trust[side, other])
                politics.trust[side, other] *= 1.0 - p["trust_loss"] * (1.0 - kept)
            words_only = (other, side) not in helped and agreement.kind in ("treaty", "votes")
            if words_only:
                politics.trust[side, other] *= 1.0 - p["deserted"] * min(1.0, loss[side] / TROUBLE)
    np.clip(politics.trust, 0.0, 1.0, out=politics.trust)
