"""The model's own process: reads questions, one JSON line each, and writes one line of answer. Started by `engine`.

    python -m ui.classroom.worker

Plain JSON on both sides: nothing is pickled, and a fresh interpreter knows nothing of the app that asks. Ends when its input ends.
After each answer the memory it took is given back to the system: the whole history is played anew each round, and the next one needs a little more.
"""

from __future__ import annotations

import ctypes
import gc
import json
import signal
import sys
from collections.abc import Callable
from typing import Any


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """The answer to one question; a refusal or a missing equilibrium is an answer too."""
    from sim import api
    from ui.classroom.played import get_ready, play

    try:
        if asked["call"] == "ready":
            get_ready()
            return {"ok": True}
        result = play(**asked["what"])
    except (api.Refusal, api.NoEquilibrium) as problem:
        return {"ok": False, "sentence": str(problem)}
    except Exception as problem:  # a fault of the model must reach the instructor as a sentence, not end the process
        return {"ok": False, "sentence": f"The model stopped with {type(problem).__name__}: {problem}"}
    return {"ok": True, "result": result}


def main() -> None:
    """Answer until the input ends. Ctrl-C in the terminal is for the server, which then ends this input."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    out, give_back = sys.stdout, _giving_back()
    sys.stdout = sys.stderr  # whatever the model prints must not get between the answers
    for line in sys.stdin:
        asked = json.loads(line)
        out.write(json.dumps({"number": asked["number"], **answer(asked)}, allow_nan=False) + "\n")
        out.flush()
        del line, asked
        give_back()


def _giving_back() -> Callable[[], object]:
    """What returns unused memory to the system, after whoever asked has the answer."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None  # only glibc has it

    def give_back() -> None:
        gc.collect()
        if "pyarrow" in sys.modules:  # holds the columns of text of the tables, in a heap of its own
            sys.modules["pyarrow"].default_memory_pool().release_unused()
        if trim is not None:
            trim(0)

    return give_back


if __name__ == "__main__":
    main()
