"""Name cards for the table: fold along the middle, and the name can be read from both sides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui.print.sheet import BOLD, INK, LINE, MARGIN, PLAIN, QUIET, Paper, drawable, finished, new_canvas, paper

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from ui.print.parts import Part
    from ui.text import Words

NAME, TITLE = 64.0, 26.0  # points at most
LINES = 2


def name_cards(cast: Sequence[Part], names: dict[str, str], lesson: str, size: str, w: Words) -> bytes:
    """A page for each part: the state's name and the title, twice, one upside down. `names` of states by id."""
    sheet = paper(size)
    canvas, memory = new_canvas(sheet, w.t("print.names.title", lesson=lesson))
    for place, part in enumerate(cast):
        if place:
            canvas.showPage()
        _fold(canvas, sheet, w)
        for turned in (False, True):
            canvas.saveState()
            if turned:
                canvas.translate(sheet.width, sheet.height)
                canvas.rotate(180)
            _half(canvas, sheet, names.get(part.state, part.state), part.title)
            canvas.restoreState()
    return finished(canvas, memory)


def _half(canvas: Canvas, sheet: Paper, state: str, title: str) -> None:
    from reportlab.lib.colors import HexColor

    middle, width = sheet.height / 4, sheet.inner[0]
    canvas.setFillColor(HexColor(INK))
    shown = "" if title.strip() == state.strip() else title
    first = _lines(state, BOLD, NAME, width)
    second = _lines(shown, PLAIN, TITLE, width)
    height = sum(size * 1.2 for size, _ in (*first, *second))
    y = middle + height / 2
    for font, rows in ((BOLD, first), (PLAIN, second)):
        for size, line in rows:
            y -= size * 1.2
            canvas.setFont(font, size)
            canvas.drawCentredString(sheet.width / 2, y + 0.3 * size, line)


def _lines(text: str, font: str, largest: float, width: float) -> list[tuple[float, str]]:
    """The text in at most two lines, in letters as large as fit: (size, line)."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    text = drawable(text).replace("\n", " ").strip()
    if not text:
        return []
    words = text.split(" ")
    ways = [[text]] + [[" ".join(words[:cut]), " ".join(words[cut:])] for cut in range(1, len(words))]
    fits = [(min(largest, *(largest * width / max(stringWidth(line, font, largest), 1e-6) for line in way)), way) for way in ways[: 1 + 20 * LINES]]
    size, way = max(fits, key=lambda fit: (round(fit[0], 3), -len(fit[1])))
    return [(size, line) for line in way]


def _fold(canvas: Canvas, sheet: Paper, w: Words) -> None:
    from reportlab.lib.colors import HexColor

    canvas.setStrokeColor(HexColor(LINE))
    canvas.setDash(2, 4)
    canvas.line(MARGIN, sheet.height / 2, sheet.width - MARGIN, sheet.height / 2)
    canvas.setDash()
    canvas.setFont(PLAIN, 7.5)
    canvas.setFillColor(HexColor(QUIET))
    canvas.drawString(MARGIN, sheet.height / 2 + 3, drawable(w.t("print.names.fold")))
