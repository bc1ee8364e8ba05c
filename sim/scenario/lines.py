"""In which line of a TOML file a key stands, and whether the file is safe to parse at all.

`tomllib` gives values without places. `lines_of` walks over text that `tomllib` has accepted, so it may assume that the
syntax is right. `refuse_unsafe` runs before the parser: deep nesting and long dotted keys make a parser slow or break it.
"""

from __future__ import annotations

import re

from sim.refusals import Refusal

Path_ = tuple[str | int, ...]

DEEPEST = 12
LONGEST_KEY = 8  # parts of a dotted key
MOST_LINES = 10_000
MOST_COMMAS = 100_000  # forty states and eight sectors, flow by flow, have an eighth of them

# A string that is not closed ends with the line, or with the text where it may have several lines: what is refused is read once, not from every quote anew.
_STRING = r'"""(?:[^\\]|\\.)*?(?:"""+|\\?\Z)|\'\'\'.*?(?:\'\'\'+|\Z)|"(?:[^"\\\n]|\\.)*+"?|\'[^\'\n]*+\'?'
_PIECE = re.compile(_STRING + r"|#[^\n]*|[\[\]{}\n=,.]", re.DOTALL)
_SKIP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRINGS = re.compile(_STRING, re.DOTALL)
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}\n#]*")


def refuse_unsafe(text: str, name: str) -> None:
    """Refuse brackets nested deeper than `DEEPEST` and dotted keys of more than `LONGEST_KEY` parts; and texts of too many lines or list entries."""
    lines = text.count("\n") + 1
    if lines > MOST_LINES:
        raise Refusal(f"{name}: the file has {lines} lines; allowed are {MOST_LINES}.")
    commas = text.count(",")
    if commas > MOST_COMMAS:
        raise Refusal(f"{name}: the file has {commas} commas; allowed are {MOST_COMMAS}.")
    depth = dots = 0
    for match in _PIECE.finditer(text):
        piece = match.group()
        if piece in "[{":
            depth += 1
            dots = 0
        elif piece in "]}":
            depth -= 1
        elif piece == ".":
            dots += 1
        elif piece in "\n=,":
            dots = 0
        if depth > DEEPEST or dots >= LONGEST_KEY:
            line = text.count("\n", 0, match.start()) + 1
            what = f"brackets are nested more than {DEEPEST} deep" if depth > DEEPEST else f"a key has more than {LONGEST_KEY} parts"
            raise Refusal(f"{name}:{line}: {what}; a scenario needs no more than 4.")


def dotted_keys(text: str) -> int:
    """How many values stand under a dotted key, as in `a.b = 1`; the names of tables do not count."""
    count = dots = 0
    for match in _PIECE.finditer(text):
        piece = match.group()
        if piece == ".":
            dots += 1
        elif piece in "\n=,{":
            count += piece == "=" and dots > 0
            dots = 0
    return count


def lines_of(text: str) -> dict[Path_, int]:
    """Line number, from 1, of every table, key and array element, by its path: `("state", 2, "gini")`."""
    return _Walk(text).lines


class _Walk:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.line = 1
        self.lines: dict[Path_, int] = {}
        self.counts: dict[Path_, int] = {}  # arrays of tables met so far
        table: Path_ = ()
        self.skip()
        while self.at < len(text):
            if text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
            self.skip()

    def move(self, to: int) -> None:
        self.line += self.text.count("\n", self.at, to)
        self.at = to

    def skip(self) -> None:
        """Go over white space, line ends and comments."""
        match = _SKIP.match(self.text, self.at)
        assert match is not None
        self.move(match.end())

    def key(self) -> list[str]:
        """Read a dotted key."""
        parts = []
        while True:
            self.skip()
            match = _BARE.match(self.text, self.at) or _STRINGS.match(self.text, self.at)
            assert match is not None, "tomllib accepted this key"
            parts.append(match.group().strip("\"'"))
            self.move(match.end())
            self.skip()
            if self.at < len(self.text) and self.text[self.at] == ".":
                self.at += 1
            else:
                return parts

    def resolved(self, parts: list[str]) -> Path_:
        """The path of a header: inside an array of tables it means the last table met so far."""
        path: Path_ = ()
        for part in parts:
            path = (*path, part)
            if path in self.counts:
                path = (*path, self.counts[path] - 1)
        return path

    def header(self) -> Path_:
        line = self.line
        array = self.text.startswith("[[", self.at)
        self.at += 2 if array else 1
        parts = self.key()
        self.at += 2 if array else 1
        if array:
            path = (*self.resolved(parts[:-1]), parts[-1])
            self.counts[path] = self.counts.get(path, 0) + 1
            self.lines.setdefault(path, line)
            path = (*path, self.counts[path] - 1)
        else:
            path = self.resolved(parts)
        self.lines.setdefault(path, line)
        return path

    def pair(self, table: Path_) -> None:
        line = self.line
        path = table
        for part in self.key():
            path = (*path, part)
            self.lines.setdefault(path, line)
        self.at += 1  # the equals sign
        self.value(path)

    def value(self, path: Path_) -> None:
        self.skip()
        self.lines.setdefault(path, self.line)
        start = self.text[self.at]
        if start == "[":
            self.at += 1
            self.elements(path)
        elif start == "{":
            self.at += 1
            self.skip()
            while self.text[self.at] != "}":
                self.pair(path)
                self.comma()
            self.at += 1
        else:
            match = _STRINGS.match(self.text, self.at) or _SCALAR.match(self.text, self.at)
            assert match is not None
            self.move(match.end())

    def elements(self, path: Path_) -> None:
        self.skip()
        number = 0
        while self.text[self.at] != "]":
            self.value((*path, number))
            number += 1
            self.comma()
        self.at += 1

    def comma(self) -> None:
        self.skip()
        if self.text[self.at] == ",":
            self.at += 1
            self.skip()
