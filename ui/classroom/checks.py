"""The role check: three questions made from the scenario itself, so that every role of every scenario has them.

For whom do you speak, what counts most for you, with whom do you trade most. All answers stand in the role packet or beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ui.text import Words, words

if TYPE_CHECKING:
    from sim import api

OPTIONS = 3
FALLBACK = ("real_income", "price_index", "unrest")  # goals to choose from where a scenario names too few


def role_check(setting: api.Scenario, state: str, goals: Mapping[str, float], place: int) -> list[dict[str, Any]]:
    """The questions of one role; `place` shifts the right answer, so that it is not always the first."""
    w = words()
    names = {row.id: row.name for row in setting.states}
    others = [names[row] for row in names if row != state]
    questions = [_question(w.t("roles.check.state"), names[state], others, place)]
    if goals:
        first = max(goals, key=lambda goal: goals[goal])
        known = dict.fromkeys([goal for role in setting.roles for goal in role.goals if goal not in goals] + [*FALLBACK, *goals])
        rest = [goal_words(goal) for goal in known if goals.get(goal, 0.0) < goals[first] and goal_words(goal) != goal_words(first)]
        if rest:
            questions.append(_question(w.t("roles.check.goal"), goal_words(first), rest, place + 1))
    ranked = partners(setting, state)
    if len(ranked) > 1:
        asked = w.t("roles.check.partner_before") if setting.measures else w.t("roles.check.partner")
        questions.append(_question(asked, names[ranked[0]], [names[row] for row in ranked[1:]], place + 2))
    return questions


def partners(setting: api.Scenario, state: str) -> list[str]:
    """The other states by trade with this one at the start, largest first."""
    place = setting.state_ids.index(state)
    both = setting.flows.sum(axis=0)
    size = both[place, :] + both[:, place]
    return [row for row in sorted(setting.state_ids, key=lambda row: -size[setting.state_ids.index(row)]) if row != state]


def goal_words(goal: str, w: Words | None = None) -> str:
    """A goal in words (English, or those of `w`), or its id where it has none."""
    return (w or words()).maybe(f"roles.goal.{goal}") or goal.replace("_", " ")


def outcome_words(outcome: str, w: Words | None = None) -> str:
    """What a bet is on, in words: most goals say it; some say which way is better, and a bet takes no side."""
    return (w or words()).maybe(f"roles.outcome.{outcome}") or goal_words(outcome, w)


def _question(text: str, right: str, wrong: Sequence[str], place: int) -> dict[str, Any]:
    options = list(dict.fromkeys(wrong))[: OPTIONS - 1]
    where = place % (len(options) + 1)
    return {"text": text, "options": [*options[:where], right, *options[where:]], "answer": where}
