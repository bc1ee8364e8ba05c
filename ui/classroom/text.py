"""Text typed by people: checked on the way in, made harmless on the way out.

`clean` refuses what is too long and strips what cannot be seen (control characters, characters that turn the writing direction, stacks of
combining marks). `display` makes text safe inside Markdown, so that a name can draw no picture, link or heading on anybody's
screen. `cell` makes text safe in a spreadsheet.
"""

from __future__ import annotations

import re
import unicodedata

from ui.classroom.refused import Refusal

NAME, LINE, NOTE, PARAGRAPH = 40, 140, 500, 2000  # characters allowed: assumption, what fits a phone screen
MARKS_IN_A_ROW = 3  # combining marks allowed on one letter; more draw over the lines above

_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$^=\"'/?,;%])")
_JOINER = "\u2060"  # invisible, breaks up addresses and shortcodes
_BEGINS = "=+-@＝＋－＠|%"  # what a spreadsheet takes for the beginning of a formula
_BLANK = " \u00a0\u2060\u3000"
_FORMULA = frozenset(_BEGINS + "\t\r\n")
_INNER = re.compile(rf"([;\t\r\n][{_BLANK}\"]*)(?=[{re.escape(_BEGINS)}])")


def clean(text: object, limit: int, where: str, *, empty: bool = True) -> str:
    """Return the text as it will be stored, or refuse it. `limit` in characters; line breaks stay, other controls go."""
    if not isinstance(text, str):
        raise Refusal(f"{where}: text was expected.")
    if len(text) > limit:
        raise Refusal(f"{where}: {len(text)} characters are too many; allowed are {limit}.")
    kept: list[str] = []
    marks = 0
    for letter in unicodedata.normalize("NFC", text.replace("\r\n", "\n")):
        category = unicodedata.category(letter)
        if letter != "\n" and (category in ("Cc", "Cs", "Co", "Zl", "Zp") or letter in _DIRECTION):
            continue
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks <= MARKS_IN_A_ROW:
            kept.append(letter)
    result = re.sub(r"\n{3,}", "\n\n", "".join(kept)).strip()
    if len(result) > limit:  # composing characters can lengthen a text
        raise Refusal(f"{where}: {len(result)} characters are too many; allowed are {limit}.")
    if not empty and not result:
        raise Refusal(f"{where}: it is empty; write a few words, up to {limit} characters.")
    return result


def display(text: str) -> str:
    """Return the text for a Markdown widget: every sign that Markdown or HTML would act on is neutralised."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # Entities end in ';' and hold '&': escape the rest around them.
    parts = re.split(r"(&(?:amp|lt|gt);)", safe)
    safe = "".join(part if index % 2 else _MARKDOWN.sub(r"\\\1", part) for index, part in enumerate(parts))
    safe = re.sub(r":(?=\S)", ":" + _JOINER, safe)
    safe = safe.replace("@", _JOINER + "@")
    safe = re.sub(r"(?i)\bwww", lambda found: found[0] + _JOINER, safe)
    return "  \n".join(line.strip() for line in safe.split("\n"))


def cell(value: object) -> object:
    """Return a value for a CSV cell: text that a spreadsheet would run as a formula gets an apostrophe in front.

    Also inside the text after a semicolon, a tab or a line end: where a semicolon parts the columns, such a spreadsheet begins a cell there.
    """
    if not isinstance(value, str) or not value.strip():
        return value
    value = _INNER.sub(r"\1'", value)
    return "'" + value if value.lstrip(_BLANK)[:1] in _FORMULA else value
