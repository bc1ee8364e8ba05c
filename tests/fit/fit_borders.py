"""Fit the border of each kind of sector in worlds made by rule: `python tests/fit/fit_borders.py`.

What is matched: the share of spending served at home in states with 1.5 to 5 % of world income, by kind of sector, median over the seven
such economies of the shipped table of 2014 (`scenarios/russia-2014/flows.csv`, from the World Input-Output Database, release 2016). Worlds:
30 states, 6 sectors, seeds 1 to 8. One number for each kind, so this fit is exact. Medians do not add up, so all borders are then
multiplied by one factor that gives those states the data's median of imports over income, which is what a cut of trade costs most
depend on.
"""

from __future__ import annotations

import numpy as np

from sim import api
from sim.scenario import generate

SMALL, LARGE = 0.015, 0.05
SEEDS = range(1, 9)
KIND_OF = {"food": "food", "energy": "energy", "basic": "basic", "high_tech": "high_tech", "services": "services", "finance": "services"}


def home_shares(scenario: api.Scenario) -> tuple[dict[str, list[float]], float, float]:
    """Home shares by kind of sector in states of middle size; imports over income of the world and, median, of those states."""
    income = (scenario.value_added * scenario.flows.sum(axis=2)).sum(axis=0)
    share = income / income.sum()
    middle = [index for index in range(len(share)) if SMALL <= share[index] <= LARGE]
    found: dict[str, list[float]] = {}
    for s, sector in enumerate(scenario.sectors):
        for i in middle:
            found.setdefault(sector.kind, []).append(float(scenario.flows[s, i, i] / scenario.flows[s, :, i].sum()))
    total = scenario.flows.sum(axis=0)
    imports = total.sum(axis=0) - np.diag(total)
    return found, float(imports.sum() / income.sum()), float(np.median(imports[middle] / income[middle]))


def main() -> None:
    """Find the borders by damped steps on the odds of buying at home."""
    data, world, middle = home_shares(api.load("russia-2014"))
    wanted = {kind: float(np.median(values)) for kind, values in data.items()}
    print(f"2014: {wanted}, imports over income: world {world:.2f}, middle {middle:.2f}")
    border = dict(generate.BORDERS)
    for _ in range(15):
        generate.BORDERS.update(border)
        made: dict[str, list[float]] = {}
        for seed in SEEDS:
            for kind, values in home_shares(generate.gravity_world(30, 6, seed))[0].items():
                made.setdefault(kind, []).extend(values)
        for kind in border:
            aim, got = wanted[KIND_OF[kind]], float(np.median(made[kind]))
            border[kind] *= (aim / (1 - aim) / (got / (1 - got))) ** 0.6
    low, high = 0.5, 10.0
    for _ in range(12):
        factor = (low * high) ** 0.5
        generate.BORDERS.update({kind: factor * value for kind, value in border.items()})
        got = float(np.mean([home_shares(generate.gravity_world(30, 6, seed))[2] for seed in SEEDS]))
        low, high = (factor, high) if got > middle else (low, factor)
    border = dict(generate.BORDERS)
    ratios = [home_shares(generate.gravity_world(30, 6, seed))[1:] for seed in SEEDS]
    print(f"borders: { {kind: round(value, 1) for kind, value in border.items()} }")
    print("imports over income in the worlds made: world {:.2f}, middle {:.2f}".format(*np.mean(ratios, axis=0)))


if __name__ == "__main__":
    main()
