"""How a state votes, and what the votes decide.

A resolution stands between two sides: the sponsors, and the target it is about (for a text that lifts measures, the sponsors
are those who want them lifted and the target side is those who keep them). A state votes for, against, abstains or stays away; each
is an option of one choice (`sim.government.choice`) with these terms:

- *the resolution itself*: how states without any tie take it; a motion to lift the other way round, as long as measures are on the state it is about;
- *place on the main line of division*: own ideal point less the midpoint between the two sides, which is what quadratic spatial
  utility leaves of both distances (Bailey, Strezhnev & Voeten 2017);
- *ties with the sponsors*, *ties with the target*: shared alliances and organisations. The ideal point alone does not tell ally from rival;
- *grievance against the sponsors*: being under their measures;
- *dependence on the target* and *on the sponsors*, *pressure*, *promised vote*, *small delegation*.

The first four are fitted on one real roll call and tested on another (`tests/fit/fit_votes.py`); the rest are assumptions
in `sim.parameters.assembly`.

The assembly adopts by a share of those voting for or against (two thirds on important questions, UN Charter Art. 18);
abstaining and staying away are not voting. The council needs a share of its members and no vote against by one that holds
a veto (Art. 27).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sim.government.choice import NO_STAKES, Choice, Option, choose
from sim.refusals import Refusal, nearest
from sim.streams import Streams

Array: TypeAlias = NDArray[np.float64]
Value: TypeAlias = float | Array
Body = Literal["assembly", "council"]
FOR, AGAINST, ABSTAIN, ABSENT = "for", "against", "abstain", "absent"
VOTES = (FOR, AGAINST, ABSTAIN, ABSENT)
TURNED = {FOR: AGAINST, AGAINST: FOR}  # a vote on a text, as one on its undoing
ROUNDING = 1e-9  # so that nine of fifteen is three fifths whatever the binary fractions say


@dataclass(frozen=True)
class Stance:
    """What one state brings to one resolution, or all states at once (each field an array over states).

    The sponsors' side are the sponsors, and the state itself that a motion to lift is about; the target is whom the text goes against, for such
    a motion whoever wants the measures kept. `position` in ideal-point units, positive on the sponsors' side of the midpoint;
    `sponsor_ties`, `target_ties`, `grievance`, `sponsor_dependence`, `target_dependence` and `small_delegation` from 0 to 1;
    `pressure` from -1 (pressed to vote against) to 1 (pressed to vote for); `promised` is the vote it has promised, empty for none. `undoes`: the text would
    undo one that states without ties mostly see the way of its sponsors, so that they lean against this one as they lean to that.
    """

    position: Value
    sponsor_ties: Value = 0.0
    target_ties: Value = 0.0
    grievance: Value = 0.0
    sponsor_dependence: Value = 0.0
    target_dependence: Value = 0.0
    pressure: Value = 0.0
    small_delegation: Value = 0.0
    promised: str | NDArray[np.object_] = ""
    undoes: bool | NDArray[np.bool_] = False

    def of(self, state: int) -> Stance:
        """What one of all the states brings."""
        return Stance(**{one.name: np.asarray(getattr(self, one.name))[state] for one in fields(self)})


def position(ideal_point: Value, sponsors: float, target: float) -> Value:
    """Place between the sides: own ideal point less the midpoint of the sponsors' (mean) and the target's."""
    return ideal_point - 0.5 * (sponsors + target)


def _terms(stance: Stance, p: Mapping[str, float]) -> dict[str, dict[str, Value]]:
    """What speaks for and against each vote, by name, in points: numbers for one state, arrays for all.

    Raises `Refusal` for a promise of something that is not a vote.
    """
    unknown = set(np.ravel(np.asarray(stance.promised, dtype=object)).tolist()) - {"", *VOTES}
    if unknown:
        promised = min(unknown)
        raise Refusal(f"promised vote: there is no vote '{promised}'; allowed are {', '.join(VOTES)}.{nearest(promised, VOTES)}")
    fitted = (
        ("place on the main line of division", "position", stance.position),
        ("ties with the sponsors", "sponsor_ties", stance.sponsor_ties),
        ("ties with the target", "target_ties", stance.target_ties),
        ("grievance against the sponsors", "grievance", stance.grievance),
    )
    terms: dict[str, dict[str, Value]] = {
        vote: {
            "the resolution itself": np.where(stance.undoes, p[f"vote_{TURNED.get(vote, vote)}_constant"], p[f"vote_{vote}_constant"]),
            **{term: p[f"vote_{vote}_{name}"] * x for term, name, x in fitted},
        }
        for vote in VOTES
    }
    terms[FOR]["dependence on the target"] = -p["vote_target_dependence"] * stance.target_dependence
    terms[AGAINST]["dependence on the sponsors"] = -p["vote_sponsor_dependence"] * stance.sponsor_dependence
    terms[FOR]["pressure"] = p["vote_pressure"] * np.maximum(stance.pressure, 0.0)
    terms[AGAINST]["pressure"] = p["vote_pressure"] * np.maximum(-stance.pressure, 0.0)
    terms[ABSENT]["small delegation"] = p["vote_small_delegation"] * stance.small_delegation
    for vote in VOTES:
        terms[vote]["promised vote"] = p["vote_promise"] * np.equal(stance.promised, vote)
    return terms


def vote_options(stance: Stance, p: Mapping[str, float]) -> tuple[Option, ...]:
    """The four options of one state with their named terms. Terms that are zero are left out.

    Raises `Refusal` for a promise of something that is not a vote.
    """
    terms = _terms(stance, p)
    return tuple(Option(vote, {term: float(value) for term, value in terms[vote].items() if value != 0.0}) for vote in VOTES)


def expected_votes(stances: Stance, p: Mapping[str, float]) -> Array:
    """Chance of each vote `(vote, state)`, in the order of `VOTES`, when all states choose as one would (`sim.government.choice`), before the draw."""
    terms = [list(of_vote.values()) for of_vote in _terms(stances, p).values()]
    scores = np.array([sum(values) for values in terms])
    stakes = np.maximum(sum(np.abs(value) for values in terms for value in values), NO_STAKES)
    weights = np.exp(p["vote_rationality"] / stakes * (scores - scores.max(axis=0)))
    return np.asarray(weights / weights.sum(axis=0))


def cast(
    stance: Stance, p: Mapping[str, float], *, streams: Streams, quarter: int, state: str, resolution: str, forced: str | None = None, told: str = ""
) -> Choice:
    """One state's vote on a resolution, as a recorded choice; `forced` is the vote of a person or a decisions function, or what it comes to
    without one, as `told` names it (see `choose`)."""
    return choose(
        vote_options(stance, p),
        rationality=p["vote_rationality"],
        streams=streams,
        quarter=quarter,
        state=state,
        decision=f"vote on {resolution}",
        beliefs={},
        forced=forced,
        told=told,
    )


@dataclass(frozen=True)
class Outcome:
    """What a vote decided: whether the text passed, how many cast each vote, and whose veto stopped it."""

    body: Body
    adopted: bool
    counts: Mapping[str, int]
    vetoed_by: tuple[str, ...]


def decide(votes: Mapping[str, str], body: Body, p: Mapping[str, float], vetoes: Collection[str] = ()) -> Outcome:
    """Count the votes of a body's members, by state.

    `vetoes` names the members whose vote against stops the council; in the assembly there is none. Raises `Refusal` for a word that is
    not a vote, and for a veto held by a state that has no seat.
    """
    for state, vote in votes.items():
        if vote not in VOTES:
            raise Refusal(f"vote of {state}: there is no vote '{vote}'; allowed are {', '.join(VOTES)}.{nearest(vote, VOTES)}")
    counts = {vote: sum(cast == vote for cast in votes.values()) for vote in VOTES}
    if body == "assembly":
        voting = counts[FOR] + counts[AGAINST]
        adopted = counts[FOR] > 0 and counts[FOR] >= p["assembly_majority"] * voting - ROUNDING
        return Outcome(body, adopted, counts, ())
    strangers = sorted(set(vetoes) - set(votes))
    if strangers:
        raise Refusal(f"council: {', '.join(strangers)} cannot hold a veto without a seat.")
    stopped = tuple(sorted(state for state in vetoes if votes[state] == AGAINST))
    return Outcome(body, _enough(counts[FOR], len(votes), p) and not stopped, counts, stopped)


def chance_in_council(expected: Sequence[Mapping[str, float]], vetoes: Sequence[bool], p: Mapping[str, float]) -> float:
    """Chance that the council adopts a text, when each member's vote falls by its own chances, whatever the others do.

    `expected` are the chances of each vote, one mapping for each member; `vetoes` says who of them holds a veto. The chance that so many vote
    for and no veto falls is added up member by member; exact.
    """
    falls = [1.0] + [0.0] * len(expected)  # chance of so many votes for, and no veto so far
    for chances, veto in zip(expected, vetoes, strict=True):
        other = chances[ABSTAIN] + chances[ABSENT] + (0.0 if veto else chances[AGAINST])
        falls = [other * here + chances[FOR] * below for here, below in zip(falls, [0.0, *falls], strict=False)]
    return math.fsum(chance for count, chance in enumerate(falls) if _enough(count, len(expected), p))


def _enough(votes_for: int, seats: int, p: Mapping[str, float]) -> bool:
    """Whether so many votes for are enough in a council of so many seats."""
    return votes_for > 0 and votes_for >= p["council_majority"] * seats - ROUNDING
