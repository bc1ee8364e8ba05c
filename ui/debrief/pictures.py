"""Pictures for files: a Vega-Lite specification as SVG (for HTML) or PNG (for paper), drawn here, without a browser and without a network."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from ui.charts.palette import INK

WIDTH = 680  # pixels where a chart takes the width of its page
DARK_ON_WHITE = "#10161D"
PIXELS = 2.0  # per pixel of the screen, for print
_OUTSIDE = re.compile(r"<(?:script|foreignObject|image|use|a)\b", re.IGNORECASE)


def svg(spec: Mapping[str, Any]) -> str:
    """The picture as an `<svg>` element in the page's own text colour. Raises ValueError if it would load or run anything."""
    import vl_convert

    drawn: str = vl_convert.vegalite_to_svg(_dressed(spec, INK))
    drawn = drawn[drawn.index("<svg") :]
    if _OUTSIDE.search(drawn):
        raise ValueError("debrief: a picture holds something that loads or runs")
    return drawn


def png(spec: Mapping[str, Any]) -> bytes:
    """The picture as PNG, dark on white."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(_dressed(spec, DARK_ON_WHITE), scale=PIXELS))


def _dressed(spec: Mapping[str, Any], ink: str) -> dict[str, Any]:
    """The specification with a width of its own, no background and all text in one colour."""
    found: dict[str, Any] = json.loads(json.dumps(spec).replace(f'"{INK}"', json.dumps(ink)))
    text = {"labelColor": ink, "titleColor": ink, "tickColor": ink, "domainColor": ink, "labelFontSize": 12, "titleFontSize": 13}
    config = found.setdefault("config", {})
    config["axis"] = {**config.get("axis", {}), **text, "gridColor": "#8A949E", "gridOpacity": 0.35}
    config["legend"] = {**config.get("legend", {}), "labelColor": ink, "titleColor": ink}
    config["text"] = {**config.get("text", {}), "color": ink}
    config["view"] = {**config.get("view", {}), "stroke": None}
    config["background"] = None
    found["width"] = WIDTH
    found["autosize"] = {"type": "fit-x", "contains": "padding"}
    found["usermeta"] = {}
    return found
