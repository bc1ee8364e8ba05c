"""The author room: start from a template or a copy, edit in a form or as text, check with line and cure, preview, compare, download.

The draft lives in the browser session only; nothing is ever written into the folder of shipped scenarios. What comes from outside is limited in
size, and parsed only by the scenario loader.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, replace

import streamlit as st

from sim import api
from ui.catalogue import cards
from ui.pages.author_forms import form_part
from ui.pages.author_preview import difference_part, roles_part, run_part
from ui.pages.desk import language_of
from ui.pages.shown import WIDE
from ui.pages.start import Pages
from ui.pages.upload import upload
from ui.shelf import Shelf
from ui.telling import tell
from ui.text import DEFAULT, Words, plain

NAME = "author"
TEMPLATE = ""  # in the list of what to start from
PARTS = ("form", "text", "roles", "run", "difference")
MOST_SHOWN = 12  # problems
TALL = 560  # pixels of the text
LONGEST = 500_000  # letters
MEGABYTES = 3  # of one uploaded file; the loader allows less for a scenario
_CHECKED: Shelf[tuple[list[api.drafts.Problem], api.Scenario | None]] = Shelf(40)


@dataclass
class Room:
    """The draft on the table. `revision` moves on when the text is changed from outside its own field."""

    draft: api.drafts.Draft | None = None
    revision: int = 0

    def put(self, draft: api.drafts.Draft) -> None:
        """Lay another draft on the table."""
        self.draft = draft
        self.revision += 1


def show(pages: Pages) -> None:
    """Draw the page."""
    w = language_of("author")
    room: Room = st.session_state.setdefault(NAME, Room())
    st.title(w.t("author.title"), anchor=False)
    st.markdown(w.t("author.text"))
    if w.language != DEFAULT:
        st.caption(w.t("author.in_english"))
    _begin(room, w)
    if room.draft is None:
        st.caption(w.t("author.none"))
        return
    problems, setting = _CHECKED.get((room.draft.text, tuple(sorted(room.draft.tables.items()))), lambda: _check(room.draft))
    _verdict(problems, w)
    part = st.segmented_control(
        w.t("author.page"),
        PARTS,
        default="form",
        required=True,
        format_func=lambda name: w.t(f"author.part.{name}"),
        key="author-part",
        label_visibility="collapsed",
    )
    if part == "form":
        form_part(room.draft, room.revision, lambda text: _edit(room, text), w)
    elif part == "text":
        _text(room, w)
    elif setting is None:
        st.info(w.t("author.run.invalid"), icon=":material/build:")
    elif part == "roles":
        roles_part(setting, w)
    elif part == "run":
        run_part(room.draft, setting, w)
    else:
        difference_part(setting, w)
    _download(room.draft, setting, w)


def _begin(room: Room, w: Words) -> None:
    titles = {TEMPLATE: w.t("author.template")}
    titles |= {card.id: w.t("author.copy", title=tell(card.title, card.id, w)) for card in cards() if card.setting is not None}
    place = st.container(border=True) if room.draft is None else st.expander(w.t("author.another"), icon=":material/note_add:")
    with place:
        left, right = st.columns(2, gap="large")
        with left:
            picked = st.selectbox(w.t("author.begin"), list(titles), format_func=lambda name: titles[name], key="author-begin")
            if room.draft is not None:
                st.caption(w.t("author.replace_warning"))
            if st.button(w.t("author.take"), icon=":material/note_add:", key="author-take", type="primary" if room.draft is None else "secondary"):
                room.put(api.drafts.template() if picked == TEMPLATE else api.drafts.copy_of(str(picked)))
                st.rerun()
        with right:
            files = upload(w.t("author.upload"), ("toml", "csv"), f"author-files-{room.revision}", w, MEGABYTES, several=True)
            st.caption(w.t("author.upload_help"))
            if files:
                _open(room, [(file.name, file.getvalue()) for file in files], w)


def _open(room: Room, files: list[tuple[str, bytes]], w: Words) -> None:
    """Take uploaded files: the scenario first, then its tables; without a scenario the tables join the open draft."""
    try:
        draft = room.draft
        for name, content in files:
            if name.endswith(".toml"):
                draft = api.drafts.Draft(api.drafts.text_of(content), draft.tables if draft is not None else {})
        if draft is None:
            draft = api.drafts.template()
        for name, content in files:
            if name.endswith(".csv"):
                draft = api.drafts.with_table(draft, name, content)
    except api.Refusal as problem:
        st.error(plain(w.t("author.refused", problem=problem)), icon=":material/block:")
        return
    room.put(draft)
    st.toast(plain(w.t("author.uploaded", names=w.joined([name[:60] for name, _ in files]))))
    st.rerun()


def _check(draft: api.drafts.Draft | None) -> tuple[list[api.drafts.Problem], api.Scenario | None]:
    assert draft is not None
    try:
        problems = api.drafts.problems(draft)
        return problems, None if problems else api.drafts.read_draft(draft)
    except api.Refusal as refusal:
        return [api.drafts.Problem(0, "", line) for line in str(refusal).splitlines()], None


def _verdict(problems: list[api.drafts.Problem], w: Words) -> None:
    if not problems:
        st.success(w.t("author.check.fine"), icon=":material/check_circle:")
        return
    lines = [f"{w.t('author.check.problems', count=len(problems))}\n"]
    for one in problems[:MOST_SHOWN]:
        where = w.t("author.check.line", line=w.number(one.line), sentence=plain(one.sentence))
        said = where if one.line else w.t("author.check.whole", sentence=plain(one.sentence))
        excerpt = f"  \n  `{one.excerpt.replace('`', chr(39))}`" if one.excerpt else ""
        lines.append(f"- {said}{excerpt}")
    if len(problems) > MOST_SHOWN:
        lines.append(f"- {w.t('author.check.more', count=len(problems) - MOST_SHOWN)}")
    st.error("\n".join(lines), icon=":material/build:")


def _text(room: Room, w: Words) -> None:
    assert room.draft is not None
    key = f"author-text-{room.revision}"

    def taken() -> None:
        assert room.draft is not None
        room.draft = replace(room.draft, text=str(st.session_state[key]))

    st.text_area(w.t("author.source.label"), room.draft.text, height=TALL, max_chars=LONGEST, help=w.t("author.source.help"), key=key, on_change=taken)
    st.button(w.t("author.source.apply"), icon=":material/rule:", key="author-apply")
    if room.draft.tables:
        st.caption(plain(w.t("author.tables", names=w.joined(list(room.draft.tables)))))


def _edit(room: Room, text: str) -> None:
    """A form changed the text."""
    assert room.draft is not None
    room.put(replace(room.draft, text=text))


def _download(draft: api.drafts.Draft, setting: api.Scenario | None, w: Words) -> None:
    name = setting.id if setting is not None else "draft"
    st.space("small")
    if draft.tables:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{name}.toml", draft.text)
            for table, content in draft.tables.items():
                archive.writestr(f"{name}/{table}", content)
        st.download_button(
            w.t("author.download.zip"), packed.getvalue(), f"{name}.zip", "application/zip", icon=":material/download:", key="author-zip", width="content"
        )
    else:
        st.download_button(
            w.t("author.download.toml"), draft.text, f"{name}.toml", "application/toml", icon=":material/download:", key="author-toml", width="content"
        )
    st.caption(plain(w.t("author.download.next", id=name)), width=WIDE)
