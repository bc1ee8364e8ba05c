"""The debrief of a class in a process of its own: reads questions, one JSON line each, and writes one line of answer.

    python -m ui.debrief.worker

A debrief plays the model half a dozen times; in the server's threads every page would wait for it, and in the process that resolves rounds
another class would. Plain JSON on both sides. Ends when its input ends.
"""

from __future__ import annotations

import json
import sys
from typing import Any


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """The answer to one question; a refusal or a missing equilibrium is an answer too."""
    if asked["call"] == "ready":
        return {"ok": True}
    from sim import api

    try:
        return {"ok": True, "result": looked_back(asked["what"])}
    except (api.Refusal, api.NoEquilibrium) as problem:
        return {"ok": False, "sentence": str(problem)}
    except Exception as problem:  # a fault of the model must reach people as a sentence, not end the process
        return {"ok": False, "sentence": f"The model stopped with {type(problem).__name__}: {problem}"}


def looked_back(what: dict[str, Any]) -> dict[str, Any]:
    """The panels of a class's run, what it was in a line, and the suggested forks as questions; and the digest of the run played again."""
    import hashlib

    from sim import api
    from ui.debrief.fork import title
    from ui.debrief.hindsight import Hindsight
    from ui.debrief.make import debrief, made
    from ui.debrief.panels import as_data
    from ui.debrief.story import of_class
    from ui.text import languages, words

    seen = Hindsight(of_class(what["played"]), words(what["language"]))
    surprises = [(int(quarter), str(text)) for quarter, text in what["surprises"]]
    panels = list(made(seen, surprises, int(what["picked"])))
    told: dict[str, str] = {}
    for language in languages():
        other = Hindsight(seen.story, words(language), (seen.run, seen.twin))
        told[other.w.t("debrief.vote.question")] = seen.w.t("debrief.vote.question")
        told |= {title(one, other): title(one, seen) for one in seen.forks}
    digest = hashlib.sha256()
    for name in api.TABLES:
        digest.update(seen.run.record.csv(name).encode())
    return {
        "panels": [as_data(panel) for panel in panels],
        "about": debrief(seen, panels).about,
        "forks": [title(one, seen) for one in seen.forks],
        "told": told,
        "digest": digest.hexdigest(),
    }


def main() -> None:
    """Answer until the input ends."""
    out = sys.stdout
    sys.stdout = sys.stderr  # whatever the model prints must not get between the answers
    for line in sys.stdin:
        asked = json.loads(line)
        out.write(json.dumps({"number": asked["number"], **answer(asked)}, allow_nan=False) + "\n")
        out.flush()


if __name__ == "__main__":
    main()
