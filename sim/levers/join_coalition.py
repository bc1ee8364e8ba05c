"""Join a coalition: a state declares itself one of the senders of a dispute; its measures are decided apart from this."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.levers.lever import Lever, Measure, Setting
from sim.refusals import Refusal, TooLate

if TYPE_CHECKING:
    from sim.government.politics import Politics


def _act(measure: Measure, politics: Politics) -> None:
    named = measure.notes.get("dispute")
    led = [d for d in politics.open_disputes() if d.target == measure.target and named in (None, d.id)]
    found = next((d for d in led if measure.sender not in d.senders or measure.sender in d.left), None)
    if found is None and politics.had(measure.target):
        raise TooLate(f"lever '{measure.lever}' in quarter {measure.since}: the dispute with that state is over.")
    if found is None:
        raise Refusal(f"lever '{measure.lever}' in quarter {measure.since}: there is no coalition against that state left to join.")
    if measure.sender in found.left:
        found.left.remove(measure.sender)
    else:
        found.senders.append(measure.sender)


LEVER = Lever(
    id="join_coalition",
    label="Join the coalition",
    family="diplomatic",
    side="third party",
    value=Setting("value", "1 joins", "1", 1.0, 1.0, 1.0, "definition"),
    hurts="The target, once measures follow.",
    costs_user="Nothing by itself; ties with the target, once own measures follow.",
    dynamics="Weight and standing for the leader; more members tire sooner without an institution.",
    contested="Whether wide coalitions are stronger or only slower.",
    examples=("a neighbour that associates itself with measures",),
    act=_act,
    acts_on="disputes",
    takes_sector=False,
)
