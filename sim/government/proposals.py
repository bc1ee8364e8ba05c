"""Single instruments for a sender under way: beside its package, any lever a person could use on the target. A file on the agenda brings one of them.

Which one is brought comes from a stream of its own (`proposal`), so that a government weighs one new idea against what it does, not a list of
twelve; what it is worth is forecast from the economy like everything else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.levers import LEVERS
from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    from sim.government.dispute import Dispute
    from sim.world import World


@dataclass(frozen=True)
class Proposal:
    """A lever at its default level: what using it is called, and the kinds of sectors it covers (none: all, or none where it takes none)."""

    lever: str
    name: str
    kinds: tuple[str, ...] = ()
    for_hubs: bool = False


PROPOSALS = (
    Proposal("tariff", "put a tariff on its goods"),
    Proposal("quota", "limit what it may sell"),
    Proposal("price_cap", "cap the price of its energy", ("energy",)),
    Proposal("asset_freeze", "freeze its assets"),
    Proposal("reserve_freeze", "freeze its reserves"),
    Proposal("credit_ban", "cut it off from credit"),
    Proposal("listing", "list firms and persons"),
    Proposal("service_ban", "refuse ships and insurance"),
    Proposal("technology_control", "withhold know-how"),
    Proposal("secondary_measures", "threaten firms abroad", for_hubs=True),
    Proposal("exemption", "exempt food", ("food",)),
    Proposal("guidance", "say what stays allowed"),
)


def brought(world: World, dispute: Dispute, sender: int) -> tuple[Proposal, tuple[Decision, ...]] | None:
    """The proposal that the file brings this quarter and the orders it would give; None when all that could be done is in force."""
    used = {measure.lever for measure in world.measures.of(sender) if measure.target == dispute.target}
    hub = world.setting.states[sender].hub
    there = [one for one in PROPOSALS if one.lever not in used and (hub or not one.for_hubs) and (not one.kinds or world.of_kind(*one.kinds))]
    if not there:
        return None
    drawn = world.streams.uniform("proposal", world.quarter, world.ids[sender], dispute.id)
    proposal = there[min(int(drawn * len(there)), len(there) - 1)]
    return proposal, _orders(world, proposal, world.ids[sender], world.ids[dispute.target], dispute.id)


def _orders(world: World, proposal: Proposal, me: str, target: str, dispute: str) -> tuple[Decision, ...]:
    lever = LEVERS[proposal.lever]
    if not lever.takes_sector:
        sectors = [""]
    else:
        sectors = [world.sector_ids[index] for index in world.of_kind(*proposal.kinds)] if proposal.kinds else ["*"]
    return tuple(Decision(world.quarter, me, lever.id, target, sector, lever.value.default, {"dispute": dispute}) for sector in sectors)
