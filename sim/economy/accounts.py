"""The accounts of the base period: who sells what to whom, and everything that follows from it.

With flows `X[s,i,j]` before tariff (exporter i, importer j, domestic sales included) and tariffs `t`:

- spending at purchaser prices `E[s,j] = sum_i X (1 + t)`, shares `pi = X (1 + t) / E`;
- output `Y[s,i] = sum_j X`; factor income `W = v Y` with v the value-added share;
- intermediate use of k in j: `sum_s io[k,s,j] Y[s,j]`; final demand is spending minus that, and may not be negative;
- deficit `D` = imports minus exports before tariff; income = factor income + tariff revenue + deficit = final demand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sim.refusals import Refusal

Array = NDArray[np.float64]
ROUNDING = 1e-9  # relative size below which a negative final demand is rounding


@dataclass(frozen=True, eq=False)
class Accounts:
    """Baseline accounts. Axes: `(sector, exporter, importer)`, `(sector, state)`, inputs `(input_sector, sector, state)`.

    Money is in the unit of the flows; shares and rates are pure numbers. Use `Accounts.build`, which checks.
    """

    states: tuple[str, ...]
    sectors: tuple[str, ...]
    flows: Array  # (sector, exporter, importer), before tariff
    tariffs: Array  # (sector, exporter, importer), rates
    elasticity: Array  # (sector,), long-run trade elasticity theta
    value_added: Array  # (sector, state), share of output
    inputs: Array  # (input_sector, sector, state), share of output
    spending: Array  # (sector, importer), at purchaser prices
    shares: Array  # (sector, exporter, importer), of spending
    output: Array  # (sector, state)
    factor_income: Array  # (sector, state)
    final_shares: Array  # (sector, state), of final demand
    revenue: Array  # (state,), tariff revenue
    deficit: Array  # (state,), imports minus exports before tariff
    income: Array  # (state,), = final demand

    @classmethod
    def build(
        cls,
        states: Sequence[str],
        sectors: Sequence[str],
        flows: Array,
        elasticity: Array,
        value_added: Array | None = None,
        inputs: Array | None = None,
        tariffs: Array | None = None,
    ) -> Accounts:
        """Derive the accounts from flows `(sector, exporter, importer)`.

        Without `inputs` there are none; without `value_added` it is one minus the inputs. Raises `Refusal` for numbers
        that are not finite, negative flows, elasticities that are not positive, cost shares that do not sum to 1 (to 1e-6)
        and negative final demand.
        """
        flows = np.ascontiguousarray(flows, dtype=np.float64)
        count, size, _ = flows.shape
        tariffs = np.zeros(flows.shape) if tariffs is None else np.ascontiguousarray(tariffs, dtype=np.float64)
        elasticity = np.ascontiguousarray(elasticity, dtype=np.float64)
        inputs = np.zeros((count, count, size)) if inputs is None else np.ascontiguousarray(inputs, dtype=np.float64)
        used = inputs.sum(axis=0)
        value_added = 1.0 - used if value_added is None else np.ascontiguousarray(value_added, dtype=np.float64)
        _check(tuple(states), tuple(sectors), flows, tariffs, elasticity, value_added, inputs)
        paid = flows * (1.0 + tariffs)
        spending = paid.sum(axis=1)
        shares = np.divide(paid, spending[:, None, :], out=np.zeros_like(paid), where=spending[:, None, :] > 0)
        output = flows.sum(axis=2)
        final = spending - np.einsum("ksj,sj->kj", inputs, output)
        _check_final(final, spending, states, sectors)
        final = np.maximum(final, 0.0)
        income = final.sum(axis=0)
        final_shares = np.divide(final, income, out=np.zeros_like(final), where=income > 0)
        return cls(
            tuple(states), tuple(sectors), flows, tariffs, elasticity, value_added, inputs, spending, shares, output,
            value_added * output, final_shares, (flows * tariffs).sum(axis=(0, 1)),
            flows.sum(axis=(0, 1)) - flows.sum(axis=(0, 2)), income,
        )

    @cached_property
    def factor_total(self) -> Array:
        """Factor income `(state,)`."""
        return np.asarray(self.factor_income.sum(axis=0))

    @cached_property
    def own_shares(self) -> Array:
        """Share of spending that is on the state's own goods `(sector, state)`."""
        return np.ascontiguousarray(np.einsum("sii->si", self.shares))


def _check(
    states: tuple[str, ...], sectors: tuple[str, ...], flows: Array, tariffs: Array, elasticity: Array, value_added: Array, inputs: Array
) -> None:
    for what, values in (("flow", flows), ("tariff", tariffs), ("elasticity", elasticity), ("share", value_added), ("share", inputs)):
        if not np.isfinite(values).all():
            raise Refusal(f"accounts: a {what} is not a finite number.")
    if (flows < 0).any():
        s, i, j = (int(axis[0]) for axis in np.nonzero(flows < 0))
        raise Refusal(f"accounts: the flow of {sectors[s]} from {states[i]} to {states[j]} is {flows[s, i, j]:g}; allowed is 0 or more.")
    if (elasticity <= 0).any():
        s = int(np.argmax(elasticity <= 0))
        raise Refusal(f"accounts: the trade elasticity of {sectors[s]} is {elasticity[s]:g}; allowed is more than 0.")
    if (tariffs <= -1).any():
        s, i, j = (int(axis[0]) for axis in np.nonzero(tariffs <= -1))
        raise Refusal(f"accounts: the tariff of {states[j]} on {sectors[s]} from {states[i]} is {tariffs[s, i, j]:g}; allowed is more than -1.")
    if (value_added < -1e-9).any() or (inputs < 0).any():
        raise Refusal("accounts: a value-added or input share is negative; allowed is 0 to 1.")
    total = value_added + inputs.sum(axis=0)
    if (abs(total - 1.0) > 1e-6).any():
        s, i = divmod(int(np.argmax(abs(total - 1.0))), total.shape[1])
        raise Refusal(f"accounts: the cost shares of {sectors[s]} in {states[i]} sum to {total[s, i]:.6g}; they must sum to 1.")


def _check_final(final: Array, spending: Array, states: Sequence[str], sectors: Sequence[str]) -> None:
    short = final < -ROUNDING * np.maximum(spending, spending.max(initial=0.0) * 1e-6)
    if short.any():
        k, j = divmod(int(np.argmin(np.where(short, final, 0.0))), final.shape[1])
        raise Refusal(
            f"accounts: final demand for {sectors[k]} in {states[j]} is negative ({final[k, j]:.4g}): its industries use more "
            f"than the state buys; lower the input shares or raise the flows."
        )
