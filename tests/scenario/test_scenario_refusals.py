"""What is wrong with a scenario file is said in one sentence: file, line, place, what is wrong, what is allowed."""

from __future__ import annotations

import pytest

from sim.levers import LEVERS
from sim.refusals import Refusal
from sim.scenario import check, load

CURE = ' write key = value, texts in straight "quotes", decimals with a point, tables as [name] or [[name]].'
KEYS_OF_TIE = "a, b, alliance, affinity, rivalry, grievance_a, grievance_b, trust, note"

# (text to replace, replacement, text to add at the end, the sentence after "file:")
BROKEN = {
    "a misspelt key": (
        "gini = 45.0",
        "ginni = 45.0",
        "",
        "15: state.SOUTH.ginni: there is no key 'ginni' here; allowed are id, name, regime, population_m, gini,",
    ),
    "a number out of range": (
        "gini = 45.0",
        "gini = 450.0",
        "",
        "15: state.SOUTH.gini: is 450; allowed is 15 to 70. (Inequality of income; Gini points, 0 = all equal)",
    ),
    "a text where a number belongs": (
        "gini = 45.0",
        'gini = "high"',
        "",
        "15: state.SOUTH.gini: is 'high'; it must be a number without quotes. (Inequality of income; Gini points, 0 = all equal)",
    ),
    "true where a number belongs": (
        "gini = 45.0",
        "gini = true",
        "",
        "15: state.SOUTH.gini: is true; it must be a number without quotes. (Inequality of income; Gini points, 0 = all equal)",
    ),
    "not a number": (
        "gini = 45.0",
        "gini = nan",
        "",
        "15: state.SOUTH.gini: is nan; it must be a finite number. (Inequality of income; Gini points, 0 = all equal)",
    ),
    "infinity": (
        "quarters = 8",
        "quarters = inf",
        "",
        "5: quarters: is inf; it must be a whole number without quotes. (Length of a run; quarters)",
    ),
    "a fraction of a quarter": (
        "quarters = 8",
        "quarters = 8.5",
        "",
        "5: quarters: is 8.5; it must be a whole number without quotes. (Length of a run; quarters)",
    ),
    "an unknown word": (
        "gini = 45.0",
        'regime = "democrasy"',
        "",
        "15: state.SOUTH.regime: is 'democrasy'; allowed are democracy, single-party, personal, monarchy. Did you mean 'democracy'?",
    ),
    "a missing key": ('title = "Small"\n', "", "", "1: 'title' is missing (Title on the card)."),
    "a missing key in a list": (
        'lever = "import_ban"\n',
        "",
        "",
        "24: timetable.1: 'lever' is missing (Which lever; the Lab and `sim/levers` list them).",
    ),
    "another format": ("format = 1", "format = 2", "", "1: format: is 2; allowed are 1."),
    "an id with a space": (
        'id = "SOUTH"',
        'id = "THE SOUTH"',
        "",
        "14: state.THE SOUTH.id: is 'THE SOUTH'; allowed are up to 24 letters, digits, _ and -, a letter first.",
    ),
    "one state alone": (
        '[[state]]\nid = "SOUTH"\ngini = 45.0\n',
        "",
        "",
        "10: state: the number of entries is 1; allowed are at least 2.",
    ),
    "an id twice": (
        'id = "SOUTH"',
        'id = "north"',
        "",
        "14: state.north.id: 'north' is also the id in line 11; ids must differ by more than capitals.",
    ),
    "an unknown state": (
        'target = "SOUTH"',
        'target = "SUTH"',
        "",
        "28: timetable.1.target: there is no state 'SUTH'; allowed are NORTH, SOUTH. Did you mean 'SOUTH'?",
    ),
    "its own target": (
        'target = "SOUTH"',
        'target = "NORTH"',
        "",
        "28: timetable.1.target: 'NORTH' is its own target; name another state or * for all others.",
    ),
    "an unknown sector": (
        'sector = "grain"',
        'sector = "grains"',
        "",
        "29: timetable.1.sector: there is no sector 'grains'; allowed are grain, goods. Did you mean 'grain'?",
    ),
    "a quarter after the end": (
        "quarter = 2",
        "quarter = 8",
        "",
        "25: timetable.1.quarter: is 8; allowed is 0 to 7, for the run has 8 quarters.",
    ),
    "an unknown theory": (
        "quarters = 8",
        'theory = "mixd"',
        "",
        "5: theory: there is no theory 'mixd'; allowed are ",
    ),
    "an unknown parameter": (
        "",
        "",
        "[parameters]\nimpact_shar = 0.3\n",
        "33: parameters.impact_shar: there is no parameter 'impact_shar'; allowed are ",
    ),
    "a parameter out of range": (
        "",
        "",
        "[parameters]\nimpact_share = 3.0\n",
        "33: parameters.impact_share: 'impact_share' is 3; allowed is 0.05 to 1 (share of the long-run elasticity).",
    ),
    "a tie with itself": ("", "", '[[tie]]\na = "NORTH"\nb = "NORTH"\n', "34: tie.1.b: 'NORTH' is on both sides; a tie needs two states."),
    "a tie given twice": (
        "",
        "",
        '[[tie]]\na = "NORTH"\nb = "SOUTH"\n[[tie]]\na = "SOUTH"\nb = "NORTH"\n',
        "35: tie.2: 'SOUTH' and 'NORTH' are tied already in line 32; give each pair once.",
    ),
    "a key of a tie": (
        "",
        "",
        '[[tie]]\na = "NORTH"\nb = "SOUTH"\ntrusty = 0.5\n',
        f"35: tie.1.trusty: there is no key 'trusty' here; allowed are {KEYS_OF_TIE}. Did you mean 'trust'?",
    ),
    "a target among the senders": (
        "",
        "",
        '[[dispute]]\nid = "d"\nissue = "A limit."\nsenders = ["NORTH"]\ntarget = "NORTH"\n',
        "36: dispute.d.target: 'NORTH' is also a sender; a dispute needs two sides.",
    ),
    "a veto without a seat": (
        "gini = 45.0",
        "veto = true",
        "",
        "15: state.SOUTH.veto: a state with a veto must sit in the council; add council = true.",
    ),
    "reserves held in itself": (
        "gini = 45.0",
        "reserves_held_in = { SOUTH = 0.5 }",
        "",
        "15: state.SOUTH.reserves_held_in.SOUTH: a state cannot freeze its own reserves; name another holder.",
    ),
    "a share above one": (
        "gini = 45.0",
        "reserves_held_in = { NORTH = 1.5 }",
        "",
        "15: state.SOUTH.reserves_held_in.NORTH: is 1.5; allowed is 1 or less.",
    ),
    "input weights of nothing": (
        'id = "goods"',
        'id = "goods"\nvalue_added = 0.5\ninputs = { grain = 0 }',
        "",
        "24: sector.goods.inputs: all weights are 0; give at least one above 0, or leave inputs out.",
    ),
    "a claim without a bound": (
        "",
        "",
        '[[expect]]\ntext = "Less."\noutcome = "real_income"\n',
        "32: expect.1: neither above nor below is given; a claim needs at least one of them.",
    ),
    "a claim about an unknown column": (
        "",
        "",
        '[[expect]]\ntext = "Less."\noutcome = "real_incme"\nbelow = 0\n',
        "34: expect.1.outcome: there is no column 'real_incme'; allowed are real_income,",
    ),
    "goals of nothing": (
        "",
        "",
        '[[role]]\nid = "r"\nstate = "NORTH"\ntitle = "Minister"\ngoals = { glory = 1.0 }\n',
        "36: role.r.goals.glory: there is no outcome 'glory'; allowed are real_income,",
    ),
    "no world at all": (
        'flows = "flows.csv"\n',
        "",
        "",
        "7: world: no flows are given; give exactly one of flows, [world.public] and [world.gravity].",
    ),
    "two worlds": (
        "",
        "",
        "[world.gravity]\n",
        "7: world: flows and gravity are given together; give exactly one of flows, [world.public] and [world.gravity].",
    ),
    "a table that is not there": (
        'flows = "flows.csv"',
        'flows = "flow.csv"',
        "",
        "7: world: there is no file 'flow.csv' beside the scenario (looked in ",
    ),
    "a measure at the start without a value": (
        "",
        "",
        '[[measure]]\nstate = "NORTH"\nlever = "tariff"\n',
        "32: measure.1: a measure in force at the start has a value and no quarter but 0; use [[timetable]] for later ones.",
    ),
    "an option that is a list": (
        "value = 0.5",
        "value = 0.5\noptions = { purpose = [1] }",
        "",
        "31: timetable.1.options.purpose: is a list; it must be a text in quotes.",
    ),
    "broken TOML": (
        "quarters = 8",
        "quarters = eight",
        "",
        "5: this is not valid TOML: invalid value;" + CURE,
    ),
    "a key given twice": (
        "quarters = 8",
        "quarters = 8\nquarters = 9",
        "",
        "6: this is not valid TOML: cannot overwrite a value;" + CURE,
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_with_its_line_and_the_cure(name: str, write) -> None:
    old, new, add, sentence = BROKEN[name]
    path = write(old, new, f"\n{add}" if add else "")
    with pytest.raises(Refusal) as refusal:
        load(path)
    first = str(refusal.value).splitlines()[0]
    assert first.startswith(f"{path}:{sentence}"), first
    assert first.endswith((".", "?", ")")), first
    if not sentence.endswith((" ", ",")):
        assert first == f"{path}:{sentence}"


def test_every_problem_of_a_file_is_told_once_in_the_order_of_lines(write) -> None:
    path = write("quarters = 8", "quarters = 0\nteching = 1", '\n[[tie]]\na = "NORTH"\n')
    problems = check(path)
    assert [problem.split(":")[1] for problem in problems] == ["5", "6", "33"]
    with pytest.raises(Refusal) as refusal:
        load(path)
    assert str(refusal.value).splitlines() == problems


def test_a_valid_file_has_no_problems(write) -> None:
    assert check(write()) == []


def test_very_many_problems_are_cut_to_thirty_and_counted(write) -> None:
    path = write(add="\n" + "\n".join(f"[[tie]]\nx{n} = 1" for n in range(40)))
    problems = check(path)
    assert len(problems) == 31
    assert problems[-1].endswith("90 more problems are not shown.")


def test_an_unknown_scenario_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(Refusal, match=r"there is no scenario 'triangel'; allowed are .*triangle.*Did you mean 'triangle'\?"):
        load("triangel")


def test_a_path_that_is_not_there_is_refused(tmp_path) -> None:
    with pytest.raises(Refusal, match="there is no such file"):
        load(tmp_path / "nothing.toml")


def test_the_levers_of_the_timetable_are_checked_when_they_are_given(write) -> None:
    path = write('lever = "import_ban"', 'lever = "import_bann"')
    assert check(path) == []
    (problem,) = check(path, LEVERS)
    assert problem.startswith(f"{path}:27: timetable.1.lever: there is no lever 'import_bann'; allowed are ")
    assert problem.endswith("Did you mean 'import_ban'?")


def test_a_value_that_the_lever_does_not_take_is_told_at_its_own_line(write) -> None:
    path = write("value = 0.5", 'value = 25\noptions = { purpose = "win" }')
    assert check(path, LEVERS) == [
        f"{path}:30: timetable.1.value: 'value' is 25; allowed is 0 to 1 (share of product lines).",
        f"{path}:31: timetable.1.options: purpose 'win' is not known; allowed are signal, constrain, coerce.",
    ]
