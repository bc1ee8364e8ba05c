"""Random worlds for tests: sizes, comparative advantage, home bias, and what the caller asks for on top."""

from __future__ import annotations

import numpy as np

from sim.economy.accounts import Accounts
from sim.refusals import Refusal


def random_world(
    states: int, sectors: int, *, seed: int, tariffs: bool = True, inputs: bool = True, balanced: bool = False, zeros: float = 0.0
) -> Accounts:
    """A world with every account in order: input shares are lowered until final demand is positive everywhere."""
    rng = np.random.default_rng(seed)
    size = rng.lognormal(0.0, 1.0, states)
    flows = 0.05 * np.exp(rng.normal(0.0, 0.7, (sectors, states, states))) * size[None, :, None] * size[None, None, :]
    flows[rng.random(flows.shape) < zeros] = 0.0
    for state in range(states):
        flows[:, state, state] = 3.0 * size[state] * np.exp(rng.normal(0.0, 0.3, sectors))
    if balanced:
        flows = 0.5 * (flows + np.swapaxes(flows, 1, 2))
        off = flows.sum(axis=0)
        for state in range(states):  # what each state sells to another it also buys, summed over sectors
            for other in range(states):
                if off[other, state] > 0:
                    flows[:, other, state] *= min(off[state, other], off[other, state]) / off[other, state]
    rates = rng.uniform(0.0, 0.2, flows.shape) if tariffs else np.zeros(flows.shape)
    for state in range(states):
        rates[:, state, state] = 0.0
    value_added = rng.uniform(0.3, 0.7, (sectors, states)) if inputs else np.ones((sectors, states))
    mix = (flows.sum(axis=1) / flows.sum(axis=(0, 1)))[:, None, :]
    names = [f"S{i}" for i in range(states)], [f"K{k}" for k in range(sectors)]
    for _ in range(60):
        try:
            return Accounts.build(*names, flows, rng.uniform(1.0, 9.0, sectors), value_added, mix * (1.0 - value_added)[None], rates)
        except Refusal:
            value_added = 1.0 - 0.9 * (1.0 - value_added)
    raise AssertionError("no positive final demand found")
