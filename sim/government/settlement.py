"""Settlements and relief: what a sender lifts against what a target gives, in stages, verified or not, with or without snapback.

A settlement offers to lift `share` of the measures when the target concedes `ask` of the demand. Once accepted the dispute is in *relief*:
each quarter the target keeps to it or goes back on it (seen with the chance that monitoring gives), and the sender lifts the
next stage or stops. Seen backsliding brings the measures back at once where the terms say snapback. Broken relief is remembered as an
empty promise: it lowers later trust and credibility (Cilizoglu 2023).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Relief:
    """Terms and state of relief: `ask` and `share` in (0, 1], `stages` in which it is lifted; `snapback`; `monitored` chance per quarter
    that going back on it is seen; `done` stages lifted; `cheating` whether the target has gone back on it."""

    ask: float
    share: float
    stages: int
    snapback: bool
    monitored: float
    done: int = 0
    cheating: bool = False
    seen: bool = False
    ordered: int = 0  # what the sender ordered this quarter: 1 the next stage, -1 snapback, 0 nothing

    def left(self, more: int = 0) -> float:
        """Share of the measures still in force, 0 to 1, once `more` further stages are lifted."""
        return 1.0 - self.share * (self.done + more) / self.stages
