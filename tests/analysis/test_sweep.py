"""Sweeps: designs, indices of functions known by hand, roles kept apart, refusals with lines, resumption, the shipped example."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim import api
from sim.analysis import sweep as module
from sim.analysis.engines import InProcess, Processes
from sim.analysis.experiment import Experiment, read_experiment
from sim.analysis.sweep import design, sweep_to
from sim.cli import call
from sim.refusals import Refusal

EXAMPLE = Path(__file__).parents[2] / "scenarios" / "experiments" / "what-decides-the-bite.toml"
HEAD = """
format = 1
title = "t"
question = "q"
scenario = "triangle"
quarters = 4
timetable = false
governments = false
"""
BAN = '[[lever]]\nid = "ban"\nquarter = 1\nstate = "A"\nlever = "import_ban"\ntarget = "B"\nsector = "*"\n'
IMPACT = '[[uncertainty]]\nparameter = "impact_share"\nlow = 0.2\nhigh = 0.4\n'
INCOME = '[[outcome]]\nid = "income"\ntext = "B\'s real income"\noutcome = "real_income"\nwhere = { state = "B" }\nquarters = [2, 3]\n'


def _file(tmp_path: Path, *parts: str) -> Path:
    place = tmp_path / "experiment.toml"
    place.write_text("\n".join((HEAD, *parts)), encoding="utf-8")
    return place


def _read(tmp_path: Path, *parts: str) -> Experiment:
    return read_experiment(_file(tmp_path, *parts))


def test_a_grid_has_every_combination_and_roles_stay_apart(tmp_path: Path) -> None:
    """Three widths and two speeds: six points, columns lever:ban and uncertainty:impact_share; S1 is the share between levels."""
    found = api.sweep(_file(tmp_path, 'method = "grid"\nseeds = 2', BAN + "values = [0.0, 0.5, 1.0]\n", IMPACT + "values = [0.2, 0.4]\n", INCOME))
    assert list(found.points.columns) == ["point", "uncertainty:impact_share", "lever:ban"]
    assert len(found.points) == 6 and len(found.outcomes) == 12
    assert list(found.outcomes.columns) == ["point", "seed", "income"]
    means = found.outcomes.groupby("point")["income"].mean().to_numpy().reshape(2, 3)
    share = 2 * ((means.mean(axis=0) - means.mean()) ** 2).sum() / ((means - means.mean()) ** 2).sum()
    row = found.indices.set_index(["factor", "index"]).loc[("ban", "S1")]
    assert row["value"] == pytest.approx(share, rel=1e-9) and row["value"] > 0.8 and row["role"] == "lever"
    assert "luck" in set(found.indices["role"])


def test_a_point_is_the_run_with_its_values(tmp_path: Path) -> None:
    found = api.sweep(_file(tmp_path, 'method = "grid"\nseeds = 1', BAN + "values = [0.7]\n", IMPACT + "values = [0.25]\n", INCOME))
    order = api.Decision(1, "A", "import_ban", "B", "*", 0.7)
    alone = api.run("triangle", 1, [order], 4, parameters={"impact_share": 0.25}, timetable=False, governments=False)
    expected = alone.states.query("state == 'B' and quarter >= 2")["real_income"].mean()
    assert found.outcomes["income"].item() == pytest.approx(expected, rel=1e-12)


def test_against_the_twin_a_ban_of_nothing_changes_nothing(tmp_path: Path) -> None:
    compared = INCOME + 'compared = "no-measures"\n'
    found = api.sweep(_file(tmp_path, 'method = "grid"\nseeds = 1', BAN + "values = [0.0, 1.0]\n", compared))
    assert found.outcomes["income"][0] == 0.0 and found.outcomes["income"][1] < -0.1


def _pretend(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model known by hand: y = 4 a + b on the unit square, a the width of the ban, b the position of impact_share in its range."""

    def one(experiment: Experiment, point: np.ndarray, number: int) -> np.ndarray:
        values = dict(zip((factor.name for factor in experiment.factors), point, strict=True))
        return np.array([4.0 * values["ban"] + (values["impact_share"] - 0.2) / 0.2])

    monkeypatch.setattr(module, "_one", one)


def test_sobol_finds_the_shares_of_a_sum(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Var(4 a + b) = (16 + 1) / 12: a explains 16/17, b 1/17, alone and in total."""
    _pretend(monkeypatch)
    found = api.sweep(_file(tmp_path, 'method = "sobol"\nsamples = 512\nseeds = 1', BAN, IMPACT, INCOME))
    table = found.indices.set_index(["factor", "index"])["value"]
    assert table["ban", "S1"] == pytest.approx(16 / 17, abs=0.03) and table["ban", "ST"] == pytest.approx(16 / 17, abs=0.03)
    assert table["impact_share", "ST"] == pytest.approx(1 / 17, abs=0.01)
    assert found.ranking("income")[0].startswith("lever ban")


def test_morris_finds_the_slopes_over_the_whole_range(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Elementary effects of a linear function are its slopes over the unit range: 4 and 1, without spread."""
    _pretend(monkeypatch)
    found = api.sweep(_file(tmp_path, 'method = "morris"\nsamples = 8\nseeds = 1', BAN, IMPACT, INCOME))
    table = found.indices.set_index(["factor", "index"])["value"]
    assert table["ban", "mu_star"] == pytest.approx(4.0) and table["impact_share", "mu_star"] == pytest.approx(1.0)
    assert table["ban", "sigma"] == pytest.approx(0.0, abs=1e-9)


def test_a_latin_hypercube_covers_every_slice_once_and_ranks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _pretend(monkeypatch)
    experiment = _read(tmp_path, 'method = "lhs"\nsamples = 40\nseeds = 1', BAN, IMPACT, INCOME)
    column = design(experiment)[:, [factor.name for factor in experiment.factors].index("ban")]
    assert sorted(np.floor(column * 40).astype(int)) == list(range(40))
    table = api.sweep(experiment).indices.set_index(["factor", "index"])["value"]
    assert table["ban", "rank"] > 0.9 > table["impact_share", "rank"]


def test_theories_are_a_factor_with_their_names(tmp_path: Path) -> None:
    names = list(api.THEORIES)[:2]
    listed = "theories = [" + ", ".join(f'"{name}"' for name in names) + "]"
    found = api.sweep(_file(tmp_path, f'method = "grid"\nseeds = 1\n{listed}', BAN + "values = [0.5, 1.0]\n", INCOME))
    assert sorted(found.points["theory:theory"].unique()) == sorted(names)


def test_a_stopped_sweep_and_two_workers_give_the_same_bytes(tmp_path: Path) -> None:
    experiment = _read(tmp_path, 'method = "grid"\nseeds = 2', BAN + "values = [0.0, 0.5, 1.0]\n", IMPACT + "values = [0.2, 0.4]\n", INCOME)

    class Stop(Exception):
        pass

    def stop(done: int, runs: int) -> None:
        if done >= 6:
            raise Stop

    sweep_to(tmp_path / "whole", experiment, InProcess())
    with pytest.raises(Stop):
        sweep_to(tmp_path / "cut", experiment, InProcess(), stop)
    seen: list[int] = []
    sweep_to(tmp_path / "cut", experiment, Processes(2), lambda done, runs: seen.append(done))
    assert min(seen) == 8  # six runs were there
    for name in ("points.csv", "outcomes.csv", "indices.csv", "sweep.json"):
        assert (tmp_path / "whole" / name).read_bytes() == (tmp_path / "cut" / name).read_bytes()


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (('method = "grid"', '[[uncertainty]]\nparameter = "impact_shar"\n', INCOME), "experiment.toml:11: .*Did you mean 'impact_share'"),
        (('method = "grid"', BAN.replace("import_ban", "import_bann"), INCOME), "Did you mean 'import_ban'"),
        (('method = "grid"', BAN + "high = 2.0\n", INCOME), "allowed is 0 to 1"),
        (('method = "grid"', BAN, INCOME.replace("real_income", "real_incom")), "Did you mean 'real_income'"),
        (('method = "grid"', BAN, INCOME.replace("[2, 3]", "[2, 9]")), "allowed is 0 to 3"),
        (('method = "sobol"\nsamples = 48', BAN, IMPACT, INCOME), "power of two"),
        (('method = "sobol"', BAN, INCOME), "at least two factors"),
        (('method = "grid"', INCOME), "0 factors"),
        (('method = "grid"', BAN, BAN, INCOME), "is there twice"),
        (('method = "grid"', BAN.replace('"A"', '"Q"'), INCOME), "Q"),
        (('method = "grid"\nmethodd = 1', BAN, INCOME), "methodd"),
        (('method = "gird"', BAN, INCOME), "gird|grid"),
        (("method = grid", BAN, INCOME), r"toml:\d+: this is not valid TOML"),
        (("seeds = " + 5000 * "1", BAN, INCOME), "cannot be read as TOML"),
        (("seeds = " + 5000 * "[", BAN, INCOME), "cannot be read as TOML"),
    ],
)
def test_what_is_wrong_is_refused_with_its_line(parts: tuple[str, ...], words: str, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=words):
        _read(tmp_path, *parts)


def test_the_command_refuses_a_bad_file_and_writes_nothing(tmp_path: Path) -> None:
    place = _file(tmp_path, 'method = "grid"', INCOME)
    assert call(["sweep", str(place), "--out", str(tmp_path / "out")]) == 2
    assert [entry.name for entry in tmp_path.iterdir()] == ["experiment.toml"]


def test_the_shipped_example_is_valid_and_its_first_points_run() -> None:
    experiment = read_experiment(EXAMPLE)
    points = design(experiment)
    assert len(points) == 64 * 8
    rows = module.play(experiment, points, [0, 1])
    assert all(row is not None and (row < 0).all() for row in rows)


def test_the_table_of_indices_reads_back(tmp_path: Path) -> None:
    place = _file(tmp_path, 'method = "grid"\nseeds = 1', BAN + "values = [0.0, 1.0]\n", INCOME)
    assert call(["sweep", str(place), "--workers", "1", "--out", str(tmp_path / "out")]) == 0
    table = pd.read_csv(tmp_path / "out" / "indices.csv")
    assert list(table.columns) == ["outcome", "factor", "role", "index", "value", "confidence"]
