"""Colours, dashes and shapes with a meaning, the same in every chart.

The colours are from Okabe & Ito's set for colour-blind readers (2008); each has at least 3:1 contrast on the light and on the
dark background. A meaning never rests on colour alone: roles also have a dash and a shape, and a place or a label.
"""

from __future__ import annotations

ROLES = ("target", "sender", "third")

COLOUR = {"target": "#D55E00", "sender": "#0072B2", "third": "#009E73"}
DASH = {"target": [1, 0], "sender": [7, 3], "third": [2, 2]}
SHAPE = {"target": "circle", "sender": "square", "third": "triangle-up"}
GREY = "#808080"
INK = "currentColor"  # the page's own text colour, light or dark

TEXT_SIZE = 14
AXIS_ROOM = 52  # pixels an x axis with its title takes
LEGEND_ROOM = 34  # pixels one row of a legend takes
AXIS_NUMBER = ",~f"  # 1,000 and 0.05, never 1e+3
