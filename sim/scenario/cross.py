"""Checks between the parts of a scenario file: names that must exist, ids that must differ, pairs that must be pairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sim.parameters import PARAMETERS, THEORIES
from sim.refusals import Refusal, nearest
from sim.scenario.decisions import LeverLike
from sim.scenario.messages import Problems
from sim.scenario.schema import ExpectKeys, ScenarioKeys
from sim.scenario.schema_politics import DecisionKeys
from sim.scenario.schema_world import SectorKeys
from sim.tables import EVENTS, TABLES

Path_ = tuple[str | int, ...]
ALL = "*"
POLICY_GOALS = ("policy_changed", "policy_kept")
LABELS = {
    "quarter",
    "state",
    "quintile",
    "exporter",
    "importer",
    "sector",
    "dispute",
    "sender",
    "target",
    "agreement",
    "party_a",
    "party_b",
    "chosen",
}
COUNT = "count"
SIZED = ("productivity", "supply", "demand", "support")  # kinds of injects that need a size
MOST_LOST = -0.9


def goal_outcomes() -> list[str]:
    """Outcomes a role's goals may weigh: the numbers of the table `states`, and whether the disputed policy changed."""
    return [column.name for column in TABLES["states"] if column.name not in LABELS] + list(POLICY_GOALS)


class Names:
    """The names a file defines, and the check that a name is one of them."""

    def __init__(self, keys: ScenarioKeys, sectors: Sequence[SectorKeys], problems: Problems) -> None:
        self.states = [state.id for state in keys.state]
        self.sectors = [sector.id for sector in sectors]
        self.organisations = [organisation.id for organisation in keys.organisation]
        self.problems = problems

    def known(self, path: Path_, name: str, allowed: Iterable[str], what: str) -> bool:
        """Note a problem at `path` when `name` is not allowed there."""
        words = list(allowed)
        if name in words:
            return True
        shown = ", ".join(words[:40]) if words else "none, for the file defines none"
        self.problems.add(path, f"there is no {what} '{name[:60]}'; allowed are {shown}.{nearest(name[:60], words)}")
        return False

    def state(self, path: Path_, name: str) -> bool:
        """Note a problem when there is no such state."""
        return self.known(path, name, self.states, "state")

    def distinct_states(self, path: Path_, names: Sequence[str]) -> None:
        """Each name must be a state, and none may come twice."""
        for position, name in enumerate(names):
            self.state((*path, position), name)
            if name in names[:position]:
                self.problems.add((*path, position), f"'{name}' is named twice; name each state once.")


def cross_check(
    keys: ScenarioKeys, sectors: Sequence[SectorKeys], problems: Problems, levers: Mapping[str, LeverLike] | None = None
) -> None:
    """Add to `problems` what does not fit together. With `levers` the decisions' levers, values and options are checked too."""
    names = Names(keys, sectors, problems)
    _unique_ids(keys, problems)
    _states_and_sectors(keys, sectors, names)
    _ties_and_groups(keys, names)
    _decisions(keys, names, levers)
    _disputes_and_deals(keys, names)
    _teaching(keys, names)
    _objectives(keys, names, levers)
    names.known(("theory",), keys.theory, THEORIES, "theory")
    for name, value in keys.parameters.items():
        if names.known(("parameters", name), name, PARAMETERS, "parameter"):
            try:
                PARAMETERS[name].check(value, "parameters")
            except Refusal as refusal:
                problems.add(("parameters", name), str(refusal).partition(": ")[2])


def _unique_ids(keys: ScenarioKeys, problems: Problems) -> None:
    for table in ("state", "sector", "organisation", "dispute", "agreement", "resolution", "role"):
        seen: dict[str, int] = {}
        for position, entry in enumerate(getattr(keys, table)):
            first = seen.setdefault(entry.id.lower(), position)
            if first != position:
                problems.add(
                    (table, position, "id"),
                    f"'{entry.id}' is also the id in line {problems.line((table, first, 'id'))}; ids must differ by more than capitals.",
                )


def _states_and_sectors(keys: ScenarioKeys, sectors: Sequence[SectorKeys], names: Names) -> None:
    for position, state in enumerate(keys.state):
        path: Path_ = ("state", position)
        for holder in state.reserves_held_in:
            if names.state((*path, "reserves_held_in", holder), holder) and holder == state.id:
                names.problems.add((*path, "reserves_held_in", holder), "a state cannot freeze its own reserves; name another holder.")
        held = sum(state.reserves_held_in.values())
        if held > 1 + 1e-9:
            names.problems.add((*path, "reserves_held_in"), f"the shares sum to {held:g}; allowed is up to 1.")
        for table in ("lobby", "advantage"):
            for sector in getattr(state, table):
                names.known((*path, table, sector), sector, names.sectors, "sector")
        if state.veto and not state.council:
            names.problems.add((*path, "veto"), "a state with a veto must sit in the council; add council = true.")
    for position, entry in enumerate(sectors):
        for bought in entry.inputs:
            names.known(("sector", position, "inputs", bought), bought, names.sectors, "sector")
        if entry.inputs and sum(entry.inputs.values()) <= 0:
            names.problems.add(("sector", position, "inputs"), "all weights are 0; give at least one above 0, or leave inputs out.")
    if sum(1.0 if sector.final_share is None else sector.final_share for sector in sectors) <= 0:
        names.problems.add(("sector",), "no sector has a final_share above 0.")


def _ties_and_groups(keys: ScenarioKeys, names: Names) -> None:
    seen: dict[frozenset[str], int] = {}
    for position, tie in enumerate(keys.tie):
        path: Path_ = ("tie", position)
        if names.state((*path, "a"), tie.a) and names.state((*path, "b"), tie.b) and tie.a == tie.b:
            names.problems.add((*path, "b"), f"'{tie.b}' is on both sides; a tie needs two states.")
        first = seen.setdefault(frozenset((tie.a, tie.b)), position)
        if first != position:
            names.problems.add(
                path, f"'{tie.a}' and '{tie.b}' are tied already in line {names.problems.line(('tie', first))}; give each pair once."
            )
    for position, group in enumerate(keys.organisation):
        names.distinct_states(("organisation", position, "members"), group.members)


def _decisions(keys: ScenarioKeys, names: Names, levers: Mapping[str, LeverLike] | None) -> None:
    for table in ("measure", "timetable"):
        decisions: list[DecisionKeys] = getattr(keys, table)
        for position, decision in enumerate(decisions):
            path: Path_ = (table, position)
            _decision(path, decision, keys, names, levers)
            if table == "measure" and (decision.quarter != 0 or decision.value is None):
                names.problems.add(
                    path, "a measure in force at the start has a value and no quarter but 0; use [[timetable]] for later ones."
                )
    for position, expect in enumerate(keys.expect):
        for place, decision in enumerate(expect.decisions):
            _decision(("expect", position, "decisions", place), decision, keys, names, levers)


def _decision(path: Path_, decision: DecisionKeys, keys: ScenarioKeys, names: Names, levers: Mapping[str, LeverLike] | None) -> None:
    names.state((*path, "state"), decision.state)
    if decision.target not in ("", ALL) and names.state((*path, "target"), decision.target) and decision.target == decision.state:
        names.problems.add((*path, "target"), f"'{decision.state}' is its own target; name another state or * for all others.")
    if decision.sector not in ("", ALL):
        names.known((*path, "sector"), decision.sector, names.sectors, "sector")
    if decision.quarter >= keys.quarters:
        names.problems.add(
            (*path, "quarter"),
            f"is {decision.quarter}; allowed is 0 to {keys.quarters - 1}, for the run has {keys.quarters} quarters.",
        )
    if levers is not None:
        _lever(path, decision, levers, names)


def _lever(path: Path_, decision: DecisionKeys, levers: Mapping[str, LeverLike], names: Names) -> None:
    """Check the lever's name, then its value and its options, each noted where it stands."""
    if not names.known((*path, "lever"), decision.lever, levers, "lever"):
        return
    lever = levers[decision.lever]
    checks = {"options": lambda: lever.read_options(decision.as_decision().options, "")}
    if decision.value is not None:
        checks["value"] = lambda: lever.value.read(decision.value, "")
    for name, check in checks.items():
        try:
            check()
        except Refusal as refusal:
            names.problems.add((*path, name), str(refusal).removeprefix(": "))


def _disputes_and_deals(keys: ScenarioKeys, names: Names) -> None:
    for position, dispute in enumerate(keys.dispute):
        path: Path_ = ("dispute", position)
        names.distinct_states((*path, "senders"), dispute.senders)
        if names.state((*path, "target"), dispute.target) and dispute.target in dispute.senders:
            names.problems.add((*path, "target"), f"'{dispute.target}' is also a sender; a dispute needs two sides.")
        if dispute.stage == "threat" and not dispute.package:
            names.problems.add(path, "a threat says what follows; add package, such as package = \"payments\".")
        if dispute.institution:
            names.known((*path, "institution"), dispute.institution, names.organisations, "organisation")
    for position, deal in enumerate(keys.agreement):
        path = ("agreement", position)
        if names.state((*path, "party_a"), deal.party_a) and names.state((*path, "party_b"), deal.party_b) and deal.party_a == deal.party_b:
            names.problems.add((*path, "party_b"), f"'{deal.party_b}' is on both sides; an agreement needs two states.")
        if deal.until is not None and deal.until < deal.since:
            names.problems.add((*path, "until"), f"is {deal.until}; allowed is {deal.since} or later, for the agreement begins then.")
    for position, resolution in enumerate(keys.resolution):
        names.state(("resolution", position, "tabled_by"), resolution.tabled_by)
        names.state(("resolution", position, "about"), resolution.about)
    for position, inject in enumerate(keys.inject):
        names.distinct_states(("inject", position, "states"), inject.states)
        if inject.sector not in ("", ALL):
            names.known(("inject", position, "sector"), inject.sector, names.sectors, "sector")
        if inject.kind in SIZED and not MOST_LOST <= inject.value != 0.0:
            names.problems.add(("inject", position, "value"), f"is {inject.value:g}; allowed for '{inject.kind}' is {MOST_LOST:g} or more, and not 0.")


def _teaching(keys: ScenarioKeys, names: Names) -> None:
    if keys.teaching.min_seats > keys.teaching.max_seats:
        names.problems.add(
            ("teaching", "max_seats"), f"is {keys.teaching.max_seats}; allowed is {keys.teaching.min_seats} (min_seats) or more."
        )
    for position, role in enumerate(keys.role):
        names.state(("role", position, "state"), role.state)
        for outcome in role.goals:
            names.known(("role", position, "goals", outcome), outcome, goal_outcomes(), "outcome")
    for position, expect in enumerate(keys.expect):
        _expect(("expect", position), expect, keys, names)


def _objectives(keys: ScenarioKeys, names: Names, levers: Mapping[str, LeverLike] | None) -> None:
    """What lights an objective is a kind of event or, where levers are known, a lever."""
    if levers is None:
        return
    allowed = [*(event.replace(" ", "_") for event in EVENTS), *levers]
    for position, objective in enumerate(keys.objective):
        for place, word in enumerate(objective.lit_by):
            names.known(("objective", position, "lit_by", place), word, allowed, "event or lever")


def _expect(path: Path_, expect: ExpectKeys, keys: ScenarioKeys, names: Names) -> None:
    columns = [column.name for column in TABLES[expect.table]]
    labels = [column.name for column in TABLES[expect.table] if column.name in LABELS or not column.unit]
    numbers = [name for name in columns if name not in labels]
    names.known((*path, "outcome"), expect.outcome, [*numbers, COUNT], "column")
    if expect.outcome == COUNT and expect.compared != "level":
        names.problems.add((*path, "compared"), "a count is compared as it is; write compared = \"level\".")
    names.distinct_states((*path, "played"), expect.played)
    if expect.theory:
        names.known((*path, "theory"), expect.theory, THEORIES, "theory")
    if expect.state:
        names.state((*path, "state"), expect.state)
        if "state" not in columns:
            names.problems.add(
                (*path, "state"), f"table '{expect.table}' has no column 'state'; use where, such as {{ exporter = \"{expect.state}\" }}."
            )
    for column in expect.where:
        names.known((*path, "where", column), column, [name for name in labels if name != "quarter"], "label column")
    if expect.above is None and expect.below is None:
        names.problems.add(path, "neither above nor below is given; a claim needs at least one of them.")
    elif expect.above is not None and expect.below is not None and expect.above >= expect.below:
        names.problems.add((*path, "below"), f"is {expect.below:g}; allowed is more than {expect.above:g} (above).")
    last = keys.quarters - 1
    start = last if expect.quarter is None else expect.quarter
    for name, quarter in (("quarter", start), ("until", start if expect.until is None else expect.until)):
        if quarter > last or quarter < start:
            names.problems.add(
                (*path, name),
                f"is {quarter}; allowed is {start if name == 'until' else 0} to {last}, for the run has {keys.quarters} quarters.",
            )
    if (
        expect.mechanism
        and names.known((*path, "mechanism"), expect.mechanism, PARAMETERS, "parameter")
        and PARAMETERS[expect.mechanism].neutral is None
    ):
        names.problems.add(
            (*path, "mechanism"),
            f"parameter '{expect.mechanism}' has no neutral value, so its mechanism cannot be switched off; name another.",
        )
