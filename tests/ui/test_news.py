"""What a round has brought: the most important first, nothing that was so from the start."""

from __future__ import annotations

from dataclasses import replace

from streamlit.testing.v1 import AppTest

from tests.ui.patience import SECONDS
from ui.classroom.played import play
from ui.classroom.view import RoundSeen
from ui.pages.news import news
from ui.text import words

SCENARIO = "marriage-of-convenience"  # nine measures are in force at its start, the first of them this one
BEGUN = (0, "measure imposed", "AUREL VOSTRA", "Export ban of AUREL on VOSTRA, level 0.9")
HELP = [(1, "measure imposed", f"{state} {other}", f"Trade facilitation of {state} on {other}, level 0.05") for state in ("MIRAN", "OSTRAY", "LETHE", "SOLANA")
        for other in ("KARST", "VOSTRA")]  # fmt: skip
LEFT = (1, "measure withdrawn", "BRENN VOSTRA", "Export ban of BRENN on VOSTRA withdrawn")
MINE = (2, "propose deal", "KARST VOSTRA", "Karstia towards Vostra: propose a deal: licence (50%)")


def round_of(*events: tuple[int, str, str, str]) -> RoundSeen:
    table = dict(zip(("quarter", "event", "states", "text"), map(list, zip(*events, strict=True)), strict=True))
    return RoundSeen(1, "digest", {"events": table}, {}, {}, None, "", ())


def test_what_was_in_force_from_the_start_is_no_event_and_what_was_changed_is() -> None:
    changed = (0, "measure changed", "AUREL VOSTRA", "Export ban of AUREL on VOSTRA moved from 0.9 to 0.5")
    stronger = (0, "measure imposed", "AUREL VOSTRA", "Export ban of AUREL on VOSTRA, level 0.95")
    again = (1, *BEGUN[1:])
    w = words()
    assert news(round_of(BEGUN), SCENARIO, w) == []
    assert len(news(round_of(BEGUN, changed), SCENARIO, w)) == 1
    assert len(news(round_of(stronger), SCENARIO, w)) == 1
    assert len(news(round_of(again), SCENARIO, w)) == 1


def test_what_is_ones_own_comes_first_then_withdrawals_then_small_help() -> None:
    lines = news(round_of(BEGUN, *HELP, LEFT, MINE), SCENARIO, words(), "KARST")
    assert len(lines) == 10
    assert lines[0].startswith("Karstia towards Vostra: propose a deal: a technology licence")
    assert lines[1].startswith("Brennia on Vostra: export ban withdrawn")
    assert all("for Karstia: trade facilitation" in line for line in lines[2:6])
    assert news(round_of(BEGUN, *HELP, LEFT), SCENARIO, words())[0].startswith("Brennia")


def test_what_a_government_of_the_model_offers_is_told_with_its_terms() -> None:
    """Nobody has handed in anything: the terms are those on the table of the model's world, each offer's own where there are two in a round."""
    offer = {"offer": "settlement", "sender": "AUREL", "receiver": "KARST", "share": 0.6, "stages": 3, "snapback": 1.0, "monitored": 0.5}
    wedges = [{**offer, "quarter": quarter, "ask": 0.0, "leave": leave, "anew": ""} for quarter, leave in ((1, "VOSTRA"), (3, "MIRAN"))]
    relief = {**offer, "quarter": 2, "ask": 0.5, "share": "1", "leave": "", "anew": ""}
    said = "Aurelia towards Karstia: inducement to leave a partner"
    told = [(quarter, "inducement", "AUREL KARST", f"{said}: {whom}") for quarter, whom in ((1, "Vostra"), (3, "Miran"))]
    made = (2, "offer settlement", "AUREL KARST", "Aurelia towards Karstia: offer relief (50%)")
    seen = round_of(told[0], made, told[1])
    seen = replace(seen, public={**seen.public, "relief": [*wedges, relief]})
    lines = [line.replace("\N{NO-BREAK SPACE}", " ").replace("\\", "") for line in news(seen, SCENARIO, words())]
    assert [line.partition(": ")[2] for line in lines] == [
        "inducement to leave a partner: Vostra (60 % of the measures lifted)",
        "offer relief (50 % of the demand) (100 % of the measures lifted, in 3 stages, brought back if it is broken)",
        "inducement to leave a partner: Miran (60 % of the measures lifted)",
    ]


def test_lines_out_of_view_are_counted_and_can_be_opened() -> None:
    def draw() -> None:
        from ui.pages.news import show_news
        from ui.text import words

        show_news([f"line {number}" for number in range(11)], words(), "news")

    app = AppTest.from_function(draw, default_timeout=SECONDS).run()
    assert [one.label for one in app.expander] == ["3 more"]
    assert "line 10" in app.expander[0].markdown[0].value
    assert "line 7" in app.markdown[0].value
    assert "line 8" not in app.markdown[0].value


def test_the_offers_of_governments_that_the_model_plays_are_in_what_everybody_may_see() -> None:
    """Off-ramp, seed 3, nobody seated: each offer of relief in the record has its row, with the quarter, both states and the terms."""
    public = play("off-ramp", 3, "", [], 6, 0, [])["public"]
    table = public["events"]
    made = [
        (quarter, *states.split())
        for quarter, kind, states in zip(table["quarter"], table["event"], table["states"], strict=True)
        if kind in ("offer settlement", "inducement")
    ]
    assert made
    assert sorted((row["quarter"], row["sender"], row["receiver"]) for row in public["relief"]) == sorted(made)
    lines = news(RoundSeen(1, "digest", public, {}, {}, None, "", ()), "off-ramp", words())
    told = [line for line in lines if "offer relief" in line]
    assert told and all("of the measures lifted" in line for line in told)
