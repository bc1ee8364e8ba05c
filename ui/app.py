"""The app: which pages there are. Nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import streamlit as st

from ui.pages.desk import language
from ui.text import DEFAULT

ICON = Path(__file__).parent / "icon.png"  # a file of our own: a named icon would be fetched from outside
WITHOUT_MENU = ("seat", "screen")  # a student's and the projector's page: nothing there leads away
# The theme cannot say it: what is chosen keeps the colour of text, which has the contrast that the accent lacks on a dark ground.
CHOSEN = "button[data-variant][data-selected=true] { color: inherit !important; }"
CLOSER = "[data-testid=stMainBlockContainer] { padding-top: 4.5rem; }"  # the first words of a page come before the fold of a phone
# On a phone the arrows alone say undo and redo; who listens to the page still hears the words.
ARROWS = "@media (max-width: 640px) { :is(.st-key-undo, .st-key-redo) button :is(p, kbd) { position: absolute; clip-path: inset(50%); } }"
# Streamlit writes this button in English and takes no word for it: another language's is shown in its place (who listens to the page hears both).
UPLOAD = "[data-testid=stFileUploaderDropzone] button p"
TOP: Final = "top"
HIDDEN: Final = "hidden"


def main() -> None:
    """Set the frame and run the page that was asked for. Pages import what they need when they are opened."""
    w = language()
    st.set_page_config(page_title=w.t("common.app"), page_icon=str(ICON), layout="wide")
    upload = "" if w.language == DEFAULT else f'{UPLOAD} {{ font-size: 0; }} {UPLOAD}::after {{ font-size: 1rem; content: "{w.t("common.upload")}"; }}'
    st.html(f"<style>{CHOSEN} {CLOSER} {ARROWS} {upload}</style>")

    def start() -> None:
        from ui.pages import start as page

        page.show(pages)

    def first() -> None:
        from ui.pages import first as page

        page.show(pages)

    def lab() -> None:
        from ui.pages import lab as page

        page.show(pages)

    def world() -> None:
        from ui.pages import world as page

        page.show(pages)

    def politics() -> None:
        from ui.pages import politics as page

        page.show(pages)

    def explore() -> None:
        from ui.pages import explore as page

        page.show(pages)

    def author() -> None:
        from ui.pages import author as page

        page.show(pages)

    def model() -> None:
        from ui.pages import model as page

        page.show(pages)

    def debrief() -> None:
        from ui.pages import debrief as page

        page.show(pages)

    def teach() -> None:
        from ui.pages import teach as page

        page.show(pages)

    def join() -> None:
        from ui.pages import join as page

        page.show(pages)

    def seat() -> None:
        from ui.pages import seat as page

        page.show(pages)

    def screen() -> None:
        from ui.pages import screen as page

        page.show(pages)

    pages = {
        "start": st.Page(start, title=w.t("start.page"), icon=":material/home:", default=True),
        "first": st.Page(first, title=w.t("first.page"), icon=":material/flag:", url_path="first", visibility="hidden"),
        "lab": st.Page(lab, title=w.t("lab.page"), icon=":material/tune:", url_path="lab"),
        "world": st.Page(world, title=w.t("world.page"), icon=":material/public:", url_path="world"),
        "politics": st.Page(politics, title=w.t("politics.page"), icon=":material/gavel:", url_path="politics"),
        "explore": st.Page(explore, title=w.t("explore.page"), icon=":material/scatter_plot:", url_path="explore"),
        "model": st.Page(model, title=w.t("model.page"), icon=":material/search:", url_path="model"),
        "debrief": st.Page(debrief, title=w.t("debrief.page"), icon=":material/history_edu:", url_path="debrief"),
        "author": st.Page(author, title=w.t("author.page"), icon=":material/edit_note:", url_path="author"),
        "class": st.Page(teach, title=w.t("teach.page"), icon=":material/school:", url_path="teach"),
        "join": st.Page(join, title=w.t("join.page"), icon=":material/login:", url_path="join"),
        "seat": st.Page(seat, title=w.t("seat.page"), icon=":material/chair:", url_path="seat", visibility="hidden"),
        "screen": st.Page(screen, title=w.t("screen.page"), icon=":material/tv:", url_path="screen", visibility="hidden"),
    }
    here = urlsplit(st.context.url or "").path.rstrip("/").rpartition("/")[2]
    st.navigation(list(pages.values()), position=HIDDEN if here in WITHOUT_MENU else TOP).run()


if __name__ == "__main__":
    main()
