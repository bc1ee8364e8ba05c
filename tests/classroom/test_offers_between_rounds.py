"""What is offered in a round can be answered in the next, however many quarters a round has."""

from __future__ import annotations

from typing import Any

import pytest

from sim.scenario.decisions import Decision
from ui.classroom.played import play

PAIR = ("VOSTRA", "KARST")
SCENARIO = "marriage-of-convenience"


def rounds(per: int, count: int = 2) -> list[tuple[str, int, int]]:
    return [(state, per * number, per * number + per - 1) for number in range(count) for state in PAIR]


def moves(per: int, answer: bool = True) -> list[dict[str, Any]]:
    proposal = Decision(0, PAIR[0], "propose_deal", PAIR[1], "", 1.0, {"kind": "licence", "giver": "them"})
    reply = Decision(per, PAIR[1], "answer_deal", PAIR[0], "", 1.0)
    fields = ("quarter", "state", "lever", "target", "sector", "value", "options")
    return [{name: getattr(order, name) for name in fields} for order in ([proposal, reply] if answer else [proposal])]


def played(per: int, upto: int, answer: bool = True) -> dict[str, Any]:
    return play(SCENARIO, 1, "", moves(per, answer), upto, 0, rounds(per))


@pytest.mark.parametrize("per", [1, 3, 5])
def test_a_deal_proposed_by_one_seat_to_another_is_answered_a_round_later(per: int) -> None:
    asked = played(per, per, answer=False)
    assert "answer_deal" in str(asked["private"][PAIR[1]]) and PAIR[0] in str(asked["private"][PAIR[1]])
    held = played(per, per + 1)["debrief"]["agreements"]
    pairs = list(zip(held["party_a"], held["party_b"], held["kind"], held["quarter"], strict=True))
    assert (PAIR[1], PAIR[0], "licence", per) in pairs


def test_what_nobody_answers_in_the_next_round_is_gone_and_that_is_told() -> None:
    events = played(3, 6, answer=False)["public"]["events"]
    lapsed = [row for row in zip(events["quarter"], events["event"], events["text"], strict=True) if row[1] == "offer lapsed"]
    assert lapsed == [(3, "offer lapsed", "Karstia leaves what Vostra offered unanswered: licence")]
