"""Who is target, sender or third party."""

from __future__ import annotations

import pandas as pd

from sim import api
from ui.roles import at_issue, roles_in

STATES = ("A", "B", "C", "D")


def measures(*rows: tuple[int, str, str]) -> pd.DataFrame:
    """(quarter, sender, target), all of them import bans"""
    return pd.DataFrame(rows, columns=["quarter", "sender", "target"]).assign(lever="import_ban")


def test_the_one_that_is_hit_is_the_target_and_bystanders_are_third_parties() -> None:
    roles = roles_in(measures((0, "A", "B"), (1, "A", "B"), (1, "C", "B")), STATES)
    assert (roles.target, roles.sender, roles.third) == (("B",), ("A", "C"), ("D",))


def test_a_target_that_answers_stays_a_target() -> None:
    roles = roles_in(measures((0, "A", "B"), (2, "B", "A")), STATES)
    assert (roles.target, roles.sender) == (("B",), ("A",))


def test_an_answer_in_the_same_quarter_does_not_turn_senders_into_targets() -> None:
    """A and C each hit B once, B hits both back at once: B was hit twice and hit twice, so only the dispute can tell."""
    table = measures((0, "A", "B"), (0, "C", "B"), (0, "B", "A"), (0, "B", "C"))
    roles = roles_in(table, STATES, ["B"])
    assert (roles.target, roles.sender, roles.third) == (("B",), ("A", "C"), ("D",))


def test_without_measures_only_the_target_of_a_dispute_has_a_role() -> None:
    roles = roles_in(measures(), STATES, ["D"])
    assert (roles.target, roles.sender, roles.third) == (("D",), (), ("A", "B", "C"))


def test_a_measure_on_nobody_makes_no_sender() -> None:
    roles = roles_in(measures((0, "A", "")), STATES)
    assert (roles.target, roles.sender) == ((), ())


def test_when_everybody_hits_everybody_the_one_hit_most_is_the_target() -> None:
    table = measures((0, "A", "B"), (0, "B", "A"), (0, "C", "B"), (0, "B", "C"), (0, "A", "B"))
    roles = roles_in(table, STATES)
    assert roles.target == ("B",)
    assert roles.sender == ("A", "C")


def test_whoever_helps_is_no_sender() -> None:
    """C sends aid to B, which A hits: C stays a third party."""
    table = pd.concat([measures((0, "A", "B")), measures((0, "C", "B")).assign(lever="aid")])
    assert roles_in(table, STATES).third == ("C", "D")


def test_whoever_only_closes_its_border_to_detours_is_no_sender() -> None:
    table = pd.concat([measures((0, "A", "B")), measures((0, "C", "B")).assign(lever="transit_control")])
    assert (roles_in(table, STATES).sender, roles_in(table, STATES).third) == (("A",), ("C", "D"))
    assert roles_in(table[table["lever"] == "transit_control"], STATES).sender == ("C",)


def test_a_dispute_that_never_came_up_makes_nobody_a_target() -> None:
    """First Warning has three; while none is open all of them say who the targets are."""
    disputes = api.load("first-warning").disputes
    first, *rest = [dispute.id for dispute in disputes]
    assert [dispute.id for dispute in at_issue(disputes, {first})] == [first]
    assert [dispute.id for dispute in at_issue(disputes, set())] == [first, *rest] and len(rest) == 2
