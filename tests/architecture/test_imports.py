"""Imports run one way: pages -> charts, controls, classroom -> api -> analysis -> world -> quarter -> phases -> economy, government, levers."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest

from tests.architecture.files import ROOT, Import, imports, modules, tree, within

LEAVES = ("sim.refusals", "sim.parameters", "sim.streams", "sim.tables")  # usable by everyone in sim
ORDERED = ("sim.scenario.decisions", "sim.orders")  # what a decision is, and which measures it asks for
# An area may import itself and what stands here; the longest name that fits a module is its area.
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "sim": (),
    "sim.refusals": (),
    "sim.streams": (),
    "sim.tables": (),
    "sim.parameters": ("sim.refusals",),
    "sim.output": ("sim.refusals",),
    "sim.serving": ("sim.refusals",),
    "sim.economy": LEAVES,
    "sim.scenario": LEAVES,
    "sim.record": ("sim.tables", "sim.refusals"),
    "sim.levers": (*LEAVES, "sim.economy", "sim.scenario.decisions", "sim.government.offers", "sim.government.votes"),
    "sim.orders": (*LEAVES, "sim.levers", "sim.scenario.decisions"),
    "sim.government.choice": LEAVES,  # these three are rules on plain data: diplomatic levers do their deeds with them
    "sim.government.offers": LEAVES,
    "sim.government.votes": (*LEAVES, "sim.government.choice"),
    "sim.government": (*LEAVES, *ORDERED, "sim.economy", "sim.levers"),
    "sim.phases": (*LEAVES, *ORDERED, "sim.economy", "sim.levers", "sim.government"),
    "sim.quarter": ("sim.phases",),
    "sim.world": (*LEAVES, *ORDERED, "sim.economy", "sim.levers", "sim.government", "sim.scenario", "sim.quarter", "sim.record"),
    "sim.analysis": (*LEAVES, *ORDERED, "sim.economy", "sim.levers", "sim.government", "sim.scenario", "sim.quarter", "sim.record", "sim.world", "sim.output"),
    "sim.api": (*LEAVES, *ORDERED, "sim.economy", "sim.levers", "sim.government", "sim.scenario", "sim.quarter", "sim.record", "sim.world", "sim.analysis"),
    "sim.cli": ("sim",),
    "ui": (),
    "ui.text": ("sim.refusals",),
    "ui.charts": ("sim.api", "ui.text"),
    "ui.classroom": ("sim.api", "sim.refusals", "ui.shelf", "ui.text"),
    "ui.house": ("sim.serving", "ui.classroom"),
    "ui.class_run": ("sim.api", "ui.classroom", "ui.outcome", "ui.roles"),
    "ui.retold": ("sim.api", "ui.bets", "ui.class_run", "ui.classroom", "ui.happened", "ui.telling", "ui.text"),
    "ui.happened": ("sim.api", "ui.telling", "ui.text", "ui.wording"),
    "ui.telling": ("sim.api", "ui.text"),
    "ui.bets": ("ui.classroom",),
    "ui.class_debrief": ("ui.bets", "ui.classroom", "ui.debrief", "ui.retold", "ui.shelf", "ui.telling", "ui.text"),
    "ui.door": ("ui.classroom", "ui.house", "ui.text"),
    "ui.guard": (),
    "ui.headers": ("ui.guard",),
    "ui.catalogue": ("sim.api",),
    "ui.roles": ("sim.api",),
    "ui.shelf": ("sim.api",),
    "ui.view": ("sim.api",),
    "ui.outcome": ("sim.api", "ui.roles", "ui.shelf", "ui.view"),
    "ui.politics": ("sim.api", "ui.happened", "ui.telling", "ui.text", "ui.wording"),
    "ui.assumptions": ("sim.api", "ui.view"),
    "ui.background": (),
    "ui.equations": ("sim.api", "ui.text"),
    "ui.explore_worker": ("sim.api", "ui.catalogue", "ui.politics", "ui.text", "ui.view"),
    "ui.facts": ("sim.api",),
    "ui.debrief": ("sim.api", "ui.charts", "ui.outcome", "ui.politics", "ui.print", "ui.roles", "ui.telling", "ui.text", "ui.view", "ui.wording"),
    "ui.first_play": ("sim.api", "ui.bets", "ui.catalogue", "ui.outcome", "ui.roles", "ui.view"),
    "ui.game": ("sim.api", "ui.text", "ui.view"),
    "ui.wording": ("sim.api", "ui.text"),
    "ui.print": ("sim.api", "ui.text", "ui.wording"),
    "ui.named": ("sim.api", "ui.text", "ui.wording"),
    "ui.first_asks": ("sim.api", "ui.named", "ui.view"),
    "ui.controls": ("sim.api", "ui.named", "ui.text", "ui.view", "ui.wording"),
    "ui.pages": ("sim.api", "sim.refusals", "ui"),
    "ui.app": ("ui.pages", "ui.text"),
    "ui.entry": ("ui.app",),
    "ui.serve": ("sim.refusals", "ui.catalogue", "ui.door", "ui.guard", "ui.headers", "ui.house", "ui.pages", "ui.app"),
}
ABOVE_PAGES = ("ui.app", "ui.entry", "ui.serve")
STREAMLIT = ("ui.pages", "ui.controls", "ui.app", "ui.serve")


def area_of(module: str) -> str:
    fitting = [area for area in MAY_IMPORT if within(module, area) and (area not in ("sim", "ui") or module == area)]
    assert fitting, f"{module} belongs to no area: give it a line in MAY_IMPORT"
    return max(fitting, key=len)


def own(one: Import) -> bool:
    return within(one.name, "sim", "ui")


def wrong_way(one: Import) -> bool:
    area = area_of(one.module)
    return not within(one.name, area, *MAY_IMPORT[area]) or (area == "ui.pages" and within(one.name, *ABOVE_PAGES))


def test_every_file_imports_only_what_lies_below_it():
    assert [str(one) for one in imports() if own(one) and not one.typing and wrong_way(one)] == []


def test_the_areas_themselves_stand_in_one_order():
    """No area may reach itself through the others, so no two can ever come to lean on each other."""
    def below(area: str) -> set[str]:
        named = MAY_IMPORT[area] if area not in ("sim.cli", "ui.pages") else ()
        return {other for name in named for other in MAY_IMPORT if within(other, name)} | {area_of(name) for name in named}

    for area in MAY_IMPORT:
        seen, front = set(), below(area)
        while front:
            seen |= front
            front = {deeper for one in front for deeper in below(one)} - seen
        assert area not in seen, area


def test_the_economy_knows_no_agents_even_in_its_annotations():
    assert [str(one) for one in imports() if within(one.module, "sim.economy") and own(one) and not within(one.name, "sim.economy", *LEAVES)] == []


@pytest.mark.parametrize("package, places", [("mesa", ("sim.world",)), ("streamlit", STREAMLIT)])
def test_mesa_and_streamlit_stay_in_their_places(package, places):
    assert [str(one) for one in imports() if within(one.name, package) and not within(one.module, *places)] == []


def instruments() -> set[str]:
    """Modules below sim.levers that define an instrument; the others there are shared by all of them."""
    return {
        module
        for module in modules()
        if within(module, "sim.levers") and module != "sim.levers"
        if any(isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "Lever" for node in tree(module).body)
    }


def test_levers_phases_and_decisions_never_import_each_other():
    levers = instruments()
    assert len(levers) > 10
    alike = {
        "levers": levers,
        "phases": {module for module in modules() if module.startswith("sim.phases.")},
        "decisions": {module for module in modules() if module.startswith("sim.government.decisions.")},
    }
    for kind, members in alike.items():
        assert members, kind
        assert [str(one) for one in imports() if one.module in members and one.name in members and one.name != one.module] == [], kind


def test_every_lever_and_every_decision_file_is_in_its_registry():
    """A file that no registry names would be dead; `shared` files are those that define no lever."""
    from sim.levers import LEVERS

    registered = {one.name for one in imports() if one.module == "sim.levers"}
    assert instruments() - registered == set()
    assert len(LEVERS) >= len(instruments())
    decisions = {module for module in modules() if module.startswith("sim.government.decisions.")}
    assert decisions - {one.name for one in imports() if one.module == "sim.government.decisions"} == set()


def test_the_command_answers_without_the_heavy_packages():
    """`import sim.cli` must leave mesa, numba, pandas and streamlit alone, or `--help` would take seconds."""
    code = "import sys, sim.cli; print([name for name in ('mesa', 'numba', 'pandas', 'streamlit', 'scipy', 'altair') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_star_import_and_no_metaclass():
    for module in modules():
        for node in ast.walk(tree(module)):
            assert not (isinstance(node, ast.ImportFrom) and node.names[0].name == "*"), f"{module}:{node.lineno}"
            assert not (isinstance(node, ast.ClassDef) and any(word.arg == "metaclass" for word in node.keywords)), f"{module}:{node.lineno}"
