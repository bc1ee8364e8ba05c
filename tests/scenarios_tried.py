"""Which scenarios the longest tests try: a few kinds in every full run, all of them with EVERYTHING=1."""

from __future__ import annotations

import os

import pytest

from sim import api

EVERYTHING = bool(os.environ.get("EVERYTHING"))
EVERY = [name for name, _ in api.scenarios()]
FEW = EVERY if EVERYTHING else ["first-warning", "marriage-of-convenience", "russia-2014"]
TWO = EVERY if EVERYTHING else FEW[:2]  # where each takes half a minute
QUICKLY_FEW = [pytest.param(name, marks=() if name in FEW else pytest.mark.slow) for name in EVERY]  # all in a full run, a few kinds in `make test`
