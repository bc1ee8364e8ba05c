"""The debrief as one HTML file: opens without a network, loads nothing, runs nothing, prints well, light and dark.

All text is escaped; the policy in the head forbids every load, so that even a mistake could not fetch anything.
"""

from __future__ import annotations

from html import escape

from ui.debrief.panels import Debrief, Panel, Picture, Table
from ui.debrief.pictures import svg
from ui.text import Words

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
STYLE = """
:root { color-scheme: light dark; --ink: #10161D; --paper: #FFFFFF; --quiet: #4A545F; --line: #8A949E; --shade: #F3F5F7; --blue: #005A8C; }
@media (prefers-color-scheme: dark) { :root { --ink: #E8ECF0; --paper: #030406; --quiet: #AEB8C2; --line: #6B7682; --shade: #1A2027; --blue: #7CC0EA; } }
* { box-sizing: border-box; }
body { font: 17px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 0; }
main { max-width: 52rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 2.1rem; line-height: 1.2; margin: .5rem 0; }
h2 { font-size: 1.5rem; line-height: 1.25; margin: 2.6rem 0 .6rem; }
.question { font-size: 1.2rem; font-weight: 600; }
.about, .note { color: var(--quiet); font-size: .92rem; }
nav ul { columns: 2; padding-left: 1.2rem; }
a { color: var(--blue); }
ol.steps { list-style: none; padding: 0; border-left: 3px solid var(--line); }
ol.steps li { margin: 0 0 1.1rem; padding-left: 1rem; }
.when { color: var(--quiet); font-size: .92rem; }
.kind { font-weight: 650; }
.why { color: var(--quiet); margin-top: .2rem; }
figure { margin: 1.2rem 0; }
figure svg { display: block; width: 100%; height: auto; color: var(--ink); }
figcaption { font-weight: 600; margin-bottom: .4rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: 1rem 0; width: 100%; font-size: .95rem; }
th, td { border: 1px solid var(--line); padding: .35rem .55rem; text-align: left; vertical-align: top; }
thead th { background: var(--shade); }
tbody th { font-weight: 500; }
@media (max-width: 40rem) { nav ul { columns: 1; } body { font-size: 16px; } }
@media print { :root { --ink: #000; --paper: #fff; --quiet: #333; --shade: #eee; } nav { display: none; } section { break-inside: avoid-page; } }
"""


def as_html(found: Debrief, w: Words) -> str:
    """The whole file as text."""
    parts = "".join(_panel(panel, w) for panel in found.panels)
    links = "".join(f'<li><a href="#{escape(panel.key, quote=True)}">{escape(panel.heading)}</a></li>' for panel in found.panels)
    title = escape(w.t("debrief.title", scenario=found.title))
    return (
        f'<!doctype html>\n<html lang="{escape(found.language, quote=True)}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head><body><main><header><h1>{title}</h1>"
        f'<p class="question">{escape(found.question)}</p><p class="about">{escape(found.about)}</p></header>'
        f'<nav aria-label="{escape(w.t("debrief.contents"), quote=True)}"><ul>{links}</ul></nav>{parts}'
        f'<footer><p class="note">{escape(w.t("debrief.made_by"))}</p></footer></main></body></html>\n'
    )


def _panel(panel: Panel, w: Words) -> str:
    inside = "".join(f"<p>{escape(text)}</p>" for text in panel.text)
    if panel.steps:
        inside += '<ol class="steps">' + "".join(
            f'<li><span class="when">{escape(step.when)}</span> <span class="kind">{escape(step.kind)}.</span> {escape(step.text)}'
            + (f'<div class="why">{escape(w.t("debrief.why", text=step.why))}</div>' if step.why else "")
            + "</li>"
            for step in panel.steps
        ) + "</ol>"  # fmt: skip
    inside += "".join(map(_picture, panel.pictures)) + "".join(map(_table, panel.tables))
    if panel.points:
        inside += "<ul>" + "".join(f"<li>{escape(point)}</li>" for point in panel.points) + "</ul>"
    if panel.note:
        inside += f'<p class="note">{escape(panel.note)}</p>'
    return f'<section id="{escape(panel.key, quote=True)}"><h2>{escape(panel.heading)}</h2>{inside}</section>'


def _picture(picture: Picture) -> str:
    """The sentence says what the picture shows, so the picture itself is silent for a screen reader."""
    drawn = "".join(svg(spec).replace("<svg", '<svg aria-hidden="true"', 1) for spec in picture.specs)
    return f"<figure><figcaption>{escape(picture.says)}</figcaption>{drawn}</figure>"


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
    body = "".join(
        "<tr>" + "".join(f'<th scope="row">{escape(cell)}</th>' if place == 0 else f"<td>{escape(cell)}</td>" for place, cell in enumerate(row)) + "</tr>"
        for row in table.rows
    )
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
