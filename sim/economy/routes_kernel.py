"""The market for connectors' services, compiled: premiums by Newton steps in their logs, one sector after another, until demand meets supply.

The theory and the symbols are those of `routes`. Compiled code is kept on disk, so that only the first run after an installation pays for it.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from sim.economy.linear import solved_low_rank

LEAP = 4.0  # no premium moves by more than a factor e**4 at once
CAREFUL = 0.25  # part of a step that is taken where whole steps have gone round in circles


@njit(cache=True)
def clear(sector, willing, value, known, power, detour, risk, capacity, scarcity, margin, choice, nothing, rounds, cleared):  # type: ignore[no-untyped-def]
    """Move `scarcity` `(sector, connector)` in place to where the market clears; return weights, mark-ups and wedges `(flow, connector)`."""
    flows, states = willing.shape
    room, traders = np.zeros((flows, states)), value * known  # capacity open to the flow, 0 where closed; its value that looks for a way
    log_room = np.empty((flows, states))
    weight, markup, wedge = np.zeros((flows, states)), np.zeros((flows, states)), np.ones((flows, states))
    load, part = np.zeros((flows, states)), np.zeros((flows, states))
    log_wedge = np.zeros(states)
    for s in range(capacity.shape[0]):
        rows = np.flatnonzero(sector == s)
        for f in rows:
            for h in range(states):
                room[f, h] = willing[f, h] * capacity[s, h]
                log_room[f, h] = math.log(room[f, h]) if room[f, h] > 0 else -np.inf
        for turn in range(rounds if len(rows) else 0):
            for f in rows:
                best = -np.inf
                for h in range(states):
                    if room[f, h] > 0:
                        wedge[f, h] = detour[f, h] * (1.0 + risk[f, h] + scarcity[s, h])
                        log_wedge[h] = math.log(wedge[f, h])
                        part[f, h] = log_room[f, h] - choice * log_wedge[h]
                        best = max(best, part[f, h])
                total = 0.0
                for h in range(states):
                    part[f, h] = math.exp(part[f, h] - best) if room[f, h] > 0 else 0.0
                    total += part[f, h]
                for h in range(states):
                    if room[f, h] > 0:
                        part[f, h] /= total
                        weight[f, h] = part[f, h] * math.exp(-power[f] * log_wedge[h])
                        load[f, h] = traders[f] * weight[f, h] / willing[f, h]
            stride = 1.0 if turn < rounds // 4 else CAREFUL
            if _newton(scarcity[s], load, part, detour, wedge, power, choice, rows, capacity[s], margin, nothing, cleared, stride):
                break
        for f in rows:
            for h in range(states):
                if room[f, h] > 0:
                    weight[f, h] *= known[f]
                    markup[f, h] = risk[f, h] + scarcity[s, h]
    return weight, markup, wedge


@njit(cache=True)
def _newton(scarcity, load, part, detour, wedge, power, choice, rows, capacity, margin, nothing, cleared, stride):  # type: ignore[no-untyped-def]
    """Whether one sector's market is cleared to a relative gap; if not, move its premiums `(connector,)` in place by a Newton step."""
    states = len(capacity)
    used, gap = np.zeros(states), np.zeros(states)
    for f in rows:
        for h in range(states):
            used[h] += load[f, h]
    busy = np.flatnonzero(used > nothing * capacity.max())
    size = len(busy)
    worst = 0.0
    for a in range(size):
        h = busy[a]
        gap[a] = math.log(used[h] / (capacity[h] * (1.0 - math.exp(-scarcity[h] / margin))))
        worst = max(worst, abs(gap[a]))
    if worst < cleared:
        return True
    falling = np.zeros(size)
    drawn, turned = np.zeros((len(rows), size)), np.zeros((len(rows), size))  # share of a connector's load that a flow is; how fast the flow turns from it
    for place in range(len(rows)):
        f = rows[place]
        for a in range(size):
            h = busy[a]
            rate = detour[f, h] / wedge[f, h]
            falling[a] += load[f, h] * (power[f] + choice) * rate
            turned[place, a] = choice * part[f, h] * rate
            drawn[place, a] = load[f, h] / used[h]
    steep = np.zeros(size)
    for a in range(size):
        h = busy[a]
        quiet = math.exp(-scarcity[h] / margin)
        steep[a] = falling[a] / used[h] + quiet / (margin * (1.0 - quiet))
    step = solved_low_rank(steep, drawn, turned, gap[:size])
    for a in range(size):
        h = busy[a]
        scarcity[h] *= math.exp(stride * min(max(step[a] / scarcity[h], -LEAP), LEAP))  # what a small premium brings out is in proportion to it
    return False
