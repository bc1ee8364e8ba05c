"""Constants of trade: how fast relationships, factors and capital move."""

from __future__ import annotations

from sim.parameters.parameter import Parameter

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "impact_share", 0.3, 0.05, 1.0, "share of the long-run elasticity",
        "How much of the long-run trade response happens within the quarter",
        "Anderson & Yotov, Short Run Gravity: short-run to long-run ratio about 1/4; 0.3 keeps the first year of a ban within the evidence",
        "trade", neutral=1.0,
    ),
    Parameter(
        "relationship_adjustment", 0.2, 0.0, 1.0, "share of the gap per quarter",
        "How fast trade relationships move towards the trade that firms now want",
        "chosen with impact_share so that the elasticity to a trade cost follows the path of Boehm, Levchenko & Pandalai-Nayar 2023, "
        "AER 113(4); their flows are before tariff, which fall by one more here (O14)",
        "trade", neutral=0.0,
    ),
    Parameter(
        "relationship_floor", 1e-4, 1e-8, 0.1, "share of the base-year relationship",
        "What is left of a relationship however long trade is cut: contacts, contracts in a drawer",
        "assumption", "trade",
    ),
    Parameter(
        "relationship_rebuilding", 0.08, 0.0, 1.0, "share of the gap per quarter",
        "How fast product lines that were cut come back once they may be traded again",
        "assumption: half of them within two years", "trade", neutral=1.0,
    ),
    Parameter(
        "contracts_completed", 0.6, 0.0, 0.95, "share per quarter",
        "Part of the trade lost to a new rule that running contracts and goods on the way still carry on",
        "assumption: contracts may usually be completed for three to six months (four for coal in Council Regulation (EU) 2022/576), and "
        "importers hold several months of stocks (Alessandria, Kaboski & Midrigan 2010, AER 100(5))", "trade", neutral=0.0,
    ),
    Parameter(
        "stocking_up", 0.25, 0.0, 2.0, "share of usual purchases per quarter",
        "How much more of goods that keep buyers order ahead from a seller whose trade is sure to be stopped",
        "Afesorgbor 2019, EJPE 56: threats raise trade; size an assumption", "trade", neutral=0.0,
        contested="Whether threats raise trade (Afesorgbor 2019) or lower it (Dai et al. 2021).",
    ),
    Parameter(
        "ahead_most", 0.5, 0.05, 4.0, "quarters of usual purchases",
        "How much buyers put in store at most before a threatened measure comes",
        "importers hold several months of stocks (Alessandria, Kaboski & Midrigan 2010, AER 100(5)); half a quarter on top is an assumption", "trade",
    ),
    Parameter(
        "stranded", 0.02, 0.0, 1.0, "share of the value",
        "What a firm loses of a deal in services or finance that a measure cuts short",
        "Dai, Felbermayr, Kirilakha, Syropoulos, Yalcin & Yotov 2021: trade falls before measures are in force; size an assumption", "trade", neutral=0.0,
        contested="Whether threats lower trade (Dai et al. 2021) or raise it (Afesorgbor 2019).",
    ),
    Parameter(
        "factor_mobility", 0.06, 0.0, 1.0, "share of the reward gap per quarter",
        "How fast workers move to sectors that pay more",
        "assumption: half of a reward gap is closed in about three years", "trade", neutral=0.0,
    ),
    Parameter(
        "capital_share", 0.35, 0.0, 0.7, "share of factor income",
        "How much of a sector's factor income goes to capital",
        "assumption, close to the world average capital share in national accounts", "trade", neutral=0.0,
    ),
    Parameter(
        "depreciation", 0.02, 0.0, 0.1, "share per quarter", "How fast capital wears out",
        "assumption: about 8 % a year, usual for machinery and structures together", "trade", neutral=0.0,
    ),
    Parameter(
        "investment_share", 0.22, 0.0, 0.5, "share of income", "How much of its income a state invests",
        "assumption, close to the world average of gross capital formation", "trade",
    ),
    Parameter(
        "investment_imported_weight", 0.5, 0.0, 1.0, "share of investment spending",
        "How much of investment is machinery and high technology (the rest is bought at the general price level)",
        "assumption", "trade", neutral=0.0,
    ),
    Parameter(
        "investment_response", 2.5, 0.0, 6.0, "elasticity",
        "How strongly investment answers the yield of capital against the price of investment goods",
        "assumption: makes investment fall two to three times as much as output, as it does in business cycles "
        "(King & Rebelo 1999, Handbook of Macroeconomics 1B)", "trade", neutral=0.0,
    ),
    Parameter(
        "shock_volatility", 0.004, 0.0, 0.1, "log points per quarter", "Size of random productivity shocks",
        "assumption: with the persistence below, annual output varies by about 1.5 %", "trade", free=False, neutral=0.0,
    ),
    Parameter(
        "shock_persistence", 0.9, 0.0, 0.99, "share per quarter", "How much of a productivity shock is left after a quarter",
        "assumption", "trade", free=False, neutral=0.0,
    ),
)
