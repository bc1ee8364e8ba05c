"""Trade as it was and trade as customs offices write it down.

True trade is `i -> j`. What a connector forwards is declared as a sale `i -> h` and, at the marked-up price, as a sale `h -> j`. Each
customs office sees its own side only: goods that break the exporter's rule are missing in the exporter's books, goods that
break the importer's rule in the importer's, and a connector books part of what it forwards as transit, not as its own imports.

*Mirror statistics* compare the two books on one flow. Exporters report free on board, importers with carriage and insurance, so
importers' numbers are larger by the freight margin even when nobody hides anything; the gap a reader finds is

    gap = 1 - importer_reports / (exporter_reports * (1 + freight))

0 when both books agree, towards 1 when goods vanish on the way (declared to one place, arriving in another), negative
when the importer books what no exporter declared. `recorded` trade takes the larger of the two books.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.economy.passage import Passage, forwarded

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Books:
    """Two customs books on every flow `(sector, exporter, importer)`, USD bn a quarter.

    `exporters`: free on board, as declared to the exporting state; `importers`: with carriage and insurance, as declared to the
    importing state. Domestic sales are in both, without carriage.
    """

    exporters: Array
    importers: Array


def books(passage: Passage, flows: Array, freight: float, unreported: float) -> Books:
    """What both sides' customs write down for the true `flows` `(sector, exporter, importer)`, value before tariff and mark-up.

    `freight` is the carriage and insurance margin, `unreported` the share of forwarded goods that a connector books as transit.
    """
    routes = passage.routes
    direct = flows.copy()
    out_extra, in_extra = np.zeros_like(flows), np.zeros_like(flows)
    if len(routes.sector):
        s, i, j = routes.sector, routes.exporter, routes.importer
        via = forwarded(passage, flows)
        direct[s, i, j] = np.maximum(direct[s, i, j] - via.sum(axis=1), 0.0)
        flow, h = np.nonzero(via > 0)
        value, resold = via[flow, h], via[flow, h] * (1.0 + routes.markup[flow, h])
        np.add.at(out_extra, (s[flow], i[flow], h), value)
        np.add.at(out_extra, (s[flow], h, j[flow]), resold)
        np.add.at(in_extra, (s[flow], i[flow], h), value * (1.0 - unreported))
        np.add.at(in_extra, (s[flow], h, j[flow]), resold)
    exporters = direct * passage.by_exporter + out_extra
    importers = direct * passage.by_importer + in_extra
    inside = np.eye(flows.shape[1], dtype=bool)
    return Books(exporters, np.where(inside, importers, importers * (1.0 + freight)))


def recorded(books: Books, freight: float) -> Array:
    """Trade as statisticians record it `(sector, exporter, importer)`, free on board: the larger of the two books.

    Compilers of trade statistics fill one side's gaps with the other side's book; what neither side saw is missing.
    """
    inside = np.eye(books.exporters.shape[1], dtype=bool)
    return np.maximum(books.exporters, np.where(inside, books.importers, books.importers / (1.0 + freight)))
