"""Constants of evasion, transhipment and over-compliance."""

from __future__ import annotations

from sim.parameters.parameter import Parameter

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "enforcement_default", 0.065, 0.0, 1.0, "share of breaches found",
        "How many breaches the issuer of a measure finds when it makes no special effort",
        "with the penalty and margins below a complete ban leaks about a quarter: complete measures cut trade by 45 to 75 % (Kwon et al. 2026), "
        "and smuggling after the 2014 food embargo was 11 to 17 % of trade (Kiel working paper 10419/290114; JIE 152, 2024, 104014)", "evasion",
    ),
    Parameter(
        "penalty", 2.0, 0.0, 20.0, "times the value of the trade",
        "What a firm under the issuer's law loses when a breach is found",
        "largest civil penalty under 50 U.S.C. 1705(b): twice the value of the transaction", "evasion",
    ),
    Parameter(
        "profit_margin", 0.10, 0.01, 0.5, "share of the value",
        "Average profit margin of trading firms; margins differ from firm to firm",
        "assumption, usual size of operating margins", "evasion",
    ),
    Parameter(
        "vagueness", 0.10, 0.0, 1.0, "chance per legal deal",
        "How often a legal deal next to a forbidden one is taken for a breach",
        "assumption", "evasion", neutral=0.0,
        contested="How far beyond the rule firms withdraw; it is seen everywhere and measured rarely.",
    ),
    Parameter(
        "reach_abroad", 0.5, 0.0, 1.0, "share of the findings at home",
        "How easily an issuer finds a breach in a third country, compared with one at home",
        "assumption", "evasion",
    ),
    Parameter(
        "secondary_stake", 5.0, 0.0, 50.0, "times the value of the trade",
        "Business with the sender that a firm in a third country puts at risk, per unit of exposure",
        "assumption: about a year's business against a quarter's deal", "evasion", neutral=0.0,
        contested="No clean causal size of secondary measures is known.",
    ),
    Parameter(
        "bad_name", 0.005, 0.0, 0.1, "share of the value",
        "What firms anywhere expect to lose with their customers by a deal with a state under designation",
        "assumption: one deal in twenty is given up", "evasion", neutral=0.0,
        contested="Whether a label itself moves firms, or only the measures that come with it.",
    ),
    Parameter(
        "connector_capacity", 0.25, 0.0, 1.0, "share of a connector's own foreign trade in the sector",
        "How much of its own trade a connector can turn into forwarding for others",
        "assumption", "evasion", neutral=0.0,
    ),
    Parameter(
        "freight", 0.06, 0.0, 0.5, "share of the value",
        "Cost of carrying and insuring goods between two states: the gap between import and export prices in trade statistics",
        "Miao & Fortanier 2017, OECD Statistics Working Papers 2017/04: about 6 % on average", "evasion",
    ),
    Parameter(
        "route_learning", 0.12, 0.0, 1.0, "share of the rest per quarter",
        "How fast traders whose way is blocked find a connector",
        "assumption: half of them within a year and a half", "evasion", neutral=0.0,
    ),
    Parameter(
        "route_forgetting", 0.05, 0.0, 1.0, "share per quarter",
        "How fast detours are forgotten when nothing is blocked",
        "assumption", "evasion",
    ),
    Parameter(
        "route_choice", 8.0, 1.0, 50.0, "elasticity",
        "How strongly traders prefer the cheaper of two connectors",
        "assumption: higher than between goods, for one forwarder is much like another", "evasion",
    ),
    Parameter(
        "affinity_weight", 1.0, 0.0, 10.0, "log odds per unit of affinity",
        "How much a connector's willingness depends on being closer to one side than to the other",
        "assumption", "evasion", neutral=0.0,
    ),
    Parameter(
        "transit_unreported", 0.5, 0.0, 1.0, "share of forwarded value",
        "Share of forwarded goods that a connector's customs books as transit and not as its own imports",
        "assumption", "evasion", free=False,
    ),
    Parameter(
        "enforcement_cost", 0.02, 0.0, 0.5, "share of the covered trade at full effort",
        "What policing costs the issuer; it grows with the square of the effort",
        "assumption, of the size of customs administrations' cost in the value of trade", "evasion", neutral=0.0,
    ),
    Parameter(
        "detour_help", 2.0, 0.0, 10.0, "times the usual speed",
        "How much faster detours are found when a government puts its full effort into helping",
        "assumption", "evasion", neutral=0.0,
    ),
    Parameter(
        "detour_help_cost", 0.02, 0.0, 0.5, "share of the blocked trade",
        "What full help with detours costs the government that gives it",
        "assumption", "evasion", neutral=0.0,
    ),
)
