"""The words: every key used exists, every key that exists is used, languages agree, numbers are written as people read them."""

from __future__ import annotations

import ast
import inspect
import re
import string
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from sim import api
from sim.government.packages import PACKAGES
from sim.government.politics import Politics
from sim.levers import LEVERS
from sim.parameters.theories import THEORIES
from sim.scenario.default_sectors import DEFAULT_SECTORS
from ui.first_play import case
from ui.text import DEFAULT, FOLDER, entries, languages, plain, words
from ui.text.contractions import contracted
from ui.wording import SHARE, SWITCH, level_words

UI = FOLDER.parent
CALLS = {"t", "maybe"}
NUMBERS = {"count"}  # filled in by the plural form
LEVER_TEXTS = ("label", "value_label", "hurts", "costs_user", "dynamics", "contested")  # English has them in sim/levers
LEVER_FIELDS = (*LEVER_TEXTS, "pro", "con")
OWN = ("levers.", "phrases.")  # files in which another language has keys that English has not
# What a student meets in a class. Another language has every word that these files name, whatever else it leaves in English.
STUDENT_SCREENS = (
    *("pages/start.py", "pages/join.py", "pages/screen.py", "pages/class_desk.py", "pages/shown.py", "pages/class_debrief_parts.py"),
    *("pages/seat.py", "pages/seat_bet.py", "pages/seat_debrief.py", "pages/seat_decide.py", "pages/seat_desk.py", "pages/seat_results.py"),
    *("pages/seat_levers.py", "pages/seat_names.py", "pages/seat_answers.py", "pages/seat_offers.py", "pages/standing.py", "pages/news.py", "named.py"),
    *("pages/seat_talk.py", "telling.py", "happened.py", "pages/desk.py", "controls.py", "wording.py", "retold.py", "text/__init__.py", "classroom/checks.py"),
    *("charts/over_time.py", "charts/trade_moved.py", "charts/who_pays.py", "charts/rows.py", "charts/chart.py"),
    *("charts/paths.py", "charts/four_bills.py", "charts/opinion.py", "charts/apart.py", "charts/calibration.py", "class_debrief.py", "pages/debrief_parts.py"),
    *(f"debrief/{path.name}" for path in sorted((UI / "debrief").glob("*.py"))),
)
OTHERS = [language for language in languages() if language != DEFAULT]


def calls(files: Iterable[Path] | None = None) -> Iterator[tuple[Path, ast.Call]]:
    """Every call of `t(...)` or `maybe(...)` in the screens, or in some files."""
    for path in files or sorted(UI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS and node.args:
                yield path, node


def patterns(files: Iterable[Path] | None = None) -> tuple[set[str], list[re.Pattern[str]]]:
    """Keys named in full, and patterns of those put together from parts (a part may not hold a dot)."""
    whole, made = set(), []
    for _, call in calls(files):
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


def forms(entry: str | Mapping[str, str]) -> list[str]:
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
    assert [pattern for pattern in unmet if not pattern.startswith(("levers", "phrases"))] == []


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


def phrases_of_the_model() -> set[str]:
    """What the model writes in English on a student's page: units, options, examples, sectors, the poll."""
    settings = [setting for lever in LEVERS.values() for setting in (lever.value, *lever.options)]
    switches = [setting for setting in settings if setting.unit == SWITCH]
    found = {text for setting in settings for text in (setting.unit, setting.source)} - {SHARE, SWITCH, "1"}
    found |= {setting.label for lever in LEVERS.values() for setting in lever.options if setting.unit != SWITCH}
    found |= {example for lever in LEVERS.values() for example in lever.examples}
    found |= {part for setting in switches for part in setting.label.removeprefix("1 ").split(", 0 ")}
    found |= {text for theory in THEORIES.values() for text in (theory.tells_apart, theory.claim)}
    untold = [api.load(name) for name, _ in api.scenarios() if not api.said_in(name, "es")]
    found |= {text for setting in untold for text in (setting.title, setting.question)}  # on the start page
    found |= {inject.text for setting in untold for inject in setting.injects}  # what a teacher releases and a class reads
    found |= {spec.issue for spec in case().setting.disputes}  # of the guided first play
    found |= set(tomllib.loads((UI.parent / "sim" / "government" / "words_en.toml").read_text(encoding="utf-8"))["terms"])  # reasons, as names
    found |= set(re.findall(r'"\w+": "([A-Z][\w ]+)"', inspect.getsource(Politics.table)))  # what texts that governments table are called
    return found | set(PACKAGES) | {sector.name for sector in DEFAULT_SECTORS} | {"How likely is a concession by the end?"}


def needed() -> set[str]:
    """The keys of English that student screens name, in full or as a pattern."""
    whole, made = patterns(UI / name for name in STUDENT_SCREENS)
    return {key for key in entries(DEFAULT) if key in whole or any(pattern.fullmatch(key) for pattern in made)}


@pytest.mark.parametrize("language", OTHERS)
def test_another_language_has_every_word_of_the_student_screens(language: str) -> None:
    keys = needed()
    assert len(keys) > 250
    assert sorted(keys - set(entries(language))) == []
    assert sorted(f"levers.{name}.{field}" for name in LEVERS for field in LEVER_TEXTS if f"levers.{name}.{field}" not in entries(language)) == []


def test_spanish_has_every_word() -> None:
    """Another language may begin with the student screens; Spanish is there for every page."""
    assert sorted(set(entries(DEFAULT)) - set(entries("es"))) == []


@pytest.mark.parametrize("language", OTHERS)
def test_another_language_has_no_key_that_english_has_not(language: str) -> None:
    assert sorted(key for key in set(entries(language)) - set(entries(DEFAULT)) if not key.startswith(OWN)) == []


@pytest.mark.parametrize("language", OTHERS)
def test_another_language_has_exactly_the_phrases_the_model_writes(language: str) -> None:
    own = {key.removeprefix("phrases.") for key in entries(language) if key.startswith("phrases.")}
    assert own ^ phrases_of_the_model() == set()


@pytest.mark.parametrize("language", OTHERS)
def test_another_language_has_the_same_blanks_and_the_same_kind_of_entry(language: str) -> None:
    english, other = entries(DEFAULT), entries(language)
    for key in english.keys() & other.keys():
        assert set().union(*map(fields, forms(other[key]))) == set().union(*map(fields, forms(english[key]))), key
        assert isinstance(other[key], str) == isinstance(english[key], str), key


@pytest.mark.parametrize("language", languages())
def test_plural_forms_are_those_of_the_language(language: str) -> None:
    """Spanish has `one`, `many` (round millions) and `other`; the last must be there, the others may."""
    known = {*words(language).locale.plural_form.rules, "other"}
    for key, entry in entries(language).items():
        if not isinstance(entry, str):
            assert "other" in entry and set(entry) <= known, key


def test_spanish_writes_numbers_and_dates_its_own_way() -> None:
    """-1234.5: a point between thousands and a comma before decimals; the second quarter is T2, for trimestre."""
    w = words("es")
    assert w.number(-1234.5, 1) == "\N{MINUS SIGN}1.234,5"
    assert [w.money(4.06), w.percent(3.25)] == ["$4,1\N{NO-BREAK SPACE}mil\N{NO-BREAK SPACE}M", "3,2\N{NO-BREAK SPACE}%"]
    assert [w.quarter(5, "2014-01"), w.quarter(5)] == ["2015 T2", "año 2, T2"]
    assert [w.t("seat.decide.more", count=count) for count in (1, 2, 1_000_000)] == ["1 opción más", "2 opciones más", "1.000.000 opciones más"]
    assert [w.short(value) for value in (0.05, -12.0, 1.5)] == ["0,05", "\N{MINUS SIGN}12", "1,5"]
    assert level_words(LEVERS["tariff"].value, 0.25, w) == "25\N{NO-BREAK SPACE}% del valor antes del arancel"


@pytest.mark.parametrize("language", languages())
def test_a_level_is_said_only_where_there_is_a_choice_and_never_as_a_bare_yes_or_no(language: str) -> None:
    w = words(language)
    for lever in LEVERS.values():
        said = {level_words(lever.value, level, w) for level in (lever.value.low, lever.value.high)}
        assert (said == {""}) == (lever.value.low == lever.value.high), lever.id
        if lever.value.unit == SWITCH:
            assert len(said) == 2 and not any(character.isdigit() for text in said for character in text), lever.id
    assert level_words(LEVERS["disclosure"].value, 0.05, w) == w.percent(5.0, 0)


@pytest.mark.parametrize(
    ("put_together", "said"),
    [
        ("La pérdida de el destinatario", "La pérdida del destinatario"),
        ("Vuelve a el emisor", "Vuelve al emisor"),
        ("Vence en año 1, T3", "Vence en el año 1, T3"),
        ("de año 1, T3 a año 2, T1", "del año 1, T3 al año 2, T1"),
        ("Desde año 10, T1", "Desde el año 10, T1"),
        ("entre año 1, T1 y año 2, T1", "entre el año 1, T1 y el año 2, T1"),
        ("de Valor y Ismar", "de Valor e Ismar"),
        ("Arden o Orvane", "Arden u Orvane"),
        ("a El Salvador, de él, y hielo, y tiempo, en 2015 T3, 3 años", "a El Salvador, de él, y hielo, y tiempo, en 2015 T3, 3 años"),
    ],
)
def test_spanish_runs_words_together_as_people_do(put_together: str, said: str) -> None:
    assert contracted(put_together, "es") == said
    assert contracted(put_together, DEFAULT) == put_together


def test_a_text_is_written_as_the_language_runs_words_together_after_filling_in() -> None:
    w = words("es")
    assert w.t("lab.mine.ended", when=w.quarter(2), until=w.t("lab.mine.to_the_end")).startswith("Ya no está en vigor desde el año 1, T3")
    blanks = {key: fields(text) - NUMBERS for key, text in entries("es").items() if isinstance(text, str)}
    found = [w.t(key, **dict.fromkeys(names, "el país"), count=2) for key, names in blanks.items() if names]
    assert len(found) > 300
    assert [text for text in found if re.search(r"\b([Dd]e|[Aa]) el\b", text)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_same_words_in_two_languages_are_rare(language: str) -> None:
    """A text left in English by mistake would be the same in both; names, signs and a few short words may be."""
    english, other = entries(DEFAULT), entries(language)
    bare = {key: re.sub(r"\{[^}]*\}|:material/\w+:", " ", str(english[key])) for key in english.keys() & other.keys()}
    same = [key for key, text in bare.items() if english[key] == other[key] and len(re.findall(r"[^\W\d]+", text)) > 2]
    assert same == []


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
