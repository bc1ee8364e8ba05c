"""Orders: decisions checked against the world they are meant for, before anything runs.

`target` and `sector` may be `*` (or blank, where the lever allows it) for all others and all sectors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from sim.levers import Lever, Measure
from sim.refusals import Refusal, nearest
from sim.scenario.decisions import Decision

ALL = ("", "*")


def validated(
    decisions: Iterable[Decision], states: Sequence[str], sectors: Sequence[str], levers: Mapping[str, Lever], where: str
) -> list[Decision]:
    """Return the decisions as a list, or refuse the first that this world cannot carry out."""
    checked = []
    for number, order in enumerate(decisions, start=1):
        place = _place(number, order, where)
        if order.quarter < 0:
            raise Refusal(f"{place}: the quarter is {order.quarter}; allowed is 0 or later.")
        _known(order.state, states, place, "state")
        lever = levers.get(order.lever)
        if lever is None:
            raise Refusal(f"{place}: there is no lever '{order.lever}'; allowed are {', '.join(levers)}.{nearest(order.lever, levers)}")
        if order.target not in ALL:
            _known(order.target, states, place, "state")
            if order.target == order.state:
                raise Refusal(f"{place}: '{order.state}' is named as its own target; name another state or * for all others.")
        elif lever.needs_target and order.target == "":
            raise Refusal(f"{place}: lever '{lever.id}' needs a target: a state or * for all others.")
        if order.sector not in ALL:
            _known(order.sector, sectors, place, "sector")
            if not lever.takes_sector:
                raise Refusal(f"{place}: lever '{lever.id}' does not take a sector; leave it blank.")
        if order.value is not None:
            lever.value.read(order.value, place)
        lever.read_options(order.options, place)
        checked.append(order)
    return checked


def refuse_after_the_end(decisions: Iterable[Decision], quarters: int, where: str) -> None:
    """Refuse the first decision for a quarter that a run of this many quarters does not reach."""
    for number, order in enumerate(decisions, start=1):
        if order.quarter >= quarters:
            length = "has 1 quarter" if quarters == 1 else f"has {quarters} quarters"
            raise Refusal(f"{_place(number, order, where)}: the quarter is {order.quarter}; allowed is 0 to {quarters - 1}, for the run {length}.")


def _place(number: int, order: Decision, where: str) -> str:
    return f"{where}: decision {number} (quarter {order.quarter}, {order.state}, {order.lever})"


def _known(name: str, allowed: Sequence[str], place: str, what: str) -> None:
    if name not in allowed:
        raise Refusal(f"{place}: there is no {what} '{name}'; allowed are {', '.join(allowed)}.{nearest(name, allowed)}")


def measures_of(order: Decision, states: Sequence[str], sectors: Sequence[str], lever: Lever) -> list[Measure]:
    """The measures an order with a value puts in force: one for each target."""
    sender = states.index(order.state)
    if not lever.needs_target and order.target in ALL:
        targets = [-1]
    elif order.target in ALL:
        targets = [index for index in range(len(states)) if index != sender]
    else:
        targets = [states.index(order.target)]
    covered = range(len(sectors)) if order.sector in ALL else [sectors.index(order.sector)]
    reading = lever.read_options(order.options, order.lever)
    level = lever.value.default if order.value is None else order.value
    return [
        Measure(
            id="|".join((lever.id, order.state, states[target] if target >= 0 else "-", order.sector or "*")),
            lever=lever.id,
            sender=sender,
            target=target,
            sectors=np.array(covered, dtype=np.int64),
            level=level,
            since=order.quarter,
            purpose=reading.purpose,
            options=reading.values,
            notes=reading.notes,
        )
        for target in targets
    ]
