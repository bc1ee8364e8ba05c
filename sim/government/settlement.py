"""Settlements and relief: what a sender lifts against what a target gives, in stages, verified or not, with or without snapback.

A settlement offers to lift `share` of the measures when the target concedes `ask` of the demand. Once accepted the dispute is in *relief*: the target
keeps to it or goes back on it (asked when the file is on its agenda, and seen with the chance that monitoring gives), and each quarter the sender
lifts the next stage or stops. Seen backsliding brings the measures back at once where the terms say snapback. Relief that a sender breaks without that
cause is remembered as an empty promise: it lowers later trust and credibility (Cilizoglu 2023). A settlement that names a partner to leave is a wedge:
the word to stay away from it outlasts the stages (`parting`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.levers.lever import Measure


@dataclass
class Relief:
    """Terms and state of relief: `ask` in [0, 1], the share of the demand that is given for it, and `share` in (0, 1], `stages` in which it is lifted;
    `snapback`; `monitored` chance per quarter that going back on it is seen; `leave` the partner that is to be left, -1 for none; `done` stages lifted;
    `cheating` whether the target has gone back on it."""

    ask: float
    share: float
    stages: int
    snapback: bool
    monitored: float
    leave: int = -1
    done: int = 0
    cheating: bool = False
    seen: bool = False
    ordered: int = 0  # what the sender ordered this quarter: 1 the next stage, -1 snapback, 0 nothing

    def left(self, more: int = 0) -> float:
        """Share of the measures still in force, 0 to 1, once `more` further stages are lifted."""
        return 1.0 - self.share * (self.done + more) / self.stages


@dataclass(frozen=True)
class Parting:
    """The word of a dispute's target to stay away from `partner`, given in quarter `since`, and the dispute's `measures` before any was lifted, by the
    key under which they were in force."""

    partner: int
    since: int
    measures: Mapping[tuple[str, int, int, str], Measure]
