"""The market for connectors' services, compiled: premiums by Newton steps, one sector after another, until demand meets supply.

The theory and the symbols are those of `routes`. Compiled code is kept on disk, so that only the first run after an installation pays for it.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit


@njit(cache=True)
def clear(sector, order, starts, room, willing, traders, power, detour, risk, capacity, scarcity, margin, choice, nothing, rounds, cleared):  # type: ignore[no-untyped-def]
    """Move `scarcity` `(sector, connector)` in place to where the market clears; return weights and wedges `(flow, connector)`.

    `order` lists the flows by sector and `starts` `(sector + 1,)` where each sector's begin; `room` is capacity open to the flow, 0 where closed.
    """
    flows, states = room.shape
    weight = np.zeros((flows, states))
    wedge = np.ones((flows, states))
    load = np.zeros((flows, states))
    fall = np.zeros((flows, states))
    turn = np.zeros((flows, states))
    log_wedge = np.zeros(states)
    share = np.zeros(states)
    for _ in range(rounds):
        for f in range(flows):
            s = sector[f]
            best = -np.inf
            for h in range(states):
                wedge[f, h] = detour[f, h] * (1.0 + risk[f, h] + scarcity[s, h])
                log_wedge[h] = math.log(wedge[f, h])
                if room[f, h] > 0:
                    share[h] = math.log(room[f, h]) - choice * log_wedge[h]
                    best = max(best, share[h])
            total = 0.0
            for h in range(states):
                share[h] = math.exp(share[h] - best) if room[f, h] > 0 else 0.0
                total += share[h]
            for h in range(states):
                if room[f, h] > 0:
                    part = share[h] / total
                    weight[f, h] = part * math.exp(-power[f] * log_wedge[h])
                    load[f, h] = traders[f] * weight[f, h] / willing[f, h]
                    fall[f, h] = load[f, h] * (power[f] + choice) * detour[f, h] / wedge[f, h]
                    turn[f, h] = choice * part * detour[f, h] / wedge[f, h]
        worst = 0.0
        for s in range(capacity.shape[0]):
            rows = order[starts[s] : starts[s + 1]]
            if len(rows):
                worst = max(worst, _newton(scarcity[s], load, fall, turn, rows, capacity[s], margin, nothing))
        if worst < cleared:
            break
    return weight, wedge


@njit(cache=True)
def _newton(scarcity, load, fall, turn, rows, capacity, margin, nothing):  # type: ignore[no-untyped-def]
    """Move one sector's premiums `(connector,)` in place by a Newton step; return the largest relative gap before the step."""
    states = len(capacity)
    used, falling = np.zeros(states), np.zeros(states)
    for f in rows:
        for h in range(states):
            used[h] += load[f, h]
            falling[h] += fall[f, h]
    busy = np.flatnonzero(used > nothing * capacity.max())
    size = len(busy)
    if size == 0:
        return 0.0
    slopes, gap = np.zeros((size, size)), np.zeros(size)
    for f in rows:
        for a in range(size):
            pulled = load[f, busy[a]]
            if pulled > 0.0:
                for b in range(size):
                    slopes[a, b] -= pulled * turn[f, busy[b]]
    worst = 0.0
    for a in range(size):
        h = busy[a]
        quiet = math.exp(-scarcity[h] / margin)
        offered = capacity[h] * (1.0 - quiet)
        gap[a] = math.log(used[h] / offered)
        worst = max(worst, abs(gap[a]))
        slopes[a] /= used[h]
        slopes[a, a] += falling[h] / used[h] + capacity[h] * quiet / (margin * offered)
    step = np.linalg.solve(slopes, gap)
    for a in range(size):
        h = busy[a]
        scarcity[h] = max(scarcity[h] + step[a], 0.1 * scarcity[h])
    return worst
