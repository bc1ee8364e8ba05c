"""The equations of the model with a run's numbers put in, as formulas a browser can draw (TeX) and a calculator can check."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim import api

if TYPE_CHECKING:
    from ui.text import Words

SHARE = r"\pi' = \frac{\pi \cdot w \cdot x^{-\theta\rho}}{\Phi}"
STOCK = r"\lambda' = \lambda + \delta\,(r - \lambda)"
INCOME = r"y = \frac{F + T + D}{P}"
CHOICE = r"P(k) = \frac{e^{\,\Lambda U_k / S}}{\sum_n e^{\,\Lambda U_n / S}}"
CREDIBILITY = r"b = \frac{w\,b_0 + k}{w + n}"


@dataclass(frozen=True)
class Equation:
    """One equation: its key for the words around it, the general form, lines with numbers, and what the words around it need."""

    key: str
    general: str
    lines: tuple[str, ...]
    fill: Mapping[str, str]


def equations(found: api.Worked, names: Mapping[str, str], sectors: Mapping[str, str], option_words: Mapping[str, str], w: Words) -> list[Equation]:
    """All equations that have numbers in this quarter. `option_words` says the options of the choice in words."""
    made = [_share(found, names, sectors, w), _stock(found, names, w), _income(found, names, w)]
    if found.choice is not None:
        made.append(_choice(found.choice, names, option_words, w))
    if found.credibility is not None:
        made.append(_credibility(found.credibility, names, w))
    return made


def _share(found: api.Worked, names: Mapping[str, str], sectors: Mapping[str, str], w: Words) -> Equation:
    one = found.share
    first = rf"\theta\rho = {_n(one.theta, 2, w)} \cdot {_n(one.impact, 2, w)} = {_n(one.theta * one.impact, 3, w)}"
    second = rf"\small {_n(one.before, 4, w)} \cdot {_n(one.weight, 4, w)} \cdot {_n(one.cost, 4, w)}^{{\,-{_n(one.theta * one.impact, 3, w)}}}"
    third = rf"/\, {_n(one.total, 4, w)} = {_n(one.now, 4, w)}"  # no fractions, short lines: on a phone they would be cut
    fill = {
        "exporter": names[one.exporter],
        "importer": names[one.importer],
        "sector": sectors[one.sector],
        "before": w.percent(100 * one.before),
        "now": w.percent(100 * one.now),
    }
    return Equation("share", SHARE, (first, second, third), fill)


def _stock(found: api.Worked, names: Mapping[str, str], w: Words) -> Equation:
    one = found.stock
    line = rf"{_n(one.before, 4, w)} + {_n(one.speed, 2, w)} \cdot ({_n(one.ratio, 4, w)} - {_n(one.before, 4, w)})"
    return Equation("stock", STOCK, (line, f"= {_n(one.after, 4, w)}"), {"exporter": names[found.share.exporter], "importer": names[found.share.importer]})


def _income(found: api.Worked, names: Mapping[str, str], w: Words) -> Equation:
    one = found.income
    digits = 2 if one.usual >= 10 else 4
    parts = f"{_n(one.factors, digits, w)} {_signed(one.tariffs, digits, w)} {_signed(one.deficit, digits, w)}"
    lines = (rf"({parts}) / {_n(one.prices, 4, w)}", rf"= {_n(one.real, digits, w)}")
    change = 100.0 * (one.real / one.usual - 1.0)
    return Equation("income", INCOME, lines, {"state": names[one.state], "usual": w.number(one.usual, digits), "change": w.percent(change, 1, sign=True)})


def _choice(choice: api.Choice, names: Mapping[str, str], option_words: Mapping[str, str], w: Words) -> Equation:
    raw = {option.name: choice.scale * option.utility for option in choice.options}
    letters = {option.name: chr(ord("A") + place) for place, option in enumerate(choice.options)}
    weights = {name: math.exp(value) for name, value in raw.items()}
    first = rf"\Lambda / S = {_n(choice.rationality, 1, w)} / {_n(choice.stakes, 3, w)} = {_n(choice.scale, 3, w)}"
    rows = []
    for option in choice.options:
        rows.append(rf"{letters[option.name]}:\; e^{{\,{_n(choice.scale, 3, w)} \cdot ({_n(option.utility, 3, w)})}} = {_n(weights[option.name], 3, w)}")
    rows.append(rf"\textstyle\sum = {_n(sum(weights.values()), 3, w)}")
    for name, value in choice.probabilities.items():
        rows.append(rf"P({letters[name]}) = {_n(100 * value, 0, w)}\,\%")
    lines = [first, *rows]
    told = "; ".join(f"{letters[option.name]}: {option_words[option.name]}" for option in choice.options)
    chosen = letters.get(choice.chosen, "")
    return Equation("choice", CHOICE, tuple(lines), {"state": names[choice.state], "options": told, "chosen": chosen})


def _credibility(one: object, names: Mapping[str, str], w: Words) -> Equation:
    assert hasattr(one, "sender")
    sender, prior, weight, kept, count, belief = (getattr(one, name) for name in ("sender", "prior", "weight", "kept", "count", "belief"))
    line = rf"({_n(weight, 1, w)} \cdot {_n(prior, 2, w)} + {kept}) / ({_n(weight, 1, w)} + {count}) = {_n(belief, 3, w)}"
    fill = {"sender": names[sender], "belief": w.percent(100 * belief, 0), "count": w.number(count), "kept": w.number(kept)}
    return Equation("credibility" if count else "no_record", CREDIBILITY, (line,), fill)


def _n(value: float, digits: int, w: Words) -> str:
    """A number in a formula: the language's decimal sign, without the thin space TeX puts after a comma."""
    text = w.number(value, digits).replace("\N{MINUS SIGN}", "-")
    return text.replace(",", "{,}").replace("\N{NO-BREAK SPACE}", r"\,")


def _signed(value: float, digits: int, w: Words) -> str:
    return ("- " if value < 0 else "+ ") + _n(abs(value), digits, w)
