"""A QR code drawn as squares: sharp at any size, black on white with its quiet zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

QUIET_ZONE = 4  # modules, by the standard (ISO/IEC 18004)


def draw_qr(canvas: Canvas, text: str, left: float, bottom: float, side: float) -> None:
    """Draw the code of `text` with its quiet zone into a square of `side` points."""
    import segno
    from reportlab.lib.colors import black, white

    matrix = [bytes(row) for row in segno.make(text, error="m").matrix]
    count = len(matrix) + 2 * QUIET_ZONE
    module = side / count
    canvas.setFillColor(white)
    canvas.rect(left, bottom, side, side, stroke=0, fill=1)
    canvas.setFillColor(black)
    path = canvas.beginPath()
    for row, bits in enumerate(matrix):
        start = None
        for column, bit in enumerate((*bits, 0)):
            if bit and start is None:
                start = column
            elif not bit and start is not None:
                y = bottom + side - (QUIET_ZONE + row + 1) * module
                path.rect(left + (QUIET_ZONE + start) * module, y, (column - start) * module, module)
                start = None
    canvas.drawPath(path, stroke=0, fill=1)
