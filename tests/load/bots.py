"""Bots that play the app: an instructor, students and a projector on websockets, every phase and page, for every scenario and seat count (`make bots`).

    python -m tests.load.bots [--only who-pays,triangle] [--rounds 0] [--largest] [--seats 10,16,24]

One student talks, bets and changes its mind, one vanishes in the first round, one comes late, one also tries on every page what only a
forged browser sends (`mischief`), the others do the least that is asked. No page may show an exception; nobody may be sent what belongs to
another seat alone, in text or as a number (`leaks`), nor before the debrief what waits for it; at the end the class is closed, its files are
made, and a replay gives equal digests.
`--rounds 0` plays all rounds of a scenario.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import secrets
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from sim import api
from tests.load.leaks import Search
from tests.load.mischief import Mischief
from tests.load.servers import free_port, serve, stop
from tests.load.tab import Tab
from ui.classroom import phases, view
from ui.classroom.card import Card
from ui.classroom.engine import card_of
from ui.classroom.store import Store, database_url, open_store
from ui.classroom.tables import ClassSession, Result, Round, Seat
from ui.text import words

PASSPHRASE = "a passphrase for the bots"
COOKIE = "sanctions_lab_key"
PROJECTOR = "the projector"
MOST_STEPS = 300
MOST_TOLD = 5  # leaks
PLAIN = re.compile(r"[A-Za-z ]{24,}")  # a stretch of text that looks the same however it is escaped
WORDS = words()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *given: Any, **more: Any) -> None:
        """Do not follow: the answer itself holds the cookie."""


def log_in(address: str, log: Path) -> str:
    """Set the first passphrase as the instructor does in the browser; returns the cookie."""
    found = re.search(r"/door\?setup=(\S+)", log.read_text())
    assert found is not None
    form = {"setup": urllib.parse.unquote(found[1]), "passphrase": PASSPHRASE, "again": PASSPHRASE}
    ask = urllib.request.Request(f"{address}/door", urllib.parse.urlencode(form).encode(), headers={"Origin": address})
    try:
        urllib.request.build_opener(_Stay()).open(ask, timeout=60)
    except urllib.error.HTTPError as answer:
        cookie = answer.headers.get("Set-Cookie", "")
        if answer.code == 303 and cookie:
            return str(cookie).partition(";")[0]
        raise
    raise AssertionError("the door did not open")


@dataclass
class Class:
    """A session that the instructor's page has made: seats' labels and links, the projector's link."""

    card: Card
    uid: str
    links: dict[str, str]
    projector: str


class Teacher(Tab):
    """The instructor's tab."""

    def __init__(self, address: str, cookie: str) -> None:
        super().__init__(address, "teach", "", cookie)

    async def make(self, scenario: str, seats: int, rounds: int) -> Class:
        """Make a session by the form on the page."""
        card = card_of(scenario)
        self.query = ""
        await self.open()
        self.fill("selectbox", "make-scenario", api.load(scenario).title)
        await self.draw()
        if seats < min(card.max_seats, len(card.roles)):
            assert self.fill("slider", f"make-seats-{card.id}", float(seats))
        if rounds and rounds != card.rounds:
            assert self.fill("slider", f"make-rounds-{card.id}", float(rounds))
        elif card.rounds > 1:
            self.fill("slider", f"make-rounds-{card.id}", float(card.rounds))
        self.fill("checkbox", "make-clock", False)
        self.fill("checkbox", "make-all-in", False)
        await self.press("make")
        codes = [one.code_text for one in self.widgets("code")]
        secrets_of = [re.sub(r".*\?k=", "", code) for code in codes]
        uid = urllib.parse.parse_qs(self.query)["s"][0]
        chosen = card.roles[:seats]
        ids = [role.id for role in chosen]
        labels = [one if ids.count(one) == 1 else f"{one} {place + 1}" for place, one in enumerate(ids)]
        links = [secret for code, secret in zip(codes, secrets_of, strict=True) if "/seat?" in code]
        projector = next(secret for code, secret in zip(codes, secrets_of, strict=True) if "/screen?" in code)
        return Class(card, uid, dict(zip(labels, links, strict=True)), projector)

    async def forward(self) -> None:
        """Press what is next."""
        await self.poll()
        await self.press("next-")

    async def view(self, name: str) -> None:
        """One of the views of the session's page, by its words."""
        group = self.find("button_group", WORDS.t("teach.view.label"))
        self.fill("button_group", group.label, name)
        await self.draw()

    async def go_through_views(self) -> None:
        """Every view of the session's page."""
        for option in self.find("button_group", WORDS.t("teach.view.label")).options:
            await self.view(option.content)


class Bot(Tab):
    """A student. `talkative`: uses everything the pages offer."""

    def __init__(self, address: str, label: str, secret: str, talkative: bool) -> None:
        super().__init__(address, "seat", f"k={secret}")
        self.label, self.talkative, self.secret = label, talkative, secret
        self.keep_bytes = True
        self.mark = f"{'why' if talkative else 'so'}{secrets.token_hex(6)}"
        self.told = f"told{secrets.token_hex(6)}"
        self.drafted = f"draft{secrets.token_hex(6)}"
        self.done: set[str] = set()

    async def act(self) -> None:
        """Do what the page asks for now."""
        for name, what in (("start", self._press), ("caught-up", self._press), ("check-", self._check), ("hand-in", self._decide)):
            if self.find("button", name) is not None:
                await what(name)
                self.done.add(self.title)
        for poll in ("poll-before", "poll-after"):
            if self.find("button", f"{poll}-") is not None and self.find("slider", poll) is not None:
                self.fill("slider", poll, 35.0)
                await self.draw()
                await self.press(f"{poll}-")
        if self.talkative and self.find("button", "Say it to everybody") is not None and "hand" not in self.title:
            await self._talk()
        self.done.add(self.title)

    async def _press(self, name: str) -> None:
        await self.press(name)

    async def _check(self, name: str) -> None:
        questions = len(self.widgets("radio"))
        right = [0] * questions
        for _ in range(8):
            for number, place in enumerate(right):
                self.fill("radio", f"check-{number}-", place)
            await self.draw()
            await self.press(name)
            if self.find("button", name) is None:
                return
            wrong = re.findall(r"\d+", next(line for line in self.text.splitlines() if "not right yet" in line))
            right = [place + (str(number + 1) in wrong) for number, place in enumerate(right)]
        raise AssertionError(f"{self.label}: the role check was never passed")

    async def _decide(self, name: str) -> None:
        if self.talkative:
            for button in [one for one in self.widgets("button") if "-use-" in one.id][:2]:
                await self.draw(press=button.id)
            self.fill("text_input", "reason-", self.drafted)
            await self.draw()
            await self.draw()  # a reload: the draft is there
            again = self.find("text_input", "reason-")
            assert again is not None and again.default == self.drafted, f"{self.label}: no draft on '{self.title}': {self.exceptions} {self.text[-300:]}"
            self.fill("radio", "purpose-", 1)
            self.fill("checkbox", "bet-take-", True)
            self.fill("text_input", "reason-", self.mark)
            await self.draw()
            await self.press(name)
            await self.press("revise")
        await self.press(name)
        assert self.find("button", name) is None, f"{self.label}: not handed in: {self.text[-300:]}"

    async def _talk(self) -> None:
        await self.press("Say it to everybody")
        if self.find("text_input", "We give") is None:
            return
        for gives, wants, button in (("We give", "We want", "Send the offer"),):
            self.fill("text_input", gives, "half of it")
            self.fill("text_input", wants, "peace and quiet")
            await self.press(button)
        self.fill("text_input", "The motion in one sentence", "A joint limit")
        await self.press("Table it")
        if self.find("text_input", "Message") is not None:
            self.fill("text_input", "Message", self.told)
            await self.press("Send")
        await self.press("vote-")

    async def look_around(self) -> None:
        """The other views of this page, and back."""
        for group in self.widgets("button_group"):
            for option in [*group.options[1:], group.options[0]]:
                self.fill("button_group", group.label, option.content)
                await self.draw()


@dataclass
class Played:
    """What a class of bots did."""

    draws: int = 0
    rounds: int = 0
    seconds: float = 0.0
    titles: set[str] = field(default_factory=set)
    tried: int = 0  # forged presses, values and links
    chance: int = 0  # hidden numbers that a chart of public ones shows too


async def play(address: str, cookie: str, store: Store, scenario: str, seats: int, rounds: int) -> Played:
    """A whole class of a scenario. Raises `AssertionError` with what went wrong."""
    began = time.perf_counter()
    teacher = Teacher(address, cookie)
    made = await teacher.make(scenario, seats, rounds)
    screen = Tab(address, "screen", f"k={made.projector}")
    screen.keep_bytes = True
    await screen.open()
    bots = [Bot(address, label, secret, place == 0) for place, (label, secret) in enumerate(made.links.items())]
    late = bots[-1] if len(bots) > 1 and (rounds or made.card.rounds) > 1 else None
    vanishing = bots[1] if len(bots) > 2 and bots[1] is not late else None
    here = [bot for bot in bots if bot is not late]
    naughty = bots[2] if len(bots) > 2 and bots[2] is not late else late
    mischief = Mischief(store, address, naughty.secret, made.uid) if naughty is not None else None
    closed: dict[str, int] = {}
    for bot in here:
        await bot.open()
    for _ in range(MOST_STEPS):
        for bot in here:
            await bot.act()
        for bot in bots[:1]:
            await bot.look_around()
        if mischief is not None and naughty in here:
            await mischief.at(naughty)
        await screen.poll()
        if "closed" in bots[0].title:
            break
        text = teacher.text
        if vanishing in here and "round 1" in text:
            here.remove(vanishing)
            await vanishing.close()
        if late is not None and late not in here and "round 2" in text:
            here.append(late)
            await late.open()
            await late.act()
        if view.look(store, bots[0].secret).phase not in (phases.DEBRIEF, phases.CLOSED):
            closed = {bot.label: len(bot.heard) for bot in bots} | {PROJECTOR: len(screen.heard)}
        await teacher.forward()
        for bot in here:
            await bot.poll()
    else:
        raise AssertionError(f"{scenario}: the class never ended; it is at '{bots[0].title}'")
    await teacher.go_through_views()
    await files(teacher)
    everybody = [*bots, teacher, screen]
    shown = [f"{tab.name}: {what}" for tab in everybody for what in tab.exceptions]
    assert not shown, f"{scenario}, {seats} seats: {shown[:3]}"
    chance = nothing_private(store, made, bots, screen, closed)
    for tab in everybody:
        await tab.close()
    titles = {title for bot in bots for title in bot.done}
    tried = mischief.tried if mischief is not None else 0
    return Played(sum(tab.drawn for tab in everybody), rounds or made.card.rounds, time.perf_counter() - began, titles, tried, chance)


async def files(teacher: Teacher) -> None:
    """Make each file, and play the session again."""
    await teacher.view(WORDS.t("teach.view.files"))
    for name in ("make-tables", "make-session", "make-grades"):
        await teacher.press(name)
        assert len(teacher.widgets("download_button")) == 1, teacher.text[-300:]
    await teacher.press("replay")
    assert "come out exactly as they were" in teacher.text, teacher.text[-500:]


def nothing_private(store: Store, made: Class, bots: list[Bot], screen: Tab, closed: Mapping[str, int]) -> int:
    """Search every byte that was sent to each seat and to the projector for what belongs to another seat alone.

    `closed`: how many bytes were sent before the debrief. Returns how many hidden numbers stood in charts of public ones by chance (see `leaks`).
    """
    roles = {role.id: role for role in made.card.roles}
    others = {bot.label: bytes(bot.heard) for bot in bots} | {PROJECTOR: bytes(screen.heard)}
    with store.read() as db:
        session = db.execute(select(ClassSession).where(ClassSession.uid == made.uid)).scalar_one()
        seats = {row.label: row for row in db.execute(select(Seat).where(Seat.session_id == session.id)).scalars()}
        played = select(Result).join(Round, Round.id == Result.round_id).where(Round.session_id == session.id)
        results = list(db.execute(played.order_by(Round.number)).scalars())
    for bot in bots:
        seat = seats[bot.label]
        own = [bot.secret, bot.mark, bot.drafted]
        own += sorted(PLAIN.findall(roles[seat.role].private), key=len)[-1:]
        for word in own[1:] if bot.talkative else ():  # what is searched for could be found: it was sent to whom it belongs
            assert word.encode() in bot.heard, f"{made.card.id}: '{word}' never reached {bot.label}"
        for label, heard in others.items():
            if label == bot.label:
                continue
            for word in own:
                assert word.encode() not in heard, f"{made.card.id}: '{word}' of {bot.label} was sent to {label}"
    for other in bots[2:]:
        assert bots[0].told.encode() not in other.heard, f"{made.card.id}: a private message was sent to {other.label}"
    search = Search(made.card.id, results, {label: seats[label].state for label in made.links}, others, closed)
    leaks = search.leaks()
    assert not leaks, f"{made.card.id}: {len(leaks)} numbers: " + "\n".join(leaks[:MOST_TOLD])
    return len(search.chance)


def jobs(only: list[str], largest: bool, sizes: Collection[int] = ()) -> list[tuple[str, int]]:
    """The classes to play: every shipped scenario with every seat count, or the largest only, or those of `sizes`."""
    found = []
    for name, _ in api.scenarios():
        if only and name not in only:
            continue
        card = card_of(name)
        most = min(card.max_seats, len(card.roles))
        found += [(name, seats) for seats in (range(most, most + 1) if largest else range(card.min_seats, most + 1)) if not sizes or seats in sizes]
    return found


def main() -> None:
    """Play them all on one server."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="")
    parser.add_argument("--rounds", type=int, default=0)
    parser.add_argument("--largest", action="store_true", help="only the largest number of seats of each scenario")
    parser.add_argument("--seats", default="", help="only these seat counts")
    asked = parser.parse_args()
    sizes = {int(one) for one in asked.seats.split(",") if one}
    with tempfile.TemporaryDirectory() as folder:
        home, port = Path(folder), free_port()
        server = serve(home, None, port)
        address = f"http://127.0.0.1:{port}"
        try:
            cookie = log_in(address, home / f"log-{port}")
            store = open_store(database_url(home, None))
            for scenario, seats in jobs([name for name in asked.only.split(",") if name], asked.largest, sizes):
                done = asyncio.run(play(address, cookie, store, scenario, seats, asked.rounds))
                tried = f", {done.tried} forgeries" if done.tried else ""
                chance = f", {done.chance} numbers by chance" if done.chance else ""
                print(f"{scenario}: {seats} seats, {done.rounds} rounds, {done.draws} pages drawn{tried}{chance}, {done.seconds:.0f} s", flush=True)
        finally:
            stop(server)


if __name__ == "__main__":
    main()
