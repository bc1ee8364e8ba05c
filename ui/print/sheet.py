"""A sheet of paper: its size, its fonts, safe text, and lines that fit.

The fonts are the free ones that come with reportlab (Bitstream Vera): they have the letters of European languages in Latin script. A letter
they lack is written without its accent where that is possible and as a question mark where not. Text from files and people is
never read as markup.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from sim.api import Refusal

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Flowable, Paragraph

POINTS_PER_MM = 72.0 / 25.4
SIZES = {"a4": (210.0 * POINTS_PER_MM, 297.0 * POINTS_PER_MM), "letter": (612.0, 792.0)}  # width and height, points
MARGIN = 15.0 * POINTS_PER_MM  # printers of both standards leave at most 6 mm blank
PLAIN, BOLD = "Vera", "VeraBd"
INK, QUIET, LINE, SHADE = "#10161D", "#4A545F", "#8A949E", "#F3F5F7"
LARGEST, SMALLEST, STEP = 11.5, 7.5, 0.25  # points of running text: below the smallest nobody reads
LEADING = 1.32  # line height over letter height


@dataclass(frozen=True)
class Paper:
    """A size of paper: `width` and `height` in points."""

    name: str
    width: float
    height: float

    @property
    def inner(self) -> tuple[float, float]:
        """Width and height between the margins, points."""
        return self.width - 2 * MARGIN, self.height - 2 * MARGIN


def paper(name: str) -> Paper:
    """A4 or US Letter. Raises `Refusal` for another name."""
    if name not in SIZES:
        raise Refusal(f"paper: there is no size '{name[:20]}'; allowed are {', '.join(SIZES)}.")
    return Paper(name, *SIZES[name])


@lru_cache(maxsize=1)
def letters() -> frozenset[int]:
    """Code points that both fonts have; registers the fonts when first asked."""
    import reportlab
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    folder = Path(reportlab.__file__).parent / "fonts"
    known: set[int] | None = None
    for name in (PLAIN, BOLD):
        font = TTFont(name, str(folder / f"{name}.ttf"))
        pdfmetrics.registerFont(font)
        own = set(font.face.charToGlyph)
        known = own if known is None else known & own
    pdfmetrics.registerFontFamily(PLAIN, normal=PLAIN, bold=BOLD, italic=PLAIN, boldItalic=BOLD)
    return frozenset(known or ())


def drawable(text: str) -> str:
    """The text in letters that the fonts have; line breaks stay."""
    known, found = letters(), []
    for letter in str(text).replace("\u202f", "\u00a0").replace("\u2060", ""):
        if letter == "\n" or ord(letter) in known:
            found.append(letter)
            continue
        bare = "".join(part for part in unicodedata.normalize("NFKD", letter) if ord(part) in known)
        found.append(bare or ("" if unicodedata.category(letter)[0] in "CM" else "?"))
    return "".join(found)


def safe(text: str) -> str:
    """Text for a paragraph: drawable, and nothing in it is markup."""
    return escape(drawable(text)).replace("\n", "<br/>")


def paragraph(text: str, size: float, *, bold: bool = False, colour: str = INK, centre: bool = False, after: float = 0.0, bullet: bool = False) -> Paragraph:
    """A paragraph of safe text; `size` in points, `after` points below it, `bullet` with a dot before it."""
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    letters()
    style = ParagraphStyle(
        "text",
        fontName=BOLD if bold else PLAIN,
        fontSize=size,
        leading=LEADING * size,
        textColor=HexColor(colour),
        alignment=1 if centre else 0,
        spaceAfter=after,
        leftIndent=1.1 * size if bullet else 0.0,
        bulletFontName=PLAIN,
        bulletFontSize=size,
        splitLongWords=1,
    )
    return Paragraph(safe(text), style, bulletText="•" if bullet else None)


def table(
    rows: Sequence[Sequence[str]], widths: Sequence[float], size: float, *, head: bool = True, after: float = 0.0, heights: Sequence[float] | None = None
) -> Flowable:
    """A table of safe text with thin lines; `widths` (and `heights`, where rows are to be filled in by hand) in points, first row bold where `head`."""
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Table, TableStyle

    cells = [[paragraph(cell, size, bold=head and place == 0) for cell in row] for place, row in enumerate(rows)]
    style: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.5, HexColor(LINE)),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    if head:
        style.append(("BACKGROUND", (0, 0), (-1, 0), HexColor(SHADE)))
    rows_high = None if heights is None else list(heights)
    return Table(cells, colWidths=list(widths), rowHeights=rows_high, style=TableStyle(style), repeatRows=1 if head else 0, spaceAfter=after)


def height_of(story: Sequence[Flowable], width: float) -> float:
    """Height of flowables set under each other, points."""
    total = 0.0
    for place, one in enumerate(story):
        total += one.wrap(width, 1e6)[1] + (one.getSpaceAfter() if place < len(story) - 1 else 0.0)
    return total


def draw_down(canvas: Canvas, story: Sequence[Flowable], left: float, top: float, width: float) -> float:
    """Draw flowables under each other from `top` down; returns where the last one ends."""
    for one in story:
        _, height = one.wrap(width, 1e6)
        one.drawOn(canvas, left, top - height)
        top -= height + one.getSpaceAfter()
    return top


def new_canvas(sheet: Paper, title: str) -> tuple[Canvas, BytesIO]:
    """An empty document of that size and the memory it is written to. The same content gives the same bytes."""
    from reportlab.pdfgen.canvas import Canvas

    letters()
    memory = BytesIO()
    canvas = Canvas(memory, pagesize=(sheet.width, sheet.height), invariant=1, pageCompression=1)
    canvas.setTitle(drawable(title))
    canvas.setCreator("Sanctions Lab")
    return canvas, memory


def finished(canvas: Canvas, memory: BytesIO) -> bytes:
    """The document's bytes."""
    canvas.save()
    return memory.getvalue()


def footer(canvas: Canvas, sheet: Paper, text: str) -> None:
    """A small line at the foot of the page."""
    from reportlab.lib.colors import HexColor

    canvas.setFont(PLAIN, 7.5)
    canvas.setFillColor(HexColor(QUIET))
    canvas.drawString(MARGIN, MARGIN - 12, drawable(text))
