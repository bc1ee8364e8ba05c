"""Constants of disputes, senders and beliefs. Unit of all utilities: point = 1 % of own annual real income, present value.

Values come from a reduced-form study of several thousand drawn disputes calibrated to the open targets; `tests/fit/fit_politics.py` recalibrates
in the full model, on seeds that judge no target. That moved the stakes of both sides, the audience cost, the spread of resolve, the rationality (a
choice here has three options, so its stakes are larger than those of the study's two), the part offered, the blame and the weight of lobbies.
"""

from __future__ import annotations

from sim.parameters.parameter import Parameter

STUDY = "calibrated to the open targets in a reduced-form study; see tests/fit"

PARAMETERS: tuple[Parameter, ...] = (
    Parameter("discount_year", 0.90, 0.5, 0.99, "share per year", "How much a government values next year against this one",
              "assumption", "politics", free=False),
    Parameter("stakes_target", 13.0, 0.5, 20.0, "points", "What the disputed policy is worth to a target of middling salience", STUDY, "politics"),
    Parameter("stakes_sender", 0.6, 0.02, 5.0, "points", "What the demand is worth to a sender of middling salience", STUDY, "politics"),
    Parameter("core_multiplier", 3.0, 1.0, 6.0, "times", "How much more a core demand is worth than an economic one", STUDY, "politics"),
    Parameter("resolve_spread", 2.9, 0.0, 4.0, "s.d. of log resolve", "How much private resolve differs", STUDY, "politics", neutral=0.0),
    Parameter("rationality", 17.0, 0.5, 40.0, "per stake-relative point", "How surely a government takes its best option", STUDY, "politics"),
    Parameter("agenda_rate", 0.19, 0.0, 1.0, "chance per quarter", "How often a standing question is reopened", STUDY, "politics"),
    Parameter("prior_quit", 0.08, 0.0, 0.5, "chance per quarter", "What a target first believes of the sender giving up", STUDY, "politics"),
    Parameter("prior_weight", 2.5, 0.2, 20.0, "quarters", "How long the first belief about the other side lasts", STUDY, "politics"),
    Parameter("audience_cost", 0.6, 0.0, 2.0, "share of the stake", "What backing down costs a sender at home", STUDY, "politics", neutral=0.0),
    Parameter("fatigue", 0.08, 0.0, 0.5, "share per year", "How fast that cost fades while measures last", STUDY, "politics",
              neutral=0.0, contested="Not identified by the targets: 0 also passes."),
    Parameter("credibility_prior", 0.7, 0.0, 1.0, "share", "How often a threat is believed of a sender without a record",
              "Crisman-Cox & Gibilisco data: senders stand firm after resistance in 71 %", "politics"),
    Parameter("credibility_weight", 6.0, 0.5, 1000.0, "threats", "How many threats that first belief is worth", STUDY, "politics",
              neutral=1000.0),  # so heavy that a record of a few threats hardly moves it
    Parameter("conflict_expectation", 1.0, 0.0, 3.0, "times", "How much more is at stake between adversaries",
              "Drezner 1999, The Sanctions Paradox; size from the reduced-form study", "politics", neutral=0.0,
              contested="Not identified by the targets: 0 also passes."),
    Parameter("forecast_decay", 0.31, 0.0, 1.5, "per year", "How fast governments expect first losses to fade to lasting ones",
              "Boehm, Levchenko & Pandalai-Nayar 2023: trade adjusts by about a third a year", "politics"),
    Parameter("blame", 0.2, 0.0, 2.0, "% of income a year", "What being under measures costs in standing if all whose word counts agree",
              "assumption: measures also name and shame (Galtung 1967; Lindsay 1986); size calibrated to the open targets, see tests/fit", "politics",
              neutral=0.0, contested="Whether blame alone ever moves a government."),
    Parameter("part_offered", 0.65, 0.1, 0.9, "share of the demand", "How large a part a target offers when it offers one", STUDY, "politics"),
    Parameter("threat_gain", 0.8, 0.0, 1.0, "share", "What a concession at the threat stage brings of the full gain", STUDY, "politics"),
    Parameter("threat_quarters", 2.0, 1.0, 8.0, "quarters",
              "Deadline of governments' threats and of those under which a scenario starts; how long a threatened state expects to put by",
              "assumption", "politics", free=False),
    Parameter("public_weight_democracy", 1.0, 0.0, 2.0, "weight", "How much the public's loss counts in a democracy",
              "selectorate theory, Bueno de Mesquita et al. 2003; level by definition", "politics", free=False),
    Parameter("public_weight_autocracy", 0.45, 0.0, 2.0, "weight", "How much the public's loss counts elsewhere",
              "selectorate theory; size from the reduced-form study's weight on pain", "politics"),
    Parameter("elite_weight_democracy", 0.0, 0.0, 2.0, "weight", "How much the elite's loss counts beside that in a democracy",
              "selectorate theory", "politics", free=False),
    Parameter("elite_weight_autocracy", 0.15, 0.0, 2.0, "weight", "How much the elite's loss counts beside that elsewhere",
              "selectorate theory", "politics"),
    Parameter("alike_prior", 1.0, 0.1, 20.0, "% of income", "How much loss it takes to outweigh the belief that all at home lose alike",
              "assumption", "politics", neutral=20.0),
    Parameter("turnover_democracy", 0.06, 0.0, 0.5, "chance per quarter", "How often a democracy changes its government", STUDY, "politics", free=False),
    Parameter("turnover_autocracy", 0.03, 0.0, 0.5, "chance per quarter", "How often another state changes its government", STUDY, "politics", free=False),
    Parameter("turnover_memory", 0.7, 0.0, 1.0, "share", "How much of its predecessor's resolve a new government keeps", STUDY, "politics", free=False),
    Parameter("signal_weight", 0.0, 0.0, 1.0, "share of the stake", "What using a measure is worth as a signal to others",
              "assumption", "politics", neutral=0.0, contested="Whether measures speak to third parties at all."),
    Parameter("lobby_weight", 2.5, 0.0, 10.0, "times", "How much a sender's own loss counts, through its lobbies",
              "Kaempfer & Lowenberg 2007; 1 is plain income; size calibrated to the open targets, see tests/fit", "politics"),
    Parameter("defection_quit", 0.05, 0.0, 0.5, "chance per quarter", "How much more a target believes in an end, times the share of senders gone", STUDY,
              "politics", neutral=0.0),
    Parameter("mediation", 0.6, 0.0, 0.95, "correlation", "How much of the target's resolve a mediator makes known to the sender", "assumption", "politics",
              neutral=0.0),
    Parameter("institution_pooling", 1.0, 0.0, 1.0, "share", "How far the members of an institution count the gain of all as their own",
              "assumption; institutions pool unequal stakes by side payments (S18, S21; reduced-form study)", "politics", neutral=0.0),
    Parameter("institution_quit", 0.5, 0.0, 1.0, "times", "How far public commitment and monitoring lower the belief that senders quit",
              STUDY, "politics", neutral=1.0),
)
