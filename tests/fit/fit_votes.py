"""Fit the vote rule on one real roll call and test it on another, both ways: `python tests/fit/fit_votes.py [--write] [--bands]`.

The rule is the one every government chooses by (`sim.government.choice`): with terms t[k, m] = b[k, m] * x[m] of option k,

    P(k) = softmax_k( lambda * sum_m t[k, m] / sum_km |t[k, m]| ),   lambda = 10,

fitted by maximum likelihood with a ridge penalty on all coefficients but the constants. The rule does not change when all b are
multiplied by the same number, so the constant of voting for is fixed at 1. The weight of the penalty is chosen by tenfold
cross-validation within the roll call that is fitted; the other roll call is looked at once the coefficients stand.

x: a constant; position = own ideal point less the midpoint between the sponsors' (mean of the EU's members) and the target's, which is what
quadratic spatial utility leaves; ties with sponsors; ties with the target; grievance. Ideal points are of the year before the vote.

What is blind to the tested roll call are coefficients and penalty. The form (midpoint position, stakes-relative rule, these four terms) was
settled with both roll calls in view, so the gain over ideal points by the same rule, which is small in log loss, is an upper bound.

Baselines: the shares of the fitted roll call (majority class), and ideal points alone, as a plain multinomial logit and by the rule above.
Two ways to name one vote from four probabilities: the likeliest, and ("even") the one whose probability is largest relative to its
share in the fitted roll call, which is the rule that balanced accuracy asks for; rare votes are never the likeliest.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.optimize import minimize

DATA = Path(__file__).parents[1] / "data" / "votes"
VOTES = ("for", "against", "abstain", "absent")
SPELT = {"yes": 0, "no": 1, "abstain": 2, "absent": 3}
FULL = ("position", "sponsor_ties", "target_ties", "grievance")
RATIONALITY = 10.0
PENALTIES = (0.3, 1.0, 3.0, 10.0)
FOLDS = 10
DIRECTIONS = (("68_262", "ES_11_1"), ("ES_11_1", "68_262"))
ACTUAL = {"68_262": (100, 11, 58, 23), "ES_11_1": (140, 5, 35, 12), "ES-11/4 (totals only)": (143, 5, 35, 10)}

Array = np.ndarray
Fit = Callable[[Array, Array, float], Array]
Predict = Callable[[Array, Array], Array]


def read(name: str) -> pd.DataFrame:
    """A roll call with its position column: own ideal point less the midpoint between the two sides."""
    table = pd.read_csv(DATA / f"{name}.csv", index_col="iso3")
    sides = table.ideal_point[table.eu == 1].mean(), table.ideal_point["RUS"]
    table["position"] = table.ideal_point - sum(sides) / 2
    table["chosen"] = table.vote.map(SPELT)
    return table


def design(table: pd.DataFrame, columns: tuple[str, ...]) -> Array:
    """A constant and the columns: `(state, 1 + columns)`."""
    return np.column_stack([np.ones(len(table)), *(table[column] for column in columns)])


def softmax(logits: Array) -> Array:
    """Probabilities over the last axis."""
    weights = np.exp(logits - logits.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


def predict_plain(coefficients: Array, x: Array) -> Array:
    """Multinomial logit: `(state, vote)`."""
    return softmax(x @ coefficients)


def fit_plain(x: Array, y: Array, penalty: float) -> Array:
    """Coefficients `(column, vote)` of the multinomial logit."""
    rows = np.arange(len(y))

    def loss(flat: Array) -> tuple[float, Array]:
        b = flat.reshape(x.shape[1], 4)
        p = predict_plain(b, x)
        ridge = b.copy()
        ridge[0] = 0.0
        error = p - np.eye(4)[y]
        return -np.log(p[rows, y]).sum() + penalty / 2 * (ridge**2).sum(), (x.T @ error + penalty * ridge).ravel()

    return minimize(loss, np.zeros(4 * x.shape[1]), jac=True, method="L-BFGS-B", tol=1e-9).x.reshape(-1, 4)


def predict_rule(coefficients: Array, x: Array) -> Array:
    """The rule governments choose by: `(state, vote)`."""
    terms = x[:, :, None] * coefficients
    return softmax(RATIONALITY * terms.sum(axis=1) / np.abs(terms).sum(axis=(1, 2))[:, None])


def fit_rule(x: Array, y: Array, penalty: float) -> Array:
    """Coefficients `(column, vote)` of the rule; the constant of voting for is 1."""
    rows, actual = np.arange(len(y)), np.eye(4)[y]

    def loss(flat: Array) -> tuple[float, Array]:
        b = np.concatenate([[1.0], flat]).reshape(x.shape[1], 4)
        terms = x[:, :, None] * b
        utility, stakes = terms.sum(axis=1), np.abs(terms).sum(axis=(1, 2))[:, None]
        p = softmax(RATIONALITY * utility / stakes)
        error = RATIONALITY * (p - actual) / stakes
        by_stakes = -(error * utility).sum(axis=1, keepdims=True) / stakes
        slope = (x[:, :, None] * (error[:, None, :] + np.sign(terms) * by_stakes[:, None, :])).sum(axis=0)
        ridge = b.copy()
        ridge[0] = 0.0
        value = -np.log(np.maximum(p[rows, y], 1e-300)).sum() + penalty / 2 * (ridge**2).sum()
        return value, (slope + penalty * ridge).ravel()[1:]

    starts = [np.concatenate([[0.5, 0.7, 0.6], np.random.default_rng(s).normal(0, 0.1, 4 * x.shape[1] - 4)]) for s in range(4)]
    fits = [minimize(loss, start, jac=True, method="L-BFGS-B", tol=1e-9) for start in starts]
    best = min(fits, key=lambda found: found.fun)
    return np.concatenate([[1.0], best.x]).reshape(-1, 4)


def log_loss(p: Array, y: Array) -> float:
    """Mean of minus the log of the probability given to the vote cast."""
    return float(-np.log(p[np.arange(len(y)), y]).mean())


def scores(p: Array, y: Array, shares: Array) -> dict[str, float]:
    """Log loss; balanced accuracy over four classes and accuracy, of the likeliest vote and of the "even" one."""
    out = {"log_loss": log_loss(p, y)}
    for name, guess in (("", p.argmax(axis=1)), ("_even", (p / shares).argmax(axis=1))):
        out[f"balanced{name}"] = float(np.mean([(guess[y == k] == k).mean() for k in range(4)]))
        out[f"accuracy{name}"] = float((guess == y).mean())
    return out


def penalty_by_folds(x: Array, y: Array, fit: Fit, predict: Predict) -> float:
    """The penalty with the lowest log loss over ten stratified folds of the roll call that is fitted."""
    fold = np.empty(len(y), dtype=int)
    fold[np.lexsort((np.arange(len(y)), y))] = np.arange(len(y)) % FOLDS
    losses = []
    for penalty in PENALTIES:
        p = np.empty((len(y), 4))
        for k in range(FOLDS):
            p[fold == k] = predict(fit(x[fold != k], y[fold != k], penalty), x[fold == k])
        losses.append(log_loss(p, y))
    return PENALTIES[int(np.argmin(losses))]


MODELS: dict[str, tuple[tuple[str, ...], Fit, Predict]] = {
    "ideal points alone, plain logit": (("ideal_point",), fit_plain, predict_plain),
    "ideal points alone, our rule": (("position",), fit_rule, predict_rule),
    "all terms, plain logit": (("ideal_point", *FULL[1:]), fit_plain, predict_plain),
    "all terms, our rule": (FULL, fit_rule, predict_rule),
    "all terms and dependence, our rule": ((*FULL, "target_dependence"), fit_rule, predict_rule),
}
CHOSEN = "all terms, our rule"


def fit_model(model: str, table: pd.DataFrame, penalty: float | None = None) -> tuple[Array, float]:
    """Coefficients of a model fitted on a roll call, and the penalty chosen where none is given."""
    columns, fit, predict = MODELS[model]
    x, y = design(table, columns), table.chosen.to_numpy()
    if penalty is None:
        penalty = penalty_by_folds(x, y, fit, predict)
    return fit(x, y, penalty), penalty


def results(penalties: Mapping[tuple[str, str], float] | None = None) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Scores out of sample, coefficients of the chosen model, and expected totals beside the actual ones.

    `penalties` by roll call fitted and model: taken as they are; without them each is chosen by cross-validation, which takes forty times as long.
    """
    rows, coefficients, totals = [], [], []
    for fitted, tested in DIRECTIONS:
        train, test = read(fitted), read(tested)
        y, shares = test.chosen.to_numpy(), np.bincount(train.chosen, minlength=4) / len(train)
        flat = np.tile(shares, (len(test), 1))
        majority = scores(flat, y, np.ones(4))
        rows.append({"fitted": fitted, "tested": tested, "model": "majority class", "penalty": 0.0, **majority})
        for model, (columns, _, predict) in MODELS.items():
            b, penalty = fit_model(model, train, None if penalties is None else penalties[fitted, model])
            p = predict(b, design(test, columns))
            rows.append({"fitted": fitted, "tested": tested, "model": model, "penalty": penalty, **scores(p, y, shares)})
            if model == CHOSEN:
                for m, term in enumerate(("constant", *columns)):
                    coefficients.append({"fitted": fitted, "term": term, **dict(zip(VOTES, b[m].round(2) + 0.0, strict=True))})
                names = (tested, "ES-11/4 (totals only)") if tested == "ES_11_1" else (tested,)
                for name in names:
                    for kind, values in (("expected", p.sum(axis=0)), ("actual", ACTUAL[name])):
                        totals.append({"fitted": fitted, "of": name, "kind": kind, **dict(zip(VOTES, values, strict=True))})
    return pd.DataFrame(rows).round(3), pd.DataFrame(coefficients), pd.DataFrame(totals).round(1)


def bands(fitted: str, times: int = 100) -> pd.DataFrame:
    """5th and 95th percentile of the coefficients over resampled roll calls."""
    table = read(fitted)
    penalty = fit_model(CHOSEN, table)[1]
    x, y, rng = design(table, FULL), table.chosen.to_numpy(), np.random.default_rng(1)
    draws = []
    for _ in range(times):
        picked = rng.integers(0, len(y), len(y))
        draws.append(fit_rule(x[picked], y[picked], penalty))
    low, high = np.percentile(draws, [5, 95], axis=0).round(2)
    return pd.DataFrame(
        [(vote, term, low[m, k], high[m, k]) for k, vote in enumerate(VOTES) for m, term in enumerate(("constant", *FULL))],
        columns=["vote", "term", "low", "high"],
    )


def main() -> None:
    """Print the tables; write them beside the data when asked."""
    asked = argparse.ArgumentParser(description="Fit the vote rule on one roll call, test it on another.")
    asked.add_argument("--write", action="store_true", help="write fit.csv, coefficients.csv and totals.csv")
    asked.add_argument("--bands", action="store_true", help="also resample the 2014 roll call (about a minute)")
    options = asked.parse_args()
    for name, table in zip(("fit", "coefficients", "totals"), results(), strict=True):
        print(table.to_string(index=False), end="\n\n")
        if options.write:
            table.to_csv(DATA / f"{name}.csv", index=False, lineterminator="\n")
    if options.bands:
        print(bands("68_262").to_string(index=False))


if __name__ == "__main__":
    main()
