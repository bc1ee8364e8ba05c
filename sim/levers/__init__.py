"""The instruments. A newcomer adds a lever with one file in this folder and one line in `LEVERS`."""

from __future__ import annotations

from sim.levers import (
    answer_offer,
    asset_freeze,
    barter,
    concession,
    credit_ban,
    credit_line,
    enforcement,
    exemption,
    export_ban,
    guidance,
    import_ban,
    listing,
    offer_part,
    payment_exclusion,
    payment_link,
    price_cap,
    quota,
    rerouting,
    reserve_building,
    reserve_freeze,
    retraction,
    secondary_measures,
    service_ban,
    tariff,
    threat,
    trade_facilitation,
)
from sim.levers.lever import PURPOSES, Lever, Measure, Setting

__all__ = ["LEVERS", "PURPOSES", "Lever", "Measure", "Setting"]

LEVERS: dict[str, Lever] = {
    "tariff": tariff.LEVER,
    "import_ban": import_ban.LEVER,
    "export_ban": export_ban.LEVER,
    "quota": quota.LEVER,
    "payment_exclusion": payment_exclusion.LEVER,
    "exemption": exemption.LEVER,
    "asset_freeze": asset_freeze.LEVER,
    "reserve_freeze": reserve_freeze.LEVER,
    "credit_ban": credit_ban.LEVER,
    "listing": listing.LEVER,
    "service_ban": service_ban.LEVER,
    "price_cap": price_cap.LEVER,
    "secondary_measures": secondary_measures.LEVER,
    "enforcement": enforcement.LEVER,
    "guidance": guidance.LEVER,
    "rerouting": rerouting.LEVER,
    "reserve_building": reserve_building.LEVER,
    "credit_line": credit_line.LEVER,
    "trade_facilitation": trade_facilitation.LEVER,
    "barter": barter.LEVER,
    "payment_link": payment_link.LEVER,
    "threat": threat.LEVER,
    "retraction": retraction.LEVER,
    "concession": concession.LEVER,
    "offer_part": offer_part.LEVER,
    "answer_offer": answer_offer.LEVER,
}
