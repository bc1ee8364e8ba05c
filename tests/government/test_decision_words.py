"""Every option a government can weigh and every reason it can give has plain words in every language that has words for decisions."""

from __future__ import annotations

import ast
import string
from functools import lru_cache
from pathlib import Path

import pytest

from sim import api
from sim.government import reasons
from sim.government.decisions import prepare, protect, speak_out
from sim.government.packages import PACKAGES
from sim.government.pacts import PACTS
from sim.government.proposals import PROPOSALS

FOLDER = Path(reasons.__file__).parent
LANGUAGES = sorted(path.stem.removeprefix("words_") for path in FOLDER.glob("words_*.toml"))
SCENARIOS = [name for name, _ in api.scenarios()]
SEEDS = (1, 2, 3)
TERM_DICTS = ("terms", "yes", "no", "helping", "going_on", "common")  # variables that hold an option's terms
NOTES = {"", "dispute", "leave", "share", "snapback", "stages"}  # keys of orders, not of reasons
TERM_FUNCTIONS = ("_terms", "_at_home", "relation_terms", "starting_terms", "following_terms", "leading_terms", "leaving_terms", "staying_out_terms")


@lru_cache(maxsize=1)
def weighed() -> tuple[set[str], set[str]]:
    """Options and terms that came up in the shipped scenarios over some seeds."""
    options, terms = set(), set()
    for name in SCENARIOS:
        for seed in SEEDS:
            for choice in api.run(name, seed=seed, keep_snapshots=False).record.choices:
                options |= set(choice.names)
                terms |= {term for option in choice.options for term in option.terms}
    return options, terms


@lru_cache(maxsize=1)
def written() -> tuple[set[str], set[str]]:
    """Options and terms that stand in full in the files that pose questions, whether they came up or not."""
    options, terms = {proposal.name for proposal in PROPOSALS} | set(protect.WAYS) | set(speak_out.WORDS.values()), set()
    for start, stop in prepare.WAYS.values():
        options |= {start, stop, f"go on to {start}"}
    for path in [*(FOLDER / "decisions").glob("*.py"), FOLDER / "answers.py", FOLDER / "partnering.py", FOLDER / "sending.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Option":
                if isinstance(node.args[0], ast.Constant):
                    options.add(str(node.args[0].value))
                terms |= {key for argument in node.args[1:] for key in keys(argument)}
            elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in TERM_DICTS:
                terms |= keys(node.value)
            elif isinstance(node, ast.Assign) and isinstance(added := node.targets[0], ast.Subscript) and ast.unparse(added.value) in TERM_DICTS:
                terms |= {str(added.slice.value)} if isinstance(added.slice, ast.Constant) else set()
            elif isinstance(node, ast.FunctionDef) and node.name in TERM_FUNCTIONS:
                terms |= keys(node)
    return options, terms


def keys(root: ast.AST) -> set[str]:
    dicts = [node for node in ast.walk(root) if isinstance(node, ast.Dict)]
    return {str(key.value) for node in dicts for key in node.keys if isinstance(key, ast.Constant)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_plain_words(language: str) -> None:
    known = set(reasons.words(language)["terms"])
    came_up, stand = weighed()[1], written()[1]
    assert len(came_up) > 20 and len(stand) > 30
    assert sorted((came_up | stand) - NOTES - known) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_option_has_plain_words(language: str) -> None:
    """An option without words would be shown in quotes."""
    options = weighed()[0] | written()[0]
    assert len(options) > 30
    said = {name: reasons._option(name, "doing", language).replace("partner's", "") for name in options}
    assert sorted(name for name, text in said.items() if "'" in text or "«" in text) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_are_kept_for_what_governments_cannot_weigh(language: str) -> None:
    """The votes' options and terms are put together by the parameters' names, so those come from the runs."""
    options, terms = (a | b for a, b in zip(weighed(), written(), strict=True))
    used = {key for key in reasons.words(language)["options"] if any(name == key or name.startswith(f"{key} ") for name in options)}
    varied = ("demand ", "go on to", "leave", "join", "wedge")  # names with numbers, packages, organisations, partners
    sizes = {key for key in reasons.words(language)["options"] if key.startswith(varied)}
    assert set(reasons.words(language)["options"]) - used - sizes - {"demand", "propose"} == set()
    assert set(reasons.words(language)["terms"]) - terms - {"promised vote", "small delegation"} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_every_language_have_the_same_parts(language: str) -> None:
    english, other = reasons.words("en"), reasons.words(language)
    assert {part: set(other[part]) for part in other if part != "rest"} == {part: set(english[part]) for part in english}
    assert [term for term, forms in other["terms"].items() if set(forms) != {"for", "against"}] == []
    forms_of = [(key, text) for key, forms in other["options"].items() for text in forms.values()]
    assert [key for key, text in forms_of if blanks(text) != blanks(english["options"][key]["did"])] == []
    assert [key for key, text in other["sentences"].items() if blanks(text) != blanks(english["sentences"][key])] == []


def test_every_package_and_every_deal_has_a_spanish_name() -> None:
    assert set(reasons.words("es")["packages"]) == set(PACKAGES)
    known = set(reasons.words("es")["rest"])
    assert {f"{pact.label} {way}" for pact in PACTS.values() for way in ("to", "from")} | {"if it leaves"} == known


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_spanish_reasons_have_no_english_left_in_them() -> None:
    english = {"the", "of", "its", "it", "rather", "than", "because", "although", "would", "have", "by", "with", "and", "was", "to", "from", "if"}
    choices = api.run("marriage-of-convenience", seed=2, keep_snapshots=False).record.choices
    told = [reasons.explain(choice, "Atlantis", "es") for choice in choices]
    assert len(told) > 20
    for reason in told:
        assert reason.sentence.startswith("Atlantis ") and reason.sentence.endswith(".")
        assert english & set(reason.sentence.replace(",", "").split()) == set(), reason.sentence


def test_a_reason_of_every_choice_is_a_whole_sentence_without_quotes() -> None:
    for choice in api.run("marriage-of-convenience", seed=2, keep_snapshots=False).record.choices:
        reason = reasons.explain(choice, "Atlantis")
        assert reason.sentence.startswith("Atlantis ") and reason.sentence.endswith(".")
        assert "'" not in reason.sentence.replace("rival's", "").replace("council's", "").replace("leader's", "").replace("sponsors'", ""), reason.sentence
