"""Unfinished work that survives a kill: one small file for each finished job, beside the folder that the results will go to.

A job's file appears whole or not at all (written aside, then renamed), so that work can be stopped at any moment and taken up again: what is
there is not done again, what is not there is. The folder says what it belongs to, and is removed when the results stand.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sim.refusals import Refusal

ABOUT = "about.json"
SUFFIX = ".job"


class Shards:
    """The finished jobs of one piece of work, by key (letters, digits, `-`, `_` and `.`)."""

    def __init__(self, target: Path, about: Mapping[str, Any], force: bool = False) -> None:
        """Open what is left of the same work for the results folder `target`, or begin.

        `about` says what is computed; unfinished work of another kind is refused, or thrown away with `force`.
        """
        target = Path(os.path.realpath(target))  # "." has neither a name nor a parent
        self.folder = target.parent / f".{target.name}-unfinished"
        text = json.dumps(about, indent=1, sort_keys=True)
        place = self.folder / ABOUT
        if place.exists() and place.read_text(encoding="utf-8") != text:
            if not force:
                raise Refusal(
                    f"{self.folder}: holds unfinished work with other settings; repeat the same command to finish it, "
                    "or give --force to throw it away."
                )
            shutil.rmtree(self.folder)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise Refusal(f"{self.folder}: cannot be written ({problem.strerror}); choose another folder with --out.") from None
        self._write(place, text.encode())

    def done(self) -> set[str]:
        """Keys of the finished jobs."""
        return {name[: -len(SUFFIX)] for name in os.listdir(self.folder) if name.endswith(SUFFIX)}

    def put(self, key: str, content: bytes) -> None:
        """Keep a finished job."""
        self._write(self.folder / (key + SUFFIX), content)

    def get(self, key: str) -> bytes:
        """A finished job's content."""
        return (self.folder / (key + SUFFIX)).read_bytes()

    def remove(self) -> None:
        """Forget everything: the results stand."""
        shutil.rmtree(self.folder, ignore_errors=True)

    @staticmethod
    def _write(place: Path, content: bytes) -> None:
        aside = place.with_name(place.name + ".part")
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, place)
