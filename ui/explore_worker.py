"""A process of its own for long work of the pages Explore and Author.

It reads one question as a line of JSON and writes progress and then the answer, a line of JSON each.

    python -m ui.explore_worker

Plain JSON both ways. It stops early, with what it has, when it reads another line or when its input ends: so it never outlives the server that asked.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

EVERY = 0.3  # seconds between two lines of progress
MOST_LINES = 60  # of what happened, in a preview
GENTLE = 10  # lower priority than the server, so that pages stay quick


def answer(asked: dict[str, Any], progress: Callable[[int, int], None], stop: Callable[[], bool]) -> dict[str, Any]:
    """Work an exploration out. A refusal is an answer too."""
    from sim import api
    from ui.catalogue import scenario
    from ui.view import View, check, decisions

    try:
        if asked["kind"] == "draft":
            return {"ok": True, "result": _draft(asked)}
        view = View.from_query(asked["view"])
        setting = scenario(view.scenario)
        check(view, setting)
        shared: dict[str, Any] = {
            "seed": view.seed,
            "decisions": decisions(view.choice, setting, view.length(setting)),
            "quarters": view.quarters or None,
            "theory": view.theory or None,
            "parameters": dict(view.numbers),
            "timetable": False,
            "progress": progress,
            "stop": stop,
        }
        if asked["kind"] == "seeds":
            return {"ok": True, "result": asdict(api.explore(setting, int(asked["seeds"]), **shared))}
        found = api.tornado(setting, asked["names"], asked["outcome"], asked["focus"], int(asked["seeds"]), **shared)
        return {"ok": True, "result": asdict(found)}
    except (api.Refusal, api.NoEquilibrium) as problem:
        return {"ok": False, "sentence": str(problem)}
    except Exception as problem:  # a fault of the model must reach the reader as a sentence
        return {"ok": False, "sentence": f"The model stopped with {type(problem).__name__}: {problem}"}


def _draft(asked: dict[str, Any]) -> dict[str, Any]:
    """A draft played once, with its twin without measures, as far as the preview shows it."""
    from sim import api
    from ui.politics import feed
    from ui.text import words

    setting = api.drafts.read_draft(api.drafts.Draft(asked["text"], asked["tables"]))
    treated, twin = (
        api.run(setting, keep_snapshots=False),
        api.run(setting, decisions=api.withdrawn(setting), timetable=False, governments=False, keep_snapshots=False),
    )
    found: dict[str, Any] = {"quarters": treated.quarters}
    for name in ("real_income", "price_index"):
        found[name] = [one.record.series("states", name).tolist() for one in (treated, twin)]
    columns = ["quarter", "sender", "target", "lever"]
    found["measures"] = treated.measures[columns].values.tolist()
    found["feed"] = [(item.quarter, item.text) for item in feed(treated, setting, words(asked["language"])) if not item.quiet][:MOST_LINES]
    found["claims"] = [(held, said) for held, said in api.check_expectations(setting)] if asked["claims"] else []
    return found


def main() -> None:
    """Answer one question."""
    out, sys.stdout = sys.stdout, sys.stderr  # whatever the model prints must not get between the lines
    if hasattr(os, "nice"):
        os.nice(GENTLE)
    first = sys.stdin.readline()
    if not first:
        return
    stopped = threading.Event()

    def listen() -> None:
        sys.stdin.readline()
        stopped.set()

    threading.Thread(target=listen, daemon=True).start()
    said = 0.0

    def progress(done: int, total: int) -> None:
        nonlocal said
        if time.monotonic() - said > EVERY or done == total:
            said = time.monotonic()
            tell({"done": done, "total": total})

    def tell(line: dict[str, Any]) -> None:
        out.write(json.dumps(line) + "\n")
        out.flush()

    try:
        tell(answer(json.loads(first), progress, stopped.is_set))
    except BrokenPipeError:
        os._exit(0)  # nobody listens any more


if __name__ == "__main__":
    main()
