"""What people have typed and not yet sent: kept until it is accepted, not only until the page changes.

Streamlit forgets a field that is not drawn, and a form empties itself whether or not what was sent was taken. So every field here sends what
was typed when it is left, and its text is kept beside it under the moment it belongs to (a seat's branch and round): a refusal, another view
or the next phase of the round leaves it where it was. What is accepted is dropped, and the fields begin anew under another key.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

KEPT = "written"


class Writing:
    """The fields of one thing to send, as a message or an offer. `moment` must not be empty; what was kept for another one is dropped."""

    def __init__(self, name: str, moment: str) -> None:
        self.name, self.moment = name, moment

    @property
    def _kept(self) -> dict[str, Any]:
        found: dict[str, Any] | None = st.session_state.get(KEPT)
        if found is None or found["moment"] != self.moment:
            found = st.session_state[KEPT] = {"moment": self.moment, "fields": {}, "sent": {}}
        return found

    def key(self, part: str) -> str:
        """The key of a field."""
        return f"{self.name}-{part}-{self.moment}-{self._kept['sent'].get(self.name, 0)}"

    def field(self, part: str, options: Sequence[Any] | None = None) -> dict[str, Any]:
        """What a widget is told besides its label: its key, and to keep what is put in. What was kept stands in it, where it is one of `options`."""
        key, fields = self.key(part), self._kept["fields"]
        if key in fields and key not in st.session_state and (options is None or fields[key] in options):
            st.session_state[key] = fields[key]
        return {"key": key, "on_change": self._keep, "args": (part, key)}

    def _keep(self, part: str, key: str) -> None:
        if key == self.key(part):  # not accepted just now, by a press that came with the last word
            self._kept["fields"][key] = st.session_state[key]

    def value(self, part: str) -> Any:
        """What stands in a field now; None where it was never drawn."""
        key = self.key(part)
        return st.session_state.get(key, self._kept["fields"].get(key))

    def put(self, part: str, value: Any) -> None:
        """Put something into a field, as if it had been typed: in a callback, before the field is drawn."""
        key = self.key(part)
        self._kept["fields"][key] = st.session_state[key] = value

    def text(self, part: str) -> str:
        """The same as text."""
        return str(self.value(part) or "")

    def begun(self, *parts: str) -> bool:
        """Whether something stands in one of these fields of text."""
        return any(self.text(part) for part in parts)

    def accepted(self) -> None:
        """Drop what was kept: the fields are empty from now on."""
        kept = self._kept
        number = kept["sent"].get(self.name, 0)
        ending = f"-{self.moment}-{number}"
        for key in [key for key in kept["fields"] if key.startswith(f"{self.name}-") and key.endswith(ending)]:
            del kept["fields"][key]
        kept["sent"][self.name] = number + 1
