"""The two worlds in which the model is held against facts: World A, many states; World B, one sender and one target.

World A is a gravity world (`sim.scenario.generate`) with one hub power, one rival power and about a third of the states neutral.
World B has one sender, one target and a passive rest of the world; the seed draws how large the target is, how the three differ in
what they make, and, unless it is given, how much of the target's trade is with the sender (15 to 30 %).

Trade shares that an experiment needs are set exactly: the flows between the target and a group are multiplied by one factor, and all
rows and columns are scaled back to their sums (iterative proportional fitting), so that every state's output and spending stay what they
were and only the pattern of trade changes. All numbers here are assumptions; they describe no real state.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sim.parameters import PARAMETERS, resolve
from sim.refusals import Refusal, nearest
from sim.scenario.decisions import Decision
from sim.scenario.generate import from_keys, gravity_world, sectors_of, spreads
from sim.scenario.gravity import balanced
from sim.scenario.scenario import Organisation, Scenario

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

COALITION = "coalition"  # id of the organisation of senders
BURN_IN = 20  # quarters before measures of an experiment begin
HORIZON = 60  # quarters after them
SIZE = 0.025  # share of world income of World A's usual target
RIVALS_FIRST = 4  # position of the first state of the rival's camp
SHARE_GAP = 1e-9
SWEEPS = 500
ARGUMENTS = (
    "states", "sectors", "seed", "quarters", "target", "sender_share", "coalition_share", "neutral_share", "lines", "imposed", "theory",
)


def world_a(
    states: int = 30,
    sectors: int = 6,
    seed: int = 1,
    *,
    quarters: int = BURN_IN + HORIZON,
    target: str = "",
    sender_share: float | None = None,
    coalition_share: float | None = None,
    neutral_share: float | None = None,
    lines: float | None = None,
    imposed: int = BURN_IN,
    theory: str = "mixed",
    **parameters: float,
) -> Scenario:
    """World A: a hub power, a rival power, about a third neutral.

    `target` is by default a state of the rival's camp that has 2.5 % of the world's income. With `coalition_share` the hub and
    states of its camp form a coalition (the organisation `coalition`) whose members together have that share of the target's foreign trade,
    and `neutral_share` does the same for the neutral states. Without a coalition the hub is the only sender, and `sender_share` is its
    share of that trade. With `lines` the senders ban that share of all product lines with the target, both ways, from quarter `imposed`
    on. Every parameter of the model may be given by name. Raises `Refusal` for unknown names and numbers out of range.
    """
    _known(parameters, ARGUMENTS)
    usual = min(RIVALS_FIRST, states - 1)
    base = gravity_world(states, sectors, seed, quarters, {} if target or usual < 2 else {usual: SIZE})
    chosen = target or base.state_ids[usual]
    if chosen not in base.state_ids:
        raise Refusal(f"target: there is no state '{chosen}'; allowed are {', '.join(base.state_ids)}.{nearest(chosen, base.state_ids)}")
    aim = base.state_ids.index(chosen)
    groups: list[tuple[list[int], float]] = []
    senders = [base.state_ids[0]]
    if coalition_share is not None and sender_share is not None:
        raise Refusal("world: give sender_share (one sender) or coalition_share (several), not both.")
    if coalition_share is not None:
        _within("coalition_share", coalition_share, 0.01, 0.95)
        members = _coalition(base, aim, coalition_share)
        groups.append((members, coalition_share))
        senders = [base.state_ids[member] for member in members]
    elif sender_share is not None:
        _within("sender_share", sender_share, 0.01, 0.95)
        groups.append(([0], sender_share))
    if neutral_share is not None:
        _within("neutral_share", neutral_share, 0.01, 0.95 - (coalition_share or sender_share or 0.0))
        groups.append(([index for index, state in enumerate(base.states) if state.neutral and index != aim], neutral_share))
    if chosen in senders:
        raise Refusal(f"target: '{chosen}' is a sender; choose another state.")
    return _finished(base, aim, groups, senders, lines, imposed, theory, parameters)


def world_b(
    sectors: int = 6,
    seed: int = 1,
    *,
    quarters: int = BURN_IN + HORIZON,
    sender_share: float | None = None,
    lines: float | None = None,
    imposed: int = BURN_IN,
    theory: str = "mixed",
    **parameters: float,
) -> Scenario:
    """World B: SENDER, TARGET and REST, the passive rest of the world.

    `sender_share` is the sender's share of the target's foreign trade, drawn between 15 and 30 % by the seed where it is not given.
    `lines`, `imposed`, `theory` and `parameters` as in `world_a`. Raises `Refusal` likewise.
    """
    import numpy as np

    _known(parameters, ARGUMENTS)
    _within("sectors", sectors, 1, 60)
    _within("seed", seed, 0, 2**63 - 1)
    if sender_share is not None:
        _within("sender_share", sender_share, 0.01, 0.95)
    rng = np.random.default_rng(seed)
    sector_keys = sectors_of(sectors)
    drawn_share = float(rng.uniform(0.15, 0.30))
    sizes = (16_000.0, float(1_600.0 * np.exp(rng.uniform(-0.7, 0.7))), 60_000.0)
    advantage = np.exp(rng.normal(0.0, 1.0, (3, sectors)) * spreads(sectors))
    entries = []
    for index, name in enumerate(("SENDER", "TARGET", "REST")):
        entries.append(
            {
                "id": name,
                "gdp_bn": sizes[index],
                "place": [[0.0, 0.0], [4.0, 0.0], [0.0, 4.0]][index],
                "population_m": (330.0, 140.0, 3_500.0)[index],
                "ideal_point": (1.2, -0.8, 0.0)[index],
                "regime": ("democracy", "personal", "single-party")[index],
                "hub": index == 0,
                "neutral": index == 2,
                "advantage": {sector["id"]: float(advantage[index, s]) for s, sector in enumerate(sector_keys)},
                **({"inner_distance": 2.0} if index == 2 else {}),
            }
        )
    base = from_keys(
        {
            "format": 1,
            "id": f"world-b-{sectors}-{seed}",
            "title": f"World B: sender, target and the rest of the world, {sectors} sectors, seed {seed}",
            "question": "What does one sender's measure do to one target?",
            "quarters": quarters,
            "world": {"gravity": {}},
            "state": entries,
            "sector": sector_keys,
        }
    )
    return _finished(base, 1, [([0], sender_share or drawn_share)], ["SENDER"], lines, imposed, theory, parameters)


def senders_of(scenario: Scenario) -> tuple[str, ...]:
    """The senders of a World A or B."""
    for organisation in scenario.organisations:
        if organisation.id == COALITION:
            return organisation.members
    return (scenario.state_ids[0],)


def target_of(scenario: Scenario) -> str:
    """The target of a World A or B."""
    return scenario.note.partition("target ")[2].partition(";")[0]


def trade_share(flows: Array, state: int, partners: Sequence[int]) -> float:
    """Share of a state's foreign trade, both directions, that is with `partners`; `flows` `(sector, exporter, importer)`."""
    total = flows.sum(axis=0)
    both = total[state] + total[:, state]
    foreign = both.sum() - both[state]
    return float(both[list(partners)].sum() / foreign)


def with_shares(flows: Array, state: int, groups: Sequence[tuple[Sequence[int], float]]) -> Array:
    """Flows in which each group of partners has the given share of the state's foreign trade; row and column sums are kept.

    Raises `Refusal` when the groups leave no other partners or cannot reach their shares.
    """
    import numpy as np

    if not groups:
        return flows
    wanted = np.array([share for _, share in groups])
    factor = np.ones(len(groups))
    rows, columns = flows.sum(axis=2), flows.sum(axis=1)
    result = flows
    for _ in range(SWEEPS):
        actual = np.array([trade_share(result, state, members) for members, _ in groups])
        if np.abs(actual - wanted).max() < SHARE_GAP:
            return result
        if actual.sum() >= 1.0 or (actual <= 0).any():
            break
        factor = factor * (wanted / (1.0 - wanted.sum())) / (actual / (1.0 - actual.sum()))
        pattern = flows.copy()
        for (members, _), times in zip(groups, factor, strict=True):
            pattern[:, state, list(members)] *= times
            pattern[:, list(members), state] *= times
        result = np.stack([balanced(pattern[s], rows[s], columns[s]) for s in range(len(flows))])
    raise Refusal("the trade shares asked for cannot be reached in this world; choose smaller ones.")


def _finished(
    base: Scenario,
    aim: int,
    groups: list[tuple[list[int], float]],
    senders: list[str],
    lines: float | None,
    imposed: int,
    theory: str,
    parameters: Mapping[str, float],
) -> Scenario:
    resolve(parameters, theory, where="world")
    if lines is not None:
        _within("lines", lines, 0.0, 1.0)
    if lines is not None and not 0 <= imposed < base.quarters:
        raise Refusal(f"imposed: {imposed} is out of range; allowed is 0 to {base.quarters - 1}.")
    flows = with_shares(base.flows, aim, groups)
    flows.setflags(write=False)
    target = base.state_ids[aim]
    organisations = base.organisations
    if len(senders) > 1:
        organisations = (*organisations, Organisation(COALITION, "Coalition", tuple(senders), True, ""))
    timetable = [
        Decision(imposed, sender, lever, target, "*", lines)
        for sender in senders
        for lever in ("export_ban", "import_ban")
        if lines
    ]
    key = repr((base.digest, target, groups, senders, lines, imposed, theory, sorted(parameters.items())))
    return dataclasses.replace(
        base,
        flows=flows,
        organisations=organisations,
        timetable=tuple(timetable),
        theory=theory,
        parameters=dict(parameters),
        note=f"made by rule; target {target}; senders {' '.join(senders)}",
        digest=hashlib.sha256(key.encode()).hexdigest(),
    )


def _coalition(base: Scenario, aim: int, share: float) -> list[int]:
    """The hub and as many states of its camp, by their trade with the target, as come nearest to `share` of the target's trade."""
    camp = [index for index in range(2, len(base.states)) if base.alliance[0, index] > 0 and index != aim]
    camp.sort(key=lambda index: -trade_share(base.flows, aim, [index]))
    options = [[0, *camp[:count]] for count in range(1 if camp else 0, len(camp) + 1)]
    return min(options, key=lambda members: abs(trade_share(base.flows, aim, members) - share))


def _known(parameters: Mapping[str, float], arguments: Sequence[str]) -> None:
    for name in parameters:
        if name not in PARAMETERS:
            raise Refusal(f"world: there is no parameter '{name}'.{nearest(name, [*PARAMETERS, *arguments])}")


def _within(name: str, number: float, low: float, high: float) -> None:
    if not low <= number <= high:
        raise Refusal(f"{name}: {number:g} is out of range; allowed is {low:g} to {high:g}.")
