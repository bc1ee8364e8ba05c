"""A browser tab without a browser: opens a page of the app over a real websocket, reads it, presses and fills what is on it.

It speaks the protocol that Streamlit's own script in the browser speaks (protobuf over a websocket), costs the test machine next to nothing,
and sees every byte the server sends, also those that no page shows.
"""

from __future__ import annotations

import asyncio
import re
import time
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

ANSWER = 90.0  # seconds for a page before it counts as an error: a busy machine, the first page of a new server
EARLY = 2  # a script that gave way to another drawing of the page
WIDGETS = ("button", "radio", "selectbox", "slider", "text_input", "text_area", "checkbox", "number_input", "button_group")
TEXTS = {"heading": "body", "markdown": "body", "alert": "body", "code": "code_text"}


class Tab:
    """A tab on `page` of the app at `address`; `query` is the link's query string, `cookie` the instructor's."""

    def __init__(self, address: str, page: str, query: str = "", cookie: str = "") -> None:
        self.address, self.name, self.query, self.cookie = address, page, query, cookie
        self.elements: dict[tuple[int, ...], Element] = {}
        self.values: dict[str, WidgetState] = {}
        self.fragment = self.page_hash = ""
        self.every = 3.0  # seconds between polls, as the page asks
        self.exceptions: list[str] = []
        self.drawn = 0
        self.keep_bytes = False
        self.heard = bytearray()
        self.socket: ClientConnection | None = None

    async def open(self) -> Tab:
        """Open the link and wait for the page."""
        url = f"{self.address.replace('http', 'ws', 1)}/_stcore/stream"
        headers = {"Origin": self.address, **({"Cookie": self.cookie} if self.cookie else {})}
        self.socket = await connect(
            url, subprotocols=["streamlit"], additional_headers=headers, max_size=None, open_timeout=ANSWER, ping_interval=None  # type: ignore[list-item]
        )
        await self.draw()
        return self

    async def close(self) -> None:
        """Close the tab."""
        if self.socket is not None:
            await self.socket.close()
            self.socket = None

    async def draw(self, press: str = "", fragment: str = "") -> float:
        """Ask for the page (press the button with this id, or run only this fragment) and wait until it is drawn; returns the seconds."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.page_script_hash = self.query, self.page_hash
        if not self.page_hash:
            asked.page_name = self.name
        asked.context_info.url = f"{self.address}/{self.name}?{self.query}"
        if fragment:
            asked.fragment_id, asked.is_auto_rerun = fragment, True
        else:
            self.elements = {}
        asked.widget_states.widgets.extend(self.values.values())
        if press:
            asked.widget_states.widgets.add(id=press, trigger_value=True)
        began = time.perf_counter()
        await self.send(message.SerializeToString())
        await asyncio.wait_for(self._read(), ANSWER)
        self.drawn += 1
        return time.perf_counter() - began

    async def send(self, raw: bytes) -> None:
        """Send bytes as they are."""
        assert self.socket is not None
        await self.socket.send(raw)

    async def _read(self) -> None:
        assert self.socket is not None
        while True:
            raw = bytes(await self.socket.recv(decode=False))
            if self.keep_bytes:
                self.heard += raw
            said = ForwardMsg()
            said.ParseFromString(raw)
            kind = said.WhichOneof("type")
            if kind == "delta" and said.delta.WhichOneof("type") == "new_element":
                element = said.delta.new_element
                self.elements[tuple(said.metadata.delta_path)] = element
                if element.WhichOneof("type") == "exception":
                    self.exceptions.append(f"{element.exception.type}: {element.exception.message[:300]}")
            elif kind == "auto_rerun":
                self.fragment, self.every = said.auto_rerun.fragment_id, said.auto_rerun.interval
            elif kind == "navigation":
                if self.page_hash != said.navigation.page_script_hash:
                    self.page_hash, self.values = said.navigation.page_script_hash, {}
            elif kind == "page_info_changed":
                self.query = said.page_info_changed.query_string
            elif kind == "script_finished" and said.script_finished == EARLY:
                self.elements = {}
            elif kind == "script_finished":
                present = {self._id(element) for element in self.elements.values()}
                self.values = {identity: value for identity, value in self.values.items() if identity in present}
                return

    @property
    def title(self) -> str:
        """The page's (last) first heading."""
        return next((one.heading.body for one in reversed(self.elements.values()) if one.WhichOneof("type") == "heading" and one.heading.tag == "h1"), "")

    @property
    def text(self) -> str:
        """Everything written on the page."""
        found = []
        for element in self.elements.values():
            kind = str(element.WhichOneof("type"))
            if kind in TEXTS:
                found.append(str(getattr(getattr(element, kind), TEXTS[kind])))
        return "\n".join(found)

    @staticmethod
    def _id(element: Element) -> str:
        kind = str(element.WhichOneof("type"))
        return str(getattr(element, kind).id) if kind in WIDGETS else ""

    def widgets(self, kind: str) -> list[Any]:
        """The widgets of a kind on the page."""
        return [getattr(element, kind) for element in self.elements.values() if element.WhichOneof("type") == kind]

    def find(self, kind: str, name: str) -> Any:
        """The widget of a kind whose label, or the beginning of whose key, is `name`; None when there is none."""
        for widget in self.widgets(kind):
            if widget.label == name or re.split(r"-[0-9a-f]{32,}-", widget.id, maxsplit=1)[-1].startswith(name):
                return widget
        return None

    async def press(self, name: str) -> Tab:
        """Press a button by its label or the beginning of its key."""
        button = self.find("button", name)
        if button is None or button.disabled:
            there = [one.label for one in self.widgets("button")]
            raise AssertionError(f"no button '{name}' to press on '{self.title}': {there} {self.exceptions} {self.text[:300]}")
        await self.draw(press=button.id)
        return self

    def fill(self, kind: str, name: str, value: Any) -> bool:
        """Put a value into a widget; it is sent with the next press or drawing. False when there is no such widget."""
        widget = self.find(kind, name)
        if widget is None:
            return False
        state = WidgetState(id=widget.id)
        if kind == "checkbox":
            state.bool_value = bool(value)
        elif kind in ("slider", "number_input"):
            if kind == "slider":
                state.double_array_value.data.extend(value if isinstance(value, list) else [value])
            else:
                state.double_value = value
        elif kind == "button_group":
            state.string_array_value.data.append(str(value))
        else:
            state.string_value = widget.options[value] if isinstance(value, int) else str(value)
        self.values[widget.id] = state
        return True

    async def poll(self) -> float:
        """What the page itself asks every few seconds; draws the page anew when the class has moved."""
        return await self.draw(fragment=self.fragment)

    async def wait_for(self, words: str, limit: float = ANSWER, pace: float = 0.5) -> None:
        """Poll until the page's title holds these words."""
        ending = time.monotonic() + limit
        while words not in self.title:
            if time.monotonic() > ending:
                raise AssertionError(f"never saw '{words}', but '{self.title}'")
            await asyncio.sleep(pace)
            await self.poll()
