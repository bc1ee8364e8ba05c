"""A vote: four rows, one for each way to vote, with a square and a name for every state. Where a state stands says how it voted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from ui.charts.chart import Chart
from ui.charts.palette import INK, TEXT_SIZE

if TYPE_CHECKING:
    from ui.text import Words

WAYS = ("for", "against", "abstain", "absent")
LOOK = {"for": "#009E73", "against": "#D55E00", "abstain": "#0072B2", "absent": "#808080"}
STEP = 64  # pixels a row
MOST_NAMED = 7  # states in a row whose codes fit into their squares


def votes(cast: Mapping[str, str], names: Mapping[str, str], text: str, adopted: bool, w: Words) -> Chart:
    """Draw the votes by state id. `text` names the resolution."""
    groups = {way: [state for state, vote in cast.items() if vote == way] for way in WAYS}
    heads = {way: w.t(f"charts.votes.row.{way}", number=w.number(len(states))) for way, states in groups.items()}
    longest = max(max(len(states) for states in groups.values()), 1)
    rows = [
        {"row": heads[way], "place": place, "end": place + 0.92, "way": way, "state": names[state], "code": _short(names[state], longest)}
        for way, states in groups.items()
        for place, state in enumerate(states)
    ]
    data = pd.DataFrame(rows)
    y = alt.Y("row:N", sort=list(heads.values()), axis=None, scale=alt.Scale(domain=list(heads.values())))
    x = alt.X("place:Q", axis=None, scale=alt.Scale(domain=[0, max(longest, 4)], nice=False))
    boxes = (
        alt.Chart(data)
        .mark_bar(size=26, yOffset=10, cornerRadius=3, fillOpacity=0.25, strokeWidth=2)
        .encode(
            y=y,
            x=x,
            x2=alt.X2("end:Q"),
            color=alt.Color("way:N", scale=alt.Scale(domain=list(WAYS), range=[LOOK[way] for way in WAYS]), legend=None),
            stroke=alt.Color("way:N", scale=alt.Scale(domain=list(WAYS), range=[LOOK[way] for way in WAYS]), legend=None),
            tooltip=[alt.Tooltip("state:N", title=w.t("charts.state")), alt.Tooltip("row:N", title=w.t("charts.votes.vote"))],
        )
    )
    inside = (
        alt.Chart(data)
        .transform_calculate(middle="(datum.place + datum.end) / 2")
        .mark_text(dy=10, baseline="middle", fontSize=TEXT_SIZE - 2, color=INK, limit=alt.ExprRef(f"0.88 * width / {max(longest, 4)}"))
        .encode(y=y, x=alt.X("middle:Q", axis=None), text=alt.Text("code:N"))
    )
    titles = (
        alt.Chart(pd.DataFrame({"row": list(heads.values())}))
        .mark_text(align="left", baseline="middle", dy=-16, fontSize=TEXT_SIZE, fontWeight="bold", color=INK)
        .encode(y=y, x=alt.XValue(0), text=alt.Text("row:N"))
    )
    order = [state for states in groups.values() for state in states]
    table = pd.DataFrame(
        {w.t("charts.state"): [names[state] for state in order], w.t("charts.votes.vote"): [w.t(f"charts.votes.way.{cast[state]}") for state in order]}
    )
    counts = {way: w.number(len(states)) for way, states in groups.items()}
    sentence = w.t(
        "charts.votes.adopted" if adopted else "charts.votes.failed",
        text=text, yes=counts["for"], no=counts["against"], abstain=counts["abstain"], absent=counts["absent"],
    )  # fmt: skip
    return Chart(alt.layer(boxes, inside, titles, height=STEP * len(WAYS)), sentence, table)


def _short(name: str, longest: int) -> str:
    """What stands in a square of a row of `longest`: the name (cut where it does not fit), its first letters, or nothing."""
    return name if longest <= MOST_NAMED else name[:2] if longest <= 16 else ""
