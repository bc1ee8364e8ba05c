"""Packages: bundles of the same levers that people have, from a signal to a broad embargo.

A package says which levers at which level on which kinds of sectors. What it costs each side is not written here: governments
forecast it from the economy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.government.dispute import Dispute
from sim.levers import LEVERS
from sim.levers.lever import Measure
from sim.orders import measures_of as measures_from
from sim.scenario.decisions import Decision

if TYPE_CHECKING:
    from sim.world import World


@dataclass(frozen=True)
class Line:
    """One lever of a package; `kinds` are the kinds of sectors it covers, empty for all."""

    lever: str
    level: float
    kinds: tuple[str, ...] = ()


PACKAGES: dict[str, tuple[Line, ...]] = {
    "payments": (Line("payment_exclusion", 0.4),),
    "technology": (Line("export_ban", 0.5, ("high_tech",)), Line("payment_exclusion", 0.2)),
    "partial trade": (Line("import_ban", 0.3), Line("export_ban", 0.3)),
    "embargo": (Line("import_ban", 1.0), Line("export_ban", 1.0), Line("payment_exclusion", 1.0)),
}
STANCES = ("transit_control", "trade_facilitation", "aid")  # levers with which a third party takes its stance
ALIKE = 1e-9  # difference of levels below which two measures are equally strong


def package_orders(world: World, dispute: Dispute, sender: int | None = None, package: str | None = None) -> tuple[Decision, ...]:
    """The orders that put the dispute's package (or another) in force for one sender, the leader unless named."""
    who = world.ids[dispute.leader if sender is None else sender]
    whom = world.ids[dispute.target]
    orders = []
    for line in PACKAGES[package or dispute.package]:
        for sector in _sectors(world, line.kinds):
            orders.append(Decision(world.quarter, who, line.lever, whom, sector, line.level, {"dispute": dispute.id}))
    return tuple(orders)


def package_measures(world: World, dispute: Dispute, package: str | None = None) -> list[Measure]:
    """The measures a package would put in force, by every sender of the dispute."""
    return ordered(world, [order for sender in dispute.senders for order in package_orders(world, dispute, sender, package)])


def beyond(world: World, dispute: Dispute, sender: int, package: str) -> tuple[Decision, ...]:
    """The orders of a package that go beyond what the sender has in force: a line that is in force as strongly is not ordered again."""
    return tuple(order for order in package_orders(world, dispute, sender, package) if not _has(world, dispute, sender, order))


def _has(world: World, dispute: Dispute, sender: int, order: Decision) -> bool:
    """Whether an order would add nothing to the sender's measures in force."""
    assert order.value is not None
    covered = {
        int(sector) for m in measures_of(world, dispute, sender) if m.lever == order.lever and m.level >= order.value - ALIKE for sector in m.sectors
    }
    return all(int(sector) in covered for measure in ordered(world, [order]) for sector in measure.sectors)


def reached(world: World, dispute: Dispute) -> str:
    """The largest package that the leader has in force in full, from the dispute's own upwards."""
    names = list(PACKAGES)
    if dispute.package not in names:
        return dispute.package
    larger = names[names.index(dispute.package) + 1 :]
    return next((name for name in reversed(larger) if not beyond(world, dispute, dispute.leader, name)), dispute.package)


def ordered(world: World, orders: Iterable[Decision]) -> list[Measure]:
    """The measures that orders would put in force."""
    return [measure for order in orders for measure in measures_from(order, world.ids, world.sector_ids, LEVERS[order.lever])]


def measures_of(world: World, dispute: Dispute, sender: int | None = None) -> list[Measure]:
    """The dispute's measures in force, of all senders or of one; what its target and third parties do about it is not among them, nor what senders
    give one another."""
    return [
        measure
        for measure in world.measures.in_dispute(dispute.id)
        if (sender is None or measure.sender == sender)
        and measure.sender != dispute.target
        and measure.target not in dispute.senders
        and "stance" not in measure.notes
    ]


def stance_of(world: World, state: int, target: int) -> list[str]:
    """Levers that a third party's stance towards a target has in force, in the order of `STANCES`."""
    levers = {m.lever for m in world.measures.of(state) if m.target == target and m.notes.get("stance") == "1"}
    return [lever for lever in STANCES if lever in levers]


def fund_of(world: World, dispute: Dispute, member: int) -> Measure | None:
    """The solidarity fund from which the dispute's leader makes a follower's loss good, if there is one."""
    given = world.measures.of(dispute.leader)
    return next((one for one in given if one.lever == "solidarity_fund" and one.target == member and one.notes.get("dispute") == dispute.id), None)


def hit_by(world: World, state: int) -> set[int]:
    """Whose measures in a dispute a state is under, third parties' and a target's own in return as well; help is none."""
    return {measure.sender for measure in world.measures.on(state) if _presses(measure)}


def hits(world: World, sender: int) -> set[int]:
    """Who is under a state's measures in a dispute: the same from the other side."""
    return {measure.target for measure in world.measures.of(sender) if _presses(measure) and measure.target >= 0}


def _presses(measure: Measure) -> bool:
    return bool(measure.notes.get("dispute")) and not LEVERS[measure.lever].friendly


def ends_with(world: World, dispute: Dispute) -> list[Measure]:
    """Everything that others do to a target and that it expects to end with the dispute: its measures, and what third parties give or refuse.

    Trade that others make easier would go on: it helps by making measures bite less, which forecasts know.
    """
    return [m for m in world.measures.in_dispute(dispute.id) if m.lever != "trade_facilitation" and m.sender != dispute.target]


def lift_orders(world: World, measures: Sequence[Measure]) -> tuple[Decision, ...]:
    """The orders that withdraw measures in force."""
    return tuple(
        Decision(world.quarter, world.ids[measure.sender], measure.lever, world.ids[measure.target], measure.id.rsplit("|", 1)[1])
        for measure in measures
    )


def retraction(world: World, dispute: Dispute) -> Decision:
    """The order by which a leader takes its threat back."""
    ids = world.ids
    return Decision(world.quarter, ids[dispute.leader], "retraction", ids[dispute.target], "", 1.0, {"dispute": dispute.id})


def _sectors(world: World, kinds: tuple[str, ...]) -> list[str]:
    if not kinds:
        return ["*"]
    return [world.sector_ids[index] for index in world.of_kind(*kinds)] or ["*"]
