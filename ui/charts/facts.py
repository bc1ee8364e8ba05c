"""Where the model's numbers lie against the evidence: a bar for each interval, all drawn to the same length, and a mark for what came out.

A filled circle lies inside and passes, a cross misses, an open diamond is only reported. The thin line is the middle 90 % over seeds. What lies
further out than the picture is drawn at its edge.
"""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd

from ui.charts.chart import Chart
from ui.charts.palette import AXIS_NUMBER, INK, TEXT_SIZE
from ui.charts.rows import DOWN, UP, rows_y

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.facts import Line, Target
    from ui.text import Words

LOW, HIGH = -0.6, 1.6  # ends of the picture; the interval is 0 to 1
LONGEST = 46  # letters of a name that fit on a phone; what is longer goes on in a second line
NARROW = 560  # pixels of the picture below which names take two lines
STEP = 60  # pixels a row, with room for both lines
LOOK = {"pass": ("#0072B2", "circle"), "miss": ("#D55E00", "cross"), "report": ("#808080", "diamond")}


def facts(targets: Sequence[Target], w: Words) -> Chart | None:
    """Draw every number that has a simulated value; None where there is none."""
    lines = [(target, line) for target in targets for line in target.lines if line.place is not None]
    if not lines:
        return None
    data = pd.DataFrame([_row(target, line, number, w) for number, (target, line) in enumerate(lines)])
    passed, missed = (sum(line.verdict == verdict for _, line in lines) for verdict in ("pass", "miss"))
    sentence = w.t("charts.facts.takeaway", passed=w.number(passed), missed=w.number(missed), total=w.number(passed + missed))
    return Chart(_draw(data, w), sentence, _table(lines, w))


def _row(target: Target, line: Line, number: int, w: Words) -> dict[str, object]:
    said = f"{target.id} {line.measures}"
    lines = wrap(said, LONGEST)
    place = line.place
    assert place is not None
    ends = [place if edge is None else edge for edge in (line.scaled(line.seeds_low), line.scaled(line.seeds_high))]
    return {
        "name": f"{number}",
        "one": f"\n{said}",
        "two": "\n".join(lines if len(lines) > 1 else ["", *lines]),
        "whole": said,
        "place": min(max(place, LOW), HIGH),
        "from": min(max(ends[0], LOW), HIGH),
        "to": min(max(ends[1], LOW), HIGH),
        "verdict": w.t(f"charts.facts.verdict.{line.verdict}"),
        "label": w.t("charts.facts.label", value=_number(line.simulated, w), low=_number(line.low, w), high=_number(line.high, w), unit=line.unit),
    }


def _draw(data: pd.DataFrame, w: Words) -> alt.TopLevelMixin:
    y = rows_y(data)
    names = [w.t(f"charts.facts.verdict.{verdict}") for verdict in LOOK]
    ends = [w.t("charts.facts.low"), w.t("charts.facts.high")]
    said = f"datum.value < 0.5 ? '{ends[0]}' : '{ends[1]}'"
    axis = alt.Axis(values=[0, 1], labelExpr=said, format=AXIS_NUMBER, labelFontSize=TEXT_SIZE - 1, labelLimit=200, grid=True)
    x = alt.X("place:Q", title=None, scale=alt.Scale(domain=[LOW, HIGH], nice=False), axis=axis)
    tips = [
        alt.Tooltip("whole:N", title=w.t("charts.facts.measures")),
        alt.Tooltip("label:N", title=w.t("charts.facts.came_out")),
        alt.Tooltip("verdict:N", title=w.t("charts.facts.verdict_title")),
    ]
    legend = alt.Legend(orient="top", title=None, labelFontSize=TEXT_SIZE, columns=3, symbolSize=110)
    base = alt.Chart(data).encode(y=y, tooltip=tips)
    interval = base.transform_calculate(zero="0", one="1").mark_bar(size=12, yOffset=DOWN, opacity=0.35, color="#808080").encode(
        x=alt.X("zero:Q", scale=alt.Scale(domain=[LOW, HIGH], nice=False), axis=axis, title=None), x2=alt.X2("one:Q")
    )
    spread = base.mark_rule(yOffset=DOWN, strokeWidth=2, color=INK).encode(x=alt.X("from:Q"), x2=alt.X2("to:Q"))
    marks = base.mark_point(size=130, filled=True, opacity=1, yOffset=DOWN).encode(
        x=x,
        color=alt.Color("verdict:N", scale=alt.Scale(domain=names, range=[look[0] for look in LOOK.values()]), legend=legend),
        shape=alt.Shape("verdict:N", scale=alt.Scale(domain=names, range=[look[1] for look in LOOK.values()]), legend=legend),
    )
    # Vega cannot wrap by itself; the last line stands on the bar, so a single one has an empty one above it
    fitting = base.transform_calculate(said=f"width < {NARROW} ? datum.two : datum.one")
    style: dict[str, Any] = {"align": "left", "baseline": "line-bottom", "lineBreak": "\n", "dy": UP - 10, "fontSize": TEXT_SIZE, "color": INK}
    text = fitting.mark_text(**style).encode(x=alt.XValue(0), text=alt.Text("said:N"))
    return alt.layer(interval, spread, marks, text, height=alt.Step(STEP))


def _table(lines: Sequence[tuple[Target, Line]], w: Words) -> pd.DataFrame:
    rows = [
        (
            target.id,
            line.measures,
            line.unit,
            _number(line.low, w),
            _number(line.high, w),
            _number(line.simulated, w),
            _number(line.error, w),
            _number(line.ablated, w),
            w.t(f"charts.facts.strict.{line.strictness}"),
            w.t(f"charts.facts.verdict.{line.verdict}"),
        )
        for target, line in lines
    ]
    columns = ("target", "measures", "unit", "from", "to", "came_out", "error", "off", "strictness", "verdict_title")
    return pd.DataFrame(rows, columns=[w.t(f"charts.facts.{name}") for name in columns])


def _number(value: float | None, w: Words) -> str:
    if value is None:
        return ""
    size = abs(value)
    return f"{value:.0e}" if 0 < size < 1e-3 else w.number(value, 0 if size >= 100 else 1 if size >= 10 else 2)
