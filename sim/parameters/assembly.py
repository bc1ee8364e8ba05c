"""Constants of votes in the assembly and the council.

The coefficients named vote_FOR/AGAINST/ABSTAIN/ABSENT_TERM are the maximum-likelihood fit of the vote rule to the roll call of resolution
68/262 (2014), tested on ES-11/1 (2022): log loss 0.634 against 0.642 for ideal points alone by the same rule, 0.699 for ideal points in a
plain logit and 0.901 for the majority class; balanced accuracy over four classes 0.588 against 0.389, 0.434 and 0.250
(`tests/fit/fit_votes.py`). Ranges hold both fits (2014 and 2022) and the 5th to 95th percentile of 100 resampled roll calls. A vote
point has no size of its own: only ratios matter, and voting for by a state without ties is 1.
"""

from __future__ import annotations

from sim.parameters.parameter import Parameter

FITTED = "own fit to UN roll call 68/262 (2014) with ideal points of 2013 (Bailey, Strezhnev & Voeten 2017); see tests/fit/fit_votes.py"

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "vote_for_constant", 1.0, 1.0, 1.0, "vote points",
        "How far states without ties lean to voting for", "definition: fixes the scale of the others", "assembly", free=False,
    ),
    Parameter(
        "vote_for_position", 0.48, 0.2, 0.8, "vote points per ideal-point unit",
        "How far a place on the sponsors' side speaks for voting for", FITTED, "assembly", free=False, neutral=0.0,
    ),
    Parameter(
        "vote_for_sponsor_ties", 2.0, 0.2, 2.5, "vote points at full strength",
        "How far ties with the sponsors speak for voting for", FITTED, "assembly", free=False, neutral=0.0,
    ),
    Parameter(
        "vote_for_target_ties", -0.9, -1.5, 0.1, "vote points at full strength",
        "How far ties with the target speak for voting for", FITTED, "assembly", free=False, neutral=0.0,
    ),
    Parameter(
        "vote_for_grievance", -0.89, -1.3, 0.1, "vote points at full strength",
        "How far being under the sponsors' measures speaks for voting for", FITTED, "assembly", free=False, neutral=0.0,
    ),
    Parameter(
        "vote_against_constant", -1.04, -1.5, -0.3, "vote points",
        "How far states without ties lean to voting against", FITTED, "assembly", free=False,
    ),
    Parameter(
        "vote_against_position", -0.53, -0.8, 0.1, "vote points per ideal-point unit",
        "How far a place on the sponsors' side speaks for voting against", FITTED, "assembly", free=False, neutral=0.0,
    ),
    Parameter(
        "vote_against_sponsor_ties", 0.0, -0.1, 0.1, "vote points at full strength",
        "How far ties with the sponsors speak for voting against", FITTED, "assembly", free=False, neutral=0.0,
    ),
    Parameter(
        "vote_against_target_ties", 1.38, 0.3, 2.3, "vote points at full strength",
        "How far ties with the target speak for voting against", FITTED, "assembly", free=False, neutral=0.0,
    ),
    Parameter(
        "vote_against_grievance", 1.4, 0.8, 2.4, "vote points at full strength",
        "How far being under the sponsors' measures speaks for voting against", FITTED, "assembly", free=False, neutral=0.0,
    ),
    Parameter(
        "vote_abstain_constant", 0.54, -0.1, 0.8, "vote points",
        "How far states without ties lean to abstaining", FITTED, "assembly", free=False,
    ),
    Parameter(
        "vote_abstain_position", -0.12, -0.5, 0.1, "vote points per ideal-point unit",
        "How far a place on the sponsors' side speaks for abstaining", FITTED, "assembly", free=False, neutral=0.0,
    ),
    Parameter(
        "vote_abstain_sponsor_ties", -0.5, -1.0, 0.1, "vote points at full strength",
        "How far ties with the sponsors speak for abstaining", FITTED, "assembly", free=False, neutral=0.0,
    ),
    Parameter(
        "vote_abstain_target_ties", -0.45, -1.2, 0.4, "vote points at full strength",
        "How far ties with the target speak for abstaining", FITTED, "assembly", free=False, neutral=0.0,
    ),
    Parameter(
        "vote_abstain_grievance", -0.01, -1.0, 0.4, "vote points at full strength",
        "How far being under the sponsors' measures speaks for abstaining", FITTED, "assembly", free=False, neutral=0.0,
    ),
    Parameter(
        "vote_absent_constant", 0.36, 0.0, 0.7, "vote points",
        "How far states without ties lean to staying away", FITTED, "assembly", free=False,
    ),
    Parameter(
        "vote_absent_position", 0.18, -0.1, 0.4, "vote points per ideal-point unit",
        "How far a place on the sponsors' side speaks for staying away", FITTED, "assembly", free=False, neutral=0.0,
    ),
    Parameter(
        "vote_absent_sponsor_ties", 0.0, -0.3, 0.1, "vote points at full strength",
        "How far ties with the sponsors speak for staying away", FITTED, "assembly", free=False, neutral=0.0,
    ),
    Parameter(
        "vote_absent_target_ties", 0.03, -1.0, 0.9, "vote points at full strength",
        "How far ties with the target speak for staying away", FITTED, "assembly", free=False, neutral=0.0,
    ),
    Parameter(
        "vote_absent_grievance", 0.0, -0.9, 0.6, "vote points at full strength",
        "How far being under the sponsors' measures speaks for staying away", FITTED, "assembly", free=False, neutral=0.0,
    ),
    Parameter(
        "vote_rationality", 10.0, 0.5, 40.0, "per stake-relative point",
        "How surely a state casts the vote it leans to", "the value the coefficients were fitted with", "assembly", free=False,
    ),
    Parameter(
        "vote_target_dependence", 1.0, 0.0, 5.0, "vote points at full dependence", "How far needing the target speaks against voting for",
        "assumption: not identified by the roll calls, where trade is known for 29 partners", "assembly", neutral=0.0,
    ),
    Parameter(
        "vote_sponsor_dependence", 1.0, 0.0, 5.0, "vote points at full dependence",
        "How far needing the sponsors speaks against voting against", "assumption", "assembly", neutral=0.0,
    ),
    Parameter(
        "vote_pressure", 1.0, 0.0, 5.0, "vote points at full pressure", "How far pressure speaks for the vote that is asked for",
        "assumption", "assembly", neutral=0.0, contested="Whether pressure wins votes or provokes; studies disagree.",
    ),
    Parameter(
        "vote_promise", 1.5, 0.0, 5.0, "vote points", "How far a promised vote binds", "assumption", "assembly", neutral=0.0,
    ),
    Parameter(
        "vote_small_delegation", 0.2, 0.0, 2.0, "vote points at the smallest", "How far a small delegation speaks for staying away",
        "assumption", "assembly", neutral=0.0,
    ),
    Parameter(
        "assembly_majority", 2 / 3, 0.5, 1.0, "share of those voting for or against", "Majority the assembly asks for",
        "UN Charter, Art. 18: two thirds on important questions", "assembly", free=False,
    ),
    Parameter(
        "council_majority", 0.6, 0.5, 1.0, "share of members", "Votes for that the council asks for",
        "UN Charter, Art. 27: nine of fifteen", "assembly", free=False,
    ),
)
