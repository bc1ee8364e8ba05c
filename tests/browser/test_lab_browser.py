"""The Lab in a real Chromium: links, the keyboard, the way to the World and back, words for those who cannot see a chart."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import visit

pytestmark = pytest.mark.chromium

MEASURE = "m=import_ban~A~B~grain~0.5~0~"


def test_a_link_to_the_lab_works_on_a_server_that_nobody_has_visited(browser: Browser, fresh_address: str) -> None:
    tab = visit(browser, fresh_address, 1280, "light")
    page = tab.open("/lab?scenario=triangle")
    expect(page.locator("h1")).to_contain_text("Triangle")
    page.context.close()


def test_a_card_opens_its_scenario_and_the_address_is_the_link(browser: Browser, address: str) -> None:
    tab = visit(browser, address, 1280, "light")
    page = tab.open("/")
    page.locator(".st-key-open-triangle button").click()
    expect(page.locator("h1")).to_contain_text("Triangle")
    expect(page).to_have_url(re.compile(r"/lab\?scenario=triangle$"))
    page.context.close()


def test_the_keyboard_moves_a_slider_and_undoes_it(browser: Browser, address: str) -> None:
    """From 50 % of lines, one press of the right arrow is one step of 1 %."""
    tab = visit(browser, address, 1280, "light")
    page = tab.open(f"/lab?scenario=triangle&{MEASURE}")
    slider = page.get_by_role("slider").first
    expect(slider).to_have_value("50")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("grain~0.51~"))
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()
    page.keyboard.press("Control+z")
    expect(page).to_have_url(re.compile("grain~0.5~"))
    expect(page.get_by_role("slider").first).to_have_value("50")
    page.context.close()


def test_the_lab_stays_open_when_the_world_is_visited(browser: Browser, address: str) -> None:
    tab = visit(browser, address, 1280, "light")
    page = tab.open(f"/lab?scenario=triangle&{MEASURE}")
    page.get_by_role("link", name="World").click()
    expect(page.locator("h1")).to_contain_text("The world in Triangle")
    expect(page).to_have_url(re.compile(r"/world\?scenario=triangle&m=import_ban"))
    page.get_by_role("link", name="Lab").click()
    expect(page.locator("h1")).to_have_text(re.compile("^Triangle"))
    expect(page).to_have_url(re.compile(r"/lab\?scenario=triangle&m=import_ban"))
    page.context.close()


def test_every_chart_has_words_for_those_who_cannot_see_it(browser: Browser, address: str) -> None:
    tab = visit(browser, address, 1280, "light")
    page = tab.open("/lab?scenario=triangle")
    expect(page.locator("[data-testid=stVegaLiteChart] [aria-label]")).not_to_have_count(0)
    expect(page.locator("[data-testid=stVegaLiteChart]")).to_have_count(4)
    tab.settled()
    names = page.locator("[data-testid=stVegaLiteChart]").evaluate_all(
        "charts => charts.map(chart => (chart.querySelector('[aria-label]') || {getAttribute: () => ''}).getAttribute('aria-label'))"
    )
    assert len(names) == 4
    assert all(len(name) > 20 for name in names)
    page.context.close()
