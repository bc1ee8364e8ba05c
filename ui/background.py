"""Long work beside the server: at most a few processes at a time, each with its progress, a way to stop it, and its answer kept for a while.

A piece of work is known by what is asked: two visitors who ask for the same thing share it, and it stops when the last of them stops it. The model
never runs in the server's own threads, where it would hold up every page (see `ui.classroom.engine`, which does the same for a class).
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import json
import os
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MOST_AT_ONCE = 2
KEPT = 30  # finished pieces of work
LONGEST = 900.0  # seconds; then it is told to stop and gives what it has
GRACE = 60.0  # seconds it has for that; then it is ended
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
ROOT = Path(__file__).parents[1]


@dataclass
class Work:
    """One piece of work. `state` is running, done, stopped or failed; `result` is there when it is done or stopped."""

    key: str
    watchers: set[str]
    began: float
    state: str = "running"
    done: int = 0
    total: int = 0
    result: dict[str, Any] | None = None
    problem: str = ""
    told_to_stop: bool = False
    process: subprocess.Popen[str] | None = field(default=None, repr=False)
    finished: threading.Event = field(default_factory=threading.Event, repr=False)

    @property
    def running(self) -> bool:
        """Whether it is still under way."""
        return self.state == "running"

    def left(self, now: float) -> float | None:
        """Seconds it will still take at the pace so far; None while nothing is known."""
        return (now - self.began) / self.done * (self.total - self.done) if self.done else None


class Background:
    """All long work of this server."""

    def __init__(self, module: str = "ui.explore_worker") -> None:
        self.module = module
        self._works: OrderedDict[str, Work] = OrderedDict()
        self._lock = threading.Lock()
        atexit.register(self.close)

    def start(self, asked: Mapping[str, Any], watcher: str) -> Work | None:
        """Begin the work, or join it where it is under way or done; None when too many are at work already."""
        key = key_of(asked)
        with self._lock:
            work = self._works.get(key)
            if work is not None and ((work.running and not work.told_to_stop) or work.state == "done"):
                work.watchers.add(watcher)
                self._works.move_to_end(key)
                return work
            if sum(other.running for other in self._works.values()) >= MOST_AT_ONCE:
                return None
            work = Work(key, {watcher}, time.monotonic())
            self._works[key] = work
            self._works.move_to_end(key)
            for old in [name for name, other in self._works.items() if not other.running][: max(0, len(self._works) - KEPT)]:
                del self._works[old]
        environment = {**os.environ, **dict.fromkeys(ONE_THREAD, "1")}
        work.process = subprocess.Popen(
            [sys.executable, "-m", self.module], cwd=ROOT, env=environment, text=True, encoding="utf-8",
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert work.process.stdin is not None
        with contextlib.suppress(OSError):  # it died at once; the listener says so
            work.process.stdin.write(json.dumps(asked) + "\n")
            work.process.stdin.flush()
        if work.told_to_stop:  # by somebody who was quicker than the process
            _tell_to_stop(work)
        threading.Thread(target=self._listen, args=(work,), daemon=True).start()
        return work

    def find(self, asked: Mapping[str, Any]) -> Work | None:
        """The work on this question, whatever its state."""
        with self._lock:
            return self._works.get(key_of(asked))

    def leave(self, work: Work, watcher: str) -> None:
        """A visitor wants it no longer; when nobody does, it is told to stop and gives what it has."""
        with self._lock:
            work.watchers.discard(watcher)
            nobody = not work.watchers
        if nobody and work.running:
            _tell_to_stop(work)

    def close(self) -> None:
        """End everything at once."""
        for work in list(self._works.values()):
            if work.process is not None and work.process.poll() is None:
                work.process.kill()

    def _listen(self, work: Work) -> None:
        process = work.process
        assert process is not None and process.stdin is not None and process.stdout is not None
        last: dict[str, Any] = {}
        timers = [threading.Timer(LONGEST, _tell_to_stop, [work]), threading.Timer(LONGEST + GRACE, process.kill)]
        for timer in timers:
            timer.daemon = True
            timer.start()
        try:
            for line in process.stdout:
                last = json.loads(line)
                if "total" in last:
                    work.done, work.total = int(last["done"]), int(last["total"])
        except (OSError, ValueError) as problem:
            last = {"ok": False, "sentence": f"the work ended early ({type(problem).__name__})"}
        finally:
            for timer in timers:
                timer.cancel()
            with contextlib.suppress(OSError):
                process.stdin.close()
            process.wait()
            process.stdout.close()
        if last.get("ok"):
            work.result, work.state = last["result"], "stopped" if work.told_to_stop else "done"
        else:
            work.problem, work.state = str(last.get("sentence", "the work ended without an answer")), "failed"
        work.finished.set()


def key_of(asked: Mapping[str, Any]) -> str:
    """What a question is known by."""
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def _tell_to_stop(work: Work) -> None:
    work.told_to_stop = True
    if work.process is not None and work.process.stdin is not None:
        try:
            work.process.stdin.write("stop\n")
            work.process.stdin.flush()
        except (OSError, ValueError):
            return  # it has just ended by itself
