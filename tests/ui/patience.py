"""How long pages without a browser may take before a test fails."""

from __future__ import annotations

SECONDS = 180  # a page may take: a busy machine
