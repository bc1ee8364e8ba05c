"""The last facts table: what the model should bring out, what it does, and whose works say so."""

from __future__ import annotations

import streamlit as st

from ui.charts.chart import Chart
from ui.charts.facts import facts
from ui.facts import Line, Target, counts, read
from ui.pages.desk import say_if_names_in_english
from ui.pages.shown import show_chart
from ui.shelf import Shelf
from ui.text import Words, plain

SHOW = ("all", "miss", "must")
ICONS = {"pass": ":material/check_circle:", "miss": ":material/cancel:", "report": ":material/info:", "": ":material/flag:"}
_CHARTS: Shelf[Chart | None] = Shelf(6)


def facts_part(w: Words) -> None:
    """Draw the counts, the chart and every target with its evidence."""
    targets = read()
    st.markdown(w.t("model.facts.text"))
    say_if_names_in_english(w)
    known = any(line.simulated is not None for target in targets for line in target.lines)
    if not known:
        st.info(w.t("model.facts.none"), icon=":material/hourglass_empty:")
        _list(targets, w)
        return
    for strictness in ("must", "should"):
        passed, total = counts(targets, strictness.upper())
        st.markdown("- " + w.t(f"model.facts.{strictness}", passed=w.number(passed), total=w.number(total)))
    seeds = next((line.seeds for target in targets for line in target.lines if line.seeds is not None), None)
    if seeds is not None:
        st.caption(w.t("model.facts.seeds", seeds=w.number(seeds, 0)))
    pick = st.segmented_control(
        w.t("model.facts.filter"), SHOW, default="all", required=True, format_func=lambda name: w.t(f"model.facts.show.{name}"), key="model-facts"
    )
    shown = [Target(one.id, one.name, tuple(line for line in one.lines if _fits(line, str(pick))), one.works) for one in targets]
    shown = [one for one in shown if one.lines]
    left, right = st.columns([1, 1], gap="large")
    with left:
        chart = _CHARTS.get((pick, w.language), lambda: facts(shown, w))
        if chart is not None:
            show_chart(chart, w.t("model.facts.chart"), "facts", w, w.t("model.facts.chart_key"))
    with right:
        _list(shown, w)


def _fits(line: Line, pick: str) -> bool:
    return pick == "all" or (pick == "miss" and line.verdict == "miss") or (pick == "must" and line.strictness == "MUST")


def _list(targets: list[Target], w: Words) -> None:
    for target in targets:
        with st.expander(f"{target.id} {plain(target.name)}", icon=ICONS[target.verdict if any(line.verdict for line in target.lines) else ""]):
            st.markdown("\n".join(f"- {_line(line, w)}" for line in target.lines))
            if target.works:
                st.caption(plain(w.t("model.facts.works", works="; ".join(target.works))))
            else:
                st.caption(w.t("model.facts.no_works"))


def _line(line: Line, w: Words) -> str:
    shared = {"measures": plain(line.measures), "low": _number(line.low, w), "high": _number(line.high, w), "unit": plain(line.unit)}
    if line.simulated is None:
        return w.t("model.facts.line_none", **shared)
    said = w.t("model.facts.line", value=_number(line.simulated, w), verdict=w.t(f"charts.facts.verdict.{line.verdict}"), **shared)
    if line.jittered is not None:
        said = f"{said} {w.t('model.facts.jitter', share=w.percent(100 * line.jittered, 0))}"
    return said if line.ablated is None else f"{said} {w.t('model.facts.off', value=_number(line.ablated, w))}"


def _number(value: float, w: Words) -> str:
    return f"{value:.0e}" if 0 < abs(value) < 1e-3 else w.number(value, 0 if abs(value) >= 100 else 2)
