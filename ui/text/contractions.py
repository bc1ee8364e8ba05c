"""What a language runs together where a blank was filled in: "de" and "el destinatario" are "del destinatario" in Spanish."""

from __future__ import annotations

import re

_SPANISH = (
    (re.compile(r"\b([Ee]n|[Dd]esde|[Hh]asta|[Ee]ntre|[Dd]urante|[Tt]ras|[Pp]ara|[Pp]or|[Cc]on|[Dd]e|[Aa]|y) (?=año \d)"), r"\1 el "),
    (re.compile(r"\b([Dd])e el (?=\S)"), r"\1el "),
    (re.compile(r"\b([Aa]) el (?=\S)"), r"\1l "),
    (re.compile(r"\by (?=[Ii][^aeou\s]|[Hh]i[^aeo\s])"), "e "),
    (re.compile(r"\bo (?=[Oo]|[Hh]o)"), "u "),
)
TABLES = {"es": _SPANISH}


def contracted(text: str, language: str) -> str:
    """A text that was put together from parts, as the language writes it."""
    for pattern, said in TABLES.get(language, ()):
        text = pattern.sub(said, text)
    return text
