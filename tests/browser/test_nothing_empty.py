"""The look at panels finds what it is for: nothing under a heading, a chart without a mark, words of a program for nothing, a panel not there."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Visit
from tests.browser.nothing_empty import nothing_empty

pytestmark = pytest.mark.chromium

WORDS = "<p>Four words stand here.</p>"
MARK = '<div data-testid="stVegaLiteChart"><svg><g class="role-mark"><rect/><path d="M0,0 L40,40 Z"/></g></svg></div>'
BARE = '<div data-testid="stVegaLiteChart"><svg><g class="role-axis"><path d="M0,0 L40,40 Z"/></g></svg></div>'


@pytest.mark.parametrize(
    "under, said",
    [
        (WORDS, ""),
        (WORDS + MARK, ""),
        ("<ul><li>one two three four</li></ul>", ""),
        ("", "nothing under 'One fork'"),
        ("<p></p>", "nothing under 'One fork'"),
        ("<p>Two words</p>", "nothing under 'One fork'"),
        (WORDS + BARE, "an empty chart under 'One fork'"),
        ("<p>It lost nan percent of its income.</p>", "nan"),
        ("<p>The policy of {who} is changed.</p>", "{who}"),
    ],
)
def test_what_stands_under_a_heading_is_judged(browser: Browser, under: str, said: str) -> None:
    page = browser.new_page()
    page.set_content(f'<div data-testid="stMain"><h1>Looking back</h1><h2>One fork</h2>{under}<h2>Three verdicts</h2>{WORDS}</div>')
    try:
        if said:
            with pytest.raises(AssertionError) as found:
                nothing_empty(Visit(page, ""), ["One fork", "Three verdicts"])
            assert said in str(found.value)
        else:
            nothing_empty(Visit(page, ""), ["One fork", "Three verdicts"])
    finally:
        page.close()


def test_a_panel_that_is_not_there_is_missed(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(f'<div data-testid="stMain"><h1>Looking back</h1><h2>One fork</h2>{WORDS}</div>')
    with pytest.raises(AssertionError):
        nothing_empty(Visit(page, ""), ["One fork", "Four bills"])
    page.close()
