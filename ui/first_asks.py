"""A sensible start for a new measure of the Lab: who uses it, on whom, what it names, and from which quarter it can come to something.

A lever that needs a dispute, a settlement, an offer or a text on the table starts where the run on the page has one; a lever for which there is
none is not offered. A government that was asked the same in the run shows who could answer, and when.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim import api
from ui.named import first_words
from ui.view import Ask, View, own_measures

if TYPE_CHECKING:
    from sim.levers import Lever
    from sim.scenario.scenario import DisputeSpec

EVERYONE = "*"
# Levers that answer something, by the question in which governments come to it.
ANSWERS = {
    "answer_deal": "answer deal", "end_deal": "partnership", "answer_settlement": "answer settlement", "answer_offer": "accept part", "cast_vote": "vote on",
    "monitoring_mission": "send monitors", "next_stage": "next stage", "backslide": "keep settlement", "disclosure": "disclose",
}  # fmt: skip
IN_A_DISPUTE = {  # levers that need a dispute at one of these stages
    **dict.fromkeys(("demand", "threat", "concession", "offer_part"), ("dormant", "demand", "threat", "imposed")),
    **dict.fromkeys(("pledge", "mediation", "join_coalition", "leave_coalition"), ("demand", "threat", "imposed")),
    **dict.fromkeys(("inducement", "offer_settlement"), ("imposed",)),
    "retraction": ("demand", "threat"),
}  # fmt: skip
BY_OUTSIDERS = ("mediation", "join_coalition")
WEDGE, MEMBERSHIP = "inducement", "membership"


def first_ask(view: View, setting: api.Scenario, lever: Lever, run: api.Run | None) -> Ask | None:
    """The measure as it is put on the page at first, given the run on the page, if there is one; None where nothing would come of it."""
    start, value, names = 0, lever.value.default, dict(first_words(lever))
    sender, target = _pair(view, setting)
    if lever.side == "target":
        sender, target = target, sender
    if lever.id in ANSWERS:
        found = next(_moments(lever, setting, run), None) if run is not None else None
        if found is None:
            return None
        sender, target, start = found
    elif lever.id in IN_A_DISPUTE:
        place = _in_dispute(lever, setting, run, target if lever.side != "target" else sender)
        if place is None:
            return None
        sender, target, start = place
    elif lever.id == MEMBERSHIP:
        seat = _outside(setting, sender)
        if seat is None:
            return None
        sender, names["organisation"], value = seat
    if lever.id == WEDGE:
        others = [dispute.target for dispute in setting.disputes if sender in dispute.senders and dispute.target != target]
        left = [*others, *(state for state in setting.state_ids if state not in (sender, target))]
        if not left:  # a world of two has nobody to be left
            return None
        names["leave"] = left[0]
    return Ask(
        lever=lever.id,
        state=sender,
        target=target if lever.needs_target else "",
        sector=EVERYONE if lever.takes_sector else "",
        value=value,
        start=start,
        names=tuple(sorted(names.items())),
    )


def _pair(view: View, setting: api.Scenario) -> tuple[str, str]:
    """Who acts on whom: the last measure's states, else the dispute's, else those of the scenario's own measures, else the first two."""
    last = view.choice.asks[-1] if view.choice.asks else None
    own = [order for order in own_measures(setting) if order.target in setting.state_ids]
    if last is not None and last.target in setting.state_ids:
        turned = api.LEVERS[last.lever].side == "target"
        return (last.target, last.state) if turned else (last.state, last.target)
    if setting.disputes:
        return setting.disputes[0].senders[0], setting.disputes[0].target
    if own:
        return own[0].state, own[0].target
    return setting.state_ids[0], setting.state_ids[1]


def _moments(lever: Lever, setting: api.Scenario, run: api.Run) -> Iterator[tuple[str, str, int]]:
    """Who was asked, about whom, and when, in the run: each time a government came to the question that the lever answers."""
    disputes = {dispute.id: dispute for dispute in setting.disputes}
    for choice in run.record.choices:
        if not choice.decision.startswith(ANSWERS[lever.id]):
            continue
        about = choice.decision.partition(":")[2]
        other = ""
        if about in disputes:
            dispute = disputes[about]
            other = dispute.senders[0] if choice.state == dispute.target else dispute.target
        elif about in setting.state_ids:
            other = about
        elif "|" in about:  # an offer or a deal: the quarter, the kind, and the places of the two states
            two = [setting.state_ids[int(place)] for place in about.split("|")[2:]]
            other = next(state for state in two if state != choice.state)
        if other or not lever.needs_target:
            yield choice.state, other, choice.quarter


def _in_dispute(lever: Lever, setting: api.Scenario, run: api.Run | None, about: str) -> tuple[str, str, int] | None:
    """User, other side and quarter for a lever that needs a dispute: the one about `about` if it fits, else the first that does."""
    for dispute in sorted(setting.disputes, key=lambda one: one.target != about):
        start = _stands_at(dispute, IN_A_DISPUTE[lever.id], run)
        if start is None:
            continue
        outside = [state for state in setting.state_ids if state != dispute.target and state not in dispute.senders]
        outside.sort(key=lambda state: any(state in (one.target, *one.senders) for one in setting.disputes))
        users = outside if lever.id in BY_OUTSIDERS else dispute.senders[1:] if lever.id == "leave_coalition" else dispute.senders
        if lever.side == "target":
            return dispute.target, dispute.senders[0], start
        if users:
            return users[0], dispute.target, start
    return None


def _stands_at(dispute: DisputeSpec, stages: tuple[str, ...], run: api.Run | None) -> int | None:
    """The first quarter that begins with the dispute at one of these stages."""
    if dispute.stage in stages:
        return 0
    if run is None:
        return None
    table = run.disputes
    rows = table[(table["dispute"] == dispute.id) & table["stage"].isin(stages) & (table["quarter"] < run.quarters - 1)]
    return None if rows.empty else int(rows["quarter"].min()) + 1


def _outside(setting: api.Scenario, first: str) -> tuple[str, str, float] | None:
    """Who could join an organisation, `first` before others; where all are members of all, who could leave one."""
    for one in setting.organisations:
        for state in (first, *setting.state_ids):
            if state not in one.members:
                return state, one.id, 1.0
    return (first, setting.organisations[0].id, 0.0) if setting.organisations else None
