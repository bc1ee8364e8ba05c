"""Export ban (export control): the sender no longer sells the named goods to the target."""

from __future__ import annotations

from sim.economy.frictions import EXPORTER, Frictions
from sim.levers.lever import Lever, Measure, Setting


def _apply(measure: Measure, frictions: Frictions) -> None:
    frictions.restrict(EXPORTER, measure.sectors, measure.sender, measure.target, measure.level)


LEVER = Lever(
    id="export_ban",
    label="Export ban",
    family="economic",
    side="anyone",
    value=Setting("value", "Share of the product lines controlled", "share of product lines", 0.0, 1.0, 1.0, "definition: 1 is a complete ban"),
    hurts="The target's users of those goods, above all where they are inputs; the sender's exporters.",
    costs_user="Own exporters lose a market.",
    dynamics="Strong where no other supplier exists; home substitutes and other suppliers grow with time.",
    contested="Whether controls on dual-use goods hold: about a fifth of the fall was rerouted in one study (Chupilkin et al. 2025).",
    examples=("controls on machine tools", "controls on energy technology"),
    apply=_apply,
)
