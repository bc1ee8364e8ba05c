"""Whom a state under pressure asks: those it has an adversary in common with, and friends; and what a deal costs a third party with its own friends."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.government.agreement import Agreement
from sim.government.decisions import propose_deal
from sim.government.partnering import AHEAD, advantage, ahead, attraction, common_adversary, keeping_relation, relation_terms
from sim.world import World
from tests.government.worlds import STATES, world

LEAD, EAST, WEST, ASIDE = range(4)


def asked(small: World, quarters: int = 60) -> dict[int, int]:
    """How often EAST would ask each state, over the draws of many quarters."""
    counts: dict[int, int] = {}
    for quarter in range(quarters):
        small.quarter = quarter
        partner = propose_deal._partner(small, EAST)
        if partner is not None:
            counts[partner[0]] = counts.get(partner[0], 0) + 1
    return counts


def setting_states(tech: dict[str, float]) -> list[dict[str, Any]]:
    """The small world's states with other advantages in technology."""
    plain = {"gdp_bn": 800.0, "population_m": 50.0, "ideal_point": 0.0}
    return [{"id": name, "place": [float(k), 0.0], **plain, "advantage": {"tech": tech.get(name, 1.5)}} for k, name in enumerate(STATES)]


def related(affinity: float = 0.0, rivalry: float = 0.0, **parameters: float) -> World:
    """EAST and WEST under measures of LEAD; ASIDE with this affinity to EAST and at odds with LEAD so far; nobody else close."""
    small = world(1, parameters=parameters or None)
    small.politics.affinity[:] = 0.0
    small.politics.rivalry[:] = 0.0
    small.politics.affinity[EAST, ASIDE] = small.politics.affinity[ASIDE, EAST] = affinity
    small.politics.rivalry[ASIDE, LEAD] = rivalry
    return small


def test_a_state_at_odds_with_who_presses_another_has_an_adversary_in_common_seen_from_either() -> None:
    small = related(rivalry=0.8)
    assert common_adversary(small, EAST, ASIDE) == common_adversary(small, ASIDE, EAST) == pytest.approx(0.4)
    assert common_adversary(small, EAST, WEST) == 1.0


def test_only_those_it_is_drawn_to_are_asked_each_in_proportion() -> None:
    """Drawn to WEST by 0.25 x 1 and to a friend by 0.5 x 0.3 x 0.8 = 0.12: a third of the talks are with the friend."""
    assert set(asked(related())) == {WEST}
    counts = asked(related(affinity=0.8), 300)
    assert set(counts) == {WEST, ASIDE}
    assert counts[ASIDE] / sum(counts.values()) == pytest.approx(0.12 / 0.37, abs=0.08)


def test_where_the_sanctioned_stand_alone_they_ask_friends_and_not_each_other() -> None:
    """Without the pull of a common adversary only closeness draws."""
    small = related(affinity=0.5, convenience=0.0)
    assert sum(attraction(small, EAST, WEST).values()) == 0.0
    assert set(asked(small)) == {ASIDE}


def test_a_deal_with_a_target_costs_a_state_at_peace_with_its_friends_among_the_senders() -> None:
    small = related()
    small.politics.affinity[ASIDE, LEAD] = 0.6
    small.politics.affinity[WEST, LEAD] = 0.6
    assert relation_terms(small, ASIDE, EAST)["ties with the senders"] == pytest.approx(-0.5 * 0.3 * 0.6)
    assert relation_terms(small, WEST, EAST)["ties with the senders"] == 0.0, "it is under their measures itself"
    small.politics.affinity[ASIDE, LEAD] = -0.6
    assert relation_terms(small, ASIDE, EAST)["ties with the senders"] == 0.0, "no friend of theirs"


def test_a_teacher_has_an_advantage_of_its_own() -> None:
    """WEST sells more high technology than its share in trade, EAST far less. Were WEST merely the less backward of the two, it would teach nobody."""
    assert ahead(world(1), WEST, EAST) and not ahead(world(1), EAST, WEST)
    states = setting_states(tech={"EAST": 0.2, "WEST": 0.6})
    small = world(1, state=states)
    assert 1.0 > advantage(small, WEST) > AHEAD * advantage(small, EAST)
    assert not ahead(small, WEST, EAST)


def test_what_is_mastered_binds_no_longer() -> None:
    """A licence draws its parties together against a common adversary by the part that is not mastered yet."""
    small = related()
    deal = Agreement("mills", "licence", WEST, EAST, 0)
    new = keeping_relation(small, EAST, deal)["common adversary"]
    small.economy.technology.mastered[:, EAST] = np.inf
    assert new == pytest.approx(0.25) and keeping_relation(small, EAST, deal)["common adversary"] == 0.0
    assert keeping_relation(small, EAST, Agreement("swap", "barter", WEST, EAST, 0))["common adversary"] == pytest.approx(0.25)
