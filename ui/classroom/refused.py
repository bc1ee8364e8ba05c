"""Refusals of the class: one clear sentence each, nothing changed in the store."""

from __future__ import annotations

from sim.refusals import Refusal, nearest

__all__ = ["Busy", "Denied", "OutOfDate", "Refusal", "TooMany", "nearest"]


class Denied(Refusal):
    """The caller may not do or see this: no such link, a revoked link, another seat's matter, not the instructor."""


class OutOfDate(Refusal):
    """The page belongs to another round or phase than the class is in now."""


class TooMany(Refusal):
    """Too many tries in a short time."""


class Busy(Refusal):
    """The store could not be reached in time; nothing was stored."""
