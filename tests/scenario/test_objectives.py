"""What can be learned: every topic has a page, a thing to do and a check on the model; scenarios say what lights their objectives."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim import api
from sim.api import Decision
from sim.government.forecast import Losses
from sim.government.sending import sender_view
from sim.levers import LEVERS
from sim.scenario import list_scenarios, load
from sim.scenario.catalogue import folder
from sim.tables import EVENTS
from sim.world import World

ROOT = folder().parent
TOPICS: list[dict[str, Any]] = tomllib.loads((folder() / "teaching" / "objectives.toml").read_text(encoding="utf-8"))["topic"]
IDS = [entry.id for entry in list_scenarios()]
WARNING = [Decision(0, "ALBORA", "threat", "TESSIA", "", 0.75, {"package": "payments", "dispute": "canal"})]


@dataclass
class Outcome:
    """Whether a threat had to be carried out, and the target's private resolve when it was made."""

    imposed: bool
    resolve: float


def test_every_topic_of_the_classroom_is_there_once() -> None:
    ids = [topic["id"] for topic in TOPICS]
    assert len(ids) == len(set(ids)) == 21


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic["id"])
def test_a_topic_has_a_page_to_see_it_a_lever_to_do_it_and_checks_that_exist(topic: dict[str, Any]) -> None:
    assert topic["title"] and topic["see"]["what"] and topic["do"]["what"]
    assert (ROOT / topic["see"]["page"]).is_file(), topic["see"]["page"]
    assert topic["do"]["scenario"] in IDS
    assert topic["do"]["lever"] in LEVERS
    assert topic["check"]
    for check in topic["check"]:
        assert exists(check), f"there is no such test or claim: {check}"


def exists(check: str) -> bool:
    """Whether a named test, `path::name`, or a claim, `scenario: how it begins`, is there."""
    if "::" in check:
        path, name = check.split("::")
        file = ROOT / path
        return file.is_file() and re.search(rf"^def {re.escape(name)}\(", file.read_text(encoding="utf-8"), re.MULTILINE) is not None
    scenario, words = check.split(": ", 1)
    return sum(claim.text.startswith(words) for claim in load(scenario).expects) == 1


def test_every_topic_is_an_objective_of_a_scenario_and_objectives_name_topics_that_exist() -> None:
    named = {objective.topic for name in IDS for objective in load(name).objectives}
    assert named == {topic["id"] for topic in TOPICS}


@pytest.mark.parametrize("name", IDS)
def test_every_objective_of_a_scenario_says_what_lights_it_and_what_to_ask(name: str) -> None:
    setting = load(name)
    assert [objective.text for objective in setting.objectives] == list(setting.text.objectives)
    assert len({objective.text for objective in setting.objectives}) == len(setting.objectives) >= 2
    for objective in setting.objectives:
        assert objective.lit_by, objective.text
        assert objective.question.endswith((".", "?")), objective.text


def lit(run: api.Run) -> list[api.Met]:
    return api.objectives_met(run.setting, run.table("events"), run.table("measures"))


def test_an_objective_is_lit_by_the_first_event_or_lever_it_names_and_not_by_what_was_there_before() -> None:
    """The Wedge: the offer of quarter 2 lights the wedge; measures in force at the start light nothing."""
    offer = [Decision(2, "CALDER", "offer_settlement", "NORDAL", "", 0.3, {"dispute": "patents", "leave": "SUDAR"})]
    run = api.run("the-wedge", 1, offer, 4, governments=False, keep_snapshots=False)
    met = {found.objective.topic: found for found in lit(run)}
    assert met["wedges"].quarter == 2
    assert "offer" in met["wedges"].text
    assert met["substitution"].quarter is None
    dark = api.run("off-ramp", 1, quarters=3, governments=False, keep_snapshots=False)
    assert [found.quarter for found in lit(dark)] == [None] * 4


@pytest.mark.parametrize("name", IDS)
def test_every_event_a_run_tells_is_of_a_kind_that_is_declared(name: str) -> None:
    told = set(api.run(name, 1, quarters=6, keep_snapshots=False).table("events")["event"])
    assert told <= {*EVENTS, *(lever.replace("_", " ") for lever in LEVERS)}


@pytest.mark.slow
def test_disputes_that_reach_measures_are_those_with_the_more_resolute_targets() -> None:
    """Selection: over many histories of one threat, resolve is higher where it had to be carried out."""
    found = [_warned(seed) for seed in range(1, 161)]
    carried = [outcome.resolve for outcome in found if outcome.imposed]
    given_way = [outcome.resolve for outcome in found if not outcome.imposed]
    assert len(carried) >= 20
    assert np.mean(carried) > np.mean(given_way) + 0.3


def _warned(seed: int) -> Outcome:
    run = api.run("first-warning", seed, WARNING, 4, keep_snapshots=False, strict=False)
    events, disputes = run.table("events"), run.table("disputes")
    imposed = ((events["event"] == "measures imposed") & (events["states"] == "ALBORA TESSIA")).any()
    start = disputes[(disputes["quarter"] == 0) & (disputes["dispute"] == "canal")]
    return Outcome(bool(imposed), float(start["resolve_target"].iloc[0]))


def _stand_off(quarters: int, **parameters: float) -> tuple[World, Losses]:
    """The off-ramp with nobody doing anything for so long, and losses of nothing."""
    world = World(load("off-ramp"), 1, [], governments=False, parameters=parameters)
    for _ in range(quarters):
        world.step()
    none = np.zeros(len(world.ids))
    return world, Losses(none, none)


def test_backing_down_costs_less_face_the_longer_measures_have_lasted() -> None:
    """Fatigue of 0.2 a year: two years on exp(-0.4) = 67 % of the face is left; without fatigue all of it."""

    def face(quarters: int, fatigue: float) -> float:
        world, losses = _stand_off(quarters, fatigue=fatigue)
        dispute = world.politics.disputes["mines"]
        return sender_view(world, dispute, losses, dispute.leader).audience

    assert face(9, 0.2) / face(1, 0.2) == pytest.approx(np.exp(-0.4))
    assert face(9, 0.0) == pytest.approx(face(1, 0.0))


def test_a_sender_reckons_the_same_whatever_the_targets_private_resolve_is() -> None:
    """Misperception: a government that means it and one that does not look alike from outside, until a mediator tells something."""

    def chance(resolve: float, mediator: int) -> float:
        world, losses = _stand_off(2)
        losses = Losses(losses.now + 3.0, losses.long_run + 3.0)
        dispute = world.politics.disputes["mines"]
        dispute.resolve_target, dispute.mediator = resolve, mediator
        return sender_view(world, dispute, losses, dispute.leader).chance

    assert chance(-2.0, -1) == chance(2.0, -1)
    assert chance(-2.0, 2) > chance(2.0, 2)


def test_measures_raise_support_where_people_rally_and_not_where_they_do_not() -> None:
    """Rival theories of one history: under 'rally' the public of Ismara stands closer by its government in the first quarters than under 'pain'."""

    def support(theory: str, **parameters: float) -> float:
        run = api.run("off-ramp", 1, quarters=3, theory=theory, parameters=parameters, played=("VALOR", "ISMAR", "LUGANE", "BAHREN"), keep_snapshots=False)
        states = run.table("states")
        return float(states[(states["state"] == "ISMAR") & (states["quarter"] == 2)]["support_public"].iloc[0])

    assert support("rally") > support("pain") + 0.01
    assert support("rally", rally=0.0) == pytest.approx(support("pain"))


def test_the_table_is_found_beside_the_scenarios_and_is_no_scenario() -> None:
    assert Path(folder() / "teaching" / "objectives.toml").is_file()
    assert "objectives" not in IDS
