"""Words that a lever takes: those the model knows, and no others."""

from __future__ import annotations

from typing import get_args

import pytest

from sim.government.packages import PACKAGES
from sim.government.pacts import PACTS
from sim.levers import LEVERS
from sim.refusals import Refusal
from sim.scenario.schema_politics import DisputeKeys


def test_packages_and_deals_may_be_named_as_they_are_kept() -> None:
    assert LEVERS["threat"].allowed["package"] == LEVERS["demand"].allowed["package"] == tuple(PACKAGES)
    assert set(get_args(DisputeKeys.model_fields["package"].annotation)) == {"", *PACKAGES}
    assert set(LEVERS["propose_deal"].allowed["kind"]) == set(PACTS)


@pytest.mark.parametrize(
    ("lever", "options", "said"),
    [
        ("threat", {"package": "embargos"}, "option package is 'embargos'; allowed are payments, technology, partial trade, embargo. Did you mean 'embargo'"),
        ("propose_deal", {"kind": "license"}, "option kind is 'license'.*Did you mean 'licence'"),
        ("cast_vote", {"vote": "yes"}, "option vote is 'yes'; allowed are for, against, abstain, absent"),
    ],
)
def test_a_word_that_is_not_known_is_refused_before_anything_runs(lever: str, options: dict[str, str], said: str) -> None:
    with pytest.raises(Refusal, match=said):
        LEVERS[lever].read_options(options, "here")
