"""The one way governments choose.

Each option is a sum of named terms in points. With lambda the rationality, U_k the utility of option k and S the stakes of the
choice (the sum of the absolute terms of all its options, so that cheap questions are not decided by coin flips), the choice is

    argmax_k  lambda * U_k / S + g_k,    g_k ~ Gumbel, from the stream keyed (seed, quarter, state, decision, option)

which is logit exactly: `P(k) ~ exp(lambda U_k / S)`. One draw per option, keyed by the option's name, makes the result independent of
the order of options and leaves the others' luck alone when an option appears or vanishes.

The *flip* is the smallest change of one term of one option that makes another option win with the same draws, stakes held
fixed. A choice that was forced (a person or a decisions function) keeps its terms and probabilities.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sim.refusals import Refusal, nearest
from sim.streams import Streams

NO_STAKES = 1e-12


@dataclass(frozen=True)
class Option:
    """Something a government could do: its name and what speaks for (positive) and against it, in points by term."""

    name: str
    terms: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def utility(self) -> float:
        """Sum of the terms, in points."""
        return math.fsum(self.terms.values())


@dataclass(frozen=True)
class Flip:
    """The smallest change that turns a choice: adding `change` points to `term` of `option` makes `winner` win."""

    option: str
    term: str
    change: float
    winner: str


@dataclass(frozen=True)
class Choice:
    """A decision as it was made, with everything needed to explain it and to make it again."""

    quarter: int
    state: str
    decision: str
    options: tuple[Option, ...]
    beliefs: Mapping[str, float]
    rationality: float
    seed: int
    chosen: str
    forced: bool
    told: str = ""  # why it was forced, where that was no order: a sentence of the words

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the options, in the order they were given."""
        return tuple(option.name for option in self.options)

    @cached_property
    def stakes(self) -> float:
        """Sum of the absolute terms of all options, in points."""
        return math.fsum(abs(value) for option in self.options for value in option.terms.values())

    @property
    def scale(self) -> float:
        """Utility points to logit units: rationality over stakes; 0 when nothing is at stake."""
        return self.rationality / self.stakes if self.stakes > NO_STAKES else 0.0

    @cached_property
    def probabilities(self) -> dict[str, float]:
        """Probability of each option before the draw."""
        logits = [self.scale * option.utility for option in self.options]
        top = max(logits)
        weights = [math.exp(logit - top) for logit in logits]
        total = math.fsum(weights)
        return {option.name: weight / total for option, weight in zip(self.options, weights, strict=True)}

    @cached_property
    def draws(self) -> dict[str, float]:
        """The Gumbel draw of each option."""
        draws = Streams(self.seed).gumbels((self.quarter, self.state, self.decision), self.names)
        return dict(zip(self.names, draws, strict=True))

    def winner(self, changes: Mapping[tuple[str, str], float] | None = None) -> str:
        """The option that wins with these draws and stakes when `changes[(option, term)]` points are added to terms."""
        added = dict.fromkeys(self.names, 0.0)
        for (name, _), points in (changes or {}).items():
            added[name] += points
        return _winner(self.options, self.scale, self.draws, added)

    @property
    def best(self) -> str:
        """The option with the highest utility; the first in alphabetical order among equals."""
        return min(self.options, key=lambda option: (-option.utility, option.name)).name

    @property
    def by_luck(self) -> bool:
        """Whether luck carried an option that was not the best."""
        return not self.forced and self.chosen != self.best

    @property
    def runner_up(self) -> str | None:
        """The best of the options not chosen, by utility; None when there was only one option."""
        others = [option for option in self.options if option.name != self.chosen]
        return min(others, key=lambda option: (-option.utility, option.name)).name if others else None

    @cached_property
    def flip(self) -> Flip | None:
        """The smallest change of one term of one option that makes another option win with the same draws.

        None when the choice was forced, there is one option, or nothing is at stake. Every change moves one option's
        score, so lowering the chosen one or raising the next one by the gap in scores is the smallest; the term named is
        that option's largest, so that the change is small beside it. An option without terms has nothing to change.
        """
        if self.forced or len(self.options) < 2 or self.scale == 0.0:
            return None
        score = {option.name: self.scale * option.utility + self.draws[option.name] for option in self.options}
        lowers = bool(self._option(self.chosen).terms)
        rivals = [name for name in self.names if name != self.chosen and (lowers or self._option(name).terms)]
        rival = min(rivals, key=lambda name: (-score[name], name))
        gap = (score[self.chosen] - score[rival]) / self.scale
        step = gap * (1.0 + 1e-9) + 1e-12
        candidates = [
            (abs(value), name, term, sign)
            for name, sign in ((self.chosen, -1.0), (rival, 1.0))
            for term, value in self._option(name).terms.items()
        ]
        _, name, term, sign = max(candidates)
        return Flip(name, term, sign * step, rival)

    def redraw(self, times: int = 100) -> dict[str, float]:
        """Share of `times` fresh draws in which each option wins, everything else as it was."""
        streams, counts = Streams(self.seed), dict.fromkeys(self.names, 0)
        nothing = dict.fromkeys(self.names, 0.0)
        for number in range(times):
            draws = {name: streams.gumbel("redraw", number, self.quarter, self.state, self.decision, name) for name in self.names}
            counts[_winner(self.options, self.scale, draws, nothing)] += 1
        return {name: count / times for name, count in counts.items()}

    def rows(self) -> Iterator[tuple[int, str, str, str, int, float, float, str, float]]:
        """Rows of the decisions table: one for each term of each option; an option without terms has one blank term."""
        for option in self.options:
            head = (self.quarter, self.state, self.decision, option.name, int(option.name == self.chosen))
            numbers = (option.utility, self.probabilities[option.name])
            for term, value in option.terms.items() or (("", 0.0),):
                yield (*head, *numbers, term, value)

    def _option(self, name: str) -> Option:
        return next(option for option in self.options if option.name == name)


def choose(
    options: Sequence[Option],
    *,
    rationality: float,
    streams: Streams,
    quarter: int,
    state: str,
    decision: str,
    beliefs: Mapping[str, float] | None = None,
    forced: str | None = None,
    told: str = "",
) -> Choice:
    """Let a government choose among `options`, or record that it was `forced` to one of them; `told` names the sentence that says why, where nobody
    ordered it.

    Raises `Refusal` for a forced option that is not among them, and ValueError for no options or repeated names.
    """
    names = [option.name for option in options]
    if not names or len(set(names)) < len(names):
        raise ValueError(f"decision {decision}: options must be named and different, got {names}")
    if forced is not None and forced not in names:
        allowed = f"allowed are {', '.join(names)}.{nearest(forced, names)}"
        raise Refusal(f"{state}, quarter {quarter}, {decision}: there is no option '{forced}'; {allowed}")
    believed, taken, reason = dict(beliefs or {}), forced or "", "" if forced is None else told
    choice = Choice(quarter, state, decision, tuple(options), believed, rationality, streams.seed, taken, forced is not None, reason)
    if forced is None:
        object.__setattr__(choice, "chosen", choice.winner())
    return choice


def chance_of(terms: Iterable[float], others: Iterable[float], rationality: float) -> float:
    """Probability of the first of two options, each given by its terms in points, before the draw; one half when nothing is at stake."""
    first, second = tuple(terms), tuple(others)
    stakes = math.fsum(abs(term) for term in (*first, *second))
    if stakes <= NO_STAKES:
        return 0.5
    return 1.0 / (1.0 + math.exp(-rationality * (math.fsum(first) - math.fsum(second)) / stakes))


def _winner(options: Sequence[Option], scale: float, draws: Mapping[str, float], added: Mapping[str, float]) -> str:
    return max(options, key=lambda option: (scale * (option.utility + added[option.name]) + draws[option.name], option.name)).name
