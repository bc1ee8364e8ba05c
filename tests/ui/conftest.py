"""What a page played without a browser leaves behind in this process, taken back after every test."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

MAIN = sys.modules["__main__"]


@pytest.fixture(autouse=True)
def _main_module() -> Iterator[None]:
    """Streamlit puts the page in place of Python's main module, and new processes would begin by running that page."""
    yield
    sys.modules["__main__"] = MAIN
