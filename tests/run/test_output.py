"""Results are written all or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.output import atomic_folder
from sim.refusals import Refusal


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_folder_appears_only_when_it_is_complete(tmp_path):
    with atomic_folder(tmp_path / "deep" / "out") as working:
        (working / "a.txt").write_text("1")
        assert not (tmp_path / "deep" / "out").exists()
    assert names(tmp_path / "deep") == ["out"] and (tmp_path / "deep" / "out" / "a.txt").read_text() == "1"


def test_nothing_is_left_when_writing_fails(tmp_path):
    def fail() -> None:
        with atomic_folder(tmp_path / "out") as working:
            (working / "a.txt").write_text("1")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert names(tmp_path) == []


def test_an_empty_folder_is_taken_and_a_full_one_refused(tmp_path):
    (tmp_path / "out").mkdir()
    with atomic_folder(tmp_path / "out") as working:
        (working / "a.txt").write_text("1")
    with pytest.raises(Refusal, match=r"out: the folder is not empty; give a new or empty folder, or --force to replace it\."), atomic_folder(tmp_path / "out"):
        raise AssertionError("the block must not run")
    assert names(tmp_path / "out") == ["a.txt"] and names(tmp_path) == ["out"]


def test_force_replaces_a_full_folder_whole(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "old.txt").write_text("0")
    with atomic_folder(tmp_path / "out", force=True) as working:
        (working / "new.txt").write_text("1")
    assert names(tmp_path / "out") == ["new.txt"] and names(tmp_path) == ["out"]


def test_force_keeps_the_old_results_when_the_new_ones_fail(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "old.txt").write_text("0")
    with pytest.raises(KeyError), atomic_folder(tmp_path / "out", force=True):
        raise KeyError
    assert names(tmp_path / "out") == ["old.txt"] and names(tmp_path) == ["out"]


@pytest.mark.parametrize("force", [False, True])
def test_a_file_in_the_way_is_never_replaced(tmp_path, force):
    (tmp_path / "out").write_text("mine")
    with pytest.raises(Refusal, match="is a file; give a new or empty folder"), atomic_folder(tmp_path / "out", force):
        raise AssertionError("the block must not run")
    assert (tmp_path / "out").read_text() == "mine"


def test_a_file_as_parent_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(Refusal, match="cannot be written"), atomic_folder(tmp_path / "file" / "out"):
        raise AssertionError("the block must not run")
