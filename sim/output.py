"""Results are written all or nothing: into a temporary folder beside the target, moved when complete."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sim.refusals import Refusal


@contextmanager
def atomic_folder(target: str | Path, force: bool = False) -> Iterator[Path]:
    """Yield a temporary folder that becomes `target` when the block ends well, and is removed when it does not.

    Raises `Refusal`, before anything is written, when `target` exists and is not an empty folder, unless `force`.
    """
    target = Path(target)
    check_free(target, force)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        working = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as problem:
        raise Refusal(f"{target}: cannot be written ({problem.strerror}); choose another folder with --out.") from None
    try:
        yield working
        working.chmod(0o755)
        if target.exists():
            old = working.with_name(working.name + "-old")
            target.rename(old)
            working.rename(target)
            shutil.rmtree(old)
        else:
            working.rename(target)
    finally:
        if working.exists():
            shutil.rmtree(working)


def check_free(target: Path, force: bool) -> None:
    """Refuse a target that exists and is not an empty folder, unless `force`; a file is never replaced."""
    if target.is_file():
        raise Refusal(f"{target}: is a file; give a new or empty folder.")
    if target.is_dir() and any(target.iterdir()) and not force:
        raise Refusal(f"{target}: the folder is not empty; give a new or empty folder, or --force to replace it.")
