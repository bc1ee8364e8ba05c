"""Choices by hand: logit probabilities, order independence, the same luck, flips that hold, redraws, forced options."""

import math

import pytest

from sim.government.choice import Choice, Option, choose
from sim.refusals import Refusal
from sim.streams import Streams

HOLD = Option("hold", {"pain": -3.0})
PART = Option("part", {"policy": -3.6})
YIELD = Option("yield", {"policy": -6.0})


def made(*options: Option, seed: int = 1, quarter: int = 4, rationality: float = 10.0, **more) -> Choice:
    return choose(options, rationality=rationality, streams=Streams(seed), quarter=quarter, state="A", decision="d", **more)


def test_probabilities_are_logit_in_utility_over_stakes():
    """Stakes 3 + 3.6 + 6 = 12.6; weights exp(-10*3/12.6), exp(-36/12.6), exp(-60/12.6) = .09246, .05743, .00855."""
    choice = made(HOLD, PART, YIELD)
    weights = [math.exp(-10 * points / 12.6) for points in (3.0, 3.6, 6.0)]
    assert choice.stakes == pytest.approx(12.6)
    assert list(choice.probabilities.values()) == pytest.approx([weight / sum(weights) for weight in weights])
    assert choice.probabilities["hold"] == pytest.approx(0.5836, abs=2e-4)


def test_options_fall_as_often_as_their_probabilities_say():
    """2,000 seeds; the share of 'hold' within four standard errors of its probability."""
    chosen = [made(HOLD, PART, YIELD, seed=seed).chosen for seed in range(2000)]
    expected = made(HOLD, PART, YIELD).probabilities["hold"]
    assert abs(chosen.count("hold") / 2000 - expected) < 4 * math.sqrt(expected * (1 - expected) / 2000)


def test_the_order_of_options_does_not_matter():
    for seed in range(50):
        assert made(HOLD, PART, YIELD, seed=seed).chosen == made(YIELD, HOLD, PART, seed=seed).chosen


def test_an_option_that_vanishes_leaves_the_luck_of_the_others_alone():
    for seed in range(50):
        assert made(HOLD, PART, YIELD, seed=seed).draws["hold"] == made(HOLD, YIELD, seed=seed).draws["hold"]


def test_cheap_and_dear_questions_are_decided_alike():
    """Dividing by the stakes makes the choice free of the unit: a thousandth of every term changes nothing."""
    small = [Option(option.name, {term: value / 1000 for term, value in option.terms.items()}) for option in (HOLD, PART, YIELD)]
    for seed in range(50):
        assert made(HOLD, PART, YIELD, seed=seed).chosen == made(*small, seed=seed).chosen


@pytest.mark.parametrize("seed", range(40))
def test_the_flip_flips_and_a_little_less_does_not(seed):
    choice = made(Option("a", {"x": 2.0, "y": -0.5}), Option("b", {"x": 1.0}), Option("c", {}), seed=seed)
    flip = choice.flip
    assert flip is not None
    assert choice.winner({(flip.option, flip.term): flip.change}) == flip.winner != choice.chosen
    assert choice.winner({(flip.option, flip.term): flip.change * 0.999}) == choice.chosen


def test_luck_is_told_from_the_best_option():
    by_luck = [made(HOLD, PART, YIELD, seed=seed).by_luck for seed in range(200)]
    assert any(by_luck)
    assert not all(by_luck)
    assert all(made(HOLD, PART, YIELD, seed=seed).best == "hold" for seed in range(3))


def test_redrawing_agrees_with_the_probabilities():
    choice = made(HOLD, PART, YIELD)
    assert choice.redraw(2000)["hold"] == pytest.approx(choice.probabilities["hold"], abs=0.05)
    assert sum(choice.redraw(100).values()) == pytest.approx(1.0)


def test_a_forced_choice_keeps_its_probabilities_and_says_so():
    choice = made(HOLD, PART, YIELD, forced="yield")
    assert (choice.chosen, choice.forced, choice.by_luck) == ("yield", True, False)
    assert choice.probabilities == made(HOLD, PART, YIELD).probabilities
    assert choice.flip is None


def test_an_unknown_forced_option_is_refused_with_the_nearest_word():
    with pytest.raises(Refusal, match=r"there is no option 'yeild'; allowed are hold, part, yield\. Did you mean 'yield'\?"):
        made(HOLD, PART, YIELD, forced="yeild")


def test_nothing_at_stake_is_an_even_draw():
    choice = made(Option("a"), Option("b"))
    assert choice.probabilities == {"a": 0.5, "b": 0.5}
    assert choice.flip is None


def test_rows_carry_every_term_and_terms_add_up_to_the_utility():
    rows = list(made(Option("a", {"x": 2.0, "y": -0.5}), Option("b")).rows())
    assert [(row[3], row[7], row[8]) for row in rows] == [("a", "x", 2.0), ("a", "y", -0.5), ("b", "", 0.0)]
    assert sum(row[8] for row in rows if row[3] == "a") == rows[0][5] == 1.5
    assert len({row[3] for row in rows if row[4] == 1}) == 1


def test_an_option_without_terms_is_flipped_by_raising_the_nearest_that_has_some():
    """Chosen and second have no terms, so only the third can be changed; the change makes the third win."""
    options = (Option("a"), Option("b"), Option("c", {"x": -5.0}))
    chosen = next(choice for choice in (made(*options, seed=seed) for seed in range(50)) if choice.chosen != "c")
    flip = chosen.flip
    assert flip is not None
    assert (flip.option, flip.winner) == ("c", "c")
    assert flip.change > 0
    assert chosen.winner({("c", "x"): flip.change}) == "c"
    assert chosen.winner({("c", "x"): flip.change * 0.999}) == chosen.chosen


@pytest.mark.parametrize("size", [1e-9, 1e-3, 1.0, 1e3, 1e9])
def test_the_flip_flips_whatever_the_size_of_the_terms(size):
    streams = Streams(11)
    for number in range(100):
        options = [Option(name, {term: size * streams.normal(number, name, term) for term in "xy"}) for name in ("a", "b", "c")]
        choice = made(*options, seed=number)
        flip = choice.flip
        assert flip is not None
        assert choice.winner({(flip.option, flip.term): flip.change}) == flip.winner != choice.chosen
