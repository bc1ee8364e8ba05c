"""The tables a run writes: their columns, units and meaning, declared once (the codebook `columns.csv` is made from this).

Values are per quarter; money is USD bn in the numeraire of the model (world factor income keeps its baseline value).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column of a table: `name`, `unit` ("" for labels) and what it `means`."""

    name: str
    unit: str
    means: str


EVENTS: tuple[str, ...] = (  # kinds of event of the table `events`; deeds of diplomacy are told by the name of their lever
    "inject", "measure imposed", "measure changed", "measure withdrawn", "measures imposed", "measures abandoned", "threat lapsed", "dispute settled",
    "defection", "relief", "backsliding seen", "word given", "word broken", "snapback", "agreement", "renegotiation", "rift", "drift", "offer lapsed",
    "resolution adopted", "resolution not adopted", "new government", "came to nothing",
)

QUARTER = Column("quarter", "quarter", "Number of the quarter; 0 is the first one simulated")
STATE = Column("state", "", "Id of the state")
MONEY = "USD bn per quarter"
OWED = "USD bn per quarter; votes for promised votes"

TABLES: dict[str, tuple[Column, ...]] = {
    "states": (
        QUARTER,
        STATE,
        Column("real_income", MONEY + ", base prices", "Income (factors, tariff revenue, deficit) over consumer prices"),
        Column("consumption", MONEY + ", base prices", "Household consumption: the sum of the quintiles' in the table of households"),
        Column("price_index", "1 = base", "Consumer prices in the numeraire"),
        Column("exchange_rate", "1 = base", "Real exchange rate: own factor prices over the trade-weighted partners'; a fall is a depreciation"),
        Column("reserves", "USD bn", "Usable foreign reserves at the end of the quarter"),
        Column("exports_true", MONEY, "Exports before tariff, as they really were"),
        Column("imports_true", MONEY, "Imports before tariff, as they really were"),
        Column("exports_recorded", MONEY, "Exports as trade statistics record them"),
        Column("imports_recorded", MONEY, "Imports as trade statistics record them"),
        Column("terms_of_trade", "1 = base", "Export prices over import prices, base-year weights"),
        Column("support_public", "0 to 1", "Support of the public for the government"),
        Column("support_elite", "0 to 1", "Support of the elite for the government"),
        Column("unrest", "0 to 1", "Index of unrest"),
        Column("poverty_gap", "percentage points", "Mean shortfall below the poverty line, over the line, in the population"),
        Column("essentials", "1 = base", "Index of the essentials (usually food and energy) that ordinary households can get"),
        Column("deficit", MONEY, "Imports minus exports, as they really were"),
        Column("reserves_drawn", MONEY, "Reserves spent in the quarter (negative: saved)"),
        Column("borrowing", MONEY, "Net private borrowing abroad"),
        Column("connector_margin", MONEY, "Earned (negative: paid) on goods forwarded for others"),
        Column("licence_fees", MONEY, "Licence fees earned (negative: paid)"),
        Column("grants", MONEY, "Aid and solidarity received (negative: given)"),
        Column("subsidies", MONEY, "Subsidies paid to buyers of home goods and of goods from other suppliers"),
        Column("policy_bill", MONEY, "Cost of policing own measures and of helping with detours"),
    ),
    "households": (
        QUARTER,
        STATE,
        Column("quintile", "1 poorest to 5 richest", "Fifth of the population by income"),
        Column("consumption", MONEY + ", base prices of the quintile's own basket", "Real consumption of the quintile"),
        Column("income", MONEY, "Income of the quintile before levies; the quintiles sum to the state's income"),
        Column("disposable", MONEY + ", base prices of the quintile's own basket", "Income after levies and transfers"),
    ),
    "trade": (
        QUARTER,
        Column("exporter", "", "Id of the exporting state"),
        Column("importer", "", "Id of the importing state; equal to the exporter for domestic sales"),
        Column("sector", "", "Id of the sector"),
        Column("true_value", MONEY, "Value before tariff, as it really was"),
        Column("recorded_value", MONEY, "Value before tariff, as trade statistics record it"),
        Column("price", "1 = base", "Delivered price before tariff, detours included"),
        Column("exporter_reports", MONEY, "Value in the exporter's customs books, free on board"),
        Column("importer_reports", MONEY, "Value in the importer's customs books, with carriage and insurance"),
    ),
    "sectors": (
        QUARTER,
        STATE,
        Column("sector", "", "Id of the sector"),
        Column("output", MONEY, "Gross output"),
        Column("productivity", "1 = base", "Productivity of the sector's factor"),
        Column("home_share", "share", "Share of the state's spending on the sector that is served at home"),
        Column("localisation_spend", MONEY, "Spending of firms and subsidies on making at home what used to be imported"),
        Column("unit_cost", "1 = base", "Unit cost of home goods in the numeraire"),
        Column("mastered", "log points of unit cost", "Licensed technology that home firms master themselves"),
        Column("stores", "USD bn, base prices", "What is kept in store"),
    ),
    "disputes": (
        QUARTER,
        Column("dispute", "", "Id of the dispute"),
        Column("sender", "", "Leading sender"),
        Column("target", "", "Target"),
        Column("kind", "", "economic or core"),
        Column("stage", "", "dormant, demand, threat, imposed, relief, settled or abandoned"),
        Column("demand", "0 to 1", "How much of the policy the sender wants changed"),
        Column("policy", "0 to 1", "How much of it the target has changed"),
        Column("resolve_sender", "ln", "Private resolve of the sender"),
        Column("resolve_target", "ln", "Private resolve of the target"),
        Column("senders", "", "Senders that are still part of it, the leader first"),
        Column("package", "", "Measures threatened or in force, as a package"),
        Column("known", "0 to 1", "How much of it others know the target to have changed"),
    ),
    "measures": (
        QUARTER,
        Column("measure", "", "Id of the measure"),
        Column("lever", "", "Id of the lever"),
        Column("sender", "", "Who uses it"),
        Column("target", "", "On whom"),
        Column("sector", "", "Sectors covered, * for all"),
        Column("level", "the lever's unit", "How strongly"),
        Column("purpose", "", "What it is to do to its target: signal, constrain or coerce; blank for help, and for what a state does at home"),
    ),
    "agreements": (
        QUARTER,
        Column("agreement", "", "Id of the agreement"),
        Column("kind", "", "Kind of agreement"),
        Column("party_a", "", "First party"),
        Column("party_b", "", "Second party"),
        Column("promised", OWED, "What party b was promised for the quarter"),
        Column("delivered", OWED, "What was delivered to party b"),
        Column("hoped", OWED, "What party b had hoped for"),
        Column("status", "", "active, broken, renegotiated or ended"),
        Column("promised_a", OWED, "What party a was promised"),
        Column("delivered_a", OWED, "What was delivered to party a"),
        Column("hoped_a", OWED, "What party a had hoped for"),
        Column("leverage", "% of income", "What party b would lose without a licence, first order"),
        Column("mastery", "0 to 1", "How much of the licensed technology party b masters itself"),
    ),
    "ties": (
        QUARTER,
        STATE,
        Column("other", "", "The other state"),
        Column("affinity", "-1 to 1", "How far their governments see the world alike"),
        Column("trust", "0 to 1", "Trust of the first in the second"),
        Column("trusted", "0 to 1", "Trust of the second in the first"),
        Column("grievance", "0 to 1", "Grievance the first holds against the second"),
        Column("grievance_other", "0 to 1", "Grievance the second holds against the first"),
        Column("closeness", "0 to 1", "How close they are: trust, affinity and deals"),
        Column("perceived", "0 to 1", "How close they look: without deals hidden behind a denial"),
    ),
    "votes": (
        QUARTER,
        Column("resolution", "", "Id of the resolution"),
        STATE,
        Column("vote", "", "for, against, abstain or absent"),
    ),
    "decisions": (
        QUARTER,
        STATE,
        Column("decision", "", "What was decided"),
        Column("option", "", "An option that was weighed"),
        Column("chosen", "0 or 1", "1 for the option chosen"),
        Column("utility", "points", "Sum of the option's terms"),
        Column("probability", "0 to 1", "Probability of the option before the draw"),
        Column("term", "", "A reason that counted"),
        Column("value", "points", "How much it counted for this option"),
    ),
    "events": (
        QUARTER,
        Column("event", "", "Kind of event"),
        Column("states", "", "States concerned, separated by spaces"),
        Column("text", "", "What happened, in words"),
    ),
}
