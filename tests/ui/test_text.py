"""The words: every key used exists, every key that exists is used, languages agree, numbers are written as people read them."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.levers import LEVERS
from ui.text import DEFAULT, FOLDER, entries, languages, plain, words

UI = FOLDER.parent
CALLS = {"t", "maybe"}
NUMBERS = {"count"}  # filled in by the plural form
LEVER_FIELDS = ("label", "value_label", "hurts", "costs_user", "dynamics", "contested", "pro", "con")


def calls() -> Iterator[tuple[Path, ast.Call]]:
    """Every call of `t(...)` or `maybe(...)` in the screens."""
    for path in sorted(UI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS and node.args:
                yield path, node


def patterns() -> tuple[set[str], list[re.Pattern[str]]]:
    """Keys named in full, and patterns of those put together from parts (a part may not hold a dot)."""
    whole, made = set(), []
    for _, call in calls():
        parts_of_keys = set()
        for node in ast.walk(call.args[0]):
            if isinstance(node, ast.JoinedStr):
                parts_of_keys |= {id(part) for part in node.values}
                parts = [re.escape(part.value) if isinstance(part, ast.Constant) else "[^.]+" for part in node.values]
                made.append(re.compile("".join(parts)))
        for node in ast.walk(call.args[0]):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts_of_keys:
                whole.add(node.value)
    return whole, made


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def forms(entry: str | dict[str, str]) -> list[str]:
    return [entry] if isinstance(entry, str) else list(entry.values())


def test_every_key_named_in_the_code_has_a_text() -> None:
    texts = entries(DEFAULT)
    whole, _ = patterns()
    named = {key for key in whole if "." in key}
    assert len(named) > 50
    assert sorted(named - set(texts)) == []


def test_every_pattern_of_keys_in_the_code_fits_some_text() -> None:
    texts = entries(DEFAULT)
    _, made = patterns()
    unmet = [pattern.pattern for pattern in made if not any(pattern.fullmatch(key) for key in texts)]
    assert [pattern for pattern in unmet if "levers" not in pattern] == []


def test_every_text_is_used_somewhere() -> None:
    whole, made = patterns()
    unused = [key for key in entries(DEFAULT) if key not in whole and not any(pattern.fullmatch(key) for pattern in made)]
    assert unused == []


def test_words_about_levers_belong_to_levers_that_exist() -> None:
    for language in languages():
        for key in entries(language):
            if key.startswith("levers."):
                _, lever, field = key.split(".")
                assert lever in LEVERS, key
                assert field in LEVER_FIELDS, key


def test_a_call_fills_in_exactly_what_its_text_asks_for() -> None:
    texts = entries(DEFAULT)
    wrong = []
    for path, call in calls():
        key = call.args[0]
        if not isinstance(key, ast.Constant) or key.value not in texts or any(keyword.arg is None for keyword in call.keywords):
            continue
        given = {keyword.arg for keyword in call.keywords}
        asked = set().union(*(fields(form) for form in forms(texts[key.value])))
        if not asked <= given or given - asked - NUMBERS:
            wrong.append((path.name, key.value, sorted(given ^ asked)))
    assert wrong == []


@pytest.mark.parametrize("language", languages())
def test_a_language_has_every_key_of_english_with_the_same_blanks(language: str) -> None:
    english, other = entries(DEFAULT), entries(language)
    needed = {key for key in english if not key.startswith("levers.")}
    assert needed - set(other) == set()
    assert {key for key in other if not key.startswith("levers.")} - needed == set()
    for key in needed:
        assert set().union(*map(fields, forms(other[key]))) == set().union(*map(fields, forms(english[key]))), key


def test_numbers_have_a_true_minus_sign_and_no_negative_zero() -> None:
    """-1234.5 with one decimal is the minus sign and 1,234.5; -0.04 with one decimal rounds to 0.0 without a sign."""
    w = words()
    assert w.number(-1234.5, 1) == "\N{MINUS SIGN}1,234.5"
    assert w.number(-0.04, 1, sign=True) == "0.0"
    assert w.number(0.04, 2, sign=True) == "+0.04"


def test_money_keeps_about_three_digits_whatever_its_size() -> None:
    """1234.5 bn: no decimals; 4.06 bn: one; 0.5 bn: two; 0.004 bn: three."""
    w = words()
    assert [w.money(value) for value in (1234.5, 4.06, 0.5, 0.004)] == ["$1,234 bn", "$4.1 bn", "$0.50 bn", "$0.004 bn"]
    assert w.money(-4.06, sign=True) == "\N{MINUS SIGN}$4.1 bn"


def test_quarters_are_dated_where_the_scenario_has_a_date() -> None:
    """Quarter 5 after 2014 Q1 is 2015 Q2 (four quarters to 2015 Q1, one more); after 2014 Q3 it is 2015 Q4."""
    w = words()
    assert w.quarter(5, "2014-01") == "2015 Q2"
    assert w.quarter(5, "2014-07") == "2015 Q4"
    assert w.quarter(5) == "year 2, Q2"
    assert [w.year(4, "2014-01"), w.year(4, "2014-07"), w.year(4)] == ["2015", "2015 Q3", "2"]


def test_the_plural_form_follows_the_count() -> None:
    w = words()
    assert w.t("world.age", count=1) == "1 quarter"
    assert w.t("world.age", count=12) == "12 quarters"


def test_an_unknown_language_is_english() -> None:
    assert words("xx").t("common.app") == words(DEFAULT).t("common.app")


def test_names_cannot_bring_markdown_with_them() -> None:
    assert plain("![x](http://a)") == "!\\[x\\](http://a)"
    assert plain("$5 *and* $6") == "\\$5 \\*and\\* \\$6"
