"""Who depends on whom in the base quarter: constants of a world that firms, connectors and money look at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.economy import money, routes, services

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Connections:
    """Base-quarter ties between states, derived from flows.

    `exposure` `(state, partner)`: share of foreign trade with a partner; `near` `(state, state)`: trade intensity; `reach` `(state,)`: share of the
    world's services; `ties` `(custodian, owner)`: where foreign money is kept; `forwarding` `(sector, state)`: trade a
    connector could forward if it turned all its own trade over to it, scaled by its capacity; `affinity` `(state, state)` -1 to 1.
    """

    exposure: Array
    near: Array
    reach: Array
    ties: Array
    forwarding: Array
    affinity: Array

    @classmethod
    def of(cls, flows: Array, service_sectors: list[int], transhipment: Array, affinity: Array) -> Connections:
        """Derive the ties from `flows` `(sector, exporter, importer)`.

        `transhipment` `(state,)` is each state's capacity as a connector against the usual one (0 = none).
        """
        exposure, reach = routes.exposure(flows), services.reach(flows, service_sectors)
        return cls(
            exposure,
            routes.nearness(flows),
            reach,
            money.ties(exposure, reach),
            routes.capacity(flows, 1.0) * transhipment,
            np.asarray(affinity, dtype=np.float64),
        )
