"""Why a government did what it did: one sentence, signed bars, what would have turned it, what it believed, how often, the full ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from sim import api
from ui.charts.reasons import digits, points_words, reason_bars
from ui.pages.shown import WIDE
from ui.politics import named
from ui.text import Words, plain

if TYPE_CHECKING:
    import pandas as pd

DRAWS = 100
OFTEN = 4  # outcomes of other luck that are named; the ledger has every option
CHANCE, INCOME, MONEY, POINTS, SCALE = "chance", "income", "money", "points", "scale"
ACCEPTED = " accepted"  # how beliefs about deals end: a chance
UNITS = {  # what every other belief that decisions record is counted in
    **dict.fromkeys(
        (
            "target gives in within a quarter", "sender gives up within a quarter", "relief is believed", "trust", "threat is carried out",
            "target keeps to it", "chance of being seen", "chance of being seen without them", "chance of being found out", "chance of adoption",
            "firm without a pledge", "firm under a pledge", "follows without help", "follows with help", "share of trade with the other",
        ),
        CHANCE,
    ),
    **dict.fromkeys(("loss now", "loss in the long run", "blame abroad", "the partner's need"), INCOME),  # %
    **dict.fromkeys(("pain", "gain", "penalties feared"), POINTS),
    "trade at stake": MONEY,
    "grudge": SCALE,
}  # fmt: skip


def why(choice: api.Choice, names: Mapping[str, str], key: str, w: Words) -> None:
    """Draw the whole answer for one decision."""
    reason = api.explain(choice, names[choice.state], w.language)
    st.markdown(f"**{plain(named(reason.sentence, names))}**")
    if reason.beside is not None and reason.contributions:
        taken, beside = (named(api.taking(name, w.language), names) for name in (choice.chosen, reason.beside))
        chart = reason_bars([(part.term, part.points) for part in reason.contributions], taken, beside, w)
        st.markdown(plain(chart.takeaway))
        for place, spec in enumerate(chart.specs):
            st.vega_lite_chart(spec=spec, width=WIDE, key=f"{key}-bars-{place}", alt=chart.takeaway)
        st.caption(w.t("politics.why.points"))
    if reason.flip:
        st.markdown(w.t("politics.why.flip", text=plain(_terms_told(named(reason.flip, names), choice, w))))
    if choice.beliefs:
        said = [w.t("politics.why.belief", what=belief_words(name, w), value=belief_value(name, choice.beliefs[name], w)) for name in choice.beliefs]
        st.markdown(w.t("politics.why.beliefs") + "\n" + "\n".join(f"- {plain(line)}" for line in said))
    if len(choice.options) > 1:
        st.markdown(w.t("politics.why.redraw", times=DRAWS, shares=plain(_redrawn(choice, names, w))))
    with st.expander(w.t("politics.why.ledger"), icon=":material/table:"):
        table = ledger_table(choice, names, w)
        formats = {name: st.column_config.NumberColumn(format="%.3f") for name in table.columns[2:3]}
        st.dataframe(table, hide_index=True, width=WIDE, column_config=formats, key=f"{key}-ledger")


def why_all(places: Sequence[int], run: api.Run, names: Mapping[str, str], key: str, w: Words) -> None:
    """The answer for one of several decisions behind the same event, to be picked."""
    picked = places[0]
    if len(places) > 1:
        picked = st.selectbox(
            w.t("politics.why.whose"),
            list(places),
            format_func=lambda place: named(api.told(run.record.choices[place], names[run.record.choices[place].state], w.language), names),
            key=f"{key}-whose",
        )
    why(run.record.choices[int(picked)], names, f"{key}-{picked}", w)


def ledger_table(choice: api.Choice, names: Mapping[str, str], w: Words) -> pd.DataFrame:
    """Every option with every term, in points; the option taken first."""
    import pandas as pd

    option, reason, points, chance = (w.t(f"politics.column.{name}") for name in ("option", "reason", "points", "chance"))
    rows = []
    for one in sorted(choice.options, key=lambda one: (one.name != choice.chosen, -one.utility)):
        head = named(api.taking(one.name, w.language), names)
        probability = w.percent(100.0 * choice.probabilities[one.name], 0)
        rows.append((head, w.t("politics.why.sum"), one.utility, probability))
        rows += [(head, w.phrase(term), value, "") for term, value in sorted(one.terms.items(), key=lambda item: -abs(item[1]))]
    return pd.DataFrame(rows, columns=[option, reason, points, chance])


def _redrawn(choice: api.Choice, names: Mapping[str, str], w: Words) -> str:
    shares = choice.redraw(DRAWS)
    often = [name for name in sorted(shares, key=lambda name: -shares[name]) if shares[name] > 0]
    first = often if len(often) <= OFTEN + 1 else [name for name in often if name in often[:OFTEN] or name == choice.chosen]
    said = [w.t("politics.why.times", option=named(api.taking(name, w.language), names), count=round(DRAWS * shares[name])) for name in first]
    rest = round(DRAWS * sum(shares[name] for name in often if name not in first))
    return w.joined([*said, w.t("politics.why.times", option=w.t("politics.why.something_else"), count=rest)] if rest else said)


def _terms_told(text: str, choice: api.Choice, w: Words) -> str:
    """The sentence with the name of the reason it quotes in the visitor's language."""
    for term in {term for one in choice.options for term in one.terms}:
        text = text.replace(f"«{term}»", f"«{w.phrase(term)}»")
    return text


def belief_words(name: str, w: Words) -> str:
    """What a belief is about."""
    slug = name.replace(" ", "_").replace("'", "")
    return w.t(f"politics.belief.{slug}")


def belief_value(name: str, value: float, w: Words) -> str:
    """A belief in its own unit: a chance or a share in percent, a loss in percent of income, money, points."""
    unit = CHANCE if name.endswith(ACCEPTED) else UNITS[name]
    if unit == CHANCE:
        return w.percent(100.0 * value, 0 if value >= 0.1 or value == 0 else 1)
    if unit == INCOME:
        return w.t("politics.why.of_income", percent=w.percent(value, 2))
    if unit == MONEY:
        return w.t("politics.why.a_quarter", money=w.money(value))
    if unit == SCALE:
        return w.t("politics.why.on_scale", value=w.number(value, 2))
    return w.t("politics.why.in_points", points=points_words(value, w) if value else w.number(0.0, digits(1.0)))
