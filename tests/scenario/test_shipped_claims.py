"""The claims of the shipped scenarios: each holds, and each fails when the mechanism it names is switched off."""

from __future__ import annotations

from functools import cache

import pytest

from sim.analysis.checking import SEEDS, Claims
from sim.scenario import list_scenarios, load

IDS = [entry.id for entry in list_scenarios()]


@cache
def claims(scenario: str) -> Claims:
    return Claims(scenario, seeds=SEEDS)


def each() -> list[object]:
    """Every claim; those about a share of seeds play many histories twice and are marked slow."""
    found = []
    for name in IDS:
        for number, claim in enumerate(load(name).expects):
            marks = [pytest.mark.slow] if claim.share_of_seeds < 1.0 else []
            found.append(pytest.param(name, number, marks=marks, id=f"{name}-{number}"))
    return found


@pytest.mark.parametrize("scenario,number", each())
def test_a_claim_holds_and_fails_without_the_mechanism_it_names(scenario: str, number: int) -> None:
    found = claims(scenario)
    claim = found.setting.expects[number]
    held, sentence = found.check(claim)
    assert held, sentence
    assert claim.mechanism, f"names no mechanism: {claim.text}"
    still, sentence = found.check(claim, without_mechanism=True)
    assert not still, f"without {claim.mechanism} it still {sentence}"


@pytest.mark.parametrize("scenario", IDS)
def test_every_scenario_claims_something(scenario: str) -> None:
    assert len(load(scenario).expects) >= 2
