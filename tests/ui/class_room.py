"""A class for the tests of its pages: the real store and the real model, pages played without a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.classroom.fakes import PASSPHRASE
from tests.ui.patience import SECONDS
from ui.classroom import instructor, keys, seats, view
from ui.classroom.card import Plan
from ui.classroom.engine import card_of
from ui.classroom.sessions import Created, create
from ui.classroom.store import Store, forget_engine
from ui.house import the_model, the_store


@contextmanager
def at_home(folder: Path) -> Iterator[Path]:
    """The app's data in a folder of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SANCTIONS_LAB_DATA", str(folder))
        patch.delenv("SANCTIONS_LAB_DATABASE", raising=False)
        yield folder
    forget_engine(f"sqlite:///{folder / 'classroom.sqlite'}")


def seat_page() -> None:
    from ui.pages import seat

    seat.show({})


def teach_page() -> None:
    from ui.pages import teach

    teach.show({})


def screen_page() -> None:
    from ui.pages import screen

    screen.show({})


def join_page() -> None:
    from ui.pages import join

    join.show({})


def words_of(app: AppTest) -> str:
    """Everything written on the page."""
    found = [*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.error, *app.warning, *app.info, *app.success]
    return "\n".join(str(element.value) for element in found)


def done(app: AppTest) -> AppTest:
    """The page, which must have been drawn without an exception."""
    assert [error.value for error in app.exception] == []
    return app


def button(app: AppTest, name: str) -> Any:
    """The only button with this label or key (a key may be given without its stamp)."""
    found = [one for one in app.button if one.label == name or one.key == name or re.fullmatch(rf"{re.escape(name)}-\d+-\d+-\w+", one.key or "")]
    assert len(found) == 1, (name, [(one.label, one.key) for one in app.button])
    return found[0]


def press(app: AppTest, name: str) -> AppTest:
    """Press a button and draw again."""
    button(app, name).click()
    return done(app.run())


@dataclass
class ClassRoom:
    """A session of a shipped scenario in the store that the pages open."""

    store: Store
    key: str
    made: Created

    @property
    def links(self) -> dict[str, str]:
        return dict(self.made.links)

    def now(self, seat: str = "") -> Any:
        """What a seat sees, the first unless named."""
        return view.look(self.store, self.links[seat or next(iter(self.links))])

    def start(self, *labels: str) -> ClassRoom:
        for label in labels or self.links:
            seats.start(self.store, self.links[label])
        return self

    def to(self, phase: str, round_number: int | None = None) -> ClassRoom:
        for _ in range(80):
            seen = self.now()
            if seen.phase == phase and round_number in (None, seen.round):
                return self
            instructor.advance(self.store, the_model(), self.key, self.made.uid, seen.stamp)
        raise AssertionError(f"never reached {phase}")

    def seat(self, label: str = "arden") -> AppTest:
        app = AppTest.from_function(seat_page, default_timeout=SECONDS)
        app.query_params["k"] = self.links[label]
        return done(app.run())

    def screen(self) -> AppTest:
        app = AppTest.from_function(screen_page, default_timeout=SECONDS)
        app.query_params["k"] = self.made.projector
        return done(app.run())

    def teach(self, session: bool = True) -> AppTest:
        app = AppTest.from_function(teach_page, default_timeout=SECONDS)
        app.session_state["instructor-key"] = self.key
        if session:
            app.query_params["s"] = self.made.uid
        return done(app.run())


def open_class(scenario: str = "who-pays", rounds: int = 2, plan: Plan | None = None) -> ClassRoom:
    """A new class in the data folder of the environment."""
    store = the_store()
    code = keys.setup_code(store)
    key = keys.set_first_passphrase(store, str(code), PASSPHRASE, "127.0.0.1")
    card = card_of(scenario).model_copy(update={"rounds": rounds})
    made = create(store, key, card, plan=plan or Plan(), engine_version=the_model().version)
    return ClassRoom(store, key, made)
