"""Firms and fear: obeying, breaking and over-obeying a rule, by hand."""

import numpy as np
import pytest

from sim.economy import overcompliance as oc
from sim.economy.frictions import EXPORTER, Frictions
from sim.parameters import resolve

SENDER, TARGET, THIRD = 0, 1, 2
P = {**resolve(), "penalty": 2.0, "profit_margin": 0.1, "vagueness": 0.1, "reach_abroad": 0.5, "secondary_stake": 5.0}
USUAL = np.full(3, 0.1)
EXPOSURE = np.array([[0.0, 0.5, 0.5], [0.5, 0.0, 0.5], [0.2, 0.8, 0.0]])


def half_banned() -> Frictions:
    frictions = Frictions.none(np.zeros((1, 3, 3)))
    frictions.restrict(EXPORTER, slice(None), SENDER, TARGET, 0.5)
    return frictions


def test_without_measures_firms_do_as_before():
    conduct = oc.conduct(Frictions.none(np.zeros((1, 3, 3))), EXPOSURE, USUAL, P)
    assert (conduct.legal == 1.0).all() and (conduct.withdrawal == 0.0).all() and (conduct.abroad == 1.0).all()
    assert (conduct.blocked == 0.0).all()


def test_a_ban_touches_the_issuers_own_flow_alone():
    """Half banned, loss 2/9: leak exp(-20/9); blocked 0.5 * (1 - leak); withdrawn 1 - exp(-1/9) of the legal half."""
    conduct = oc.conduct(half_banned(), EXPOSURE, USUAL, P)
    leak = np.exp(-20 / 9)
    assert conduct.blocked[0, SENDER, TARGET] == pytest.approx(0.5 * (1 - leak))
    assert conduct.blocked.sum() == pytest.approx(0.5 * (1 - leak))
    assert conduct.open_trade[0, SENDER, TARGET] == pytest.approx(0.5 * np.exp(-1 / 9))
    assert conduct.open_trade.sum() == pytest.approx(8 + 0.5 * np.exp(-1 / 9))


def test_secondary_measures_keep_third_countries_from_selling_what_the_sender_forbids_and_leave_home_trade_alone():
    """Loss 0.5 / 9 * 5 * exposure 0.2 * half the lines = 1/36; 1 - share = 1 - exp(-10/36) on sales to the target alone."""
    frictions = half_banned()
    frictions.pairs.cover("secondary", SENDER, TARGET, 1.0)
    conduct = oc.conduct(frictions, EXPOSURE, USUAL, P)
    assert conduct.abroad[0, THIRD, TARGET] == pytest.approx(np.exp(-10 / 36))
    assert conduct.abroad[0, TARGET, THIRD] == 1.0
    assert conduct.abroad[0, TARGET, TARGET] == 1.0
    assert conduct.abroad[0, SENDER, TARGET] == 1.0


def test_firms_everywhere_keep_from_a_state_under_designation_and_leave_home_trade_alone():
    """Loss 0.005 at margins of 0.1: exp(-0.05) of what others buy from THIRD and sell to it, whatever the rules; twice that where both are labelled."""
    conduct = oc.conduct(Frictions.none(np.zeros((1, 3, 3))), EXPOSURE, USUAL, {**P, "bad_name": 0.005}, [THIRD])
    share = np.exp(-0.05)
    assert conduct.abroad[0] == pytest.approx(np.array([[1.0, 1.0, share], [1.0, 1.0, share], [share, share, 1.0]]))
    both = oc.conduct(half_banned(), EXPOSURE, USUAL, {**P, "bad_name": 0.005}, [THIRD, TARGET])
    assert both.abroad[0, TARGET, THIRD] == pytest.approx(share**2) and both.abroad[0, SENDER, TARGET] == pytest.approx(share)
    assert (oc.conduct(half_banned(), EXPOSURE, USUAL, {**P, "bad_name": 0.0}, [THIRD]).abroad == 1.0).all()


def test_special_effort_of_one_issuer_leaves_anothers_usual_effort():
    frictions = half_banned()
    frictions.restrict(1, slice(None), SENDER, TARGET, 0.5)
    frictions.pairs.enforce(SENDER, TARGET, 1.0)
    conduct = oc.conduct(frictions, EXPOSURE, USUAL, P)
    assert conduct.leak[0, 0, SENDER, TARGET] == 0.0
    assert conduct.leak[1, 0, SENDER, TARGET] == pytest.approx(np.exp(-20 / 9))


def test_a_firm_stays_if_its_margin_exceeds_the_expected_loss():
    """Margins average 10 %: an expected loss of 10 % leaves exp(-1) of the firms, no loss leaves all."""
    assert oc.staying(np.array([0.0, 0.1]), 0.1) == pytest.approx([1.0, 0.36787944117])


def test_nothing_is_found_without_effort_and_then_every_ban_leaks_completely():
    assert oc.leaking(np.array(0.0), 2.0, 0.1) == 1.0


def test_full_enforcement_leaves_no_leak_at_all():
    assert oc.leaking(np.array(1.0), 2.0, 0.1) == 0.0


def test_a_tenth_of_breaches_found_leaves_a_tenth_of_the_trade():
    """Odds 0.1 / 0.9 = 1/9; penalty twice the value: loss 2/9; margin 0.1: exp(-20/9) = 0.10837."""
    assert oc.leaking(np.array(0.1), 2.0, 0.1) == pytest.approx(np.exp(-20 / 9))
    assert oc.leaking(np.array(0.1), 2.0, 0.1) == pytest.approx(0.10837, abs=1e-5)


def test_firms_withdraw_from_legal_trade_in_proportion_to_doubt_and_guidance_repairs_it():
    """Half the cell forbidden, vagueness 0.1, odds 1/9, penalty 2: loss 2/9 * 0.1 * 0.5 = 1/90; margin 0.1: 1 - exp(-1/9).

    Guidance that removes half the doubt halves the exponent; full guidance leaves no withdrawal.
    """
    plain, half, full = (oc.withdrawn(np.array(0.5), np.array(0.1), np.array(0.1), np.array(g), 2.0, 0.1) for g in (0.0, 0.5, 1.0))
    assert plain == pytest.approx(1 - np.exp(-1 / 9))
    assert half == pytest.approx(1 - np.exp(-1 / 18))
    assert full == 0.0


def test_full_enforcement_with_full_guidance_frightens_nobody():
    assert oc.withdrawn(np.array(0.5), np.array(1.0), np.array(0.1), np.array(1.0), 2.0, 0.1) == 0.0


def test_where_nothing_is_forbidden_nobody_withdraws():
    assert oc.withdrawn(np.array(0.0), np.array(0.9), np.array(1.0), np.array(0.0), 2.0, 0.1) == 0.0


def test_an_exemption_leaks_when_firms_are_afraid():
    """A full ban with 30 % exempt leaves 30 % legal; with a fifth of firms staying away only 24 % is traded openly."""
    assert oc.legal_trade(np.array([[0.3], [1.0]]), np.array([[0.2], [0.0]])) == pytest.approx([0.24])


def test_secondary_measures_frighten_in_proportion_to_dependence_on_the_sender():
    """Reach 0.5, odds 1/9, severity 1, stake 5, exposure 20 %: 0.5 / 9 * 5 * 0.2 = 1/18; no exposure, no fear."""
    loss = oc.abroad_loss(np.array(0.1), np.array(1.0), np.array([0.2, 0.0]), 0.5, 5.0)
    assert loss == pytest.approx([1 / 18, 0.0])


def test_the_enforcement_bill_grows_with_the_square_of_the_effort():
    """2 % of covered trade at full effort: 100 bn covered at effort 0.5 costs 0.5 bn."""
    bill = oc.enforcement_bill(np.array([[0.0, 0.5], [0.0, 0.0]]), np.array([[0.0, 100.0], [0.0, 0.0]]), 0.02)
    assert bill == pytest.approx([0.5, 0.0])
