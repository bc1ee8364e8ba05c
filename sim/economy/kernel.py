"""The compiled loop that solves one block of states for its equilibrium.

Unknowns are the logs of factor prices w, price indices P and outputs Y, all relative to the base, swept jointly; incomes are
in closed form, with tariff revenue eliminated. One sweep:

    c = (w / A)**v * prod_k P_k**io            unit costs
    phi = sum_i K c**-theta,  P <- phi**(-1/theta)    K = pi * weight * (cost * (1+t') / (1+t))**-theta is constant
    I = (W + D + sum_k tbar M) / (1 - sum_k tbar a)   M = intermediate use, tbar = average tariff share of spending
    Y <- sum_j K / (1+t') c**-theta (a I + M) / phi
    w <- w * (v Y / (w F W0))**d                      d = 1 / (1 + theta v (1 - own share)), the diagonal of Newton's method

Sweeps are accelerated by Anderson's method (memory 12) with the normal equations kept up to date. Convergence is judged by
the gaps of a full sweep in every factor market, price index and output, never by the size of an accelerated step.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from sim.economy.linear import dot, least_squares

MEMORY = 12


@njit(cache=True)
def weights(shares, permeability, preference, cost, new_tariffs, old_tariffs, theta):  # type: ignore[no-untyped-def]
    """`K[s,i,j]`, the same divided by one plus the new tariff, and whether there is any new tariff.

    Also what is open: who may sell anything to whom `(exporter, importer)`, what is sold `(sector, exporter)` and supplied `(sector, importer)` at all.
    """
    count, size, _ = shares.shape
    full = np.zeros((count, size, size))
    net = np.zeros((count, size, size))
    sells, sold, supplied = np.zeros((size, size), np.bool_), np.zeros((count, size), np.bool_), np.zeros((count, size), np.bool_)
    taxed = False
    found = np.ones((size, size, 3))  # cost, elasticity and what they come to in the last sector that had any: most often the same
    for s in range(count):
        for i in range(size):
            for j in range(size):
                base = shares[s, i, j] * permeability[s, i, j] * preference[s, i, j]
                if base > 0.0:
                    rate = new_tariffs[s, i, j]
                    dearer = cost[s, i, j]
                    if rate != old_tariffs[s, i, j]:
                        dearer *= (1.0 + rate) / (1.0 + old_tariffs[s, i, j])
                    if dearer != 1.0:
                        if dearer != found[i, j, 0] or theta[s] != found[i, j, 1]:
                            found[i, j] = dearer, theta[s], np.exp(-theta[s] * np.log(dearer))
                        base *= found[i, j, 2]
                    full[s, i, j] = base
                    if base > 0.0:
                        sells[i, j] = sold[s, i] = supplied[s, j] = True
                    if rate != 0.0:
                        taxed = True
                        net[s, i, j] = base / (1.0 + rate)
                    else:
                        net[s, i, j] = base
    return full, net, taxed, sells, sold, supplied


@njit(cache=True)
def damping(theta, v, own_shares, base, mobile):  # type: ignore[no-untyped-def]
    """How far a factor price moves to close its gap, `(state,)` if factors are mobile, else `(sector and state,)`; `base` is factor income."""
    count, size = v.shape
    steps = np.empty(size if mobile else count * size)
    for i in range(size):
        slopes, total = 0.0, 0.0
        for s in range(count):
            slope = theta[s] * v[s, i] * (1.0 - own_shares[s, i])
            slopes += slope * base[s, i]
            total += base[s, i]
            if not mobile:
                steps[s * size + i] = 1.0 / (1.0 + slope)
        if mobile:
            steps[i] = 1.0 / (1.0 + (slopes / total if total > 0.0 else 0.0))
    return steps


@njit(cache=True)
def sweep(x, out, full, net, levy, levied, theta, v, io, log_a, output, paid, final_shares, mode, deficit, damping, live, bought, mobile, numeraire, income):  # type: ignore[no-untyped-def]
    """One sweep from `x` to `out`; fills `income` and returns the largest log gaps in factors, prices, outputs.

    `levy` is `full` less `net`, and `levied[s,i]` says where there is any. `paid[s,i]` is baseline factor income times the factor
    quantity; `mode` 0 keeps `deficit` in money, 1 reads it as the baseline ratio to factor income.
    """
    count, size = output.shape
    cells = count * size
    first = size if mobile else cells
    # unit costs, as c**-theta
    ct = np.zeros((count, size))
    log_cost = np.zeros(size)
    for s in range(count):
        at = 0 if mobile else s * size
        for i in range(size):
            log_cost[i] = v[s, i] * (x[at + i] - log_a[s, i])
        for k in range(count):
            for i in range(size):
                log_cost[i] += io[k, s, i] * x[first + k * size + i]
        for i in range(size):
            if live[s, i]:
                ct[s, i] = np.exp(-theta[s] * log_cost[i])
    # factor income and deficits
    wages = np.zeros(size)
    for i in range(size):
        if mobile:
            level = 0.0
            for s in range(count):
                level += paid[s, i]
            wages[i] = level * np.exp(x[i])
        else:
            for s in range(count):
                if live[s, i]:
                    wages[i] += paid[s, i] * np.exp(x[s * size + i])
    gap_d, total_w = 0.0, 0.0
    for i in range(size):
        total_w += wages[i]
        gap_d += deficit[i] * wages[i]
    # price indices
    phi = np.zeros((count, size))
    tax = np.zeros((count, size))
    gap_p = 0.0
    for s in range(count):
        for i in range(size):
            c = ct[s, i]
            if c > 0.0:
                for j in range(size):
                    phi[s, j] += full[s, i, j] * c
                if levied[s, i]:
                    for j in range(size):
                        tax[s, j] += levy[s, i, j] * c
        for j in range(size):
            at = first + s * size + j
            if bought[s, j]:
                out[at] = -np.log(phi[s, j]) / theta[s]
                gap_p = max(gap_p, abs(out[at] - x[at]))
            else:
                out[at] = 0.0
    # income and spending, as spending / phi
    per_phi = np.zeros((count, size))
    use = np.zeros((count, size))
    level_of = np.zeros(size)
    for s in range(count):
        for j in range(size):
            level_of[j] = output[s, j] * np.exp(x[first + cells + s * size + j]) if live[s, j] else 0.0
        for k in range(count):
            for j in range(size):
                use[k, j] += io[k, s, j] * level_of[j]
    for j in range(size):
        given = deficit[j] if mode == 0 else wages[j] * (deficit[j] - (gap_d / total_w if total_w > 0 else 0.0))
        top, bottom = wages[j] + given, 1.0
        for k in range(count):
            if bought[k, j] and tax[k, j] != 0.0:
                rate = tax[k, j] / phi[k, j]
                top += rate * use[k, j]
                bottom -= rate * final_shares[k, j]
        income[j] = top / bottom
        spendable = max(income[j], 1e-9 * wages[j])
        for k in range(count):
            if bought[k, j]:
                per_phi[k, j] = (final_shares[k, j] * spendable + use[k, j]) / phi[k, j]
    # outputs and factor prices
    gap_y, gap_w = 0.0, 0.0
    earned = np.zeros(size)
    for s in range(count):
        for i in range(size):
            at = first + cells + s * size + i
            out[at] = 0.0
            if live[s, i]:
                level = ct[s, i] * dot(net[s, i], per_phi[s])
                out[at] = np.log(level / output[s, i])
                gap_y = max(gap_y, abs(out[at] - x[at]))
                if mobile:
                    earned[i] += v[s, i] * level
                elif paid[s, i] > 0.0:
                    at_w = s * size + i
                    gap = np.log(v[s, i] * level / paid[s, i]) - x[at_w]
                    gap_w = max(gap_w, abs(gap))
                    out[at_w] = x[at_w] + damping[at_w] * gap
    if mobile:
        for i in range(size):
            out[i] = x[i]
            if earned[i] > 0.0 and wages[i] > 0.0:
                gap = np.log(earned[i] / wages[i])
                gap_w = max(gap_w, abs(gap))
                out[i] = x[i] + damping[i] * gap
    # numeraire: the block's factor income stays at its base
    now = 0.0
    for i in range(size):
        if mobile:
            level = 0.0
            for s in range(count):
                level += paid[s, i]
            now += level * np.exp(out[i])
        else:
            for s in range(count):
                if live[s, i] and paid[s, i] > 0.0:
                    now += paid[s, i] * np.exp(out[s * size + i])
    if now > 0.0:
        shift = np.log(numeraire / now)
        for at in range(first):
            out[at] += shift
    return gap_w, gap_p, gap_y


@njit(cache=True)
def iterate(x, full, net, taxed, theta, v, io, log_a, output, paid, final_shares, mode, deficit, damping, live, bought, mobile, numeraire, tolerance, most):  # type: ignore[no-untyped-def]
    """Sweep with Anderson acceleration until every gap is below `tolerance`; return the point, gap, sweeps, income and where a sweep leads from the point.

    The point returned is the best that was swept, in the sense of its own gaps.
    """
    length = x.shape[0]
    count, size = output.shape
    levy = full - net if taxed else net
    levied = np.zeros((count, size), np.bool_)
    for s in range(count if taxed else 0):
        for i in range(size):
            levied[s, i] = np.any(levy[s, i] != 0.0)
    out = np.zeros(length)
    income = np.zeros(size)
    best = x.copy()
    best_gap = np.inf
    since_best = 0
    steps = np.zeros((MEMORY, length))
    moves = np.zeros((MEMORY, length))
    gram = np.zeros((MEMORY, MEMORY))
    right = np.zeros(MEMORY)
    last_out = np.zeros(length)
    last_f = np.zeros(length)
    kept = 0
    slot = 0
    sweeps = 0
    restarted = 0
    while sweeps < most:
        gap_w, gap_p, gap_y = sweep(
            x, out, full, net, levy, levied, theta, v, io, log_a, output, paid, final_shares, mode, deficit, damping, live, bought, mobile, numeraire, income
        )
        sweeps += 1
        gap = max(gap_w, max(gap_p, gap_y))
        if not np.isfinite(gap):
            x = best.copy()
            kept, slot = 0, 0
            restarted += 1
            damping = damping * 0.5
            if restarted > 8:
                break
            continue
        if gap < best_gap:
            if gap < 0.99 * best_gap:
                since_best = 0
            best_gap = gap
            best[:] = x
        else:
            since_best += 1
        if gap <= tolerance:
            return best, gap, sweeps, income, out
        if since_best >= 25:
            if best_gap < 1e-9:  # rounding: no further progress to be had
                break
            x = best.copy()
            kept, slot, since_best = 0, 0, 0
            restarted += 1
            damping = damping * 0.5
            if restarted > 8:
                break
            continue
        f = out - x
        if sweeps > 1 and last_f.any():
            steps[slot] = f - last_f
            moves[slot] = out - last_out
            kept = min(kept + 1, MEMORY)
            for k in range(kept):
                value = dot(steps[slot], steps[k])
                gram[slot, k] = value
                gram[k, slot] = value
            slot = (slot + 1) % MEMORY
        last_f[:] = f
        last_out[:] = out
        nxt = out.copy()
        if kept > 0:
            for k in range(kept):
                right[k] = dot(steps[k], f)
            coefficients = least_squares(gram, right, kept)
            total = 0.0
            for k in range(kept):
                total += abs(coefficients[k])
            if np.isfinite(total) and total < 1e4:
                for k in range(kept):
                    weight, move = coefficients[k], moves[k]
                    for at in range(length):
                        nxt[at] -= weight * move[at]
            # no unknown may jump by more than a factor e**3 at once
            for at in range(length):
                if nxt[at] - x[at] > 3.0:
                    nxt[at] = x[at] + 3.0
                elif nxt[at] - x[at] < -3.0:
                    nxt[at] = x[at] - 3.0
        x = nxt
    gap_w, gap_p, gap_y = sweep(
        best, out, full, net, levy, levied, theta, v, io, log_a, output, paid, final_shares, mode, deficit, damping, live, bought, mobile, numeraire, income
    )
    return best, max(gap_w, max(gap_p, gap_y)), sweeps, income, out
