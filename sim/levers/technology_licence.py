"""Technology licence: the user lets firms of another state make its goods with its technology, for a royalty.

It works as an agreement (`sim.government.deals`): the licensee learns by doing until it no longer needs the licensor.
"""

from __future__ import annotations

from sim.levers.lever import Lever, Setting

ROYALTY = Setting("royalty", "Royalty on output that still needs the licensor", "share of its value", 0.0, 0.25, 0.05, "assumption, usual rates")
GAP = Setting("gap", "How much lower unit cost is with the licensor's technology", "log points", 0.0, 1.5, 0.4, "assumption")

LEVER = Lever(
    id="technology_licence",
    label="Technology licence",
    family="economic",
    side="anyone",
    value=Setting("value", "Share of the licensee's output that may use it", "share of output", 0.0, 1.0, 1.0, "definition: 1 is all of it"),
    hurts="Other sellers to the licensee, who lose the market; in the end the licensor itself.",
    costs_user="The licensor trains its own competitor: rent and leverage shrink as the licensee learns.",
    dynamics="Fees at first, a lower unit cost and a higher home share for the licensee with every doubling of its output; then independence.",
    contested="How fast licensees learn and how long licensors can keep the core to themselves.",
    examples=("turbines made under licence", "car models made under licence"),
    acts_on="technology",
    options=(ROYALTY, GAP),
    friendly=True,
)
