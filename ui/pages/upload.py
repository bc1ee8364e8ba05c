"""Choosing files: the largest size and the kinds that are taken stand in the box in the visitor's language.

Streamlit writes that line in English and takes no word for it, so another language's is shown in its place, as on the button (`ui/app.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from ui.text import DEFAULT

if TYPE_CHECKING:
    from ui.text import Words

LINE = "[data-testid=stFileUploaderDropzoneInstructions] span"


def upload(label: str, kinds: Sequence[str], key: str, w: Words, megabytes: int | None = None, several: bool = False) -> Any:
    """What was chosen; `megabytes` of one file at most, the server's limit where none is given. The key must be one word that CSS can name."""
    if w.language != DEFAULT:
        most = int(st.get_option("server.maxUploadSize")) if megabytes is None else megabytes
        says = w.t("common.upload_line", most=w.number(most), kinds=", ".join(kind.upper() for kind in kinds))
        place = f".st-key-{key} {LINE}"
        st.html(f'<style>{place} {{ font-size: 0 !important; }} {place}::after {{ font-size: 0.875rem; content: "{says}"; }}</style>')
    return st.file_uploader(label, type=list(kinds), accept_multiple_files=several, max_upload_size=megabytes, key=key)
