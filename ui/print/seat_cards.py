"""Seat cards: one to cut out for each seat, with a QR code that opens it, or, without its link, the class's door and code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.print.qr import draw_qr
from ui.print.sheet import LARGEST, LINE, MARGIN, QUIET, SMALLEST, STEP, Paper, draw_down, finished, height_of, new_canvas, paper, paragraph

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Flowable

    from ui.text import Words

ACROSS, DOWN = 2, 4  # cards on a page
PAD = 10.0  # points between the card's edge and what is on it


@dataclass(frozen=True)
class SeatCard:
    """What stands on a card. `link` opens the seat by itself ("" where it is not known any more); `door` and `code` let anybody in."""

    title: str
    state: str
    link: str
    door: str
    code: str


def seat_cards(cards: Sequence[SeatCard], lesson: str, size: str, w: Words) -> bytes:
    """All cards as PDF, eight on a page, with lines to cut along."""
    sheet = paper(size)
    canvas, memory = new_canvas(sheet, w.t("print.cards.title", lesson=lesson))
    per = ACROSS * DOWN
    for place, card in enumerate(cards):
        if place and place % per == 0:
            canvas.showPage()
        _card(canvas, sheet, place % per, card, lesson, w)
    return finished(canvas, memory)


def _card(canvas: Canvas, sheet: Paper, place: int, card: SeatCard, lesson: str, w: Words) -> None:
    from reportlab.lib.colors import HexColor

    width, height = sheet.inner[0] / ACROSS, sheet.inner[1] / DOWN
    left = MARGIN + width * (place % ACROSS)
    bottom = sheet.height - MARGIN - height * (place // ACROSS + 1)
    canvas.setStrokeColor(HexColor(LINE))
    canvas.setDash(3, 3)
    canvas.rect(left, bottom, width, height)
    canvas.setDash()
    side = min(height - 2 * PAD, 0.47 * width)
    draw_qr(canvas, card.link or card.door, left + width - PAD - side, bottom + (height - side) / 2, side)
    room = width - side - 3 * PAD
    draw_down(canvas, _fitting(card, lesson, room, height - 2 * PAD, w), left + PAD, bottom + height - PAD, room)


def _fitting(card: SeatCard, lesson: str, width: float, height: float, w: Words) -> list[Flowable]:
    size = LARGEST
    while True:
        story = _text(card, lesson, size, w)
        if height_of(story, width) <= height or size <= SMALLEST / 1.3:
            return story
        size -= STEP


def _text(card: SeatCard, lesson: str, size: float, w: Words) -> list[Flowable]:
    door = card.door.partition("?")[0].removeprefix("http://").removeprefix("https://")
    how = w.t("print.cards.scan") if card.link else w.t("print.cards.join", door=door, code=card.code, title=card.title)
    return [
        paragraph(card.title, 1.15 * size, bold=True, after=2),
        paragraph(w.t("print.cards.state", state=card.state), size, after=3),
        paragraph(how, 0.8 * size, after=3),
        paragraph(lesson, 0.7 * size, colour=QUIET),
    ]
