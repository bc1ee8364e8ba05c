"""Derive the small tables in `tests/data/votes/` from the publishers' files: `python tests/data_build/derive_votes.py FACTS`.

FACTS is a folder with `votes_ES-11.csv` (UN roll calls), `ideal_points_2005_2024.csv` (Bailey, Strezhnev & Voeten 2017),
`economies_panel_2008_2025.csv` (World Bank) and `russia_trade_by_partner_fcs_2006_2021.csv` (Federal Customs Service). Memberships and
the lists of states under measures are stated below, as of the year before each vote.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd


def codes(text: str) -> set[str]:
    """The words of a line as a set."""
    return set(text.split())


EU = codes("AUT BEL BGR CYP CZE DEU DNK ESP EST FIN FRA GRC HRV HUN IRL ITA LTU LUX LVA MLT NLD POL PRT ROU SVK SVN SWE")
NATO = codes("ALB BEL BGR CAN CZE DEU DNK ESP EST FRA GBR GRC HRV HUN ISL ITA LTU LUX LVA NLD NOR POL PRT ROU SVK SVN TUR USA")
OECD = codes(
    "AUS AUT BEL CAN CHE CHL CZE DEU DNK ESP EST FIN FRA GBR GRC HUN IRL ISL ISR ITA JPN KOR LUX MEX NLD NOR NZL POL PRT SVK SVN SWE "
    "TUR USA"
)
CIS = codes("ARM AZE BLR KAZ KGZ MDA RUS TJK UZB")
CSTO = codes("ARM BLR KAZ KGZ RUS TJK")
ROLL_CALLS = {
    "68_262": {
        "column": "RES68_262_2014_03_27",
        "year": 2013,
        "sponsors": (EU | {"GBR"}, NATO, OECD),
        "target": (CIS, CSTO, {"BLR", "KAZ", "RUS"}),
        "measures": codes("BLR CUB ERI IRN MMR PRK SDN SYR ZWE"),
    },
    "ES_11_1": {
        "column": "ES11_1_2022_03_02",
        "year": 2021,
        "sponsors": (EU, NATO | {"MNE", "MKD"}, OECD | {"COL", "CRI", "LTU", "LVA"}),
        "target": (CIS, CSTO, {"ARM", "BLR", "KAZ", "KGZ", "RUS"}),
        "measures": codes("BLR CUB ERI IRN MMR NIC PRK RUS SYR VEN ZWE"),
    },
}


def roll_call(facts: Path, name: str) -> pd.DataFrame:
    """One roll call with what was known the year before: a row for each member with an ideal point, by ISO code."""
    spec = ROLL_CALLS[name]
    votes = pd.read_csv(facts / "votes_ES-11.csv").set_index("iso3")[spec["column"]]
    year = f"year == {spec['year']}"
    points = pd.read_csv(facts / "ideal_points_2005_2024.csv").query(year).set_index("iso3").ideal_point_allvotes
    economies = pd.read_csv(facts / "economies_panel_2008_2025.csv").query(year).set_index("iso3").gdp_bn_usd
    trade = pd.read_csv(facts / "russia_trade_by_partner_fcs_2006_2021.csv").query(year).groupby("partner").value_bn_usd.sum()
    table = pd.DataFrame({"vote": votes, "ideal_point": points.reindex(votes.index).round(3)})
    table["eu"] = [int(iso in spec["sponsors"][0]) for iso in table.index]
    table["sponsor_ties"] = [round(sum(iso in group for group in spec["sponsors"]) / 3, 3) for iso in table.index]
    table["target_ties"] = [round(sum(iso in group for group in spec["target"]) / 3, 3) for iso in table.index]
    table["grievance"] = [int(iso in spec["measures"]) for iso in table.index]
    table["target_dependence"] = (trade / economies).reindex(table.index).fillna(0.0).clip(upper=1.0).round(3)
    return table.dropna().sort_index()


if __name__ == "__main__":
    out = Path(__file__).parents[1] / "data" / "votes"
    for name in ROLL_CALLS:
        roll_call(Path(sys.argv[1]), name).to_csv(out / f"{name}.csv", lineterminator="\n")
