"""Results are written all or nothing: into a temporary folder beside (or in) the target, moved when complete."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sim.refusals import Refusal


@contextmanager
def atomic_folder(target: str | Path, force: bool = False) -> Iterator[Path]:
    """Yield a temporary folder that becomes `target` when the block ends well, and is removed when it does not.

    A folder that exists stays itself and is filled: somebody may stand in it, or it may be a disk of its own. Raises `Refusal`, before
    anything is written, when `target` exists and is not an empty folder, unless `force`.
    """
    named = Path(target)
    check_free(named, force)
    try:
        target = Path(os.path.realpath(named))
        if exists := target.is_dir():
            working = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=target))
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            working = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as problem:
        raise Refusal(f"{named}: cannot be written ({problem.strerror}); choose another folder with --out.") from None
    try:
        yield working
        if exists:
            _fill(target, working, force)
        else:
            working.chmod(0o755)
            working.rename(target)
    finally:
        if working.exists():
            shutil.rmtree(working)


def _fill(target: Path, working: Path, force: bool) -> None:
    """Move what is complete into its folder, with `force` in place of what was there; when that cannot be done, all is as before."""
    old = Path(tempfile.mkdtemp(prefix=".replaced-", dir=target))
    gone = [entry for entry in target.iterdir() if entry not in (old, working)] if force else []
    moves = [(entry, old / entry.name) for entry in gone] + [(entry, target / entry.name) for entry in working.iterdir()]
    done: list[tuple[Path, Path]] = []
    try:
        for was, now in moves:
            was.rename(now)
            done.append((was, now))
    except OSError:
        for was, now in reversed(done):
            now.rename(was)
        old.rmdir()
        raise
    shutil.rmtree(old)


def check_free(target: Path, force: bool) -> None:
    """Refuse a target that exists and is not an empty folder, unless `force`; a file is never replaced."""
    try:
        is_folder = target.is_dir()
        if target.exists() and not is_folder:
            raise Refusal(f"{target}: is a file; give a new or empty folder.")
        full = is_folder and any(target.iterdir())
    except OSError as problem:
        raise Refusal(f"{target}: cannot be used ({problem.strerror}); choose another folder with --out.") from None
    if full and not force:
        raise Refusal(f"{target}: the folder is not empty; give a new or empty folder, or --force to replace it.")
