"""Role packets: one page for each part, made from the scenario's words and the numbers the model starts from.

The letters are as large as the page allows; a packet that would not fit even in the smallest is refused, never cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim import api
from ui.print.parts import Part, numbers
from ui.print.sheet import (
    LARGEST,
    MARGIN,
    QUIET,
    SMALLEST,
    STEP,
    draw_down,
    finished,
    footer,
    height_of,
    new_canvas,
    paper,
    paragraph,
    table,
)
from ui.wording import level_words, lever_words, line_of

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from ui.text import Words

MOST_MEASURES = 6


def packets(setting: api.Scenario, cast: Sequence[Part], size: str, w: Words) -> bytes:
    """A page for each part. Raises `Refusal` when a packet is too long for a page."""
    sheet = paper(size)
    canvas, memory = new_canvas(sheet, w.t("print.packets.title", scenario=setting.title))
    for place, part in enumerate(cast):
        if place:
            canvas.showPage()
        story, _ = fitted(setting, part, sheet.inner, w)
        draw_down(canvas, story, MARGIN, sheet.height - MARGIN, sheet.inner[0])
        footer(canvas, sheet, w.t("print.packets.foot", scenario=setting.title, title=part.title))
    return finished(canvas, memory)


def fitted(setting: api.Scenario, part: Part, room: tuple[float, float], w: Words) -> tuple[list[Flowable], float]:
    """The packet in the largest letters with which it fits the room (width, height; points), and their size."""
    size = LARGEST
    while size >= SMALLEST:
        story = _story(setting, part, room[0], size, w)
        if height_of(story, room[0]) <= room[1]:
            return story, size
        size -= STEP
    raise api.Refusal(f"print: the packet of '{part.title}' does not fit on one page; shorten it.")


def _story(setting: api.Scenario, part: Part, width: float, size: float, w: Words) -> list[Flowable]:
    names = {state.id: state.name for state in setting.states}
    state = names.get(part.state, part.state)
    story: list[Flowable] = [
        paragraph(setting.title, 0.85 * size, colour=QUIET, after=2),
        paragraph(part.title, 1.7 * size, bold=True, after=3),
        paragraph(w.t("print.packets.speak", state=state), size, after=0.6 * size),
    ]
    story += [paragraph(text.strip(), size, after=0.5 * size) for text in (part.packet or setting.text.briefing).strip().split("\n\n") if text.strip()]
    if part.private:
        story += [paragraph(w.t("print.packets.private"), size, bold=True, after=2), paragraph(part.private, size, after=0.6 * size)]
    if part.goals:
        whole = sum(part.goals.values()) or 1.0
        rows = [
            w.t("print.packets.goal", share=w.percent(100 * weight / whole, 0), goal=_goal(goal, w))
            for goal, weight in sorted(part.goals.items(), key=lambda item: -item[1])
        ]
        story += [_head(w.t("print.packets.goals"), size), *_points(rows, size)]
    disputes = [_dispute(dispute, names, w) for dispute in setting.disputes if part.state in (dispute.target, *dispute.senders)]
    if disputes:
        story += [_head(w.t("print.packets.disputes"), size), *_points(disputes, size)]
    story += _figures(setting, part.state, state, width, size, w)
    measures = [_measure(order, names, setting, w) for order in setting.measures if part.state in (order.state, order.target)]
    if measures:
        more = [w.t("print.packets.more", count=len(measures) - MOST_MEASURES)] if len(measures) > MOST_MEASURES else []
        story += [_head(w.t("print.packets.measures"), size), *_points(measures[:MOST_MEASURES] + more, size)]
    return story


def _figures(setting: api.Scenario, place: str, state: str, width: float, size: float, w: Words) -> list[Flowable]:
    found = numbers(setting, place)
    lines = [
        w.t("print.packets.people", population=w.number(found.population_m, 0 if found.population_m >= 10 else 1), income=w.money(found.income)),
        w.t("print.packets.open", exports=w.percent(found.openness, 0)),
        w.t("print.packets.support", support=w.percent(found.support, 0)),
    ]
    if found.reserves > 0:
        lines.append(w.t("print.packets.reserves", reserves=w.money(found.reserves)))
    if found.sells and found.buys:
        sells, buys = (w.joined([name[:1].lower() + name[1:] for name in names]) for names in (found.sells, found.buys))
        lines.append(w.t("print.packets.goods", sells=sells, buys=buys))
    trade = w.t("print.packets.partner_before" if setting.measures else "print.packets.partner")
    rows = [[trade, w.t("print.packets.sold"), w.t("print.packets.bought")]]
    rows += [[partner.name or w.t("print.packets.others"), w.money(partner.sold), w.money(partner.bought)] for partner in found.partners]
    text = paragraph(" ".join(lines), size, after=0.4 * size)
    return [_head(w.t("print.packets.numbers", state=state), size), text, table(rows, [0.5 * width, 0.25 * width, 0.25 * width], 0.9 * size, after=0.6 * size)]


def _head(text: str, size: float) -> Flowable:
    return paragraph(text, 1.08 * size, bold=True, after=2)


def _points(rows: Sequence[str], size: float) -> list[Flowable]:
    return [paragraph(row, size, bullet=True, after=1.5 if place < len(rows) - 1 else 0.5 * size) for place, row in enumerate(rows)]


def _goal(goal: str, w: Words) -> str:
    return w.maybe(f"roles.goal.{goal}") or goal.replace("_", " ")


def _dispute(dispute: object, names: dict[str, str], w: Words) -> str:
    senders = w.joined([names[state] for state in dispute.senders])  # type: ignore[attr-defined]
    return w.t("print.packets.dispute", senders=senders, target=names[dispute.target], issue=dispute.issue)  # type: ignore[attr-defined]


def _measure(order: api.Decision, names: dict[str, str], setting: api.Scenario, w: Words) -> str:
    lever = api.LEVERS[order.lever]
    sectors = {sector.id: sector.name for sector in setting.sectors}
    what = w.t("common.all_sectors") if order.sector == "*" else sectors.get(order.sector, order.sector)
    level = level_words(lever.value, float(order.value), w) if order.value is not None else ""
    detail = line_of(what if lever.takes_sector else "", level)
    on = names.get(order.target, order.target)
    return w.t("print.packets.measure", lever=lever_words(lever, "label", w), sender=names[order.state], target=on, detail=detail)
