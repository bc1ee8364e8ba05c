"""What a claim may say: counts, theories, decisions of its own; and what is refused."""

from __future__ import annotations

from sim.analysis.checking import Claims
from sim.levers import LEVERS
from sim.scenario import check, load

CLAIM = """
[[expect]]
text = "SOUTH sells no grain."
table = "trade"
outcome = "true_value"
where = { exporter = "SOUTH", importer = "NORTH", sector = "grain" }
quarter = 1
compared = "start"
governments = false
decisions = [ { quarter = 1, state = "NORTH", lever = "import_ban", target = "SOUTH", sector = "grain", value = 0.9 } ]
below = -5.0
theory = "alone"
mechanism = "contracts_completed"

[[expect]]
text = "It is told."
table = "events"
outcome = "count"
where = { event = "measure imposed" }
quarter = 0
until = 3
compared = "level"
governments = false
above = 0
"""


def test_a_claim_may_bring_decisions_of_its_own_and_leaves_other_claims_alone(write) -> None:
    """North cuts nine in ten kinds of grain in quarter 1: the first claim sees it, the second sees only the ban of quarter 2."""
    claims = Claims(load(write(add=CLAIM)))
    grain, told = claims.setting.expects
    assert grain.decisions[0].value == 0.9
    assert claims.check(grain)[0], claims.check(grain)[1]
    held, sentence = claims.check(told)
    assert held
    assert "Found 1 for count (event measure imposed) in quarters 0 to 3; claimed above 0." in sentence


def test_a_claim_is_checked_again_without_its_mechanism(write) -> None:
    """The sentence of the second check comes from another run: with no running contracts carried on, the ban bites at once."""
    claims = Claims(load(write(add=CLAIM)))
    grain = claims.setting.expects[0]
    assert claims.check(grain, without_mechanism=True)[1] != claims.check(grain)[1]


def test_claims_are_refused_where_their_words_do_not_exist(write) -> None:
    wrong = CLAIM.replace('theory = "alone"', 'theory = "alnoe"').replace('lever = "import_ban"', 'lever = "import_bam"').replace("event =", "evnt =")
    problems = "\n".join(str(problem) for problem in check(write(add=wrong), LEVERS))
    for word in ("alnoe", "import_bam", "evnt"):
        assert word in problems
    counted = CLAIM.replace('quarter = 0\nuntil = 3\ncompared = "level"', 'quarter = 0\nuntil = 3\ncompared = "start"')
    assert "a count is compared as it is" in "\n".join(str(problem) for problem in check(write(add=counted), LEVERS))
