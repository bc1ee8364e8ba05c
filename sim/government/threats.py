"""What traders expect of threats: how much of each flow would be stopped, as far as the threat is believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.economy.frictions import Frictions
from sim.government.packages import package_measures
from sim.levers.combine import frictions_of

if TYPE_CHECKING:
    from sim.world import World

Array = NDArray[np.float64]


def risk(world: World) -> Array | None:
    """Share of each flow `(sector, exporter, importer)` that the threats now made would stop, times the belief that they are carried out; None
    where there is none.

    A threat is believed as the target believes it, by the leader's record; several threats strike independently.
    """
    p, safe = world.p, None
    for dispute in world.politics.open_disputes():
        if dispute.stage != "threat" or not dispute.package:
            continue
        believed = world.politics.credibility(dispute.leader, p["credibility_prior"], p["credibility_weight"])
        spared = 1.0 - believed * _stopped(frictions_of(package_measures(world, dispute), world.accounts.tariffs))
        safe = spared if safe is None else safe * spared
    return None if safe is None else 1.0 - safe


def _stopped(frictions: Frictions) -> Array:
    """Share of each flow that would be forbidden, or for which no bank would pay."""
    refused = np.moveaxis(frictions.pairs.payment, 1, 0)  # (sector, who, whom)
    return 1.0 - frictions.legal() * (1.0 - refused) * (1.0 - np.swapaxes(refused, 1, 2))
