"""People who decide every few quarters: a threat waits until its target has had its say, and until its leader has."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from sim.government.decisions import carry_out
from sim.scenario.decisions import Decision
from sim.world import World
from tests.government.worlds import setting

LEAD, EAST = 0, 1
Held = Sequence[tuple[str, int, int]]


def threatened(held: Held, quarters: int, decisions: Sequence[Decision] = ()) -> World:
    """LEAD has threatened EAST when the world begins; the seats in `held` are played by people who do only what `decisions` say."""
    threat = {"id": "first", "issue": "a fishing quota", "senders": ["LEAD"], "target": "EAST", "stage": "threat", "demand": 0.8, "package": "partial trade"}
    made = World(setting(dispute=[threat], measure=[]), 1, list(decisions), governments=False)
    for _ in range(quarters):
        made.seat(held)
        made.step()
    return made


def rounds(state: str, per: int) -> Held:
    return [(state, per * number, per * number + per - 1) for number in range(4)]


def asked(held: Held) -> int:
    """The first quarter in which LEAD is asked whether to carry the threat out."""
    return next(quarter for quarter in range(20) if carry_out.questions(threatened(held, quarter), LEAD))


@pytest.mark.parametrize("per,first", [(1, 2), (2, 3), (3, 4), (5, 6)])
def test_a_threat_is_carried_out_only_when_the_target_has_had_its_say(per: int, first: int) -> None:
    """Every quarter: said in 0, heard in 1, carried out in 2. In rounds of three people hear it in quarter 3."""
    assert asked(rounds("EAST", per)) == first


def test_governments_are_asked_as_if_nobody_played() -> None:
    assert asked([]) == 2 and asked(rounds("ASIDE", 3)) == 2


def test_the_deadline_moves_with_who_is_waited_for() -> None:
    due = [threatened(rounds("EAST", 3), quarters).politics.disputes["first"].deadline for quarters in (1, 2, 3, 4)]
    assert due == [2, 3, 4, 4]


@pytest.mark.parametrize(
    "held,lapsed", [([], 3), (rounds("LEAD", 2), 3), (rounds("LEAD", 3), 3), (rounds("LEAD", 5), 5), ([*rounds("LEAD", 3), *rounds("EAST", 3)], 6)]
)
def test_a_threat_lapses_in_a_quarter_in_which_its_leader_could_have_acted(held: Held, lapsed: int) -> None:
    """Due in 2; a leader that decides in 2 has had its last say then, one that decides in 0, 5, 10 lets it lapse in 5. Where both play rounds of three, the
    target hears it in 3 and the leader acts in 6."""
    stages = [threatened(held, quarters).politics.disputes["first"].stage for quarters in range(8)]
    assert stages.index("abandoned") == lapsed + 1 and set(stages[: lapsed + 1]) == {"threat"}


def test_a_leader_that_decides_in_rounds_can_still_carry_its_threat_out() -> None:
    held = [*rounds("LEAD", 3), *rounds("EAST", 3)]
    ban = Decision(6, "LEAD", "import_ban", "EAST", "*", 0.5, {"dispute": "first"})
    assert threatened(held, 7, [ban]).politics.disputes["first"].stage == "imposed"


def test_a_target_that_decides_in_rounds_can_still_give_in_under_a_threat() -> None:
    yields = Decision(3, "EAST", "concession", "LEAD", "", 1.0, {"dispute": "first"})
    made = threatened(rounds("EAST", 3), 4, [yields])
    assert made.politics.disputes["first"].conceded_at == "threat"


@pytest.mark.parametrize("per,voted", [(1, 2), (3, 3), (4, 4)])
def test_a_vote_waits_for_members_whose_people_do_not_decide_yet(per: int, voted: int) -> None:
    """Tabled in quarter 1; EAST, in rounds of `per` quarters, votes when it next decides, and is not counted as absent before."""
    text = Decision(1, "LEAD", "assembly_resolution", "EAST", "", 1.0)
    ballot = Decision(voted, "EAST", "cast_vote", "", "", 1.0, {"vote": "against"})
    held = rounds("EAST", per)
    assert not threatened(held, voted, [text]).record.rows("votes")
    rows = threatened(held, voted + 1, [text, ballot]).record.rows("votes")
    assert {(row[0], row[3]) for row in rows if row[2] == "EAST"} == {(voted, "against")}
    assert len(rows) == 4


def test_a_vote_does_not_wait_for_who_has_no_seat_in_the_council() -> None:
    text = Decision(1, "LEAD", "council_mandate", "EAST", "", 1.0)
    assert threatened(rounds("WEST", 3), 3, [text]).record.rows("votes")
    assert not threatened(rounds("ASIDE", 3), 3, [text]).record.rows("votes")
