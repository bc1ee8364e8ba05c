"""The worked equations: both sides agree, for every shipped scenario, with the numbers of the run itself."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from sim import api
from sim.analysis import last_facts

SCENARIOS = [name for name, _ in api.scenarios()]


def worked(name: str, quarter: int) -> api.Worked:
    setting = api.load(name)
    return api.worked(setting, setting.state_ids[-1], min(quarter, setting.quarters - 1), seed=3)


@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.parametrize("quarter", [0, 9])
def test_every_equation_gives_what_the_run_has(name: str, quarter: int) -> None:
    found = worked(name, quarter)
    share, stock, income = found.share, found.stock, found.income
    assert share.before * share.weight * share.cost ** (-share.theta * share.impact) / share.total == pytest.approx(share.now, rel=1e-6)
    assert stock.before + stock.speed * (stock.ratio - stock.before) == pytest.approx(stock.after, rel=1e-9)
    assert (income.factors + income.tariffs + income.deficit) / income.prices == pytest.approx(income.real, rel=1e-8)
    if found.choice is not None:
        weights = {option.name: math.exp(found.choice.scale * option.utility) for option in found.choice.options}
        for option, chance in found.choice.probabilities.items():
            assert weights[option] / sum(weights.values()) == pytest.approx(chance, rel=1e-9)
    if found.credibility is not None:
        one = found.credibility
        assert (one.weight * one.prior + one.kept) / (one.weight + one.count) == pytest.approx(one.belief, rel=1e-12)


def test_the_income_is_that_of_the_runs_table() -> None:
    setting = api.load("triangle")
    found = api.worked(setting, "B", 5)
    states = api.run(setting, quarters=6, keep_snapshots=False).states
    row = states[(states["quarter"] == 5) & (states["state"] == "B")].iloc[0]
    assert found.income.real == row["real_income"]


def test_the_flow_worked_out_is_one_of_the_state_in_focus_that_moved() -> None:
    """In Triangle A bans half of its grain from B: the flow of B's that moved most is that one, from 20 of 100."""
    found = api.worked(api.load("triangle"), "B", 5)
    assert (found.share.sector, found.share.exporter, found.share.importer) == ("grain", "B", "A")
    assert found.share.before == pytest.approx(0.2)
    assert found.share.now < 0.15


def test_works_are_known_for_most_facts_behind_every_target() -> None:
    known = api.works()
    without = {row["target"] for row in api.targets() if row["facts"] and not any(fact in known for fact in row["facts"].split(","))}
    assert without == set()


def test_the_last_facts_are_the_table_with_most_seeds_and_none_where_there_is_no_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(last_facts, "FOLDER", tmp_path)
    assert api.last_facts() is None
    (tmp_path / "targets.csv").write_text("id,key\nO01,a\n", encoding="utf-8")
    assert api.last_facts() is None
    head = "target,name,statistic,measures,unit,low,high,simulated,strictness,verdict,seeds\n"
    for name, seeds in (("quick", 20), ("facts", 100), ("zz", 6)):
        (tmp_path / f"{name}.csv").write_text(head + f"O01,Success,a,Half,share,0,1,0.5,MUST,pass,{seeds}\n", encoding="utf-8")
    found = api.last_facts()
    assert found is not None
    assert [row["seeds"] for row in found] == ["100"]
