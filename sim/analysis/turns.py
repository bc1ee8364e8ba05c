"""Play turn by turn: a run up to the start of a quarter, and what lies on a state's table then.

What lies there are the same questions a government of the model would face, with the same options, the instruments each would use and the
reasons it would weigh; a person may take one of the options, give other orders, or leave things as they are. What the government would
choose by itself is known too, as advice. Nothing here changes the run: the table is laid on a copy of the world.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sim.analysis.runs import MOST_QUARTERS, Run
from sim.government.assembly import members
from sim.government.choice import Choice, choose
from sim.government.decisions import DECISIONS
from sim.government.offers import on_table
from sim.government.question import Question
from sim.government.sides import stances_on
from sim.government.votes import vote_options
from sim.quarter import PHASES
from sim.refusals import Refusal, nearest
from sim.scenario import Scenario
from sim.scenario.decisions import Decision
from sim.world import World


@dataclass(frozen=True)
class Paper:
    """A question on the table. `offer_by` is the state that made the offer it answers, "" where it answers none; `about` is the state it
    concerns ("" where it does not say); `own` is what the government would do by itself, with its reasons."""

    question: Question
    own: Choice
    about: str = ""
    offer_by: str = ""


@dataclass(frozen=True)
class Turn:
    """The start of a quarter: the run so far, and the papers on the played state's table, offers first."""

    run: Run
    quarter: int
    papers: tuple[Paper, ...]


def turn(
    scenario: Scenario,
    quarter: int,
    state: str = "",
    decisions: Iterable[Decision] = (),
    seed: int = 1,
    theory: str | None = None,
    parameters: Mapping[str, float] | None = None,
) -> Turn:
    """Play `quarter` quarters with `state` doing only what `decisions` say ("" plays nobody), and lay its table.

    Raises `Refusal` for bad input and for an order that comes to nothing, `NoEquilibrium` when a quarter's economy has no solution.
    """
    if not 0 <= quarter <= MOST_QUARTERS:
        raise Refusal(f"quarter: {quarter} is out of range; allowed is 0 to {MOST_QUARTERS}.")
    ids = scenario.state_ids
    if state and state not in ids:
        raise Refusal(f"played: there is no state '{state}'; allowed are {', '.join(ids)}.{nearest(state, ids)}")
    seats = (state,) if state else ()
    listed = tuple(order for order in decisions if order.quarter < quarter)
    world = World(scenario, seed, listed, theory, parameters, True, True, seats)
    while world.quarter < quarter:
        world.step()
    run = Run(scenario, seed, quarter, world.theory, dict(parameters or {}), True, True, seats, listed, world.record)
    if not state or quarter >= MOST_QUARTERS:
        return Turn(run, quarter, ())
    ahead = World(scenario, seed, listed, theory, parameters, True, True, seats)
    ahead.restore(world.snapshot(), world.record)
    for name, phase in PHASES:
        if name == "decide":
            break
        phase(ahead)
    return Turn(run, quarter, tuple(papers(ahead, world.place[state])))


def papers(world: World, state: int) -> list[Paper]:
    """The questions before a state in the quarter about to be decided: votes, then offers, then the rest in the order they are put."""
    found = [_paper(world, state, question) for questions in DECISIONS.values() for question in questions(world, state)]
    return [*_ballots(world, state), *sorted(found, key=lambda paper: not paper.offer_by)]


def _paper(world: World, state: int, question: Question) -> Paper:
    by_id = {offer.id: offer for offer in on_table(world.politics.offers, state, world.quarter)}
    offer = by_id.get(question.about)
    about = next((order.target for orders in question.orders.values() for order in orders if order.target in world.place), "")
    if question.decision == "accept part":
        return Paper(question, _choice(world, state, question, world.p["rationality"]), about, about)
    by = "" if offer is None else world.ids[offer.sender]
    return Paper(question, _choice(world, state, question, world.p["rationality"]), about, by)


def _ballots(world: World, state: int) -> list[Paper]:
    """Texts tabled in an earlier quarter on which the state votes now."""
    found = []
    for name, resolution in sorted(world.politics.resolutions.items()):
        if resolution.adopted is not None or resolution.quarter >= world.quarter or state not in members(world, resolution.body):
            continue
        options = vote_options(stances_on(world, resolution).of(state), world.p)
        orders = {
            option.name: (Decision(world.quarter, world.ids[state], "cast_vote", "", "", 1.0, {"resolution": name, "vote": option.name}),)
            for option in options
        }
        question = Question(f"vote on {resolution.kind}", name, options, orders, {}, covers=("cast_vote",))
        own = _choice(world, state, question, world.p["vote_rationality"], f"vote on {name}")
        found.append(Paper(question, own, world.ids[resolution.about], world.ids[resolution.sponsors[0]]))
    return found


def _choice(world: World, state: int, question: Question, rationality: float, key: str = "") -> Choice:
    return choose(
        question.options,
        rationality=rationality,
        streams=world.streams,
        quarter=world.quarter,
        state=world.ids[state],
        decision=key or question.key,
        beliefs=question.beliefs,
    )
