"""The instruments. A newcomer adds a lever with one file in this folder and one line in `LEVERS`."""

from __future__ import annotations

from sim.levers import exemption, export_ban, import_ban, payment_exclusion, quota, tariff
from sim.levers.lever import PURPOSES, Lever, Measure, Setting

__all__ = ["LEVERS", "PURPOSES", "Lever", "Measure", "Setting"]

LEVERS: dict[str, Lever] = {
    "tariff": tariff.LEVER,
    "import_ban": import_ban.LEVER,
    "export_ban": export_ban.LEVER,
    "quota": quota.LEVER,
    "payment_exclusion": payment_exclusion.LEVER,
    "exemption": exemption.LEVER,
}
