"""Support, unrest and changes of government, by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.economy.households import ELITE, QUINTILES
from sim.government import home_front
from sim.parameters import PARAMETERS
from tests.government.worlds import keys_of_states, world

LEAD, EAST, WEST, ASIDE = range(4)


def test_support_moves_a_quarter_of_the_way_to_where_living_and_rally_draw_it() -> None:
    """Consumption 10 % below habit: 0.5 + 1.5 ln 0.9 = 0.342; measures since quarter 0, now quarter 1: rally 0.03 exp(-1/4) = 0.0234."""
    small = world()
    small.politics.support_public = np.full(4, 0.5)
    small.politics.habit = np.ones(4)
    home_front.move(small, np.array([1.0, 0.9, 1.0, 1.0]), np.ones(4))
    drawn = 0.5 + 1.5 * math.log(0.9) + 0.03 * math.exp(-0.25)
    assert small.politics.support_public[EAST] == pytest.approx(0.5 + 0.25 * (drawn - 0.5), abs=1e-12)
    assert small.politics.support_public[ASIDE] == pytest.approx(0.5, abs=1e-12)
    assert small.politics.habit[EAST] == pytest.approx(1.0 - 0.06 * 0.1, abs=1e-12)


def test_people_get_used_to_a_loss() -> None:
    small = world()
    public = np.array([1.0, 0.8, 1.0, 1.0])
    for _ in range(60):
        home_front.move(small, public, np.ones(4))
    assert small.politics.habit[EAST] == pytest.approx(0.8, abs=0.01)
    assert small.politics.support_public[EAST] > 0.47


def test_unrest_begins_below_its_threshold_only() -> None:
    """Support 0.2 against a threshold of 0.4 lacks one half; unrest moves a quarter of the way there."""
    small = world()
    small.politics.unrest = np.zeros(4)
    small.politics.usual_public = np.full(4, 0.2)
    small.politics.support_public = np.full(4, 0.2)
    small.politics.support_public[LEAD] = small.politics.usual_public[LEAD] = 0.41
    small.politics.habit = np.ones(4)
    home_front.move(small, np.ones(4), np.ones(4))
    assert small.politics.unrest[ASIDE] == pytest.approx(0.125, abs=1e-9)
    assert small.politics.unrest[LEAD] == 0.0


def test_a_visible_concession_costs_support_for_a_time() -> None:
    small = world()
    before = small.politics.support_public[EAST]
    small.politics.face[EAST] = 0.15
    lows = []
    for _ in range(24):
        home_front.move(small, np.ones(4), np.ones(4))
        lows.append(small.politics.support_public[EAST])
    assert min(lows) < before - 0.03
    assert lows[-1] > before - 0.01


def test_what_is_given_up_costs_face_once_and_a_broken_pledge_twice() -> None:
    """.15 for the whole policy: half of it conceded costs .075, once; a demand of .8 given up with half conceded costs .15 x .3, twice that under a pledge."""
    for pledged, twice in ((False, 1.0), (True, 2.0)):
        small = world()
        dispute = small.politics.disputes["first"]
        small.politics.face[:] = 0.0
        dispute.policy = 0.5
        home_front.lose_face(small)
        home_front.lose_face(small)
        assert small.politics.face[EAST] == pytest.approx(0.075)
        dispute.pledged = [LEAD] if pledged else []
        dispute.move("abandoned", small.quarter)
        home_front.lose_face(small)
        assert small.politics.face[LEAD] == pytest.approx(twice * 0.15 * 0.3)


def test_the_public_holds_against_a_leader_what_it_knows_to_be_missing() -> None:
    """All but .05 of the .5 given has been taken back in secret: giving up then costs the leader what it would have without."""
    small = world()
    dispute = small.politics.disputes["first"]
    small.politics.face[:] = 0.0
    dispute.policy, dispute.shown = 0.05, 0.5
    dispute.move("abandoned", small.quarter)
    home_front.lose_face(small)
    assert small.politics.face[LEAD] == pytest.approx(0.15 * 0.3)


def test_a_new_government_takes_over_every_dispute_and_begins_with_the_usual_support() -> None:
    """Also those that rest or are settled: they may be taken up again."""
    small = world()
    politics = small.politics
    for stage in ("dormant", "settled"):
        politics.disputes["first"].stage = stage  # type: ignore[assignment]
        before = politics.disputes["first"].resolve_sender, politics.disputes["first"].resolve_target
        politics.support_public[:] = politics.support_elite[:] = 0.1
        home_front.new_government(small, LEAD)
        home_front.new_government(small, EAST)
        assert politics.disputes["first"].resolve_sender != before[0] and politics.disputes["first"].resolve_target != before[1]
        assert politics.support_elite[LEAD] == politics.usual_elite[LEAD] and politics.support_public[LEAD] == politics.usual_public[LEAD]


def test_a_government_without_support_falls_more_often_and_its_successor_draws_new_resolve() -> None:
    """Democracy: .06 exp(4 * .5) = .443 a quarter without support, .06 with half: over 200 quarters about 89 against 12."""
    falls = []
    for support in (0.0, 0.5):
        small = world()
        count = 0
        for quarter in range(200):
            small.quarter = 100 + quarter
            small.politics.support_public[:] = support
            before = small.politics.governments[LEAD]
            home_front.turn_over(small)
            count += int(small.politics.governments[LEAD] - before)
        falls.append(count)
    assert 70 < falls[0] < 108
    assert 3 < falls[1] < 25


def test_a_new_government_keeps_seven_tenths_of_the_old_resolve_on_average() -> None:
    """ln r <- .7 ln r + sqrt(1 - .49) sig z: starting at 10, many successors average 7 and differ by .714 sig."""
    after = []
    for number in range(60):
        small = world(quarters=0)
        small.quarter = number
        dispute = small.politics.disputes["first"]
        dispute.resolve_target = 10.0
        small.politics.governments[EAST] = number
        home_front._redraw(small, EAST)
        after.append(dispute.resolve_target)
    assert np.mean(after) == pytest.approx(7.0, abs=0.6)
    assert np.std(after) == pytest.approx(0.714 * PARAMETERS["resolve_spread"].default, rel=0.2)


def test_a_government_that_people_play_never_falls() -> None:
    small = world()
    small.played = frozenset({"LEAD"})
    small.politics.support_public[:] = 0.0
    for quarter in range(40):
        small.quarter = quarter
        home_front.turn_over(small)
    assert small.politics.governments[LEAD] == 0
    assert small.politics.governments[EAST] > 0


@pytest.mark.parametrize(("coalition", "part"), [(None, 0.5), (0.05, 0.0), (0.2, 0.0), (0.4, 0.5), (1.0, 0.8)])
def test_a_small_winning_coalition_is_the_elite_and_a_large_one_mostly_the_public(coalition: float | None, part: float) -> None:
    """The elite, a fifth of the people, are its first members: of a coalition of two fifths the other half is public. EAST is no democracy, LEAD is one."""
    states = keys_of_states()
    if coalition is not None:
        states[EAST]["winning_coalition"] = coalition
    small = world(state=states)
    assert home_front.public_part(small, EAST) == pytest.approx(part, abs=1e-12)
    assert home_front.public_part(small, LEAD) == 1.0


def test_the_elite_of_a_coalition_is_the_elite_whose_bill_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """The richest of the quintiles: a fifth of the people. Of ten parts it would be a tenth, and of a coalition of two fifths three quarters public."""
    assert len(range(QUINTILES)[ELITE:]) / QUINTILES == home_front.ELITE_SHARE
    monkeypatch.setattr(home_front, "ELITE_SHARE", 0.1)
    states = keys_of_states()
    states[EAST]["winning_coalition"] = 0.4
    assert home_front.public_part(world(state=states), EAST) == pytest.approx(0.75, abs=1e-12)


def test_an_elite_gets_used_to_what_it_has_not_to_what_the_public_has() -> None:
    """For fifteen years the public has a tenth less and the elite a fifth: both are used to it, and as content as ever."""
    small = world()
    small.politics.support_elite = small.politics.usual_elite.copy()
    for _ in range(60):
        home_front.move(small, np.full(4, 0.9), np.full(4, 0.8))
    assert small.politics.habit_elite == pytest.approx(np.full(4, 0.8), abs=0.01)
    assert small.politics.support_elite[ASIDE] == pytest.approx(small.politics.usual_elite[ASIDE], abs=0.02)
    home_front.move(small, np.full(4, 0.9), np.full(4, 0.7))
    assert small.politics.support_elite[ASIDE] < small.politics.usual_elite[ASIDE] - 0.04
