"""Text typed by people: stored clean, shown harmless, exported without formulas."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.classroom.refused import Refusal
from ui.classroom.text import cell, clean, display

NASTY = (
    "<script>alert(1)</script>",
    "![x](http://evil.example/pixel.png)",
    "[click](javascript:alert(1))",
    "# heading",
    "1. list",
    "- list",
    "> quote",
    "    code",
    "`code` $x^2$ **bold** ~~gone~~",
    ":red[loud] :smile: :material/delete:",
    "https://evil.example www.evil.example a@evil.example",
    "<img src=x onerror=alert(1)>",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "&lt;b&gt; &#60;",
    "line\n===",
)


@pytest.mark.parametrize("text", NASTY)
def test_nothing_markdown_or_html_would_act_on_survives_display(text: str) -> None:
    """No tag, no unescaped sign, no address a renderer would turn into a link."""
    shown = display(clean(text, 200, "name"))
    assert not re.search(r"<|>", shown)
    assert not re.search(r"(?<!\\)[`*_\[\]()#|~$!]", shown)
    assert not re.search(r"://|www\.|\w@", shown.replace("\\", ""))
    assert not re.search(r":[a-z/]", shown)
    assert not any(line.startswith((" ", "\t")) for line in shown.split("\n"))


def test_harmless_text_reads_the_same() -> None:
    """Letters, accents, emoji and line breaks stay as typed."""
    assert display("Zoë voted yes 🙂 中文") == "Zoë voted yes 🙂 中文"
    assert clean("  two\r\nlines \n\n\n\nfar ", 40, "x") == "two\nlines \n\nfar"


def test_what_cannot_be_seen_is_stripped() -> None:
    """Control characters, direction overrides, lone surrogates, private letters, stacks of marks (3 of 50 stay)."""
    assert clean("a\x00b\x1b[31m\u202ec\ud800\ue000", 40, "x") == "ab[31mc"
    assert len(clean("a" + "\u0315" * 50, 100, "x")) <= 4


def test_text_of_another_kind_too_long_or_empty_is_refused() -> None:
    """The limit counts characters; exactly the limit passes."""
    assert clean("x" * 10, 10, "x") == "x" * 10
    with pytest.raises(Refusal, match="11 characters are too many; allowed are 10"):
        clean("x" * 11, 10, "name")
    with pytest.raises(Refusal, match="text was expected"):
        clean(7, 10, "name")
    with pytest.raises(Refusal, match="empty"):
        clean(" \x00\n ", 10, "name", empty=False)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1+1", "\r=1", "|calc"])
def test_a_formula_becomes_text_in_a_spreadsheet(text: str) -> None:
    """An apostrophe in front."""
    assert cell(text) == ("'" + text if text[0] not in "\t\r" else f"'{text[0]}'{text[1:]}")


def test_numbers_and_plain_text_stay_as_they_are() -> None:
    """A negative number is a number, not a formula."""
    assert [cell(value) for value in (-1, 0.5, None, "", "abc", "a=b")] == [-1, 0.5, None, "", "abc", "a=b"]


@pytest.mark.parametrize("text", ["fair; =cmd|'/C calc'!A0;", "one\n=1+1", "one\n\u00a0@SUM(1)", 'one;"=1+1', "one;\t+1"])
def test_a_formula_inside_a_text_is_none_where_semicolons_part_the_columns(text: str) -> None:
    """A spreadsheet set to another language cuts at semicolons and at line ends, quoted or not: no piece begins like a formula."""
    found = str(cell(text))
    assert found.replace("'", "") == text.replace("'", "")
    assert not any(piece.lstrip(" \u00a0\u2060\"")[:1] in set("=+-@|%") for piece in re.split("[;\n\t]", found) if piece.strip(' "'))


def test_ordinary_semicolons_and_lines_stay_as_they_are() -> None:
    for text in ("one; two\nthree", "organisation=ALL;leave=BOR", "a;", ";"):
        assert cell(text) == text


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing_and_whatever_is_cleaned_can_be_stored(text: str) -> None:
    """clean(clean(x)) == clean(x), and it encodes."""
    try:
        once = clean(text, 300, "x")
    except Refusal:
        return
    assert clean(once, 300, "x") == once
    assert "\x00" not in once.encode().decode()
