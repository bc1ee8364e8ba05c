"""What a round has brought: the most important first, nothing that was so from the start."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.ui.patience import SECONDS
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
