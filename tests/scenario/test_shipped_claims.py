"""The claims of the shipped scenarios: each holds, and each fails when the mechanism it names is switched off."""

from __future__ import annotations

from functools import cache

import pytest

from sim.analysis.checking import Claims
from sim.scenario import load

QUICK = ("australia-2020", "first-warning", "iran-2012", "off-ramp", "russia-2022", "the-pledge", "the-wedge")  # few states: twenty seeds take seconds


@cache
def claims(scenario: str) -> Claims:
    return Claims(scenario)


def each(scenarios: tuple[str, ...]) -> list[tuple[str, int]]:
    return [(name, number) for name in scenarios for number in range(len(load(name).expects))]


def holds_by_its_mechanism(scenario: str, number: int) -> None:
    found = claims(scenario)
    claim = found.setting.expects[number]
    held, sentence = found.check(claim)
    assert held, sentence
    assert claim.mechanism, f"names no mechanism: {claim.text}"
    still, sentence = found.check(claim, without_mechanism=True)
    assert not still, f"without {claim.mechanism} it still {sentence}"


@pytest.mark.parametrize("scenario,number", each(QUICK))
def test_a_claim_holds_and_fails_without_the_mechanism_it_names(scenario: str, number: int) -> None:
    holds_by_its_mechanism(scenario, number)


@pytest.mark.parametrize("scenario", QUICK)
def test_every_scenario_claims_something(scenario: str) -> None:
    assert len(load(scenario).expects) >= 3
