"""Three verdicts, the target's and third parties' accounts: against the twin, by hand where the numbers are simple."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim import api
from sim.analysis.checking import without_measures
from sim.refusals import Refusal
from sim.scenario.decisions import Decision


@pytest.fixture(scope="module")
def pair() -> tuple[api.Run, api.Run]:
    setting = api.load("who-pays")
    concession = Decision(4, "CORVANE", "concession", "ARDEN", "", 0.6, {"dispute": "river"})
    run = api.run(setting, 1, [concession], 8, governments=False)
    return run, without_measures(setting, 1)


def test_half_a_demand_met_counts_as_success_and_leaves_the_rest_of_the_policy(pair: tuple[api.Run, api.Run]) -> None:
    """0.6 of the demand conceded, 0 in the twin: coercion 0.6, policy kept 0.4."""
    found = api.verdicts(*pair, "river")
    assert found.coerce.value == pytest.approx(0.6)
    assert found.coerce.verdict == "success"
    assert found.policy_kept == pytest.approx(0.4)


def test_constraint_is_the_real_income_missing_against_the_twin(pair: tuple[api.Run, api.Run]) -> None:
    run, twin = pair
    place = run.setting.state_ids.index("CORVANE")
    mine, theirs = (one.record.series("states", "real_income")[2:8, place].sum() for one in pair)
    assert api.verdicts(run, twin, "river").constrain.value == pytest.approx(100 * (1 - mine / theirs))
    assert api.verdicts(run, twin, "river").constrain.value > 1.0


def test_without_stances_there_is_no_verdict_on_the_signal(pair: tuple[api.Run, api.Run]) -> None:
    assert api.verdicts(*pair, "river").signal.verdict == "no evidence"


def test_stances_of_governments_are_counted() -> None:
    setting = api.load("who-pays")
    run = api.run(setting, 2, lambda quarter, state, decision, options, beliefs: "hold" if "hold" in options else None, quarters=10)
    found = api.verdicts(run, without_measures(setting, 2), "river")
    assert -1.0 <= found.signal.value <= 1.0
    assert 0.0 <= found.stayed_neutral <= 1.0


def test_goals_of_a_role_are_measured_against_the_twin(pair: tuple[api.Run, api.Run]) -> None:
    values = api.goal_values(*pair, "ARDEN")
    assert set(values) == {"policy_changed", "real_income", "support_public"}
    assert values["policy_changed"] == pytest.approx(60.0)
    assert values["real_income"] < 0.0


def test_a_mediator_is_measured_by_the_dispute_it_has_no_side_in() -> None:
    """Ismara gives 60 % of what is asked: Valoria and Lugane, which mediates, have 60 % of their goal and Ismara 40 % of its own."""
    setting = api.load("off-ramp")
    run = api.run(setting, 1, [Decision(1, "ISMAR", "concession", "VALOR", "", 0.6, {"dispute": setting.disputes[0].id})], 4, governments=False)
    twin = without_measures(setting, 1)
    assert [api.goal_values(run, twin, state)["policy_changed"] for state in ("VALOR", "LUGANE")] == pytest.approx([60.0, 60.0])
    assert api.goal_values(run, twin, "ISMAR")["policy_kept"] == pytest.approx(40.0)


def test_goals_are_compared_in_points_or_percent_by_the_unit_of_their_column(pair: tuple[api.Run, api.Run]) -> None:
    """Essentials are an index of 1 and compared in %, a poverty gap and support in points, whatever their size."""
    run, twin = pair
    goals = {"essentials": 1.0, "poverty_gap": 1.0, "unrest": 1.0}
    role = replace(run.setting.roles[0], state="CORVANE", goals=goals)
    values = api.goal_values(replace(run, setting=replace(run.setting, roles=(role,))), twin, "CORVANE")
    place = run.setting.state_ids.index("CORVANE")
    here, there = ({name: float(one.record.series("states", name)[:8, place].mean()) for name in goals} for one in pair)
    wanted = {"essentials": 100.0 * (here["essentials"] / there["essentials"] - 1.0), "poverty_gap": here["poverty_gap"] - there["poverty_gap"],
              "unrest": 100.0 * (here["unrest"] - there["unrest"])}
    assert values == pytest.approx(wanted) and abs(wanted["essentials"]) > 0.01


def test_unknown_disputes_and_states_are_refused_with_the_nearest_word(pair: tuple[api.Run, api.Run]) -> None:
    with pytest.raises(Refusal, match="Did you mean 'river'"):
        api.verdicts(*pair, "rivr")
    with pytest.raises(Refusal, match="Did you mean 'ARDEN'"):
        api.goal_values(*pair, "ARDN")
