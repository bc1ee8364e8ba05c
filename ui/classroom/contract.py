"""What the class asks of the model: one protocol, with plain data on both sides.

The class never looks inside the model. It sends the moves of a session and gets back what everybody may see, what each seat alone may see,
what waits for the debrief, and a digest that a repetition must reproduce.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from ui.classroom.refused import Refusal

if TYPE_CHECKING:
    from ui.classroom.store import Store

PURPOSES = ("signal", "constrain", "coerce")


@dataclass(frozen=True)
class Move:
    """A lever set by a state in a quarter; `value` None withdraws it. The same fields as the model's decision."""

    quarter: int
    state: str
    lever: str
    target: str = ""
    sector: str = ""
    value: float | None = None
    options: Mapping[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for the store."""
        return {**asdict(self), "options": dict(self.options)}


@dataclass(frozen=True)
class Held:
    """Quarters `first` to `last` in which people hold a state's seat: the model's own agent does not decide for it."""

    state: str
    first: int
    last: int


@dataclass(frozen=True)
class RoundResult:
    """What a round gave. `private` by state; `debrief` is shown to nobody before the debrief."""

    public: dict[str, Any]
    private: dict[str, dict[str, Any]]
    digest: str
    debrief: dict[str, Any] = field(default_factory=dict)


class Engine(Protocol):
    """The model, as the class sees it. Every call may take seconds and none may be made inside a transaction."""

    version: str

    def resolve(
        self,
        scenario_ref: str,
        seed: int,
        theory: str,
        decisions: Sequence[Move],
        upto_quarter: int,
        *,
        first_quarter: int = 0,
        held: Sequence[Held] = (),
        injects: Sequence[tuple[int, str]] = (),
    ) -> RoundResult:
        """Play from the start up to (not including) `upto_quarter`; report the quarters from `first_quarter` on."""
        ...

    def check(self, scenario_ref: str, move: Move) -> None:
        """Refuse a move that the scenario or the lever does not allow. Quick: called when a seat hands in."""
        ...

    def foresee(self, store: Store, session_id: int, round_id: int, result: RoundResult) -> None:
        """Told of a result that is about to be stored, before anybody may see it; a program that shows results may get ready."""


def read_move(raw: object, quarter: int, state: str) -> Move:
    """A move from a page's form: fields lever, target, sector, value, options. Another state's name in it is refused."""
    if not isinstance(raw, Mapping):
        raise Refusal("decision: a move is a set of fields (lever, target, sector, value, options).")
    unknown = set(raw) - {"quarter", "state", "lever", "target", "sector", "value", "options"}
    if unknown:
        raise Refusal(f"decision: a move has no field '{sorted(map(str, unknown))[0][:40]}'.")
    if raw.get("state", state) != state:
        raise Refusal("decision: you can move for your own state only.")
    words = {name: raw.get(name) or "" for name in ("lever", "target", "sector")}
    for name, word in words.items():
        if not isinstance(word, str) or len(word) > 60:
            raise Refusal(f"decision: '{name}' must be a short id.")
    if not words["lever"]:
        raise Refusal("decision: a move names no lever.")
    value = raw.get("value")
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e12):
        raise Refusal(f"decision: the value of '{words['lever']}' must be a number or blank.")
    options = raw.get("options") or {}
    if not isinstance(options, Mapping) or len(options) > 20:
        raise Refusal(f"decision: the options of '{words['lever']}' must be a few named values.")
    named = {str(key): str(option) for key, option in options.items()}
    if any(len(key) > 40 or len(option) > 40 for key, option in named.items()):
        raise Refusal(f"decision: an option of '{words['lever']}' is too long.")
    return Move(quarter, state, words["lever"], words["target"], words["sector"], None if value is None else float(value), named)
