"""How the disputes stand: who acts now, who has left, whose concession is meant; and which dispute a bet on a policy is about."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from ui.bets import at_stake, happened
from ui.class_run import ClassRun, atlas
from ui.classroom.view import RoundSeen
from ui.pages.standing import against, standing, whose
from ui.retold import bet_told
from ui.text import words

SCENARIO = "marriage-of-convenience"  # Aurelia and Brennia ask two things, of Vostra and of Karstia, and use measures on both from the start
DISPUTES = {
    "quarter": [2, 2], "dispute": ["inspectors", "strait"], "sender": ["AUREL"] * 2, "target": ["KARST", "VOSTRA"], "stage": ["imposed"] * 2,
    "demand": [0.9] * 2, "policy": [0.3, 0.6], "senders": ["AUREL BRENN"] * 2, "package": [""] * 2,
}  # fmt: skip
MEASURES = [
    (2, "AUREL", "VOSTRA", "export_ban"), (2, "AUREL", "KARST", "import_ban"), (2, "BRENN", "KARST", "import_ban"),
    (2, "BRENN", "VOSTRA", "trade_facilitation"),
]  # fmt: skip


def run_with(measures: list[tuple[int, str, str, str]]) -> ClassRun:
    table = pd.DataFrame(measures, columns=["quarter", "sender", "target", "lever"])
    nothing = pd.DataFrame()
    states = pd.DataFrame({"quarter": [0, 1, 2]})
    return ClassRun((SCENARIO,), states, states, nothing, nothing, table, nothing, pd.DataFrame(DISPUTES), ("AUREL",), atlas(SCENARIO))


def seen(**public: object) -> RoundSeen:
    return RoundSeen(1, "digest", public, {}, {}, None, "", ())


def test_who_has_withdrawn_is_not_said_to_act() -> None:
    karstia, vostra = standing(run_with(MEASURES), [seen(due={})], words(), "KARST")
    assert karstia.startswith("Aurelia and Brennia: measures in force against Karstia")
    assert "withdrawn" not in karstia
    assert vostra.startswith("Aurelia: measures in force against Vostra")
    assert vostra.endswith("Brennia has withdrawn its measures.")


def test_a_policy_of_which_nothing_is_changed_is_said_so_in_words() -> None:
    """Karstia has changed 30 % of its policy; of Vostra's 0.4 % would print as nothing."""
    run = run_with(MEASURES)
    run.disputes["policy"] = [0.3, 0.004]
    karstia, vostra = standing(run, [seen(due={})], words(), "KARST")
    assert karstia.endswith("So far 30\N{NO-BREAK SPACE}% of the policy is changed.")
    assert "So far nothing of it is changed." in vostra


def test_a_bet_on_a_policy_is_about_one_dispute_and_settled_on_it() -> None:
    """Vostra's policy is changed by 0.6, Karstia's by 0.3; in the record Vostra's row comes last."""
    places, round_one = atlas(SCENARIO), seen(disputes=DISPUTES)
    about = [at_stake("policy_changed", state, places.disputes).target for state in ("KARST", "VOSTRA", "AUREL", "MIRAN")]
    assert about == ["KARST", "VOSTRA", "VOSTRA", "VOSTRA"]
    assert happened("policy_kept", "KARST", round_one, None, places.disputes) == pytest.approx(70.0)
    assert happened("policy_changed", "AUREL", round_one, None, places.disputes) == pytest.approx(60.0)
    turned = seen(disputes={name: values[::-1] for name, values in DISPUTES.items()})
    assert happened("policy_changed", "AUREL", turned, None, places.disputes) == pytest.approx(60.0)
    assert at_stake("real_income", "AUREL", places.disputes) is None


def test_a_dispute_that_has_ended_stands_as_it_ended_and_one_that_never_came_up_has_no_number() -> None:
    places, quiet = atlas(SCENARIO), seen(disputes={name: [] for name in DISPUTES})
    assert happened("policy_changed", "AUREL", quiet, seen(disputes=DISPUTES), places.disputes) == pytest.approx(60.0)
    assert happened("policy_changed", "AUREL", quiet, None, places.disputes) is None


def test_a_bet_says_whose_policy_it_is_about_in_both_languages() -> None:
    said = bet_told("policy_changed", "AUREL", atlas(SCENARIO), words())
    assert said == "how much of its policy Vostra has changed (Who may fish and lay pipes in the northern strait)"
    assert "Karstia" in bet_told("policy_kept", "KARST", atlas(SCENARIO), words("es"))
    assert bet_told("unrest", "KARST", atlas(SCENARIO), words()) == "unrest"


def test_the_poll_says_whose_concession_is_meant() -> None:
    assert whose(atlas(SCENARIO), words()) == "Asked here are Vostra and Karstia; one of them is enough."
    assert whose(atlas("off-ramp"), words()) == "The side that is asked here is Ismara."
    assert whose(atlas("triangle"), words()) == ""


def in_force(*rows: tuple[int, str, str, str, float]) -> ClassRun:
    """A run of three quarters with these measures: quarter, sender, target, lever, level."""
    table = pd.DataFrame(rows, columns=["quarter", "sender", "target", "lever", "level"])
    table["sector"], table["measure"] = "*", table["lever"] + table["sender"] + table["target"]
    return replace(run_with([]), measures=table, states=pd.DataFrame({"quarter": [0, 1, 2]}))


def test_a_target_reads_what_others_have_in_force_against_it() -> None:
    """Who, what, how strong and since when; neither help, nor what stands against others, nor what has ended."""
    run = in_force(
        *[(quarter, "AUREL", "VOSTRA", "import_ban", 0.5) for quarter in (0, 2)],  # ended, and begun again in the last quarter
        *[(quarter, "AUREL", "VOSTRA", "payment_exclusion", 0.4) for quarter in (0, 1, 2)],  # as it was at the start
        *[(quarter, "BRENN", "VOSTRA", "tariff", 0.3) for quarter in (1, 2)],
        (0, "MIRAN", "VOSTRA", "tariff", 0.2), (2, "BRENN", "VOSTRA", "trade_facilitation", 0.1), (2, "AUREL", "KARST", "import_ban", 0.6),
        (2, "VOSTRA", "AUREL", "import_ban", 0.6),
    )  # fmt: skip
    lines = against(run, run.places, "VOSTRA", words())
    assert [line.split(":")[0] for line in lines] == ["Import ban", "Tariff on imports", "Payment exclusion"]
    assert lines[0].startswith("Import ban: Aurelia on Vostra, all sectors, 50\u00a0%") and lines[0].endswith(", since year 1, Q3")
    assert lines[1].endswith(", since year 1, Q2") and lines[2].endswith(", from the start")
    assert against(run, run.places, "MIRAN", words()) == []
    assert len(against(None, run.places, "VOSTRA", words("es"))) == 5
    assert all(line.endswith("; desde el comienzo") for line in against(None, run.places, "VOSTRA", words("es")))
