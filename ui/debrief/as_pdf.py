"""The debrief as PDF, on A4 or US Letter."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from ui.debrief.panels import Debrief, Panel, Picture, Table
from ui.debrief.pictures import png
from ui.print.sheet import MARGIN, PLAIN, QUIET, drawable, paper, paragraph, table
from ui.text import Words

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

SIZE = 9.5  # points of running text
WIDEST = 46  # letters: longer cells are broken
TALLEST = 0.42  # of the page's height, for one picture


def as_pdf(found: Debrief, size: str, w: Words) -> bytes:
    """The document's bytes. Raises `Refusal` for an unknown paper."""
    from reportlab.platypus import SimpleDocTemplate

    sheet = paper(size)
    memory = BytesIO()
    title = w.t("debrief.title", scenario=found.title)
    document = SimpleDocTemplate(
        memory, pagesize=(sheet.width, sheet.height), leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN + 6,
        title=drawable(title), creator="Sanctions Lab", invariant=1,
    )  # fmt: skip
    width = sheet.inner[0] - 12  # the frame's own padding
    story: list[Flowable] = [
        paragraph(title, 2.1 * SIZE, bold=True, after=6),
        paragraph(found.question, 1.25 * SIZE, bold=True, after=4),
        paragraph(found.about, 0.9 * SIZE, colour=QUIET, after=10),
    ]
    for panel in found.panels:
        story += _panel(panel, width, sheet.height, w)
    story.append(paragraph(w.t("debrief.made_by"), 0.85 * SIZE, colour=QUIET))

    def foot(canvas: Any, _: Any) -> None:
        canvas.setFont(PLAIN, 7.5)
        canvas.drawString(MARGIN, MARGIN - 8, drawable(title))
        canvas.drawRightString(sheet.width - MARGIN, MARGIN - 8, str(canvas.getPageNumber()))

    document.build(story, onFirstPage=foot, onLaterPages=foot)
    return memory.getvalue()


def _panel(panel: Panel, width: float, height: float, w: Words) -> list[Flowable]:
    from reportlab.platypus import CondPageBreak

    story: list[Flowable] = [CondPageBreak(0.16 * height), paragraph(panel.heading, 1.5 * SIZE, bold=True, after=5)]
    story += [paragraph(text, SIZE, after=5) for text in panel.text]
    for step in panel.steps:
        story.append(paragraph(f"{step.when}. {step.kind}", SIZE, bold=True, after=1))
        story.append(paragraph(step.text, SIZE, after=1 if step.why else 6))
        if step.why:
            story.append(paragraph(w.t("debrief.why", text=step.why), 0.92 * SIZE, colour=QUIET, after=6))
    for picture in panel.pictures:
        story += _picture(picture, width, TALLEST * height)
    story += [_table(found, width) for found in panel.tables]
    story += [paragraph(point, SIZE, bullet=True, after=3) for point in panel.points]
    if panel.note:
        story.append(paragraph(panel.note, 0.88 * SIZE, colour=QUIET, after=4))
    story[-1].spaceAfter = 14
    if hasattr(story[-1], "style") and hasattr(story[-1].style, "spaceAfter"):
        story[-1].style.spaceAfter = 14
    return story


def _picture(picture: Picture, width: float, tallest: float) -> list[Flowable]:
    from reportlab.lib.utils import ImageReader
    from reportlab.platypus import Image, KeepTogether

    drawn: list[Flowable] = [paragraph(picture.says, SIZE, bold=True, after=3)]
    for spec in picture.specs:
        data = png(spec)
        across, down = ImageReader(BytesIO(data)).getSize()
        scale = min(width / across, tallest / down)
        drawn.append(Image(BytesIO(data), width=across * scale, height=down * scale))
    return [KeepTogether(drawn)]


def _table(found: Table, width: float) -> Flowable:
    """Columns as wide as their longest cell asks for, within bounds; never narrower than their longest word."""
    wanted = []
    for cells in zip(found.columns, *found.rows, strict=True):
        word = max(len(part) for cell in cells for part in (cell.split(" ") or [""]))
        wanted.append(max(min(max(map(len, cells)), WIDEST), 1.35 * word + 2))
    return table([found.columns, *found.rows], [width * one / sum(wanted) for one in wanted], 0.85 * SIZE, after=8)
