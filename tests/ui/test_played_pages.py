"""A page played in a test does not change what other tests find."""

from __future__ import annotations

import sys

import pytest
from streamlit.testing.v1 import AppTest

MAIN = sys.modules["__main__"]


def _page() -> None:
    import streamlit as st

    st.write("a page")


@pytest.mark.parametrize("time", ["first", "second"])
def test_pythons_main_module_is_no_page_of_an_earlier_test(time: str) -> None:
    """The second time a page has been played before: processes started now must not begin by running it."""
    assert sys.modules["__main__"] is MAIN
    AppTest.from_function(_page).run()
