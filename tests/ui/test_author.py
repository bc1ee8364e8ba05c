"""The author room: a start, the form, the text with its check, packets, a played draft, differences and the download."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from sim import api
from tests.ui.patience import SECONDS
from ui.pages.author import Room
from ui.pages.long_work import WORKS

PATIENCE = 300  # seconds; a busy machine may take long to start a process


def author_page() -> None:
    from ui.pages import author

    author.show({})


def page(part: str = "form", text: str | None = None, tables: dict[str, str] | None = None) -> AppTest:
    app = AppTest.from_function(author_page, default_timeout=SECONDS)
    draft = api.drafts.template() if text is None else api.drafts.Draft(text, tables or {})
    app.session_state["author"] = Room(draft, 1)
    app.session_state["author-part"] = part
    return done(app.run())


def done(app: AppTest) -> AppTest:
    assert [error.value for error in app.exception] == []
    return app


def said(app: AppTest) -> str:
    return " ".join(text.value for text in (*app.markdown, *app.caption, *app.subheader))


def draft(app: AppTest) -> api.drafts.Draft:
    found = app.session_state["author"].draft
    assert found is not None
    return found


def test_the_page_opens_empty_and_starts_from_a_copy() -> None:
    app = done(AppTest.from_function(author_page, default_timeout=SECONDS).run())
    assert "No draft is open yet" in said(app)
    app.selectbox(key="author-begin").set_value("the-pledge")
    app.button(key="author-take").click()
    done(app.run())
    assert draft(app).text == api.drafts.copy_of("the-pledge").text
    assert "The file is valid" in app.success[0].value


def test_every_part_of_the_form_is_drawn_for_every_scenario() -> None:
    for name in ("triangle", "marriage-of-convenience", "russia-2014"):
        copy = api.drafts.copy_of(name)
        app = page("form", copy.text, dict(copy.tables))
        for part in api.forms.PARTS:
            app.pills(key="author-form-part").set_value(part)
            done(app.run())
            assert [error.value for error in app.error] == []


def test_an_answer_of_the_form_reaches_the_text() -> None:
    app = page()
    app.text_input(key="author-1--None-title").set_value("Two rivers")
    done(app.run())
    assert 'title = "Two rivers"' in draft(app).text
    app.pills(key="author-form-part").set_value("state")
    done(app.run())
    app.number_input(key="author-2-state-0-gini").set_value(44.0)
    done(app.run())
    assert "gini = 44.0" in draft(app).text
    assert "The file is valid" in app.success[0].value


def test_entries_can_be_added_and_removed_in_the_form() -> None:
    app = page()
    app.pills(key="author-form-part").set_value("inject")
    done(app.run())
    assert "There is none yet" in said(app)
    app.button(key="author-add-inject").click()
    done(app.run())
    assert "[[inject]]" in draft(app).text
    app.button(key="author-remove-inject-2").click()
    done(app.run())
    assert "[[inject]]" not in draft(app).text


def test_a_mistake_in_the_text_is_told_with_its_line_and_shuts_the_previews() -> None:
    app = page("text")
    app.text_area(key="author-text-1").set_value(draft(app).text.replace("minutes = 30", "minutes = 3000"))
    done(app.run())
    line = draft(app).text.splitlines().index("minutes = 3000") + 1
    assert f"**Line {line}.**" in app.error[0].value
    assert "5 to 600" in app.error[0].value
    app.segmented_control(key="author-part").set_value("run")
    done(app.run())
    assert "Put right what is wrong first" in app.info[0].value


def test_text_that_is_no_toml_leaves_the_page_standing() -> None:
    app = page("form", "title = [[[")
    assert "not valid TOML" in " ".join(error.value for error in app.error)
    assert "cannot read the file" in app.error[-1].value


def test_a_packet_is_shown_as_the_student_reads_it_with_its_length() -> None:
    app = page("roles")
    assert "Trade minister of North" in said(app)
    assert "The longest packet is" in said(app)


def test_a_hostile_packet_brings_no_markdown_with_it() -> None:
    app = page("roles", api.drafts.template().text.replace("Your voters want", "![x](http://192.0.2.1/a.png) Your voters want"))
    assert "![x](" not in said(app)
    assert "!\\[x\\]" in said(app)


def test_the_draft_is_played_in_the_background() -> None:
    app = page("run", api.drafts.template().text.replace("quarters = 12", "quarters = 4"))
    app.button(key="author-run-start").click()
    done(app.run())
    for work in list(WORKS._works.values()):
        assert work.finished.wait(PATIENCE)
    done(app.run())
    assert [head.value for head in app.subheader] == ["Who pays?", "How do incomes and prices move?", "What happened"]


def test_differences_from_a_shipped_scenario_are_told_in_words() -> None:
    copy = api.drafts.copy_of("triangle")
    app = page("difference", copy.text, dict(copy.tables))
    assert "Nothing differs" in " ".join(one.value for one in app.success)
    app = page("difference", copy.text.replace("quarters = 12", "quarters = 14"), dict(copy.tables))
    assert "1 thing differs" in said(app)
    assert "**quarters**: 12 → 14" in said(app)
