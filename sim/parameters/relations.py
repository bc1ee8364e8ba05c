"""Constants of what states are to each other: ties, trust, grievance, third parties, partners. Points as everywhere: 1 % of own annual
real income, present value.
"""

from __future__ import annotations

from sim.parameters.parameter import Parameter

ASSUMPTION = "assumption"

PARAMETERS: tuple[Parameter, ...] = (
    Parameter("arrival_rate", 0.0, 0.0, 4.0, "disputes per quarter", "How often a new dispute arises somewhere in the world",
              "a device of worlds that live for decades; 0 where the scenario names its disputes", "relations", free=False, neutral=0.0),
    Parameter("arrival_core", 0.5, 0.0, 1.0, "share", "Share of new disputes that touch a core interest", "DISPUTES study: half", "relations", free=False),
    Parameter("arrival_coalition", 0.35, 0.0, 1.0, "share", "Share of new disputes in which allies are asked to join", "S20: about a third",
              "relations", free=False),
    Parameter("arrival_institution", 0.4, 0.0, 1.0, "share", "Share of coalitions that act through an institution", ASSUMPTION, "relations", free=False),
    Parameter("affinity_stakes", 0.3, 0.0, 3.0, "points", "What siding with a close friend, or against a rival, is worth",
              "assumption: the size of a sender's own middling stake", "relations"),
    Parameter("rivalry_stakes", 0.3, 0.0, 3.0, "points", "What spoiling a rival's measures is worth", ASSUMPTION, "relations"),
    Parameter("hub_fear", 0.6, 0.0, 5.0, "points", "What full exposure to a sender's hub makes a third party fear to lose", ASSUMPTION, "relations",
              neutral=0.0,
              contested="No clean causal size of secondary measures is known."),
    Parameter("chokepoint", 0.3, 0.05, 1.0, "share", "Share of trade with the sender at which its hold is half of what it can be",
              "assumption; convex form x^3 / (x^3 + s^3) after Clayton, Maggiori & Schreger 2024", "relations"),
    Parameter("mandate_weight", 0.4, 0.0, 3.0, "points", "What a council mandate adds to joining", "assumption; S18, S20", "relations", neutral=0.0),
    Parameter("stigma", 0.15, 0.0, 2.0, "points", "What dealing with a state under designation costs in standing", ASSUMPTION, "relations", neutral=0.0),
    Parameter("neutrality", 0.15, 0.0, 2.0, "points", "What staying out is worth to a state that calls itself neutral", ASSUMPTION, "relations"),
    Parameter("patron_share", 0.005, 0.0, 0.05, "share of income a quarter", "How much a patron lends a state under measures", ASSUMPTION,
              "relations", neutral=0.0),
    Parameter("loan_risk", 0.5, 0.0, 1.0, "share", "Part of such loans a patron does not expect back", ASSUMPTION, "relations"),
    Parameter("trade_on_help", 0.05, 0.0, 0.3, "share of the price", "How much easier a third party makes trade it decides to carry on", ASSUMPTION,
              "relations", neutral=0.0),
    Parameter("grievance_of_measures", 0.03, 0.0, 0.5, "per quarter", "Grievance a target adds while a state's measures last", ASSUMPTION,
              "relations", neutral=0.0),
    Parameter("grievance_fade", 0.02, 0.0, 0.5, "share per quarter", "How fast grievance fades", ASSUMPTION, "relations"),
    Parameter("trust_gain", 0.04, 0.0, 0.5, "share of the missing trust per quarter", "How fast kept promises build trust", ASSUMPTION, "relations"),
    Parameter("trust_loss", 0.25, 0.0, 1.0, "share of trust per whole promise", "How much trust a promise not kept costs",
              "assumption; losses weigh more than gains", "relations"),
    Parameter("trust_fade", 0.01, 0.0, 0.2, "share per quarter", "How fast trust goes back to where it began", ASSUMPTION, "relations"),
    Parameter("deserted", 0.15, 0.0, 1.0, "share of trust", "How much trust a partner loses that gives words but no help in trouble", ASSUMPTION,
              "relations", neutral=0.0),
    Parameter("convenience", 0.25, 0.0, 3.0, "points", "How far a common adversary speaks for a deal", "assumption", "relations", neutral=0.0,
              contested="Whether the sanctioned band together at all is contested; the presets 'convenience' and 'alone' are the two sides."),
    Parameter("old_grievance", 0.4, 0.0, 3.0, "points", "How far an old grievance speaks against a deal", ASSUMPTION, "relations", neutral=0.0),
    Parameter("rival_interest", 0.3, 0.0, 3.0, "points", "How far rivalry speaks against a deal", ASSUMPTION, "relations", neutral=0.0),
    Parameter("vote_worth", 0.08, 0.0, 1.0, "points", "What a promised vote is worth to the state it helps", ASSUMPTION, "relations", neutral=0.0),
    Parameter("wedge_share", 0.5, 0.0, 1.0, "share", "Share of its measures a sender offers to lift to loosen a pair", ASSUMPTION, "relations"),
    Parameter("retaliation", 0.2, 0.0, 2.0, "points per point", "What each point of loss done to the sender is worth to a target that strikes back", ASSUMPTION,
              "relations", neutral=0.0),
    Parameter("wedge_worth", 0.5, 0.0, 2.0, "share of the stake in the other dispute", "What loosening a pair is worth to a sender", ASSUMPTION, "relations",
              neutral=0.0),
    Parameter("cheating_feared", 0.25, 0.0, 1.0, "share", "Part of a staged settlement a sender expects the target to go back on", ASSUMPTION, "relations"),
    Parameter("dependence_fear", 0.2, 0.0, 3.0, "points per point", "How much a state dislikes each point of loss a partner could do it by leaving",
              ASSUMPTION, "relations", neutral=0.0),
    Parameter("partner_rate", 0.15, 0.0, 1.0, "chance per quarter", "How often a partnership is thought over",
              "assumption: as the agenda of disputes", "relations"),
)
