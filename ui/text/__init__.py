"""Words shown to people, by language.

A language is a folder of TOML files here; a file's name is the first part of its keys, so `title` in `en/lab.toml` is
`lab.title`. English is complete and is what another language falls back on: a test says which screens another language must
have in full. `phrases` holds what the model itself writes in English (units, names of sectors), under the English words. A key
whose value is a table of plural forms (`one`, `other`) is chosen by `count=`. A filled-in text is written as the language runs words together
(`contractions`). Numbers, percentages and money are written as the language's locale writes them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from babel import Locale
from babel.numbers import format_decimal

from ui.text.contractions import contracted

FOLDER = Path(__file__).parent
DEFAULT = "en"
PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})
MINUS = "\N{MINUS SIGN}"
THIN = "\N{NO-BREAK SPACE}"  # keeps a number and its unit on one line


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Codes of the languages that have a folder, English first."""
    found = sorted(folder.name for folder in FOLDER.iterdir() if any(folder.glob("*.toml")))
    return (DEFAULT, *(code for code in found if code != DEFAULT))


def entries(language: str) -> dict[str, str | Mapping[str, str]]:
    """All keys of one language as written in its files: text, or plural forms by name."""
    found: dict[str, str | Mapping[str, str]] = {}
    for path in sorted((FOLDER / language).glob("*.toml")):
        _flatten(path.stem, tomllib.loads(path.read_text(encoding="utf-8")), found)
    return found


def _flatten(prefix: str, table: Mapping[str, object], into: dict[str, str | Mapping[str, str]]) -> None:
    for name, value in table.items():
        key = f"{prefix}.{name}"
        if isinstance(value, str) or (isinstance(value, dict) and "other" in value and set(value) <= PLURALS):
            into[key] = value
        elif isinstance(value, dict):
            _flatten(key, value, into)
        else:
            raise ValueError(f"ui/text: '{key}' is neither text nor a table")


@dataclass(frozen=True)
class Words:
    """The words of one language and the way it writes numbers. Made by `words`."""

    language: str
    texts: Mapping[str, str | Mapping[str, str]]
    locale: Locale

    def t(self, key: str, **values: Any) -> str:
        """The text of `key` with `values` filled in; a value `count` picks the plural form and is filled in as a number.

        Raises KeyError for a key that no file has.
        """
        text = self.texts[key]
        if not isinstance(text, str):
            form = self.locale.plural_form(values["count"])
            text = text.get(form, text["other"])
        if "count" in values:
            values["count"] = self.number(values["count"])
        return contracted(text.format(**values), self.language) if values else text

    def maybe(self, key: str) -> str | None:
        """The text of `key`, or None where no file has it: for words that only some things have."""
        text = self.texts.get(key)
        return text if isinstance(text, str) else None

    def phrase(self, text: str) -> str:
        """This language's words for a phrase that the model writes in English (a unit, a sector's name), or the phrase itself."""
        return self.maybe(f"phrases.{text}") or text

    def number(self, value: float, digits: int = 0, sign: bool = False) -> str:
        """A number with a fixed count of decimals, a true minus sign and, if asked, a plus sign."""
        rounded = round(float(value), digits) + 0.0  # + 0.0 turns -0.0 into 0.0
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        text = format_decimal(abs(rounded), format=pattern, locale=self.locale)
        if rounded < 0:
            return MINUS + text
        return "+" + text if sign and rounded > 0 else text

    def short(self, value: float) -> str:
        """A number with as many decimals as it needs, six digits at most: 0.05, 12, 1e-07."""
        return f"{value:g}".replace("-", MINUS).replace(".", self.locale.number_symbols["latn"]["decimal"])

    def percent(self, percent: float, digits: int = 1, sign: bool = False) -> str:
        """A percentage given in percent: 3.2 becomes "3.2 %" with a space that does not break."""
        return f"{self.number(percent, digits, sign)}{THIN}%"

    def money(self, billions: float, sign: bool = False) -> str:
        """USD billions with the decimals that the size deserves, for example "$4.1 bn"."""
        size = abs(billions)
        digits = 0 if size >= 100 else 1 if size >= 1 else 2 if size >= 0.095 or size == 0 else 3
        number = self.number(billions, digits, sign)
        head = number[0] if number[0] in "+" + MINUS else ""
        return self.t("common.money", sign=head, amount=number[len(head) :])

    def money_plain(self, dollars: float) -> str:
        """A few dollars, as in "for every $1 ... $12" or "$1.50"."""
        digits = 0 if abs(dollars) >= 10 else 2
        return self.t("common.dollars", amount=self.number(dollars, digits))

    def quarter(self, quarter: int, start: str = "") -> str:
        """A quarter of a run in words: "2015 Q2" where `start` ("2014-01", first month) is known, else "year 2, Q2"."""
        if start:
            year, month = (int(part) for part in start.split("-")[:2])
            count = 4 * year + (month - 1) // 3 + quarter
            return self.t("common.quarter_dated", year=count // 4, quarter=count % 4 + 1)
        return self.t("common.quarter", year=quarter // 4 + 1, quarter=quarter % 4 + 1)

    def year(self, quarter: int, start: str = "") -> str:
        """What a time axis says at a quarter: "2015" (or "2015 Q3" where that is not a first quarter), else the number of the year."""
        if not start:
            return self.number(quarter // 4 + 1)
        year, month = (int(part) for part in start.split("-")[:2])
        return str(year + quarter // 4) if month <= 3 and quarter % 4 == 0 else self.quarter(quarter, start)

    def joined(self, names: list[str]) -> str:
        """Names as a list in words: "A, B and C"."""
        if len(names) < 2:
            return "".join(names)
        return self.t("common.and", first=", ".join(names[:-1]), last=names[-1])


@lru_cache(maxsize=64)
def translated(screen: str, language: str) -> bool:
    """Whether a language has every word of one file of English."""
    if language == DEFAULT:
        return True
    own = entries(language)
    return all(key in own for key in entries(DEFAULT) if key.startswith(f"{screen}."))


def plain(text: str) -> str:
    """Text that Markdown leaves alone: names come from files, and dollar signs would start a formula."""
    for sign in "\\`*_[]<>$#|~":
        text = text.replace(sign, "\\" + sign)
    return text


@lru_cache(maxsize=8)
def words(language: str = DEFAULT) -> Words:
    """The words of a language; an unknown code gets English. What a language has not translated yet is in English."""
    code = language if language in languages() else DEFAULT
    texts = entries(DEFAULT)
    if code != DEFAULT:
        texts = texts | entries(code)
    return Words(code, MappingProxyType(texts), Locale.parse(code))
