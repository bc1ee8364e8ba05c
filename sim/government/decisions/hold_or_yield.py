"""The target under measures: hold out, offer a part, or yield.

A standing question: the file lies open when measures have just come into force, and is reopened at the agenda rate from then on.

What it would be spared by giving in is the loss from all that ends with the dispute: the senders' measures, less what those who stand by
it give it because of them (Early 2011), and the blame of those whose word counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.government.agenda import on_agenda
from sim.government.answers import answers, target_view
from sim.government.packages import ends_with
from sim.government.question import Question

if TYPE_CHECKING:
    from sim.world import World


def questions(world: World, state: int) -> list[Question]:
    """One question for each dispute under measures that are new, or whose file is on the agenda this quarter."""
    found = []
    for dispute in world.politics.open_disputes():
        if dispute.target != state or dispute.stage not in ("imposed", "relief") or dispute.entered == world.quarter:
            continue
        just_imposed = dispute.imposed_in == world.quarter - 1
        if not just_imposed and not on_agenda(world, state, "hold or yield", dispute.id):
            continue
        view = target_view(world, dispute, world.forecasts.of_keeping(ends_with(world, dispute)))
        beliefs = {
            "sender gives up within a quarter": view.quit_chance, "loss now": view.now, "loss in the long run": view.long_run, "blame abroad": view.blamed,
        }
        found.append(answers("hold or yield", world, dispute, view.pain, view.worth, beliefs))
    return found
