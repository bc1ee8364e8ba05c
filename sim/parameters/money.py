"""Constants of money: reserves, credit, services and payments."""

from __future__ import annotations

from sim.parameters.parameter import Parameter

PARAMETERS: tuple[Parameter, ...] = (
    Parameter(
        "short_debt_ratio", 0.10, 0.0, 1.0, "share of a year's factor income",
        "Short-term debt to lenders abroad, where the scenario gives no foreign debt",
        "assumption", "money", neutral=0.0,
    ),
    Parameter(
        "short_share", 0.25, 0.0, 1.0, "share of foreign debt",
        "Part of the foreign debt a scenario gives that is short-term",
        "assumption", "money",
    ),
    Parameter(
        "debt_maturing", 0.25, 0.0, 1.0, "share per quarter",
        "Part of short-term debt that falls due in a quarter",
        "assumption: a quarter of what is left, so about two thirds within a year", "money", free=False,
    ),
    Parameter(
        "credit_return", 0.05, 0.0, 1.0, "share of the gap per quarter",
        "How fast lenders come back once they may",
        "assumption", "money",
    ),
    Parameter(
        "private_assets_ratio", 0.5, 0.0, 5.0, "share of a year's factor income",
        "Private assets kept abroad",
        "assumption", "money", neutral=0.0,
    ),
    Parameter(
        "asset_return", 0.01, 0.0, 0.1, "share per quarter",
        "Income from private assets abroad",
        "assumption: about 4 % a year", "money", neutral=0.0,
    ),
    Parameter(
        "reserve_use", 0.8, 0.0, 1.0, "share of the need",
        "How much of a need for foreign money a government meets from full reserves; the rest is met by buying less abroad at once",
        "assumption", "money", neutral=0.0,
    ),
    Parameter(
        "reserve_rebuilding", 0.04, 0.0, 0.5, "share of the gap per quarter",
        "How fast a state short of usable reserves saves towards what it held at the base",
        "assumption", "money", neutral=0.0,
    ),
    Parameter(
        "squeeze", 0.10, 0.0, 0.5, "share of factor income per quarter",
        "Most that a state gives up at once before it falls into arrears",
        "assumption, of the size of large current-account reversals", "money", neutral=0.0,
    ),
    Parameter(
        "credit_drawn", 0.005, 0.0, 0.5, "share of own factor income",
        "Most that a state draws on credit lines in a quarter",
        "assumption: about half a per cent of income a year at most", "money",
    ),
    Parameter(
        "loan_repayment", 0.03, 0.0, 1.0, "share per quarter",
        "Part of the loans under a credit line that is paid back each quarter",
        "assumption: about eight years", "money",
    ),
    Parameter(
        "loan_interest", 0.01, 0.0, 0.1, "share per quarter", "Interest on loans under a credit line",
        "assumption: about 4 % a year", "money",
    ),
    Parameter(
        "service_detour", 0.15, 0.0, 2.0, "share of the price",
        "Added cost of trade whose usual carriers and insurers refuse",
        "assumption", "money", neutral=0.0,
        contested="How dear other carriers and insurers are; in 2023 longer shipping was about half of the discount on one crude (Kilian et al. 2026).",
    ),
    Parameter(
        "payment_detour", 0.25, 0.0, 2.0, "share of the price",
        "Added cost of payments with third countries whose usual bank refuses",
        "assumption", "money", neutral=0.0,
    ),
    Parameter(
        "cap_leak", 0.3, 0.0, 1.0, "share of cargoes",
        "Cargoes under a price cap that are sold above it with a false attestation",
        "assumption", "money",
    ),
    Parameter(
        "barter_cost", 0.10, 0.0, 1.0, "share of the price",
        "Added cost of paying in goods: finding what the other side wants",
        "assumption", "money",
    ),
)
