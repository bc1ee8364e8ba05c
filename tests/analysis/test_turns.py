"""Turn by turn: the same run as in one go, the same questions as a government of the model gets, and nothing changed by looking."""

from __future__ import annotations

import pytest

from sim import api

SCENARIO = api.load("marriage-of-convenience")


def asked(decisions: list[api.Decision], upto: int, state: str = "KARST") -> list[tuple[int, api.Paper]]:
    return [(quarter, paper) for quarter in range(upto) for paper in api.turn(SCENARIO, quarter, state, decisions).papers]


def test_watching_turn_by_turn_is_the_run_in_one_go() -> None:
    turned = api.turn(SCENARIO, 6).run
    whole = api.run(SCENARIO, quarters=6, keep_snapshots=False)
    assert turned.digests == whole.digests


def test_a_played_state_decides_nothing_by_itself() -> None:
    run = api.turn(SCENARIO, 8, "KARST").run
    assert {choice.state for choice in run.record.choices if not choice.decision.startswith("vote")} >= {"AUREL"}
    mine = [choice for choice in run.record.choices if choice.state == "KARST"]
    assert all(choice.forced and choice.chosen == "absent" for choice in mine)


def test_the_table_holds_the_questions_a_government_of_the_model_decides() -> None:
    """Left to itself for six quarters and then played: its first questions are those the model's own government decided."""
    own = [choice for choice in api.run(SCENARIO, quarters=3, keep_snapshots=False).record.choices if choice.state == "KARST"]
    assert own, "the scenario poses Karstia no question in the first quarters"
    first = own[0]
    papers = {paper.question.key: paper.own for paper in api.turn(SCENARIO, first.quarter, "KARST").papers}
    assert papers[first.decision].options == first.options
    assert papers[first.decision].chosen == first.chosen


def test_looking_at_the_table_changes_nothing() -> None:
    once = api.turn(SCENARIO, 5, "AUREL")
    again = api.turn(SCENARIO, 5, "AUREL")
    assert once.papers == again.papers
    assert once.run.digests == api.turn(SCENARIO, 5, "AUREL").run.digests


def test_taking_an_option_gives_its_orders_and_they_are_carried_out() -> None:
    quarter, paper = next((quarter, paper) for quarter, paper in asked([], 6) if paper.question.decision == "stance")
    orders = paper.question.orders["trade on"]
    events = api.turn(SCENARIO, quarter + 1, "KARST", orders).run.events
    mine = events[(events["quarter"] == quarter) & (events["event"] == "measure imposed") & events["states"].str.startswith("KARST ")]
    assert "Trade facilitation" in " ".join(mine["text"])


def test_offers_come_before_other_questions() -> None:
    for quarter in range(12):
        by = [bool(paper.offer_by) for paper in api.turn(SCENARIO, quarter, "AUREL").papers]
        assert by == sorted(by, reverse=True)


def test_orders_for_later_quarters_wait() -> None:
    late = [api.Decision(5, "KARST", "tariff", "VOSTRA", "*", 0.5)]
    assert api.turn(SCENARIO, 4, "KARST", late).run.digests == api.turn(SCENARIO, 4, "KARST").run.digests


@pytest.mark.parametrize("quarter, state, said", [(-1, "", "out of range"), (2, "ATLANTIS", "no state 'ATLANTIS'")])
def test_bad_input_is_refused_in_a_sentence(quarter: int, state: str, said: str) -> None:
    with pytest.raises(api.Refusal, match=said):
        api.turn(SCENARIO, quarter, state)
