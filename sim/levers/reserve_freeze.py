"""Reserve freeze: the sender blocks the part of the target's official reserves that it keeps."""

from __future__ import annotations

from sim.economy.frictions import Frictions
from sim.levers.lever import Lever, Measure, Setting


def _apply(measure: Measure, frictions: Frictions) -> None:
    frictions.pairs.cover("reserve_freeze", measure.sender, measure.target, measure.level)


LEVER = Lever(
    id="reserve_freeze",
    label="Freeze of foreign reserves",
    family="economic",
    side="anyone",
    value=Setting("value", "Share of the reserves kept with the sender that is frozen", "share of reserves", 0.0, 1.0, 1.0, "definition: 1 freezes all"),
    hurts="The whole target: what cannot be paid from reserves must be paid by buying less abroad or selling cheaper.",
    costs_user="Others think twice about keeping reserves here, which the model leaves out.",
    dynamics="Works only on reserves kept with senders; the target saves again, and elsewhere.",
    contested="How far it drives other states away from the sender's money.",
    examples=("freezes of central-bank reserves",),
    apply=_apply,
    acts_on="money",
    takes_sector=False,
)
