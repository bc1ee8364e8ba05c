"""A student who tries what a browser can be made to send: old buttons, values that no page offers, links that are for others.

Nothing of it may change anything: the whole database is compared before and after, but for what notes a visit and the student's own draft.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.load.tab import Tab
from ui.classroom.store import Store
from ui.classroom.tables import Base

NOTES = ("presence", "audit", "throttle", "draft", "result")  # what may note a visit or belongs to the visitor; results are large and have digests
MOST_OLD = 4  # buttons of earlier pages pressed again, each time
LARGE = 300_000  # characters
FORGED: dict[str, list[WidgetState]] = {
    "slider": [WidgetState(double_array_value={"data": [1e300]}), WidgetState(double_array_value={"data": [float("nan")]})],
    "selectbox": [WidgetState(string_value="not offered"), WidgetState(string_value="x" * LARGE)],
    "text_input": [WidgetState(string_value="x" * LARGE), WidgetState(string_value="=1+1 <script>alert(1)</script> ![x](http://e.example/x.png)")],
    "radio": [WidgetState(string_value="not offered")],
    "checkbox": [WidgetState(string_value="x")],
    "button_group": [WidgetState(string_array_value={"data": ["not offered", "x"]})],
}


def everything(store: Store) -> dict[str, list[Any]]:
    """All rows of all tables but `NOTES`."""
    with store.read() as db:
        return {name: sorted(map(repr, db.execute(select(table)).all())) for name, table in Base.metadata.tables.items() if name not in NOTES}


class Mischief:
    """What a student remembers in order to try it later."""

    def __init__(self, store: Store, address: str, secret: str, uid: str) -> None:
        self.store, self.address, self.secret, self.uid = store, address, secret, uid
        self.old: list[str] = []
        self.tried = 0

    async def at(self, tab: Tab) -> None:
        """Try everything on the page that the tab shows. Raises `AssertionError` when something has changed."""
        before = everything(self.store)
        there = {button.id for button in tab.widgets("button")}
        for press in [*[one for one in self.old if one not in there][-MOST_OLD:], "", "$$ID-0-hand-in-9-9-decide"]:
            await tab.draw(press=press)
            self.tried += 1
        for kind, values in FORGED.items():
            for identity in [widget.id for widget in tab.widgets(kind)][:1]:
                for value in values:
                    state = WidgetState(id=identity)
                    state.MergeFrom(value)
                    tab.values[identity] = state
                    await tab.draw()
                    tab.values.pop(identity, None)
                    self.tried += 1
        await tab.draw()
        await self._elsewhere()
        self.old += [one for one in there if one not in self.old]
        after = everything(self.store)
        changed = [name for name in before if before[name] != after[name]]
        assert not changed, f"{tab.title}: mischief changed {changed}: {[row for name in changed for row in set(after[name]) - set(before[name])][:3]}"

    async def _elsewhere(self) -> None:
        for page, query, cookie in (
            ("screen", f"k={self.secret}", ""),
            ("teach", f"s={self.uid}&instructor-key={self.secret}", f"sanctions_lab_key={self.secret}"),
            ("seat", f"k={self.secret[:-1]}&s={self.uid}&role=instructor&round=1&phase=debrief", ""),
        ):
            other = Tab(self.address, page, query, cookie)
            await other.open()
            self.tried += 1
            assert not [one for one in other.widgets("button") if "next-" in one.id or "hand-in" in one.id], f"{page} opened with a seat's link"
            assert not other.exceptions, f"{page}: {other.exceptions[:2]}"
            await other.close()
