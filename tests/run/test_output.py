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


def test_a_folder_that_exists_stays_itself(tmp_path, monkeypatch):
    """Somebody may stand in it, or it may be a disk of its own: it can be filled and not renamed."""
    monkeypatch.chdir(tmp_path)
    before = tmp_path.stat().st_ino
    with atomic_folder(".") as working:
        (working / "a.txt").write_text("1")
        (working / "deep").mkdir()
        (working / "deep" / "b.txt").write_text("2")
    assert names(Path()) == ["a.txt", "deep"] and Path("deep/b.txt").read_text() == "2"
    with atomic_folder(".", force=True) as working:
        (working / "a.txt").write_text("3")
    assert names(Path()) == ["a.txt"] and Path("a.txt").read_text() == "3" and tmp_path.stat().st_ino == before


def test_a_folder_that_a_link_leads_to_is_filled(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to("real")
    with atomic_folder(tmp_path / "out") as working:
        (working / "a.txt").write_text("1")
    assert names(tmp_path / "real") == ["a.txt"] and (tmp_path / "out").is_symlink()


def test_what_was_there_comes_back_when_the_results_cannot_be_moved_in(tmp_path, monkeypatch):
    (tmp_path / "old.txt").write_text("0")
    rename = Path.rename

    def stuck(self: Path, target: Path) -> Path:
        if self.name == "b.txt":
            raise PermissionError(13, "Permission denied")
        return rename(self, target)

    def fill() -> None:
        with atomic_folder(tmp_path, force=True) as working:
            (working / "a.txt").write_text("1")
            (working / "b.txt").write_text("1")

    monkeypatch.setattr(Path, "rename", stuck)
    with pytest.raises(PermissionError):
        fill()
    assert names(tmp_path) == ["old.txt"] and (tmp_path / "old.txt").read_text() == "0"


def test_a_name_that_no_folder_can_have_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(Refusal, match="cannot be used"), atomic_folder(tmp_path / ("a" * 300)):
        raise AssertionError("the block must not run")
    with pytest.raises(Refusal, match="is a file"), atomic_folder("/dev/null", force=True):
        raise AssertionError("the block must not run")
