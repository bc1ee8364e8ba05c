"""The bounded memory of runs and charts."""

from __future__ import annotations

import threading

import pytest

from ui.shelf import Shelf


def test_a_thing_is_made_once_and_the_oldest_unused_goes_first() -> None:
    made: list[str] = []
    shelf: Shelf[str] = Shelf(2)

    def make(name: str) -> str:
        return shelf.get(name, lambda: made.append(name) or name)  # type: ignore[func-returns-value]

    make("a"), make("b"), make("a"), make("c"), make("a"), make("b")
    assert made == ["a", "b", "c", "b"]
    assert len(shelf) == 2


def test_an_error_is_not_kept() -> None:
    shelf: Shelf[int] = Shelf(2)
    with pytest.raises(ZeroDivisionError):
        shelf.get("a", lambda: 1 // 0)
    assert shelf.get("a", lambda: 1) == 1


def test_two_who_ask_at_once_get_one_thing() -> None:
    shelf: Shelf[object] = Shelf(2)
    inside, go = threading.Event(), threading.Event()
    found: list[object] = []

    def slow() -> object:
        inside.set()
        assert go.wait(5)
        return object()

    first = threading.Thread(target=lambda: found.append(shelf.get("a", slow)))
    first.start()
    assert inside.wait(5)
    second = threading.Thread(target=lambda: found.append(shelf.get("a", object)))
    second.start()
    go.set()
    first.join(5)
    second.join(5)
    assert len(found) == 2
    assert found[0] is found[1]
