"""From checked keys and arrays to the frozen `Scenario`: defaults that depend on the rest are filled in here."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.scenario import scenario as made
from sim.scenario.schema import ExpectKeys, ScenarioKeys
from sim.scenario.schema_world import SectorKeys, StateKeys
from sim.scenario.worlds import Tables

Array = NDArray[np.float64]
MONTHS_OF_IMPORTS = 0.25  # of a year: three months of imports, the usual rule of thumb for adequate reserves
DEFAULT_TRUST = 0.5
AFFINITY_PER_DISTANCE = 0.5  # assumption: governments four ideal-point units apart are as far as can be


def assemble(keys: ScenarioKeys, sectors: Sequence[SectorKeys], tables: Tables, source: str, digest: str) -> made.Scenario:
    """Make the scenario. `keys` have passed every check."""
    states = [state.id for state in keys.state]
    ties = {name: _frozen(values) for name, values in _ties(keys).items()}
    for values in (tables.flows, tables.tariffs, tables.value_added, tables.inputs):
        _frozen(values)
    return made.Scenario(
        id=keys.id,
        title=keys.title,
        question=keys.question,
        kind=keys.kind,
        start=keys.start,
        quarters=keys.quarters,
        theory=keys.theory,
        text=_teaching(keys),
        states=tuple(_state(state, _imports(tables.flows, place)) for place, state in enumerate(keys.state)),
        sectors=tuple(_sector(sector) for sector in sectors),
        flows=tables.flows,
        tariffs=tables.tariffs,
        value_added=tables.value_added,
        inputs=tables.inputs,
        **ties,
        ties=tuple(made.Tie(t.a, t.b, t.alliance, t.affinity, t.rivalry, t.grievance_a, t.grievance_b, t.trust, t.note) for t in keys.tie),
        organisations=tuple(made.Organisation(o.id, o.name or o.id, tuple(o.members), o.coalition, o.note) for o in keys.organisation),
        measures=tuple(decision.as_decision() for decision in keys.measure),
        timetable=tuple(decision.as_decision() for decision in sorted(keys.timetable, key=lambda entry: entry.quarter)),
        injects=tuple(
            made.Inject(i.quarter, i.kind, tuple(i.states or states), i.sector, i.value, i.text)
            for i in sorted(keys.inject, key=lambda entry: entry.quarter)
        ),
        disputes=tuple(
            made.DisputeSpec(
                d.id,
                d.issue,
                tuple(d.senders),
                d.target,
                d.demand,
                d.kind,
                d.salience_sender,
                d.salience_target,
                d.policy,
                d.stage,
                d.institution,
                d.package,
            )
            for d in keys.dispute
        ),
        agreements=tuple(
            made.AgreementSpec(a.id, a.kind, a.party_a, a.party_b, a.since, a.until, dict(a.terms), a.text or "") for a in keys.agreement
        ),
        resolutions=tuple(
            made.ResolutionSpec(r.id, r.quarter, r.kind, r.tabled_by, r.about, r.body, r.position, r.text) for r in keys.resolution
        ),
        objectives=tuple(made.Objective(o.text, o.topic, tuple(o.lit_by), o.question) for o in keys.objective),
        roles=tuple(made.Role(r.id, r.state, r.title, r.packet, r.private, dict(r.goals)) for r in keys.role),
        expects=tuple(_expect(expect, keys.quarters) for expect in keys.expect),
        sources=tuple(made.Source(s.text, s.licence, s.used_for) for s in keys.source),
        parameters=dict(keys.parameters),
        note=keys.note,
        source=source,
        digest=digest,
    )


def _frozen(values: Array) -> Array:
    values.setflags(write=False)
    return values


def _imports(flows: Array, place: int) -> float:
    return float(flows[:, :, place].sum() - flows[:, place, place].sum())


def _teaching(keys: ScenarioKeys) -> made.Teaching:
    text = keys.teaching
    return made.Teaching(
        text.briefing,
        text.minutes,
        text.min_seats,
        text.max_seats,
        text.quarters_per_round,
        (*text.objectives, *(objective.text for objective in keys.objective)),
        text.content_note,
        tuple(text.leaves_out),
        tuple(text.debrief_questions),
    )


def _state(keys: StateKeys, imports: float) -> made.StateSpec:
    left_out = {"gdp_bn", "place", "inner_distance", "advantage", "deficit_bn"}  # used up by the making of the world
    fields = {name: getattr(keys, name) for name in StateKeys.model_fields if name not in left_out}
    fields["name"] = keys.name or keys.id
    fields["reserves_bn"] = MONTHS_OF_IMPORTS * imports if keys.reserves_bn is None else keys.reserves_bn
    fields["members"] = tuple(keys.members or [keys.id])
    return made.StateSpec(**fields)


def _sector(keys: SectorKeys) -> made.SectorSpec:
    return made.SectorSpec(
        id=keys.id,
        name=keys.name or keys.id,
        kind=keys.kind,
        trade_elasticity=keys.trade_elasticity,
        essential=keys.kind in ("food", "energy") if keys.essential is None else keys.essential,
        storable=keys.kind not in ("services", "finance") if keys.storable is None else keys.storable,
        note=keys.note,
    )


def _ties(keys: ScenarioKeys) -> dict[str, Array]:
    """The dyad tables, (state, state)."""
    count = len(keys.state)
    place = {state.id: index for index, state in enumerate(keys.state)}
    ideal = np.array([state.ideal_point for state in keys.state])
    tables = {name: np.zeros((count, count)) for name in ("alliance", "rivalry", "grievance")}
    tables["affinity"] = np.maximum(-1.0, 1.0 - AFFINITY_PER_DISTANCE * np.abs(ideal[:, None] - ideal[None]))
    tables["trust"] = np.full((count, count), DEFAULT_TRUST)
    for tie in keys.tie:
        a, b = place[tie.a], place[tie.b]
        for name in ("alliance", "affinity", "rivalry", "trust"):
            value = getattr(tie, name)
            if value is not None:
                tables[name][a, b] = tables[name][b, a] = value
        tables["grievance"][a, b] = tie.grievance_a
        tables["grievance"][b, a] = tie.grievance_b
    np.fill_diagonal(tables["affinity"], 1.0)
    np.fill_diagonal(tables["trust"], 1.0)
    return tables


def _expect(keys: ExpectKeys, quarters: int) -> made.Expect:
    first = quarters - 1 if keys.quarter is None else keys.quarter
    where = {**({"state": keys.state} if keys.state else {}), **keys.where}
    return made.Expect(
        text=keys.text,
        table=keys.table,
        outcome=keys.outcome,
        where=where,
        quarters=(first, first if keys.until is None else keys.until),
        compared=keys.compared,
        above=keys.above,
        below=keys.below,
        share_of_seeds=keys.share_of_seeds,
        mechanism=keys.mechanism,
        theory=keys.theory,
        governments=keys.governments,
        decisions=tuple(entry.as_decision() for entry in keys.decisions),
        played=tuple(keys.played),
    )
