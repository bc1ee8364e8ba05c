"""Levers and moves in words, for screens and for paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.levers import Lever, Setting
    from ui.text import Words

SHARE = "share"
EVERYONE = "*"
SWITCH = "0 or 1"  # the unit of levers that are only there or not


def lever_words(lever: Lever, field: str, w: Words) -> str:
    """A text of a lever (`label`, `hurts`, `costs_user`, ...): the language's own where it has one, else the lever's."""
    own = w.maybe(f"levers.{lever.id}.{field}")
    return own if own is not None else str(getattr(lever, field, ""))


def level_words(setting: Setting, level: float, w: Words) -> str:
    """A level with its unit: "25 % of the value before tariff"; nothing for a lever that knows one level only."""
    if setting.low == setting.high:
        return ""
    if setting.unit == SWITCH:
        return switch_words(setting, level, w)
    if setting.unit.startswith(SHARE):
        percent = 100 * level
        return w.t("common.level_percent", number=w.number(percent, 0 if percent == round(percent) else 1), of=unit_of(setting.unit, w)).strip()
    return w.t("common.level", number=w.number(level, 0 if level == round(level) else 2), unit=unit_of(setting.unit, w))


def amount_words(lever: Lever, level: float, w: Words) -> str:
    """The level of a deed with what it says: a share of nothing in particular says what it is of, "how strong the evidence is: 60 %"."""
    said = level_words(lever.value, level, w)
    if lever.value.unit != SHARE:
        return said
    label = lever_words(lever, "value_label", w) or lever.value.label
    return w.t("naming.number", label=label[:1].lower() + label[1:], level=said)


def switch_words(setting: Setting, level: float, w: Words) -> str:
    """Which of its two ways a setting with the label "1 accepts, 0 refuses" stands at."""
    yes, no = setting.label.removeprefix("1 ").split(", 0 ")
    return w.phrase(yes if level >= 0.5 else no)


def line_of(*parts: str) -> str:
    """The parts of a line that say anything: who acts on whom, in what, how strongly."""
    return ", ".join(part for part in parts if part)


def who_words(state: str, target: str, names: Mapping[str, str], w: Words, deed: bool = False, friendly: bool = False) -> str:
    """Who acts on whom, in words; a deed is done towards somebody, and help is for somebody."""
    if not target:
        return w.t("common.alone", sender=names.get(state, state))
    way = "help" if friendly else "towards" if deed else "on"
    return w.t(f"common.{way}", sender=names.get(state, state), target=whom_words(target, names, w))


def whom_words(target: str, names: Mapping[str, str], w: Words) -> str:
    """Whom something is about: a state, or everyone else."""
    return w.t("common.everyone") if target == EVERYONE else names.get(target, target)


def unit_of(unit: str, w: Words) -> str:
    """A unit in words; for a share, what it is a share of: "of the value before tariff"."""
    return "" if unit == SHARE else w.phrase(unit).removeprefix(SHARE).strip()
