"""The part of the schema that describes an economy: states, sectors, flows, and how they are made."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.schema_keys import LARGEST, FileName, Id, Line, Prose, Table, key

Place = Annotated[list[Annotated[float, Field(ge=-100, le=100)]], Field(min_length=2, max_length=2)]
Share = Annotated[float, Field(ge=0, le=1)]
Weight = Annotated[float, Field(ge=0, le=100)]
Factor = Annotated[float, Field(ge=0.01, le=100)]


class StateKeys(Table):
    """`[[state]]`: one for each state, at least two. Every list of states in the program keeps this order."""

    id: Id = key("Short name used in files and tables")
    name: Line | None = key("Name shown to people", None, default_words="the id")
    regime: Literal["democracy", "single-party", "personal", "monarchy"] = key(
        "Regime type: a democracy answers to its public, the others to their elite as well, which in personal governments and monarchies lives by receipts "
        "from abroad", "democracy"
    )
    population_m: float = key("Population", 10.0, unit="million", gt=0, le=5000)
    gini: float = key("Inequality of income", 38.0, unit="Gini points, 0 = all equal", ge=15, le=70)
    ideal_point: float = key("Place on the main line of division in the assembly", 0.0, unit="s.d. of all states", ge=-4, le=4)
    hub: bool = key("Whether its payments and firms are a hub that others depend on (needed for secondary measures)", False)
    neutral: bool = key("Whether it starts outside both camps", False)
    shock_scale: float = key("Size of its random productivity shocks; 1 = the model's own size", 1.0, ge=0, le=10)
    reserves_bn: float | None = key(
        "Foreign reserves at the start", None, unit="USD bn", ge=0, le=LARGEST, default_words="three months of its imports"
    )
    reserves_held_in: dict[str, Share] = key(
        "Share of its reserves held in each other state, which may freeze them; the rest is out of reach", {}, default_words="none in reach"
    )
    foreign_debt_bn: float = key("Foreign debt at the start", 0.0, unit="USD bn", ge=0, le=LARGEST)
    food_share_poorest: float | None = key(
        "Share of food in the spending of the poorest fifth", None, unit="share", gt=0, lt=1, default_words="the model's rule"
    )
    energy_share_poorest: float | None = key(
        "Share of energy in the spending of the poorest fifth", None, unit="share", gt=0, lt=1, default_words="the model's rule"
    )
    winning_coalition: float | None = key(
        "Share of the people whose support keeps the government in office; the elite, the richest fifth, are its first members",
        None,
        unit="share",
        gt=0,
        le=1,
        default_words="the public in a democracy, else public and elite by half",
    )
    public_weight: float | None = key(
        "How much of a loss the government feels for the public's sake",
        None,
        unit="share",
        ge=0,
        le=1,
        default_words="the model's value for the regime type",
    )
    support_public: float = key("Support of the public for the government at the start", 0.5, unit="share", ge=0, le=1)
    support_elite: float = key("Support of the elite for the government at the start", 0.6, unit="share", ge=0, le=1)
    enforcement: float = key("Capacity to enforce its own measures; 1 = usual", 1.0, ge=0, le=5)
    connector: bool = key("Whether its traders can pass goods on between others", True)
    transhipment: float = key("Capacity to pass goods on, against the model's own; 1 = usual", 1.0, ge=0, le=20)
    council: bool = key("Whether it sits in the council", False)
    veto: bool = key("Whether it has a veto in the council", False)
    mediator: bool = key("Whether it may mediate in disputes", False)
    lobby: dict[str, Weight] = key(
        "Weight of a sector's owners with the government when it feels a loss; 1 where not named",
        {},
        default_words="1 for every sector",
    )
    members: list[Line] = key("Codes of the economies it stands for in public trade data", [], default_words="its id", max_length=250)
    gdp_bn: float | None = key(
        "Gravity worlds: value added a year", None, unit="USD bn per year", gt=0, le=LARGEST, default_words="required there"
    )
    place: Place | None = key("Gravity worlds: place on the map, east and north", None, unit="thousand km", default_words="required there")
    inner_distance: float = key("Gravity worlds: typical distance inside the state", 0.5, unit="thousand km", gt=0, le=10)
    advantage: dict[str, Factor] = key(
        "Gravity worlds: comparative advantage by sector; 1 where not named", {}, default_words="1 for every sector"
    )
    deficit_bn: float = key(
        "Gravity worlds: imports minus exports; all together must be zero", 0.0, unit="USD bn per year", ge=-LARGEST, le=LARGEST
    )
    note: Prose = key("Where its numbers come from", "")


class SectorKeys(Table):
    """`[[sector]]`: one for each sector. Without any, the six default sectors are used."""

    id: Id = key("Short name used in files and tables")
    name: Line | None = key("Name shown to people", None, default_words="the id")
    kind: Literal["food", "energy", "basic", "high_tech", "services", "finance", "other"] = key(
        "What it is to households and measures", "other"
    )
    trade_elasticity: float = key(
        "Long-run trade elasticity theta: 1 % dearer, theta % less bought, against other suppliers",
        2.0,
        unit="none; the default lies between Boehm, Levchenko & Pandalai-Nayar 2023, AER 113(4), whose flows before tariff fall by one more, "
        "and the gravity median near 5 (Head & Mayer 2014)",
        ge=0.2,
        le=60,
    )
    essential: bool | None = key("Whether people cannot do without it", None, default_words="true for food and energy")
    storable: bool | None = key("Whether it can be stocked", None, default_words="false for services and finance")
    value_added: float = key(
        "Share of gross output that is the sector's own value added; the rest is bought from all sectors", 1.0, unit="share", gt=0, le=1
    )
    inputs: dict[str, Weight] = key(
        "Weights of the sectors it buys its inputs from; rescaled to one less value_added",
        {},
        default_words="in proportion to what its state buys of each sector",
    )
    final_share: float | None = key(
        "Gravity worlds: share of the sector in final demand; rescaled to sum to one",
        None,
        unit="share",
        gt=0,
        le=100,
        default_words="equal shares",
    )
    distance_elasticity: float | None = key(
        "Gravity worlds: how much 1 % more distance cuts trade", None, unit="%", ge=0, le=5, default_words="that of [world.gravity]"
    )
    border: float | None = key(
        "Gravity worlds: how many times more is sold at home than across a border at the same distance",
        None,
        unit="times",
        ge=1,
        le=10000,
        default_words="that of [world.gravity]",
    )
    note: Prose = key("Where its numbers come from", "")


class PublicKeys(Table):
    """`[world.public]`: flows from a table in the layout of public trade data (ITPD-E, gravity data sets).

    States are mapped by `members` of `[[state]]`, industries by `industries` here. Flows inside an aggregate become domestic.
    """

    file: FileName = key("CSV file with one row for each flow")
    year: int | None = key("Year to use", None, ge=1800, le=2200, default_words="every row; the table then has no year column")
    exporter: Line = key("Name of the column with the exporter's code", "exporter")
    importer: Line = key("Name of the column with the importer's code", "importer")
    industry: Line = key("Name of the column with the industry's code", "industry")
    year_column: Line = key("Name of the column with the year", "year")
    trade: Line = key("Name of the column with the value", "trade")
    usd_bn: float = key(
        "Value of one unit of the trade column in USD bn; ITPD-E is in USD million: 0.001", 0.001, unit="USD bn", gt=0, le=LARGEST
    )
    industries: dict[str, list[Line]] = key("For each sector the industry codes it stands for", {}, default_words="each sector's id")
    other_states: Literal["refuse", "leave-out"] | str = key(
        "Economies that no state names: refuse them, leave them out, or the id of the state they are counted with", "refuse"
    )
    other_industries: Literal["refuse", "leave-out"] = key("Industries that no sector names", "refuse")


class GravityKeys(Table):
    """`[world.gravity]`: flows made by structural gravity from `gdp_bn`, `place` and `advantage` (Head & Mayer 2014)."""

    distance_elasticity: float = key(
        "How much 1 % more distance cuts trade", 1.0, unit="%; about the mean of Head & Mayer 2014", ge=0, le=5
    )
    border: float = key(
        "How many times more is sold at home than across a border at the same distance",
        10.0,
        unit="times; assumption",
        ge=1,
        le=1000,
    )


class WorldKeys(Table):
    """`[world]`: the baseline economy. Name exactly one of `flows`, `[world.public]` and `[world.gravity]`."""

    flows: FileName | None = key(
        "CSV file exporter,importer,sector,value (USD bn per year, domestic sales included)", None, default_words="none"
    )
    public: PublicKeys | None = key("Flows from public trade data, see below", None, default_words="none")
    gravity: GravityKeys | None = key("Flows made by gravity, see below", None, default_words="none")
    tariffs: FileName | None = key(
        "CSV file exporter,importer,sector,rate (0.05 = 5 %); absent rows have `tariff`", None, default_words="none"
    )
    tariff: float = key("Tariff on every foreign flow that the file does not name", 0.0, unit="rate, 0.05 = 5 %", ge=0, le=10)
    value_added: FileName | None = key(
        "CSV file state,sector,share; absent rows have the sector's `value_added`", None, default_words="none"
    )
    inputs: FileName | None = key(
        "CSV file state,sector,input_sector,share (of the sector's cost); absent sectors follow the sector's `inputs`",
        None,
        default_words="none",
    )
    negative_final_demand: Literal["refuse", "scale-inputs"] = key(
        "What to do when sectors would use more of a product than their state buys: refuse, or use less of it, the rest being value added",
        "refuse",
    )
