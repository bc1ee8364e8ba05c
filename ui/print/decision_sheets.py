"""Decision sheets: what a team fills in by hand when the network fails, and a page with all levers to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim import api
from ui.print.sheet import (
    INK,
    LINE,
    MARGIN,
    PLAIN,
    SMALLEST,
    STEP,
    Paper,
    draw_down,
    drawable,
    finished,
    footer,
    height_of,
    new_canvas,
    paper,
    paragraph,
    table,
)
from ui.wording import SWITCH, level_words, lever_words

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Flowable

    from ui.print.parts import Part
    from ui.text import Words

ROUNDS_A_PAGE = 3
MOVES = 3  # rows for levers in a round
HEAD, BLANK = 16.0, 23.0  # points: the table's head, and a row to write in
PURPOSES = ("signal", "constrain", "coerce")
COLUMNS = ("lever", "target", "sector", "level")
SHARES = (0.34, 0.22, 0.22, 0.22)  # of the width


def decision_sheets(cast: Sequence[Part], names: dict[str, str], rounds: int, lesson: str, size: str, w: Words) -> bytes:
    """For each part a block for every round, three on a page; at the end the levers. `names` of states by id."""
    sheet = paper(size)
    canvas, memory = new_canvas(sheet, w.t("print.sheets.title", lesson=lesson))
    for part in cast:
        for first in range(1, rounds + 1, ROUNDS_A_PAGE):
            numbers = range(first, min(first + ROUNDS_A_PAGE, rounds + 1))
            _page(canvas, sheet, part, names.get(part.state, part.state), list(numbers), lesson, w)
            canvas.showPage()
    _levers(canvas, sheet, lesson, w)
    return finished(canvas, memory)


def _page(canvas: Canvas, sheet: Paper, part: Part, state: str, numbers: list[int], lesson: str, w: Words) -> None:
    width = sheet.inner[0]
    head = [paragraph(w.t("print.sheets.head", title=part.title, state=state), 12.5, bold=True, after=4)]
    top = draw_down(canvas, head, MARGIN, sheet.height - MARGIN, width)
    room = (top - MARGIN) / ROUNDS_A_PAGE
    for place, number in enumerate(numbers):
        _block(canvas, MARGIN, top - place * room, width, room - 10, number, w)
    footer(canvas, sheet, w.t("print.sheets.foot", lesson=lesson))


def _block(canvas: Canvas, left: float, top: float, width: float, height: float, number: int, w: Words) -> None:
    from reportlab.lib.colors import HexColor

    canvas.setStrokeColor(HexColor(LINE))
    canvas.setFillColor(HexColor(INK))
    canvas.rect(left, top - height, width, height)
    _say(canvas, w.t("print.sheets.round", round=number), left + 8, top - 16, 11)
    rows = [[w.t(f"print.sheets.column.{name}") for name in COLUMNS], *([[""] * len(COLUMNS)] * MOVES)]
    grid = table(rows, [share * (width - 16) for share in SHARES], 8, heights=[HEAD, *[BLANK] * MOVES])
    end = draw_down(canvas, [grid], left + 8, top - 24, width - 16)
    lines = [
        w.t("print.sheets.purpose") + "   " + "     ".join(f"[  ] {w.t(f'seat.purpose.{name}.name')}" for name in PURPOSES),
        w.t("print.sheets.bet"),
        w.t("print.sheets.why"),
    ]
    gap = (end - (top - height)) / (len(lines) + 0.6)
    for place, line in enumerate(lines, start=1):
        _say(canvas, line, left + 8, end - place * gap + 2, 8.5)
        if place == len(lines):
            canvas.line(left + 8 + _width(line, 8.5) + 4, end - place * gap, left + width - 8, end - place * gap)


def _say(canvas: Canvas, text: str, x: float, y: float, size: float) -> None:
    canvas.setFont(PLAIN, size)
    canvas.drawString(x, y, drawable(text))


def _width(text: str, size: float) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(drawable(text), PLAIN, size))


def _levers(canvas: Canvas, sheet: Paper, lesson: str, w: Words) -> None:
    """All levers with their range, in two columns, in letters as large as fit."""
    width, height = sheet.inner
    half = (width - 12) / 2
    size = 9.5
    while True:
        title = [paragraph(w.t("print.sheets.levers"), 1.5 * size, bold=True, after=3), paragraph(w.t("print.sheets.levers_text"), size, after=5)]
        columns = [_lever_rows(part, size, w) for part in _halves()]
        used = height_of(title, width) + max(height_of(column, half) for column in columns)
        if used <= height or size <= SMALLEST / 1.25:
            break
        size -= STEP
    top = draw_down(canvas, title, MARGIN, sheet.height - MARGIN, width)
    for place, column in enumerate(columns):
        draw_down(canvas, column, MARGIN + place * (half + 12), top, half)
    footer(canvas, sheet, w.t("print.sheets.foot", lesson=lesson))


def _halves() -> tuple[list[str], list[str]]:
    ids = sorted(api.LEVERS, key=lambda name: (api.LEVERS[name].family != "economic", api.LEVERS[name].label))
    middle = -(-len(ids) // 2)
    return ids[:middle], ids[middle:]


def _lever_rows(ids: Sequence[str], size: float, w: Words) -> list[Flowable]:
    story: list[Flowable] = []
    for name in ids:
        lever = api.LEVERS[name]
        plain = lever.value.unit == SWITCH or lever.value.low == lever.value.high
        low, high = (level_words(lever.value, level, w) for level in (lever.value.low, lever.value.high))
        span = "" if plain else w.t("print.sheets.range", low=low.partition(" ")[0], high=high)
        story.append(paragraph(lever_words(lever, "label", w) + (f": {span}" if span else ""), size, bullet=True, after=1.5))
    return story


