"""Versions that a result depends on."""

from __future__ import annotations

import platform
from importlib.metadata import version

LIBRARIES = ("sanctions-lab", "mesa", "numpy", "pandas", "numba", "scipy")


def versions() -> dict[str, str]:
    """Versions of Python, the program and the libraries whose numbers it uses."""
    return {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}}
