"""The debrief as a file and as a page: nothing is loaded from outside, no name is markup, paper has its size, the page draws every panel."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser

import pytest
from streamlit.testing.v1 import AppTest

from sim import api
from tests.ui.patience import SECONDS
from tests.ui.pdf_pages import sizes
from ui.catalogue import scenario
from ui.debrief.as_html import as_html
from ui.debrief.as_pdf import as_pdf
from ui.debrief.hindsight import Hindsight
from ui.debrief.make import PARTS, debrief, made
from ui.debrief.panels import Debrief, Panel, Picture, Step, Table
from ui.debrief.pictures import png, svg
from ui.debrief.story import of_view
from ui.text import words
from ui.view import View

W = words()
HOSTILE = "<script>alert(1)</script><img src=http://evil.example/x.png onerror=alert(1)> ![x](http://evil.example/y.png) </p>&lt;"
LOADS = re.compile(r"""(?:src|srcset|data|poster|action|background|xlink:href|href)\s*=\s*["']?\s*(?!#)([^"'\s>]+)|url\(\s*([^)]*)\)|@import""", re.IGNORECASE)


@cache
def small() -> Debrief:
    seen = Hindsight(of_view(View("triangle"), scenario("triangle")), W)
    return debrief(seen, list(made(seen)))


def hostile() -> Debrief:
    """A debrief in which every text is an attack."""
    picture = small().panels[1].pictures[0]
    panel = Panel(
        HOSTILE, HOSTILE, (HOSTILE,), (Step(HOSTILE, HOSTILE, HOSTILE, HOSTILE),), (Picture(picture.specs, HOSTILE),),
        (Table((HOSTILE, HOSTILE), ((HOSTILE, HOSTILE),)),), (HOSTILE,), HOSTILE,
    )  # fmt: skip
    return Debrief(HOSTILE, HOSTILE, HOSTILE, "en", (panel,))


class Reader(HTMLParser):
    """Every element of a page, and everything any attribute names."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.names: list[tuple[str, str, str]] = []
        self.depth: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.names += [(tag, name, value or "") for name, value in attrs]


def test_the_file_loads_and_runs_nothing() -> None:
    """Names of name spaces are no loads; links lead inside the file only."""
    for found in (small(), hostile()):
        text = as_html(found, W)
        reader = Reader(text)
        assert not {"script", "img", "link", "iframe", "object", "embed", "image", "use", "foreignobject", "form", "base", "video", "audio"} & {*reader.tags}
        assert not [name for name in reader.names if name[1].startswith("on")]
        for tag, name, value in reader.names:
            if name in ("href", "src", "xlink:href", "srcset", "data", "action", "poster", "background"):
                assert value.startswith("#"), (tag, name, value)
            assert not (name not in ("xmlns", "xmlns:xlink") and "://" in value and "evil" not in value), (tag, name, value)
        style = text[text.index("<style>") : text.index("</style>")]
        assert not LOADS.search(style)
        assert "default-src 'none'" in text


def test_no_name_can_bring_markup_into_the_file() -> None:
    text = as_html(hostile(), W)
    assert "<script" not in text
    assert "<img" not in text
    assert text.count("&lt;script&gt;") >= 12


def test_the_file_holds_every_panel_with_its_pictures_inside() -> None:
    text = as_html(small(), W)
    reader = Reader(text)
    for panel in small().panels:
        assert f'<section id="{panel.key}">' in text
    assert reader.tags.count("svg") == sum(len(picture.specs) for panel in small().panels for picture in panel.pictures)
    assert reader.tags.count("table") == sum(len(panel.tables) for panel in small().panels)
    assert text.count("<h1>") == 1


def test_a_picture_follows_the_text_colour_of_its_page_and_is_dark_on_paper() -> None:
    spec = small().panels[1].pictures[0].specs[0]
    assert "currentColor" in svg(spec)
    assert png(spec).startswith(b"\x89PNG")


@pytest.mark.parametrize("size, wanted", [("a4", (595.28, 841.89)), ("letter", (612.0, 792.0))])
def test_the_pdf_has_the_size_of_its_paper(size: str, wanted: tuple[float, float]) -> None:
    found = sizes(as_pdf(small(), size, W))
    assert 2 <= len(found) <= 8
    assert all(abs(page[0] - wanted[0]) < 0.02 and abs(page[1] - wanted[1]) < 0.02 for page in found)


def test_the_pdf_of_hostile_names_is_a_pdf() -> None:
    assert 1 <= len(sizes(as_pdf(hostile(), "a4", W))) <= 3
    with pytest.raises(api.Refusal, match="allowed are a4, letter"):
        as_pdf(hostile(), "a5", W)


def test_the_same_debrief_gives_the_same_pdf() -> None:
    assert as_pdf(small(), "a4", W) == as_pdf(replace(small()), "a4", W)


def debrief_page() -> None:
    from ui.pages import debrief as page

    page.show({})


def page(**query: str) -> AppTest:
    app = AppTest.from_function(debrief_page, default_timeout=SECONDS)
    for key, value in query.items():
        app.query_params[key] = value
    return done(app.run())


def done(app: AppTest) -> AppTest:
    assert [error.value for error in app.exception] == []
    assert [error.value for error in app.error] == []
    return app


def test_without_a_run_the_page_points_to_the_lab() -> None:
    assert "Open a scenario in the Lab first" in page().markdown[0].value


def test_the_page_draws_every_panel_and_keeps_the_view_in_its_link() -> None:
    app = page(scenario="triangle", seed="3")
    heads = [header.value for header in app.header]
    assert heads[: len(PARTS)] == [W.t(f"debrief.{name}.heading") for name in PARTS]
    assert app.query_params["seed"] in ("3", ["3"])
    again = done(app.run())  # the second drawing takes everything from memory
    assert [header.value for header in again.header][: len(PARTS)] == heads[: len(PARTS)]


def test_the_projector_sees_one_part_at_a_time() -> None:
    app = page(scenario="triangle")
    app.toggle(key="debrief-screen").set_value(True)
    done(app.run())
    assert len(app.header) == 0
    assert [title.value for title in app.title][1] == W.t("debrief.timeline.heading")


def test_another_fork_can_be_picked() -> None:
    app = page(scenario="first-warning")
    box = app.selectbox(key="debrief-fork")
    before = [text.value for text in app.markdown if text.value.startswith("What if")]
    box.set_value(1)
    done(app.run())
    assert [text.value for text in app.markdown if text.value.startswith("What if")] != before


@pytest.mark.parametrize("name", ["html", "pdf"])
def test_the_files_are_made_when_asked_for(name: str) -> None:
    app = page(scenario="triangle")
    app.button(key=f"debrief-make-{name}").click()
    done(app.run())
    assert len(app.get("download_button")) == 1


def test_a_scenario_can_be_printed_from_the_page() -> None:
    app = page(scenario="triangle")
    for name in ("packets", "names", "sheets"):
        app.button(key=f"debrief-print-make-{name}").click()
        done(app.run())
        assert len(app.get("download_button")) == 1


def test_a_link_that_cannot_be_read_is_a_sentence() -> None:
    app = AppTest.from_function(debrief_page, default_timeout=SECONDS)
    app.query_params["scenario"] = "nowhere"
    app.run()
    assert [error.value for error in app.exception] == []
    assert "There is no scenario 'nowhere'" in app.error[0].value
