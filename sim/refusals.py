"""What the program says when it will not go on.

`Refusal`: the input is at fault (command exit code 2). `NoEquilibrium`: the input is well formed, but the economy it
describes has no solution or none was found (exit code 1). Both carry one sentence for a person: where, what is wrong,
what is allowed, and the nearest word.
"""

from __future__ import annotations

from collections.abc import Iterable


class Refusal(ValueError):
    """Bad input, told in one sentence."""


class TooLate(Refusal):
    """An order about something that is over: it comes to nothing, whoever gave it."""


class NoEquilibrium(RuntimeError):
    """No equilibrium exists or none was found; the sentence names who and what."""


def nearest(word: str, allowed: Iterable[str]) -> str:
    """Return `" Did you mean 'x'?"` for the allowed word closest to `word`, or an empty string when none is close."""
    import difflib

    by_lower = {name.lower(): name for name in allowed}
    close = difflib.get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return f" Did you mean '{by_lower[close[0]]}'?" if close else ""
