"""A seat's memo for after the class: its own decisions, reasons and bets against what came, its goals, and three questions to answer.

A Markdown file that reads well as plain text too. What it is made of are finished words; what people typed stays what they typed: no sign in it
is a heading, a link, a picture or HTML for a program that draws Markdown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ui.text import Words

QUESTIONS = 3
_ACTS = re.compile(r"([\\`*_\[\]<>|~$])")
_BLANK = re.compile(r"[^\S\u00a0\u202f]+")  # not the blanks that keep a number and its unit together
_BEGINS = re.compile(r"^([#+\-=>:]|\d+(?=[.)]))")


@dataclass(frozen=True)
class MemoRound:
    """A round as its seat lived it. `bet`: what was bet and what came, a sentence each; empty without one."""

    number: int
    moves: tuple[str, ...]
    purpose: str
    reason: str
    bet: tuple[str, ...]


@dataclass(frozen=True)
class Memo:
    """What a memo tells; everything in the language of the class, nothing of another seat. `given`: words given, offers accepted, votes cast."""

    title: str
    question: str
    seat: str
    rounds: tuple[MemoRound, ...]
    goals: tuple[str, ...]
    bets: str
    given: tuple[str, ...] = ()


def as_markdown(memo: Memo, w: Words) -> str:
    """The memo as a file."""
    parts = [f"# {w.t('memo.heading', title=safe(memo.title))}", safe(memo.seat)]
    if memo.question:
        parts.append(safe(w.t("memo.question", question=memo.question)))
    for row in memo.rounds:
        parts += [f"## {w.t('memo.round', round=row.number)}", _list(row.moves)]
        lines = [w.t("memo.purpose", purpose=row.purpose)] if row.purpose else []
        lines.append(w.t("memo.reason", text=row.reason) if row.reason else w.t("memo.no_reason"))
        lines.append(" ".join(row.bet) if row.bet else w.t("memo.no_bet"))
        parts += [safe(line) for line in lines]
    if memo.given:
        parts += [f"## {w.t('memo.given')}", _list(memo.given)]
    if memo.bets:
        parts += [f"## {w.t('memo.bets')}", safe(memo.bets)]
    if memo.goals:
        parts += [f"## {w.t('memo.goals')}", _list(memo.goals), w.t("memo.goals_note")]
    parts.append(f"## {w.t('memo.questions')}")
    for number in range(1, QUESTIONS + 1):
        parts += [f"{number}. {w.t(f'memo.question_{number}')}", "   …"]
    return "\n\n".join(parts) + "\n"


def _list(lines: tuple[str, ...]) -> str:
    return "\n".join(f"- {safe(line)}" for line in lines)


def safe(text: str) -> str:
    """Words on one line in which no sign acts as Markdown or HTML."""
    line = _ACTS.sub(r"\\\1", _BLANK.sub(" ", text).strip())
    return _BEGINS.sub(lambda found: f"\\{found[1]}" if not found[1].isdigit() else f"{found[1]}\\", line)
