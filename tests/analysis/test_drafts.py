"""Drafts: checked like files, safe against hostile ones, edited by forms without touching the rest, compared entry by entry."""

from __future__ import annotations

import time

import pytest

from sim import api
from sim.scenario.catalogue import folder

SCENARIOS = [name for name, _ in api.scenarios()]
TEMPLATE = api.drafts.template()


def wrong(text: str, tables: dict[str, str] | None = None) -> list[api.drafts.Problem]:
    return api.drafts.problems(api.drafts.Draft(text, tables or {}))


def test_the_template_is_valid_and_runs() -> None:
    assert api.drafts.problems(TEMPLATE) == []
    run = api.run(api.drafts.read_draft(TEMPLATE), quarters=4, keep_snapshots=False)
    assert (run.states["quarter"].max(), len(run.setting.roles)) == (3, 2)


def test_the_first_result_of_the_template_answers_its_question() -> None:
    """What does a ban cost the one who bans? Both lose, and nobody does anything but the ban."""
    setting = api.drafts.read_draft(TEMPLATE)
    assert "cost the one who bans" in setting.question
    runs = [api.run(setting, timetable=banned, keep_snapshots=False) for banned in (True, False)]
    income = [run.states.pivot(index="quarter", columns="state", values="real_income").iloc[-1] for run in runs]
    change = 100 * (income[0] / income[1] - 1)
    assert change["NORTH"] < -0.3 and change["SOUTH"] < -0.3 and change["EAST"] > 0
    assert [choice.chosen for choice in runs[0].record.choices if choice.chosen.startswith("propose")] == []


def test_the_remarks_of_the_template_add_a_dispute_that_is_valid() -> None:
    lines = TEMPLATE.text.splitlines()
    first = lines.index("# [[dispute]]")
    block = [line.removeprefix("# ") for line in lines[first : first + 9]]
    text = "\n".join([*lines[:first], *block, *lines[first + 9 :]]).replace('value = 0.5\n', 'value = 0.5\noptions = { dispute = "tolls" }\n')
    assert wrong(text) == []
    assert [one.id for one in api.drafts.read_draft(api.drafts.Draft(text)).disputes] == ["tolls"]


@pytest.mark.parametrize("blank", ["", " ", "\\t  "])
def test_a_title_of_spaces_is_refused_with_a_sentence(blank: str) -> None:
    (problem,) = wrong(TEMPLATE.text.replace('"Two neighbours and a bridge"', f'"{blank}"'))
    assert "title" in problem.sentence
    assert ("not only spaces" if blank else "at least 1") in problem.sentence


def test_a_range_is_written_in_full() -> None:
    """The largest value added that a state may have, as the form says them."""
    (one,) = [field for field in api.forms.fields("state") if field.name == "gdp_bn"]
    assert one.allowed == "above 0 and up to 1,000,000,000"
    assert [field.allowed for part in api.forms.PARTS for field in api.forms.fields(part) if "e+" in field.allowed] == []


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_copy_of_a_shipped_scenario_is_the_scenario(name: str) -> None:
    draft = api.drafts.copy_of(name)
    assert api.drafts.problems(draft) == []
    assert api.differences(api.load(name), api.drafts.read_draft(draft)) == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "no-such", str(folder() / "triangle.toml")])
def test_only_what_ships_can_be_copied(name: str) -> None:
    with pytest.raises(api.Refusal):
        api.drafts.copy_of(name)


def test_a_problem_has_its_line_and_no_path_of_the_machine() -> None:
    text = TEMPLATE.text.replace('regime = "single-party"', 'regime = "single"')
    (problem,) = wrong(text)
    assert text.splitlines()[problem.line - 1].strip() == 'regime = "single"' == problem.excerpt
    assert "single-party" in problem.sentence
    assert "/tmp" not in problem.sentence and "draft" not in problem.sentence
    with pytest.raises(api.Refusal) as refusal:
        api.drafts.read_draft(api.drafts.Draft(text))
    assert "draft.toml" not in str(refusal.value)


@pytest.mark.parametrize(
    "text, said",
    [
        ("a = " + "[" * 40 + "]" * 40, "nested"),
        ("a" + ".a" * 20 + " = 1", "more than 8 parts"),
        ("x = 1\n" * 20_000, "lines"),
        ("= 3", "not valid TOML"),
        (TEMPLATE.text.replace("[world.gravity]", '[world]\nflows = "../../../etc/passwd"\n[world.public]'), ""),
        ("\x00", "zero byte"),
    ],
)
def test_hostile_drafts_are_refused_with_a_sentence(text: str, said: str) -> None:
    problems = wrong(text)
    assert problems
    assert any(said in problem.sentence for problem in problems)


def test_what_is_too_large_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(api.Refusal, match="MB"):
        api.drafts.text_of(b"#" * 600_000)
    with pytest.raises(api.Refusal, match="MB"):
        wrong("#" * 600_000)
    with pytest.raises(api.Refusal, match="MB at most"):
        api.drafts.with_table(TEMPLATE, "big.csv", b"1" * 4_000_000)


@pytest.mark.parametrize("name", ["../evil.csv", "a/b.csv", "a.toml", ".csv", "a.csv.exe", "C:\\a.csv"])
def test_a_table_with_a_bad_name_is_refused(name: str) -> None:
    with pytest.raises(api.Refusal, match="not a name for a table"):
        api.drafts.with_table(TEMPLATE, name, b"a,b\n")
    with pytest.raises(api.Refusal, match="not a name for a table"):
        wrong(TEMPLATE.text, {name: "a,b\n"})


def test_tables_are_found_by_the_scenario_and_have_a_limit() -> None:
    copy = api.drafts.copy_of("triangle")
    assert list(copy.tables) == ["flows.csv"]
    assert any("flows.csv" in problem.sentence for problem in wrong(copy.text))
    draft = copy
    for number in range(7):
        draft = api.drafts.with_table(draft, f"t{number}.csv", b"a\n")
    with pytest.raises(api.Refusal, match="tables at most"):
        api.drafts.with_table(draft, "one-more.csv", b"a\n")
    with pytest.raises(api.Refusal, match="UTF-8"):
        api.drafts.with_table(copy, "bytes.csv", b"\xff\xfe\xff")


def test_nothing_is_written_into_the_folder_of_scenarios() -> None:
    before = sorted(path.name for path in folder().rglob("*"))
    wrong(TEMPLATE.text)
    api.drafts.read_draft(api.drafts.copy_of("triangle"))
    assert sorted(path.name for path in folder().rglob("*")) == before


def test_an_answer_changes_one_key_and_leaves_every_remark() -> None:
    text = api.forms.answered(TEMPLATE.text, ("state", 0), "gini", 40.0)
    assert [line for line in text.splitlines() if line not in TEMPLATE.text.splitlines()] == ["gini = 40.0"]
    assert text.count("#") == TEMPLATE.text.count("#")
    back = api.forms.answered(text, ("state", 0), "gini", None)
    assert api.differences(api.drafts.read_draft(TEMPLATE), api.drafts.read_draft(api.drafts.Draft(back))) == []


def test_an_answer_on_several_lines_is_written_on_several_lines() -> None:
    said = 'One "quoted" line.\nA second \\ line.'
    text = api.forms.answered(TEMPLATE.text, ("teaching", None), "briefing", said)
    assert api.drafts.read_draft(api.drafts.Draft(text)).text.briefing.strip() == said


@pytest.mark.parametrize("part", [part for part in api.forms.SEVERAL if part != "sector"])
def test_what_is_added_is_valid_and_can_be_removed_again(part: str) -> None:
    before = len(api.forms.entries(TEMPLATE.text, part))
    text = api.forms.added(TEMPLATE.text, part)
    assert wrong(text) == []
    assert len(api.forms.entries(text, part)) == before + 1
    assert len(api.forms.entries(api.forms.removed(text, part, before), part)) == before


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_form_can_read_every_shipped_scenario(name: str) -> None:
    text = api.drafts.copy_of(name).text
    for part in api.forms.PARTS:
        assert api.forms.fields(part)
        assert isinstance(api.forms.entries(text, part), list)


@pytest.mark.parametrize("text, part", [("state = 3", "state"), ("[[state]", "state"), ("state = [1]", "state"), ("teaching = 1", "teaching")])
def test_a_form_refuses_what_is_no_table(text: str, part: str) -> None:
    with pytest.raises(api.Refusal):
        api.forms.entries(text, part)


@pytest.mark.parametrize("name", ["a" * 100_000, "sanctions-lab-draft-" * 5_000])
def test_a_name_of_a_hundred_thousand_letters_is_told_quickly_and_in_part(name: str) -> None:
    begun = time.process_time()
    text = TEMPLATE.text + f'\n[[measure]]\nstate = "NORTH"\nlever = "tariff"\ntarget = "SOUTH"\noptions = {{ {name} = 1 }}\n'
    found = wrong(text)
    assert time.process_time() - begun < 1.0
    assert found
    assert max(len(one.sentence) for one in found) <= 4001


def dotted(count: int) -> str:
    """The template with more keys in its last table, each under a dotted key."""
    return TEMPLATE.text + "".join(f"\na.b.c{number} = 1.5 # x.y" for number in range(count)) + '\nd = "e.f = 1"\n'


def test_a_form_does_not_read_what_would_take_it_minutes() -> None:
    """A hundred keys with a dot are read; dots in numbers, strings, remarks and names of tables are none."""
    assert len(api.forms.entries(dotted(100), "role")) == 2
    with pytest.raises(api.Refusal, match="101 keys with a dot; forms work up to 100"):
        api.forms.entries(dotted(101), "role")
    tables = "".join(f"\n[x.y{number}]\nz = 1" for number in range(101))
    assert api.forms.entries(TEMPLATE.text + tables, "")


def test_differences_name_what_was_added_removed_and_changed() -> None:
    """South is renamed, East leaves with its flows, the ban is halved to 0.25, and a rule of the head changes."""
    old = api.drafts.read_draft(TEMPLATE)
    text = api.forms.answered(TEMPLATE.text, ("", None), "quarters", 16)
    text = api.forms.answered(text, ("state", 1), "name", "Southland")
    text = api.forms.answered(text, ("timetable", 0), "value", 0.25)
    text = api.forms.removed(text, "role", 0)
    found = api.differences(old, api.drafts.read_draft(api.drafts.Draft(text)))
    said = {(one.kind, one.table, one.entry, one.key, one.before, one.after) for one in found}
    assert ("changed", "", "", "quarters", "12", "16") in said
    assert ("changed", "states", "SOUTH", "name", "South", "Southland") in said
    assert ("changed", "timetable", "2 NORTH import_ban SOUTH food", "value", "0.5", "0.25") in said
    assert ("removed", "roles", "north", "", "", "") in said
    assert len(said) == 4
