"""The charts of a round are drawn before its result is stored: else they are drawn when the whole class asks for them at once, and all wait."""

from __future__ import annotations

from ui.classroom.ahead import coming
from ui.classroom.contract import RoundResult
from ui.classroom.store import Store
from ui.pages.class_desk import CHARTS, class_chart
from ui.pages.seat_desk import is_read_in, run_after
from ui.text import DEFAULT, languages, words


def draw_ahead(store: Store, session_id: int, round_id: int, result: RoundResult) -> None:
    """Draw what every seat will be shown, in the languages that the class reads."""
    class_ = coming(store, session_id, round_id, result)
    for language in languages():
        if language != DEFAULT and not is_read_in(class_.uid, class_.resolved[:-1], language):
            continue
        run = run_after(class_.uid, class_.scenario, class_.resolved, list(class_.seen), language)
        if run is not None:
            for state in class_.states:
                for name in CHARTS:
                    class_chart(name, run, state, words(language))
