"""Reasons: contributions add up, words follow the record, and luck, orders, ties and single options are told as what they are."""

import math

import pytest

from sim.government import reasons
from sim.government.choice import Option, choose
from sim.government.packages import PACKAGES
from sim.government.reasons import contributions, explain, words
from sim.government.votes import Stance, vote_options
from sim.parameters import resolve
from sim.streams import Streams


def pick(options, decision="d", forced=None, seed=1, rationality=10.0):
    return choose(options, rationality=rationality, streams=Streams(seed), quarter=2, state="A", decision=decision, forced=forced)


def where(options, test, rationality=10.0):
    """The first seed under which the choice is as asked for."""
    return next(made for made in (pick(options, seed=seed, rationality=rationality) for seed in range(5000)) if test(made))


HOLD_OR_YIELD = (Option("hold", {"pain of holding out": -1.0}), Option("yield", {"policy given up": -3.0}))


def test_the_sentence_contrasts_with_the_next_best_and_gives_both_sides():
    """Held at -1 against -3: giving up the policy counts 3 for holding out, the pain 1 against."""
    reason = explain(where(HOLD_OR_YIELD, lambda made: made.chosen == "hold"), "Aland")
    because = "because it keeps more of its policy that way, although holding out hurts."
    assert reason.sentence == f"Aland held out rather than yielding, {because}"
    assert [(part.term, part.points) for part in reason.contributions] == [("policy given up", 3.0), ("pain of holding out", -1.0)]


def test_a_choice_by_luck_says_so_with_its_probability():
    """Yielded at -3 against -1 with lambda 10 and stakes 4: 1 / (1 + exp(5)) is less than 1 %."""
    reason = explain(where(HOLD_OR_YIELD, lambda made: made.chosen == "yield"))
    assert reason.sentence == (
        "A yielded rather than holding out, although it gives up more of its policy that way: "
        "luck decided; it comes out so in less than 1 % of such cases."
    )


def test_a_sentence_names_luck_where_luck_carried_the_choice_and_nowhere_else():
    """Forty draws between two options: `Choice.by_luck` and the sentence say the same of each."""
    made = [pick(HOLD_OR_YIELD, seed=seed, rationality=2.0) for seed in range(40)]
    assert {choice.by_luck for choice in made} == {True, False}
    assert all(("luck decided" in explain(choice).sentence) == choice.by_luck for choice in made)


def test_a_single_option_needs_no_reason():
    assert explain(pick((Option("hold", {"pain of holding out": -1.0}),))).sentence == "A held out: nothing else was open to it."


def test_equal_options_are_told_as_chance():
    options = (Option("keep", {"signal": 1.0}), Option("lift", {"own cost": 1.0}))
    assert "by chance: as much spoke for the one" in explain(pick(options)).sentence
    assert "by chance" in explain(pick((Option("keep"), Option("lift")))).sentence


def test_an_order_is_told_as_an_order_with_what_it_would_have_done():
    own = where(HOLD_OR_YIELD, lambda made: made.chosen == "hold")
    ordered = pick(HOLD_OR_YIELD, forced="yield", seed=own.seed)
    assert explain(ordered).sentence == "A yielded because it was ordered to; left to itself, it would have held out."
    agreed = pick(HOLD_OR_YIELD, forced="hold", seed=own.seed)
    assert explain(agreed).sentence == "A held out because it was ordered to; as it would have done anyway."


@pytest.mark.parametrize("seed", range(20))
def test_contributions_add_up_to_the_difference_of_the_utilities_and_the_largest_comes_first(seed):
    streams = Streams(seed)
    options = [Option(name, {term: streams.normal(name, term) for term in "abc"}) for name in ("x", "y", "z")]
    made = pick(options, seed=seed)
    parts = contributions(made, made.runner_up)
    utility = {option.name: option.utility for option in options}
    assert math.fsum(part.points for part in parts) == pytest.approx(utility[made.chosen] - utility[made.runner_up])
    assert [abs(part.points) for part in parts] == sorted((abs(part.points) for part in parts), reverse=True)


@pytest.mark.parametrize(
    ("value", "taken", "said"),
    [
        (-3.0, "yield", "{} points less against yielding"),  # raised: the option that would then win
        (3.0, "yield", "{} points more for yielding"),
        (3.0, "hold", "{} points less for holding out"),  # lowered: the option taken
        (-1.0, "hold", "{} points more against holding out"),
    ],
)
def test_the_flip_in_words_names_the_change_that_flips_and_says_which_way_the_term_speaks(value: float, taken: str, said: str) -> None:
    """The term named is the largest of both options; one that speaks against counts more or less against."""
    other = 0.5 if value > 0 else -0.5
    hold, yield_ = (value, other) if taken == "hold" else (other, value)
    options = (Option("hold", {"pain of holding out": hold}), Option("yield", {"policy given up": yield_}))
    made = where(options, lambda one: one.chosen == "hold" and abs(one.flip.change) < abs(value))
    flip = made.flip
    assert flip.option == taken
    assert explain(made).flip == (
        f"With the luck of that quarter, A would have yielded if '{flip.term}' had counted {said.format(f'{abs(flip.change):.3g}')}."
    )
    assert made.winner({(flip.option, flip.term): flip.change}) == flip.winner


@pytest.mark.parametrize(("language", "said"), [
    ("en", "would have held out only if 'pain of holding out', which counted 1 points against holding out, had counted {} points for it."),
    ("es", "habría resistido solo si «pain of holding out», que contó 1 puntos en contra de resistir, hubiera contado {} puntos a favor."),
])
def test_a_flip_that_no_size_of_its_term_brings_says_that_it_would_have_to_speak_the_other_way(language: str, said: str) -> None:
    """The largest term is 1 against; the luck of that quarter speaks so much for yielding that only a change of more than 1 turns the choice."""
    options = (Option("hold", {"pain of holding out": -1.0}), Option("yield", {"policy given up": -0.5}))
    made = where(options, lambda one: one.chosen == "yield" and one.flip.change > 1.0 and one.flip.option == "hold", rationality=3.0)
    points = reasons._points(made.flip.change - 1.0)
    assert explain(made, language=language).flip.endswith(said.format(points.replace(".", words(language)["sentences"]["decimal"])))


def test_who_votes_for_its_own_text_or_casts_no_ballot_was_not_ordered_to():
    ballots = (Option("for", {"pressure": -1.0}), Option("absent", {}))
    streams = Streams(1)
    told = [choose(ballots, rationality=1.0, streams=streams, quarter=2, state="A", decision="vote on x", forced=vote, told=why)
            for vote, why in (("for", "own_text"), ("absent", "no_ballot"))]
    assert [explain(one).sentence for one in told] == [
        "A voted for, as it had tabled the text itself.", "A stayed away: those who speak for it cast no vote.",
    ]


def test_the_flip_has_the_decimal_sign_of_the_language():
    """The luck drawn makes the change no round number, so it has decimals: a point in English, a comma in Spanish."""
    made = where(HOLD_OR_YIELD, lambda made: made.chosen == "hold" and abs(made.flip.change) < 3.0)
    points = f"{abs(made.flip.change):.3g}"
    assert "." in points
    assert f"{points.replace('.', ',')} puntos" in explain(made, language="es").flip


def test_an_option_keeps_the_rest_of_its_name_and_unknown_words_are_shown_as_they_are():
    options = (Option("demand 0.5 under threat of tariffs", {"mystery": 2.0}), Option("ponder", {}))
    sentence = explain(where(options, lambda made: made.chosen != "ponder")).sentence
    assert sentence == "A demanded half of the change under threat of tariffs rather than 'ponder', because 'mystery' spoke for it."


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_package_is_named_by_what_it_does(language: str) -> None:
    named = words(language)["packages"]
    assert set(named) == set(PACKAGES)
    for package, said in named.items():
        assert reasons._option(f"demand 0.5 under threat of {package}", "did", language).endswith(f" {said}")
    licence = {"en": "proposed a technology licence from KARST", "es": "propuso una licencia de tecnología de KARST"}
    assert reasons._option("propose a technology licence from KARST", "did", language) == licence[language]


def test_every_term_and_option_of_a_vote_has_words():
    everything = Stance(0.5, 0.3, 0.3, 1.0, 0.2, 0.2, 0.5, 0.5, "abstain")
    p = {name: value or 0.1 for name, value in resolve().items()}
    known = words()
    for option in vote_options(everything, p):
        assert option.name in known["options"]
        assert set(option.terms) <= set(known["terms"])


def test_every_term_has_both_sides_and_every_option_both_forms():
    known = words()
    assert all({"for", "against"} == set(entry) for entry in known["terms"].values())
    assert all({"did", "doing"} <= set(entry) <= {"did", "doing", "done"} for entry in known["options"].values())
