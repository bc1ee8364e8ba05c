"""Derive the tables of the scenarios `iran-2012`, `australia-2020` and `russia-2022` from the collected fact tables.

Run by hand, never by the tests: `python tests/data_build/derive_historical.py FACTS_FOLDER SCENARIOS_FOLDER`. FACTS_FOLDER holds
`trade_2011_wiod_6sectors.csv` and `trade_2014_wiod_5sectors.csv` (WIOD 2013 and 2016 releases, Timmer et al. 2015; the second via Lashkaripour &
Lugovskyy 2023), `economies.csv` and `economies_panel_2008_2025.csv` (World Bank WDI; CIA World Factbook), `ideal_points_2005_2024.csv`
(Bailey, Strezhnev & Voeten 2017) and `cases_timeseries.csv`. Writes a `flows.csv` for each and prints the numbers of each `[[state]]`.

Iran is not in the input-output tables. It is taken out of their rest of the world, so that world totals stay: its goods trade is that of World Bank
WDI for 2011 (exports 132.0, imports 61.8, fuels 70.5 % of exports), crude goes to Europe, Japan, Korea and Türkiye as in the IEA's tonnes of 2011 at
790 USD a tonne, EU deliveries are Eurostat's; whatever is not known by partner is shared out as the rest of the world's trade in that sector is,
which is gravity with the rest of the world's distances. Shares by sector are assumptions, marked below.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path

Flows = dict[tuple[str, str, str], float]

EU_WEST = ["FRA", "ITA", "ESP", "PRT", "GRC", "BEL", "NLD", "LUX", "AUT", "IRL", "MLT", "CYP", "DNK", "SWE", "FIN"]
EU_EAST = ["POL", "CZE", "SVK", "HUN", "SVN", "ROU", "BGR", "EST", "LVA", "LTU"]
EU_EAST_2014 = [*EU_EAST, "HRV"]
RUSSIA_2022 = {
    "RUS": ["RUS"], "DEU": ["DEU"], "EUW": EU_WEST, "EUE": EU_EAST_2014, "GBR": ["GBR"], "USA": ["USA"], "CAU": ["CAN", "AUS"], "JPN": ["JPN"],
    "KOR": ["KOR"], "NOR": ["NOR"], "CHE": ["CHE"], "TUR": ["TUR"], "CHN": ["CHN"], "IND": ["IND"], "BRM": ["BRA", "MEX"], "ROW": ["ROW", "TWN", "IDN"],
}
AUSTRALIA_2020 = {
    "AUS": ["AUS"], "CHN": ["CHN"], "JPN": ["JPN"], "KOR": ["KOR"], "IND": ["IND"], "IDN": ["IDN"], "USA": ["USA"], "CAN": ["CAN"], "BRA": ["BRA"],
    "EUN": ["DEU", *EU_WEST, *EU_EAST_2014], "GBR": ["GBR"], "RUS": ["RUS"], "ROW": ["ROW", "TWN", "TUR", "MEX", "NOR", "CHE"],
}
IRAN_2012 = {
    "EUR": ["DEU", "GBR", *EU_WEST, *EU_EAST], "USA": ["USA"], "JPN": ["JPN"], "KOR": ["KOR"], "TUR": ["TUR"], "CHN": ["CHN"], "IND": ["IND"],
    "RUS": ["RUS"], "AMS": ["CAN", "BRA", "MEX"], "ASP": ["AUS", "IDN", "TWN"], "ROW": ["ROW"],
}
FIVE = {"AGF": "food", "ENM": "energy", "MAN": "basic", "MHT": "tech", "SRVT": "services"}
SIX = {"AGF": "food", "ENM": "energy", "MAN": "basic", "MHT": "tech", "SRV": "services", "FIN": "finance"}
DIGITS = 4
SMALLEST = 0.0005  # USD bn; smaller flows are left out

# Iran, 2011; USD bn
GDP, EXPORTS, IMPORTS, FUELS = 629.1, 132.0, 61.8, 0.705
TONNE = 790e-6  # USD bn per thousand tonnes of crude: about 108 USD a barrel
CRUDE = {"EUR": 29501.0, "JPN": 11861.0, "KOR": 11432.0, "TUR": 9286.0}  # thousand tonnes
FROM_EUROPE = 10.294 * 1.39  # EUR bn in USD
EXPORT_MIX = {"food": 0.13, "basic": 0.79, "tech": 0.08}  # of what is not fuel; assumption
IMPORT_MIX = {"food": 0.14, "energy": 0.04, "basic": 0.37, "tech": 0.45}  # assumption
SERVICES = {"services": (7.0, 15.0), "finance": (0.5, 1.0)}  # exports, imports; assumption
OUTPUT = {"food": (0.12, 0.50), "energy": (0.23, 0.80), "basic": (0.10, 0.35), "tech": (0.04, 0.33), "services": (0.47, 0.60), "finance": (0.04, 0.60)}
# share of GDP (assumption; oil 24 % of GDP in Dizaji & van Bergeijk 2013), share of value added in output (assumption)
NO_TRADE = ("USA",)  # measures of its own since long before


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def flows(path: Path, members: dict[str, list[str]], sectors: dict[str, str]) -> Flows:
    """Flows between groups in USD bn, by (exporter, importer, sector); trade inside a group is domestic."""
    group = {member: name for name, names in members.items() for member in names}
    total: Flows = defaultdict(float)
    for row in rows(path):
        total[group[row["exporter"]], group[row["importer"]], sectors[row["sector"]]] += float(row["value_bn_usd"])
    return total


def spread(total: float, known: dict[str, float], weights: dict[str, float]) -> dict[str, float]:
    """A total over partners: what is known as it is, the rest in proportion to the weights of the others."""
    others = {name: weight for name, weight in weights.items() if name not in known and name not in NO_TRADE}
    left = max(0.0, total - sum(known.values())) / sum(others.values())
    return {**known, **{name: left * weight for name, weight in others.items()}}


def with_iran(table: Flows) -> Flows:
    """The same table with Iran taken out of the rest of the world."""
    own: Flows = {}
    for sector in SIX.values():
        sold = {name: table["ROW", name, sector] for name in IRAN_2012 if name != "ROW"}
        bought = {name: table[name, "ROW", sector] for name in IRAN_2012 if name != "ROW"}
        sold["ROW"], bought["ROW"] = 0.25 * sum(sold.values()), 0.25 * sum(bought.values())  # neighbours outside the table: assumption
        if sector in SERVICES:
            out, into = SERVICES[sector]
        else:
            out = EXPORTS * (FUELS if sector == "energy" else (1.0 - FUELS) * EXPORT_MIX[sector])
            into = IMPORTS * IMPORT_MIX[sector]
        crude = {name: kilotonnes * TONNE for name, kilotonnes in CRUDE.items()} if sector == "energy" else {}
        europe = {"EUR": FROM_EUROPE * IMPORT_MIX[sector]} if sector in IMPORT_MIX else {}
        for name, value in spread(out, crude, sold).items():
            own["IRN", name, sector] = value
        for name, value in spread(into, europe, bought).items():
            own[name, "IRN", sector] = value
        share, value_added = OUTPUT[sector]
        own["IRN", "IRN", sector] = GDP * share / value_added - out
    for (exporter, importer, sector), value in own.items():
        from_, to = ("ROW" if exporter == "IRN" else exporter), ("ROW" if importer == "IRN" else importer)
        table[from_, to, sector] = max(0.0, table[from_, to, sector] - value)
    table.update(own)
    return table


def write(path: Path, table: Flows, states: list[str], sectors: dict[str, str]) -> None:
    """Write a table of flows, rounded."""
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["exporter", "importer", "sector", "value"])
        for sector in sectors.values():
            for exporter in states:
                for importer in states:
                    value = table[exporter, importer, sector]
                    if value >= SMALLEST:
                        writer.writerow([exporter, importer, sector, f"{value:.{DIGITS}g}"])


def number(text: str) -> float | None:
    """The number of a cell, None when it is blank."""
    return float(text) if text else None


def states(facts: Path, members: dict[str, list[str]], ideal: str, year: str) -> None:
    """Print what a scenario's `[[state]]` tables say of each group: ideal points of column `ideal`, reserves of the end of `year`."""
    economies = {row["iso3"]: row for row in rows(facts / "economies.csv")}
    panel = {row["iso3"]: row for row in rows(facts / "economies_panel_2008_2025.csv") if row["year"] == year}
    for name, codes in members.items():
        known = [economies[code] for code in codes if code in economies]
        people = [float(row["population_m_2023"]) for row in known if row["population_m_2023"]]
        gini = [(float(row["population_m_2023"]), number(row["gini"])) for row in known if row["population_m_2023"]]
        weighted = [(weight, value) for weight, value in gini if value is not None]
        points = [value for row in known if (value := number(row[ideal])) is not None]
        reserves = [float(panel[code]["reserves_bn_usd"]) for code in codes if code in panel and panel[code]["reserves_bn_usd"]]
        print(
            name,
            f"population_m = {sum(people):.1f}",
            f"gini = {sum(w * v for w, v in weighted) / sum(w for w, _ in weighted):.1f}" if weighted else "gini = ?",
            f"ideal_point = {sum(points) / len(points):.2f}" if points else "ideal_point = ?",
            f"reserves_bn = {sum(reserves):.0f}" if reserves else "reserves_bn = ?",
        )


def main() -> None:
    """Write the flows and print the states."""
    facts, out = Path(sys.argv[1]), Path(sys.argv[2])
    for name, members in (("russia-2022", RUSSIA_2022), ("australia-2020", AUSTRALIA_2020)):
        table = flows(facts / "trade_2014_wiod_5sectors.csv", members, FIVE)
        write(out / name / "flows.csv", table, list(members), FIVE)
        print(name)
        states(facts, members, "ideal_point_all_2021", "2021" if name == "russia-2022" else "2019")
    table = with_iran(flows(facts / "trade_2011_wiod_6sectors.csv", IRAN_2012, SIX))
    write(out / "iran-2012" / "flows.csv", table, ["IRN", *IRAN_2012], SIX)
    print("iran-2012")
    states(facts, {"IRN": ["IRN"], **IRAN_2012}, "ideal_point_all_2010", "2011")


if __name__ == "__main__":
    main()
