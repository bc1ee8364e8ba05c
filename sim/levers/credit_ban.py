"""Credit ban: lenders under the sender's law neither roll over the target's debt nor lend anew."""

from __future__ import annotations

from sim.economy.frictions import Frictions
from sim.levers.lever import Lever, Measure, Setting


def _apply(measure: Measure, frictions: Frictions) -> None:
    frictions.pairs.cover("credit_ban", measure.sender, measure.target, measure.level)


LEVER = Lever(
    id="credit_ban",
    label="Ban on investment and credit",
    family="economic",
    side="anyone",
    value=Setting("value", "Share of lending refused", "share of lending", 0.0, 1.0, 1.0, "definition: 1 refuses all"),
    hurts="A target that lives on credit: it must repay and buy less abroad; investors first.",
    costs_user="Own lenders lose business; some move it to branches elsewhere (Efing, Goldbach & Nitsch 2023).",
    dynamics="Hard at once, while debt falls due; once repaid, only new lending is missing.",
    contested="How much of the lending other lenders replace; here none of it within the quarter.",
    examples=("bans on new long-term loans", "bans on buying government bonds"),
    apply=_apply,
    acts_on="money",
    takes_sector=False,
)
