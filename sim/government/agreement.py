"""An agreement between two states, with a ledger of what was promised, delivered and hoped for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

FEE_LEFT = "fee left"  # the term of a licence on other than the usual terms: its royalty, as a share of the usual
SIZE = "size"  # the same of every other deal: what both sides do for each other, as a share of the usual
AgreementStatus = Literal["active", "broken", "renegotiated", "ended"]


@dataclass(frozen=True)
class Entry:
    """One quarter of a ledger: what was promised to the side named, delivered and hoped for, in the agreement's unit (votes for votes, else USD bn)."""

    quarter: int
    side: int
    promised: float
    delivered: float
    hoped: float


@dataclass
class Agreement:
    """A deal in force. `terms` are numbers by name; `ledger` grows by two entries a quarter, one for each side."""

    id: str
    kind: str
    party_a: int
    party_b: int
    since: int
    terms: Mapping[str, float] = field(default_factory=dict)
    status: AgreementStatus = "active"
    ended_in: int | None = None
    ended_by: int = -1  # who ended it; -1 while it holds
    ledger: list[Entry] = field(default_factory=list)

    def other(self, party: int) -> int:
        """The partner of `party`."""
        return self.party_b if party == self.party_a else self.party_a

    def shortfall(self, side: int, quarters: int) -> float:
        """Promised minus delivered to `side` over the last `quarters` entries, in the ledger's unit, never below zero."""
        entries = [entry for entry in self.ledger if entry.side == side][-quarters:]
        return max(0.0, sum(entry.promised - entry.delivered for entry in entries))


def terms_at(kind: str, share: float) -> dict[str, float]:
    """The terms of a new deal of this kind at `share` of the usual ones: of a licence its royalty; a promise of votes knows no size."""
    if share == 1.0 or kind == "votes":
        return {}
    return {FEE_LEFT if kind == "licence" else SIZE: share}
