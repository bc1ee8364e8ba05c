"""sim/ODD.md is kept true: its steps, decisions, streams, tables, presets and files are those of the code."""

from __future__ import annotations

import ast
import re

from tests.architecture.files import ROOT, modules, tree

TEXT = (ROOT / "sim" / "ODD.md").read_text(encoding="utf-8")
ELEMENTS = (
    "Purpose and patterns", "Entities, state variables and scales", "Process overview and scheduling", "Design concepts", "Initialisation", "Input data",
    "Submodels",
)
CONCEPTS = (
    "Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction", "Sensing", "Interaction", "Stochasticity", "Collectives",
    "Observation",
)


def section(title: str) -> str:
    """The text under a heading that contains `title`, up to the next heading of the same kind."""
    level, rest = re.split(rf"^(#+) [^\n]*{re.escape(title)}[^\n]*$", TEXT, maxsplit=1, flags=re.MULTILINE)[1:]
    return re.split(rf"^{level} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def first_cells(text: str) -> list[str]:
    """The code words in the first column of a table."""
    return re.findall(r"^\| `([a-z_]+)` \|", text, flags=re.MULTILINE)


def test_all_elements_and_design_concepts_of_the_protocol_are_there_in_order():
    headings = re.findall(r"^## \d ([^\n]+)$", TEXT, flags=re.MULTILINE)
    assert tuple(headings[: len(ELEMENTS)]) == ELEMENTS
    concepts = re.findall(r"^\*([A-Z][a-z ]+)\.\*", section("Design concepts"), flags=re.MULTILINE)
    assert tuple(concepts) == CONCEPTS


def test_the_steps_listed_are_the_phases_of_a_quarter_in_order():
    from sim.quarter import PHASES

    assert re.findall(r"^\d+\. \*\*([a-z]+)\*\* \w", section("Process overview"), flags=re.MULTILINE) == [name for name, _ in PHASES]


def test_a_phase_that_is_said_to_do_something_does_and_one_that_does_nothing_is_said_to():
    """A phase whose `run` is only a docstring must be called empty here; none is at present."""
    for name, line in re.findall(r"^\d+\. \*\*([a-z]+)\*\* ([^\n]+)$", section("Process overview"), flags=re.MULTILINE):
        (function,) = [node for node in tree(f"sim.phases.{name}").body if isinstance(node, ast.FunctionDef) and node.name == "run"]
        empty = len(function.body) == 1 and isinstance(function.body[0], ast.Expr)
        assert empty == ("does nothing yet" in line), name


def test_the_decisions_listed_are_those_that_governments_take():
    from sim.government.decisions import DECISIONS

    assert sorted(first_cells(section("Governments"))) == sorted(DECISIONS)


def test_the_streams_listed_are_all_that_the_code_draws_from():
    drawn = set()
    for module in modules():
        if module.startswith("sim.") and module != "sim.streams":
            for node in ast.walk(tree(module)):
                named = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("uniform", "normal", "gumbel", "generator")
                if named and "streams" in ast.unparse(node.func):
                    key = node.args[0]
                    assert isinstance(key, ast.Constant) and isinstance(key.value, str), f"{module}:{node.lineno}: a stream begins with its name"
                    drawn.add(key.value)
    assert set(first_cells(section("Design concepts"))) == drawn


def test_the_tables_and_presets_named_are_all_there_are():
    from sim.parameters import THEORIES
    from sim.tables import TABLES

    observation = section("Design concepts").split("*Observation.*")[1]
    assert set(TABLES) <= set(re.findall(r"`([a-z_]+)`", observation))
    assert re.findall(r"`([a-z]+)` \(", section("Theory presets")) == list(THEORIES)


def test_every_file_named_exists_and_every_file_of_the_economy_and_the_governments_choices_is_named_or_serves_one_that_is():
    for name in re.findall(r"`((?:sim|tests|scenarios)/[\w/.-]+)`", TEXT):
        assert (ROOT / name).exists(), name
    economy = section("Economy")
    for name in re.findall(r"`(\w+\.py)`", economy):
        assert (ROOT / "sim" / "economy" / name).is_file(), name
    helpers = {  # parts of the others
        "connections.py", "expectation.py", "lending.py", "linear.py", "position.py", "prices.py", "reaction.py", "routes_kernel.py", "severed.py",
    }
    files = {path.name for path in (ROOT / "sim" / "economy").glob("*.py")} - {"__init__.py"} - helpers
    assert files - set(re.findall(r"`(\w+\.py)`", economy)) == set()
    for name in re.findall(r"`(\w+\.py)`", section("Governments")):
        assert (ROOT / "sim" / "government" / name).is_file(), name
