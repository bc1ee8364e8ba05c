"""Secondary measures: firms anywhere that deal with the target in what the sender has forbidden lose their business with the sender."""

from __future__ import annotations

from sim.economy.frictions import Frictions
from sim.levers.lever import Lever, Measure, Setting


def _apply(measure: Measure, frictions: Frictions) -> None:
    frictions.pairs.cover("secondary", measure.sender, measure.target, measure.level)


LEVER = Lever(
    id="secondary_measures",
    label="Secondary measures",
    family="economic",
    side="anyone",
    value=Setting(
        "value", "Severity: share of a firm's business with the sender that is lost when it is found out", "share of business", 0.0, 1.0, 0.5, "assumption"
    ),
    hurts="Connectors and third countries that live from trade with the sender; the target loses its detours.",
    costs_user="Own firms lose partners. Anger of third countries, which the model does not charge.",
    dynamics="Bites by fear, before anybody is punished; only as strong as others' dependence on the sender.",
    contested="No clean causal size is known.",
    examples=("loss of access to the sender's banks",),
    apply=_apply,
    acts_on="firms in third countries",
    takes_sector=False,
)
