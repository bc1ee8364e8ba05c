"""The first levers, by hand: what each writes onto the frictions, and that their order does not matter."""

from itertools import permutations

import numpy as np
import pytest

from sim.economy.frictions import Frictions
from sim.levers import LEVERS, Measure

SECTORS, STATES = 2, 3
SENDER, TARGET = 0, 1


def measure(lever: str, level: float, sectors: tuple[int, ...] = (0,), **options: float) -> Measure:
    return Measure(lever, lever, SENDER, TARGET, np.array(sectors), level, 0, options=options)


def under(*measures: Measure) -> Frictions:
    frictions = Frictions.none(np.zeros((SECTORS, STATES, STATES)))
    for each in measures:
        apply = LEVERS[each.lever].apply
        assert apply is not None
        apply(each, frictions)
    return frictions


def test_an_export_ban_closes_only_the_senders_sales_of_that_sector_to_the_target():
    expected = np.ones((SECTORS, STATES, STATES))
    expected[0, SENDER, TARGET] = 0.0
    assert (under(measure("export_ban", 1.0)).legal() == expected).all()


def test_an_import_ban_closes_only_the_targets_sales_of_that_sector_to_the_sender():
    expected = np.ones((SECTORS, STATES, STATES))
    expected[0, TARGET, SENDER] = 0.0
    assert (under(measure("import_ban", 1.0)).legal() == expected).all()


def test_a_tariff_falls_on_imports_from_the_target_alone():
    expected = np.zeros((SECTORS, STATES, STATES))
    expected[0, TARGET, SENDER] = 0.25
    assert (under(measure("tariff", 0.25)).tariffs == expected).all()


def test_a_quota_admits_its_share():
    assert under(measure("quota", 0.3)).legal()[0, TARGET, SENDER] == pytest.approx(0.3)


def test_payment_exclusion_costs_both_directions():
    """Half the banks at 25 % for all of them: 12.5 % on each direction, nothing on third parties."""
    cost = under(measure("payment_exclusion", 0.5, (0, 1), cost=0.25)).cost()
    assert cost[:, SENDER, TARGET] == pytest.approx([1.125, 1.125])
    assert cost[:, TARGET, SENDER] == pytest.approx([1.125, 1.125])
    assert cost[:, SENDER, 2] == pytest.approx([1.0, 1.0])
    assert cost[:, TARGET, TARGET] == pytest.approx([1.0, 1.0])


def test_two_partial_bans_multiply():
    """40 % and 50 % of the lines banned, an import quota of 0.5 on top of an import ban of 0.4: 0.6 * 0.5 = 0.3."""
    assert under(measure("import_ban", 0.4), measure("quota", 0.5)).legal()[0, TARGET, SENDER] == pytest.approx(0.3)


def test_an_exemption_softens_a_full_ban_to_its_share():
    """Ban on everything, 30 % exempt: 30 % stays legal; the exempt part is spared the payment cost as well."""
    frictions = under(measure("export_ban", 1.0), measure("exemption", 0.3), measure("payment_exclusion", 1.0, cost=0.25))
    assert frictions.legal()[0, SENDER, TARGET] == pytest.approx(0.3)
    assert frictions.cost()[0, SENDER, TARGET] == pytest.approx(1.25**0.7)


def test_an_exemption_by_the_sender_does_not_lift_the_targets_own_ban():
    """The target bans its imports from the sender; the sender's exemption is not the target's to give."""
    frictions = Frictions.none(np.zeros((SECTORS, STATES, STATES)))
    ban = Measure("b", "import_ban", TARGET, SENDER, np.array([0]), 1.0, 0)
    for each in (ban, measure("exemption", 1.0)):
        apply = LEVERS[each.lever].apply
        assert apply is not None
        apply(each, frictions)
    assert frictions.legal()[0, SENDER, TARGET] == 0.0


def test_the_order_of_measures_does_not_matter():
    several = [measure("import_ban", 0.4), measure("export_ban", 0.7), measure("tariff", 0.2), measure("exemption", 0.5)]
    reference = under(*several)
    for order in permutations(several):
        frictions = under(*order)
        assert frictions.legal() == pytest.approx(reference.legal(), abs=1e-15)
        assert frictions.cost() == pytest.approx(reference.cost(), abs=1e-15)
        assert frictions.tariffs == pytest.approx(reference.tariffs, abs=1e-15)


@pytest.mark.parametrize("lever", LEVERS.values(), ids=list(LEVERS))
def test_every_lever_says_what_it_is_and_its_default_is_allowed(lever):
    assert lever.id in LEVERS and lever.label and lever.hurts and lever.costs_user and lever.dynamics and lever.contested
    for setting in (lever.value, *lever.options):
        assert setting.low <= setting.default <= setting.high
        assert setting.unit and setting.source and setting.label
