"""The app: which pages there are. Nothing else."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui.pages.desk import language

ICON = Path(__file__).parent / "icon.png"  # a file of our own: a named icon would be fetched from outside


def main() -> None:
    """Set the frame and run the page that was asked for. Pages import what they need when they are opened."""
    w = language()
    st.set_page_config(page_title=w.t("common.app"), page_icon=str(ICON), layout="wide")

    def start() -> None:
        from ui.pages import start as page

        page.show(pages)

    def lab() -> None:
        from ui.pages import lab as page

        page.show(pages)

    def world() -> None:
        from ui.pages import world as page

        page.show(pages)

    pages = {
        "start": st.Page(start, title=w.t("start.page"), icon=":material/home:", default=True),
        "lab": st.Page(lab, title=w.t("lab.page"), icon=":material/tune:", url_path="lab"),
        "world": st.Page(world, title=w.t("world.page"), icon=":material/public:", url_path="world"),
    }
    st.navigation(list(pages.values()), position="top").run()


if __name__ == "__main__":
    main()
