"""Only what Mesa 3.3 and 3.5 have in common is used, so that Python 3.11 and newer ones run the same code."""

from __future__ import annotations

import ast

from tests.architecture.files import modules, tree

NEWER_OR_GONE = {"batch_run", "PropertyLayer", "experimental", "space", "discrete_space", "DataCollector", "datacollector"}
TAKEN = {"scenario", "time", "observe", "notify", "batch", "steps", "running", "remove_all_agents", "unique_id", "pos", "rng", "random"}
AGENTS = ("World", "State")


def agent_classes() -> list[ast.ClassDef]:
    return [node for node in tree("sim.world").body if isinstance(node, ast.ClassDef) and node.name in AGENTS]


def test_nothing_of_mesa_that_comes_or_goes_between_versions_is_named():
    """Any attribute or import by these names where mesa is used would be Mesa's."""
    for node in ast.walk(tree("sim.world")):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "mesa":
            assert node.attr in ("Model", "Agent"), f"line {node.lineno}: mesa.{node.attr}"
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "mesa":
            raise AssertionError(f"line {node.lineno}: import mesa and write mesa.Model, mesa.Agent")
        if isinstance(node, ast.Attribute):
            assert node.attr not in NEWER_OR_GONE, f"line {node.lineno}: .{node.attr}"


def test_the_model_takes_rng_and_never_seed():
    calls = [
        node
        for one in agent_classes()
        for node in ast.walk(one)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "super().__init__"
    ]
    assert [[word.arg for word in call.keywords] for call in calls] == [[], ["rng"]]


def test_no_attribute_of_ours_takes_a_name_that_mesa_uses():
    """`self.NAME = ...`, methods and class attributes of World and State; `model.steps` is not read either."""
    assert len(agent_classes()) == 2
    for one in agent_classes():
        for node in ast.walk(one):
            if isinstance(node, ast.FunctionDef):
                assert node.name not in TAKEN, f"{one.name}.{node.name}"
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in ("self", "world"):
                assert node.attr not in TAKEN, f"{one.name}, line {node.lineno}: .{node.attr}"


def test_no_file_of_the_model_reads_or_sets_such_an_attribute_of_the_world():
    for module in modules():
        for node in ast.walk(tree(module)):
            if module.startswith("sim.") and isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "world":
                assert node.attr not in TAKEN, f"{module}:{node.lineno}: world.{node.attr}"


def test_mesas_own_luck_is_never_drawn():
    """One generator for all would let one state's policy move another's luck; named streams do not."""
    for module in modules():
        if module.startswith("sim."):
            for node in ast.walk(tree(module)):
                if isinstance(node, ast.Attribute):
                    drawn = ast.unparse(node).endswith(tuple(f"{owner}.{name}" for owner in ("model", "self", "world") for name in ("random", "rng")))
                    assert not drawn, f"{module}:{node.lineno}"
