"""Constants of the home front: how support, unrest and governments move. Support and unrest are shares from 0 to 1."""

from __future__ import annotations

from sim.parameters.parameter import Parameter

ASSUMPTION = "assumption"

PARAMETERS: tuple[Parameter, ...] = (
    Parameter("support_speed", 0.25, 0.0, 1.0, "share per quarter", "How fast support moves to where conditions draw it", ASSUMPTION, "home", free=False),
    Parameter("support_of_living", 1.5, 0.0, 6.0, "support per log point", "How far a loss of consumption against habit lowers support",
              "assumption; sign from economic voting", "home", free=False, neutral=0.0),
    Parameter("habit_speed", 0.06, 0.0, 1.0, "share per quarter", "How fast people get used to what they consume", ASSUMPTION, "home", free=False),
    Parameter("rally", 0.03, -0.2, 0.2, "support", "How far measures from abroad first raise support of the target's government",
              "P14: +1.5 points of vote share near firms under measures, +13 % of it in exposed districts; P15: none in surveys",
              "home", free=False, neutral=0.0,
              contested="Whether there is a rally at all: one study finds it, surveys find none."),
    Parameter("rally_quarters", 4.0, 1.0, 12.0, "quarters", "How long that effect lasts", "assumption: at most two years (P14, P15)", "home", free=False),
    Parameter("visible_concession", 0.15, 0.0, 0.6, "support per whole demand", "How much support a visible concession, or a demand given up, costs a while",
              "assumption; audience costs, Fearon 1994", "home", free=False, neutral=0.0),
    Parameter("unrest_below", 0.4, 0.0, 1.0, "support", "Support below which unrest begins", ASSUMPTION, "home", free=False),
    Parameter("unrest_pressure", 0.3, 0.0, 2.0, "share of the stake", "How far full unrest at home speaks for settling", ASSUMPTION, "home",
              free=False, neutral=0.0),
    Parameter("defiance", 0.1, -0.5, 1.0, "share of the stake", "How far standing up to fresh measures pays at home",
              "assumption; follows the rally in sign", "home", free=False, neutral=0.0, contested="As contested as the rally itself."),
    Parameter("patronage", 0.6, 0.0, 1.5, "support per log point", "How far lost receipts from abroad lower the support of an elite that they hold",
              "assumption; sign from Escribà-Folch & Wright 2010 (S46): measures destabilise these, not governments of a single party", "home",
              free=False, neutral=0.0, contested="Whether it is revenue from abroad that tells the types apart."),
    Parameter("turnover_support", 4.0, 0.0, 10.0, "log hazard per unit of support", "How much more often a government falls when support is low",
              ASSUMPTION, "home", free=False, neutral=0.0),
)
