"""Reads the pages of a PDF made here: how many, and how large. Enough of the format for documents of our own."""

from __future__ import annotations

import re
import zlib

PAGE = re.compile(rb"/Type /Page\b(?!s)")
BOX = re.compile(rb"/MediaBox \[ ?([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) ?\]")


def sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of every page in points."""
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")
    found = [(float(box[3]), float(box[4])) for box in BOX.finditer(_plain(pdf))]
    assert len(found) == len(PAGE.findall(_plain(pdf)))
    return found


def _plain(pdf: bytes) -> bytes:
    """The document with its object streams unpacked, where it has any."""
    parts = [pdf]
    for stream in re.findall(rb"/ObjStm.*?stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        parts.append(zlib.decompress(stream))
    return b"\n".join(parts)
