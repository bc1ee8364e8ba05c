"""Who stands where in a run: targets, senders and third parties, read from the measures in force.

The target of a dispute that came up is a target whatever happens. Any other state is a target if measures of others hit it before it used
one itself, and a sender if it used one first; where both began in the same quarter, it is a target if it was hit more often than it
hit, unless a dispute already names the target. Everybody else is a third party. So a target that answers with counter-measures
stays a target, and the senders it answers stay senders.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from sim import api

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario.scenario import DisputeSpec

Spec = TypeVar("Spec", bound="DisputeSpec")
NEVER = 1 << 30
TRANSIT = "transit_control"


@dataclass(frozen=True)
class Roles:
    """State ids by role, each in the scenario's order, targets by how many measures hit them. The three lists share no state."""

    target: tuple[str, ...]
    sender: tuple[str, ...]
    third: tuple[str, ...]

    def of(self, state: str) -> str:
        """The role of a state: "target", "sender" or "third"."""
        return "target" if state in self.target else "sender" if state in self.sender else "third"

    def members(self, role: str) -> tuple[str, ...]:
        """The states that have a role."""
        return {"target": self.target, "sender": self.sender, "third": self.third}[role]


def at_issue(disputes: Sequence[Spec], opened: Container[str]) -> list[Spec]:
    """The scenario's disputes that came up in a run, by the ids of those that `opened`; all of them while none did."""
    return [dispute for dispute in disputes if dispute.id in opened] or list(disputes)


def roles_in(measures: pd.DataFrame, states: Sequence[str], disputed: Sequence[str] = ()) -> Roles:
    """Read the roles from a run's `measures` table and the targets of its disputes.

    Measures without a target, those meant to help say nothing about roles, nor does what states close of their transit while others do more.
    """
    friendly = [name for name, lever in api.LEVERS.items() if lever.friendly]
    aimed = measures[measures["target"].isin(states) & ~measures["lever"].isin(friendly)]
    direct = aimed[aimed["lever"] != TRANSIT]
    aimed = aimed if direct.empty else direct
    used = aimed.groupby("sender")["quarter"].min().to_dict()
    hit = aimed.groupby("target")["quarter"].min().to_dict()
    rows = aimed["target"].value_counts().to_dict()
    uses = aimed["sender"].value_counts().to_dict()
    hit |= dict.fromkeys(disputed, -1)

    def is_target(state: str) -> bool:
        if state not in hit or hit[state] != used.get(state, NEVER):
            return hit.get(state, NEVER) < used.get(state, NEVER)
        return not disputed and rows[state] > uses[state]

    targets = [state for state in states if is_target(state)]
    senders = [state for state in states if state in used and state not in targets]
    return Roles(
        tuple(sorted(targets, key=lambda state: -rows.get(state, 0))),
        tuple(senders),
        tuple(state for state in states if state not in targets and state not in senders),
    )
