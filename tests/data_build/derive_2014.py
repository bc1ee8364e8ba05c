"""Derive the tables of the scenario `russia-2014` from the collected fact tables.

Run by hand, never by the tests: `python tests/data_build/derive_2014.py FACTS_FOLDER OUT_FOLDER`. FACTS_FOLDER holds
`trade_2014_wiod_5sectors.csv` (WIOD 2016 release, Timmer et al. 2015, via Lashkaripour & Lugovskyy 2023),
`economies.csv` and `economies_panel_2008_2025.csv` (World Bank WDI; CIA World Factbook) and `ideal_points_2005_2024.csv`
(Bailey, Strezhnev & Voeten 2017). Writes `flows.csv` to OUT_FOLDER and prints the numbers of each `[[state]]`.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path

MEMBERS = {
    "RUS": ["RUS"],
    "DEU": ["DEU"],
    "EUW": ["FRA", "ITA", "ESP", "PRT", "GRC", "BEL", "NLD", "LUX", "AUT", "IRL", "MLT", "CYP", "DNK", "SWE", "FIN"],
    "EUE": ["POL", "CZE", "SVK", "HUN", "SVN", "HRV", "ROU", "BGR", "EST", "LVA", "LTU"],
    "GBR": ["GBR"],
    "USA": ["USA"],
    "CAU": ["CAN", "AUS"],
    "JPN": ["JPN"],
    "NOR": ["NOR"],
    "CHE": ["CHE"],
    "TUR": ["TUR"],
    "CHN": ["CHN"],
    "IND": ["IND"],
    "BRM": ["BRA", "MEX"],
    "ROW": ["ROW", "KOR", "TWN", "IDN"],
}
SECTORS = {"AGF": "food", "ENM": "energy", "MAN": "basic", "MHT": "tech", "SRVT": "services"}
DIGITS = 4
SMALLEST = 0.0005  # USD bn; smaller flows are left out


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def flows(facts: Path) -> dict[tuple[str, str, str], float]:
    """Flows between blocs in USD bn of 2014, by (exporter, importer, sector); trade inside a bloc is domestic."""
    bloc = {member: name for name, members in MEMBERS.items() for member in members}
    total: dict[tuple[str, str, str], float] = defaultdict(float)
    for row in rows(facts / "trade_2014_wiod_5sectors.csv"):
        total[bloc[row["exporter"]], bloc[row["importer"]], SECTORS[row["sector"]]] += float(row["value_bn_usd"])
    return total


def number(text: str) -> float | None:
    """The number of a cell, None when it is blank."""
    return float(text) if text else None


def states(facts: Path) -> None:
    """Print what the scenario's `[[state]]` tables say of each bloc."""
    economies = {row["iso3"]: row for row in rows(facts / "economies.csv")}
    panel = {row["iso3"]: row for row in rows(facts / "economies_panel_2008_2025.csv") if row["year"] == "2013"}
    for name, members in MEMBERS.items():
        known = [economies[member] for member in members if member in economies]
        people = [float(row["population_m_2023"]) for row in known if row["population_m_2023"]]
        gini = [(float(row["population_m_2023"]), number(row["gini"])) for row in known if row["population_m_2023"]]
        weighted = [(weight, value) for weight, value in gini if value is not None]
        ideal = [value for row in known if (value := number(row["ideal_point_all_2013"])) is not None]
        reserves = [float(panel[m]["reserves_bn_usd"]) for m in members if m in panel and panel[m]["reserves_bn_usd"]]
        print(
            name,
            f"population_m={sum(people):.1f}",
            f"gini={sum(w * v for w, v in weighted) / sum(w for w, _ in weighted):.1f}" if weighted else "gini=?",
            f"ideal_point={sum(ideal) / len(ideal):.2f}" if ideal else "ideal_point=?",
            f"reserves_bn={sum(reserves):.0f}" if reserves else "reserves_bn=?",
        )


def main() -> None:
    """Write the flows and print the states."""
    facts, out = Path(sys.argv[1]), Path(sys.argv[2])
    table = flows(facts)
    with (out / "flows.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["exporter", "importer", "sector", "value"])
        for sector in SECTORS.values():
            for exporter in MEMBERS:
                for importer in MEMBERS:
                    value = table[exporter, importer, sector]
                    if value >= SMALLEST:
                        writer.writerow([exporter, importer, sector, f"{value:.{DIGITS}g}"])
    states(facts)


if __name__ == "__main__":
    main()
