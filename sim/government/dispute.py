"""A dispute: one state wants another to change a policy.

`demand` is how much of the policy the sender wants changed, `policy` how much of it the target has changed, both on 0 to 1.
Stages: dormant -> demand -> threat -> imposed -> settled or abandoned; relief while measures are being lifted against
compliance. Who may move a dispute from where to where is the table `MOVES`; anything else is a programming error.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sim.government.settlement import Relief

Stage = Literal["dormant", "demand", "threat", "imposed", "relief", "settled", "abandoned"]
Kind = Literal["economic", "core"]

MOVES: dict[str, tuple[str, ...]] = {
    "dormant": ("demand", "threat", "imposed"),
    "demand": ("threat", "imposed", "settled", "abandoned"),
    "threat": ("imposed", "settled", "abandoned"),
    "imposed": ("relief", "settled", "abandoned"),
    "relief": ("imposed", "settled", "abandoned"),
    "settled": ("imposed",),
    "abandoned": (),
}
OPEN = ("demand", "threat", "imposed", "relief")
OVER = ("settled", "abandoned")


@dataclass
class Dispute:
    """One dispute. States are positions in the world's list; `senders[0]` leads.

    `salience_sender` and `salience_target` in (0, 1); `resolve_sender` and `resolve_target` are natural logs of private
    resolve, which nobody else may read (the members of an institution pool theirs). `entered` is the quarter of the present stage; `deadline` that of a threat.
    `offered` is a part of the demand that the target has on the table (0 = none). `conceded_at` names the stage at which
    the target first conceded; `package` names the measures threatened or in force, `raised_in` the quarter in which the leader last went on to a
    larger one.
    """

    id: str
    issue: str
    senders: list[int]
    target: int
    kind: Kind
    salience_sender: float
    salience_target: float
    demand: float = 0.0
    policy: float = 0.0
    stage: Stage = "dormant"
    entered: int = 0
    deadline: int | None = None
    offered: float = 0.0
    package: str = ""
    raised_in: int | None = None
    institution: bool = False
    resolve_sender: float = 0.0
    resolve_target: float = 0.0
    imposed_in: int | None = None
    threatened_in: int | None = None
    heard_in: int | None = None  # the first quarter after the threat in which the target could answer it
    ended_in: int | None = None
    conceded_at: str = ""
    followers: dict[int, float] = field(default_factory=dict)  # log resolve of the senders that follow
    relief: Relief | None = None
    mediator: int = -1  # the state that mediates; -1 for none
    pledged: list[int] = field(default_factory=list)  # states that have pledged in public to keep measures in force
    acting: list[int] = field(default_factory=list)  # senders whose measures were in force at the end of the last quarter
    left: list[int] = field(default_factory=list)  # senders that have left the coalition
    shown: float = 0.0  # how much of the policy everybody, and the public at home, has seen given up
    watched: float = 0.0  # chance per quarter that what was taken back in secret is seen after the relief has ended

    @property
    def leader(self) -> int:
        """The sender that speaks for the others."""
        return self.senders[0]

    @property
    def known(self) -> float:
        """How much of the policy all others know the target to have changed: going back on a settlement is known once it has been seen."""
        return max(self.policy, self.shown)

    @property
    def is_open(self) -> bool:
        """Whether anybody still has something to decide in it."""
        return self.stage in OPEN

    def face(self, sender: int) -> float:
        """How much face giving up costs a sender, in times of the usual: twice where it has pledged not to."""
        return 2.0 if sender in self.pledged else 1.0

    def move(self, stage: Stage, quarter: int) -> None:
        """Enter another stage; raises ValueError for a move that the table does not know."""
        if stage not in MOVES[self.stage]:
            raise ValueError(f"dispute {self.id} cannot go from {self.stage} to {stage}")
        self.stage = stage
        self.entered = quarter
        if stage == "threat":
            self.threatened_in, self.heard_in = quarter, None
        elif stage == "imposed":
            self.imposed_in = quarter if self.imposed_in is None else self.imposed_in
            self.ended_in = None
        elif stage in OVER:
            self.ended_in = quarter
            self.deadline = None
            self.offered = 0.0
            self.acting = []

    def with_more(self, share: float) -> float:
        """The share of the demand that is met once `share` of what is still missing, as far as the senders know, is given too."""
        met = min(self.known / self.demand, 1.0) if self.demand > 0 else 0.0
        return met + share * (1.0 - met)

    def concede(self, share: float, quarter: int, enough: bool = False) -> None:
        """The target meets `share` of the demand; the dispute is settled when that is all of it, or taken as `enough`."""
        if not self.is_open:
            return
        self.conceded_at = self.conceded_at or self.stage
        self.policy = max(self.policy, share * self.demand)
        if enough or share >= 1.0:
            self.move("settled", quarter)
