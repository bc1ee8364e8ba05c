"""Which scenarios the longest tests try: a few kinds in every full run, all of them with EVERYTHING=1."""

from __future__ import annotations

import os

from sim import api

EVERYTHING = bool(os.environ.get("EVERYTHING"))
EVERY = [name for name, _ in api.scenarios()]
FEW = EVERY if EVERYTHING else ["first-warning", "marriage-of-convenience", "russia-2014"]
