"""The market for connectors' services, compiled: premiums by Newton steps in their logs, one sector after another, until demand meets supply.

The theory and the symbols are those of `routes`. Compiled code is kept on disk, so that only the first run after an installation pays for it.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from sim.economy.linear import solved_low_rank

LEAP = 4.0  # no premium moves by more than a factor e**4 at once
MOST_FACTORS = 64  # a larger exponent goes by logs
CAREFUL = 0.25  # part of a step that is taken where whole steps have gone round in circles


@njit(cache=True, error_model="numpy")
def clear(sector, willing, value, known, power, detour, risk, capacity, scarcity, margin, choice, nothing, rounds, cleared):  # type: ignore[no-untyped-def]
    """Move `scarcity` `(sector, connector)` in place to where the market clears; return weights, mark-ups and wedges `(flow, connector)`."""
    flows, states = willing.shape
    weight, markup, wedge = np.zeros((flows, states)), np.zeros((flows, states)), np.ones((flows, states))
    load, part, rate = np.zeros((flows, states)), np.zeros((flows, states)), np.zeros((flows, states))
    cheap, chosen, survives, square = np.zeros(states), np.zeros(states), np.zeros(states), np.zeros(states)
    for s in range(capacity.shape[0]):
        rows = np.flatnonzero(sector == s)
        for turn in range(rounds if len(rows) else 0):
            for f in rows:
                best = 0.0
                for h in range(states):
                    cheap[h] = 1.0 / (detour[f, h] * (1.0 + risk[f, h] + scarcity[s, h]))
                    rate[f, h] = detour[f, h] * cheap[h]
                for h in range(states):
                    if willing[f, h] * capacity[s, h] > 0.0:
                        best = max(best, cheap[h])
                raised(cheap, power[f], square, survives)
                scale = 1.0 / best if best > 0.0 else 1.0
                for h in range(states):
                    cheap[h] *= scale
                raised(cheap, choice, square, chosen)
                total = 0.0
                for h in range(states):
                    part[f, h] = willing[f, h] * capacity[s, h] * chosen[h]
                    total += part[f, h]
                share = 1.0 / total if total > 0.0 else 0.0
                asked = share * value[f] * known[f]
                for h in range(states):
                    part[f, h] *= share
                    load[f, h] = asked * capacity[s, h] * chosen[h] * survives[h] if part[f, h] > 0.0 else 0.0
                    weight[f, h] = part[f, h] * survives[h]
            stride = 1.0 if turn < rounds // 4 else CAREFUL
            if _newton(scarcity[s], load, part, rate, power, choice, rows, capacity[s], margin, nothing, cleared, stride):
                break
        for f in rows:
            for h in range(states):
                if willing[f, h] * capacity[s, h] > 0.0:
                    weight[f, h] *= known[f]
                    markup[f, h] = risk[f, h] + scarcity[s, h]
                    wedge[f, h] = detour[f, h] * (1.0 + risk[f, h] + scarcity[s, h])
    return weight, markup, wedge


@njit(cache=True, error_model="numpy")
def _newton(scarcity, load, part, rate, power, choice, rows, capacity, margin, nothing, cleared, stride):  # type: ignore[no-untyped-def]
    """Whether one sector's market is cleared to a relative gap; if not, move its premiums `(connector,)` in place by a Newton step.

    `rate` `(flow, connector)` says by what part of itself a wedge grows with the premium.
    """
    states = len(capacity)
    used, gap = np.zeros(states), np.zeros(states)
    for f in rows:
        for h in range(states):
            used[h] += load[f, h]
    least, worst = nothing * capacity.max(), 0.0
    steep, per_load = np.ones(states), np.zeros(states)  # of connectors that nobody uses: their premiums stay
    for h in range(states):
        if used[h] > least:
            quiet = math.exp(-scarcity[h] / margin)
            gap[h] = math.log(used[h] / (capacity[h] * (1.0 - quiet)))
            steep[h] = quiet / (margin * (1.0 - quiet))
            per_load[h] = 1.0 / used[h]
            worst = max(worst, abs(gap[h]))
    if worst < cleared:
        return True
    drawn, turned = np.zeros((len(rows), states)), np.zeros((len(rows), states))  # share of a connector's load that a flow is; how fast the flow turns from it
    for place in range(len(rows)):
        f = rows[place]
        for h in range(states):
            drawn[place, h] = load[f, h] * per_load[h]
            steep[h] += drawn[place, h] * (power[f] + choice) * rate[f, h]
            turned[place, h] = choice * part[f, h] * rate[f, h]
    step = solved_low_rank(steep, drawn, turned, gap)
    for h in range(states):
        if used[h] > least:
            scarcity[h] *= math.exp(stride * min(max(step[h] / scarcity[h], -LEAP), LEAP))  # what a small premium brings out is in proportion to it
    return False


@njit(cache=True, error_model="numpy")
def raised(base, exponent, square, result):  # type: ignore[no-untyped-def]
    """Write `base**exponent` of positive numbers to `result`; a whole exponent takes multiplications, several numbers at a time."""
    left = int(min(exponent, MOST_FACTORS))
    if left != exponent or left < 1:
        for k in range(len(base)):
            result[k] = math.exp(exponent * math.log(base[k]))
        return
    for k in range(len(base)):
        square[k], result[k] = base[k], 1.0
    while True:
        if left & 1:
            for k in range(len(base)):
                result[k] *= square[k]
        left >>= 1
        if left == 0:
            return
        for k in range(len(base)):
            square[k] *= square[k]
