"""Politics at the base quarter, from what the scenario says; private resolve is drawn from its own streams."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from sim.government.agreement import Agreement
from sim.government.dispute import Dispute
from sim.government.politics import Politics
from sim.government.resolve import drawn
from sim.streams import Streams

if TYPE_CHECKING:
    from sim.scenario import Scenario


def politics_of(setting: Scenario, streams: Streams, p: Mapping[str, float]) -> Politics:
    """The scenario's ties, disputes and agreements as the politics of quarter 0."""
    place = {name: index for index, name in enumerate(setting.state_ids)}
    politics = Politics.start(setting.affinity, setting.rivalry, setting.trust, setting.grievance)
    politics.support_public = np.array([state.support_public for state in setting.states])
    politics.support_elite = np.array([state.support_elite for state in setting.states])
    politics.index = place
    politics.members = {group.id: {place[name] for name in group.members} for group in setting.organisations}
    politics.usual_public, politics.usual_elite = politics.support_public.copy(), politics.support_elite.copy()
    for spec in setting.disputes:
        politics.disputes[spec.id] = Dispute(
            id=spec.id,
            issue=spec.issue,
            senders=[place[name] for name in spec.senders],
            target=place[spec.target],
            kind=spec.kind,
            salience_sender=spec.salience_sender,
            salience_target=spec.salience_target,
            demand=spec.demand,
            policy=spec.policy,
            shown=spec.policy,
            stage=spec.stage,
            institution=bool(spec.institution),
            package=spec.package,
            deadline=int(p["threat_quarters"]) if spec.stage == "threat" else None,
            threatened_in=0 if spec.stage == "threat" else None,
            resolve_sender=p["resolve_spread"] * _selected(streams, spec.id, "sender", spec.stage),
            resolve_target=p["resolve_spread"] * _selected(streams, spec.id, "target", spec.stage),
            followers={
                place[name]: p["resolve_spread"] * _selected(streams, spec.id, "sender", spec.stage, name) for name in spec.senders[1:]
            },
            imposed_in=0 if spec.stage == "imposed" else None,
        )
    for deal in setting.agreements:
        politics.agreements[deal.id] = Agreement(
            deal.id, deal.kind, place[deal.party_a], place[deal.party_b], deal.since, dict(deal.terms)
        )
    return politics


def _selected(streams: Streams, dispute: str, side: str, stage: str, *who: str) -> float:
    """Standard normal resolve; where measures are already in force, its absolute value, since the irresolute never got so far (selection)."""
    found = drawn(streams, dispute, side, 0, *who)
    return abs(found) if stage == "imposed" else found
