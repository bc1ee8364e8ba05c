"""N students at once on one server, over real websockets (`make load`).

    python -m tests.load.load [--students 150] [--rounds 3] [--window 3] [--settle 12] [--replicas 1] [--database URL]
    python -m tests.load.load --replicas 2 --postgres                   two servers on one PostgreSQL (make load-replicas)
    python -m tests.load.load --students 30 --rounds 40 --settle 2      more rounds than an hour holds: does memory grow?

A server is started on the loopback address with data of its own. Every client does what a phone does: opens the seat's link, presses Start,
polls, and in every round draws the page to decide and hands in within the same few seconds. Measured: how long a poll takes while nothing
happens and while everybody draws or hands in, how long a new page takes when the round changes, how long until a student sees that the decision
is stored, what is in the database afterwards, and the server's memory after each round. Bounded in time.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from tests import postgres
from tests.classroom.fakes import FakeEngine
from tests.load.servers import cpu_of, free_port, memory_of, memory_of_children, serve, stop
from tests.load.tab import ANSWER, Tab
from ui.classroom import instructor, keys, view
from ui.classroom.card import Card, Plan
from ui.classroom.engine import card_of
from ui.classroom.sessions import Created, create
from ui.classroom.store import Store, database_url, open_store
from ui.classroom.tables import Event, Result
from ui.classroom.tables_play import Submission

MOST_STUDENTS = 300
MOST_ROUNDS = 40
WHO_PAYS, LONGEST = 20, "the-long-squeeze"  # quarters of the usual scenario; the one to take for more rounds than that
PATIENCE = 300.0  # seconds for a new page to arrive before it counts as never


@dataclass
class Figures:
    """What was measured, in seconds."""

    joins: list[float] = field(default_factory=list)
    steady: list[float] = field(default_factory=list)  # polls while nothing happens
    busy: list[float] = field(default_factory=list)  # polls that found nothing new while others draw or hand in
    redraws: dict[str, list[float]] = field(default_factory=dict)  # polls that found a new page and drew it, by its title
    quiet: bool = False
    saved: list[float] = field(default_factory=list)  # from pressing to "Handed in" on the screen
    errors: list[str] = field(default_factory=list)


class Student(Tab):
    """A browser tab on a seat, as far as the server can tell."""

    def __init__(self, number: int, address: str, secret: str, figures: Figures) -> None:
        super().__init__(address, "seat", f"k={secret}")
        self.number, self.figures = number, figures

    async def join(self, delay: float) -> None:
        """Open the link and press Start."""
        await asyncio.sleep(delay)
        began = time.perf_counter()
        await self.open()
        await self.press("start")
        self.figures.joins.append(time.perf_counter() - began)

    async def ask(self) -> None:
        """Ask whether anything has changed."""
        was, quiet = self.title, self.figures.quiet
        took = await self.poll()
        if was != self.title:
            self.figures.redraws.setdefault(re.sub(r"Round \d+: ", "", self.title), []).append(took)
        else:
            (self.figures.steady if quiet else self.figures.busy).append(took)

    async def follow(self, until: asyncio.Event) -> None:
        """Poll as often as the page asks, until told otherwise."""
        await asyncio.sleep(random.uniform(0, self.every))
        while not until.is_set():
            began = time.perf_counter()
            await self.ask()
            await asyncio.sleep(max(0.0, self.every - (time.perf_counter() - began)))

    async def sees(self, words: str, limit: float) -> None:
        """Poll as often as the page asks, until it has this title."""
        ending = time.perf_counter() + limit
        await asyncio.sleep(random.uniform(0, self.every))
        while words not in self.title:
            if time.perf_counter() > ending:
                self.figures.errors.append(f"student {self.number}: never saw '{words}', but '{self.title}'")
                return
            began = time.perf_counter()
            await self.ask()
            if words not in self.title:
                await asyncio.sleep(max(0.0, self.every - (time.perf_counter() - began)))

    async def hand_in(self, delay: float) -> None:
        """Press the button at some moment and look until the page says that it is stored."""
        await asyncio.sleep(delay)
        if self.find("button", "hand-in") is None:
            self.figures.errors.append(f"student {self.number}: nothing to press on '{self.title}'")
            return
        began = time.perf_counter()
        await self.press("hand-in")
        while "What do you do" in self.title:
            if time.perf_counter() - began > ANSWER:
                self.figures.errors.append(f"student {self.number}: never saw that the decision was stored")
                return
            await asyncio.sleep(0.5)
            await self.ask()
        self.figures.saved.append(time.perf_counter() - began)


def school_card(students: int, rounds: int, scenario: str = "who-pays") -> Card:
    """A card with a role for each student: those of a shipped scenario again and again."""
    card = card_of(scenario)
    roles = [role.model_copy(update={"id": f"{role.id}-{number}"}) for number, role in zip(range(students), itertools.cycle(card.roles))]
    changed: dict[str, object] = {"roles": tuple(roles), "max_seats": max(students, card.min_seats), "min_seats": 1}
    if rounds > card.rounds:  # shorter ones, so that there are more
        changed["quarters_per_round"] = 1
    return card.model_copy(update={**changed, "rounds": rounds})


def school(store: Store, students: int, rounds: int, scenario: str) -> tuple[str, Created]:
    """A class with a seat for each student; returns the instructor's key and the class."""
    code = keys.setup_code(store)
    key = keys.set_first_passphrase(store, str(code), "a passphrase for the load test", "127.0.0.1")
    card = school_card(students, rounds, scenario)
    plan = Plan(skip=("role_check", "poll", "read", "talk"), lock_when_all_in=True)
    return key, create(store, key, card, seats=students, plan=plan)


def quantile(values: list[float], share: float) -> float:
    """A quantile in milliseconds."""
    if not values:
        return float("nan")
    return 1000 * sorted(values)[min(len(values) - 1, int(share * len(values)))]


def line(name: str, values: list[float]) -> str:
    """A line of the report."""
    return f"{name:<34} n {len(values):>6}   p50 {quantile(values, 0.5):>7.0f}   p95 {quantile(values, 0.95):>7.0f}   max {quantile(values, 1.0):>7.0f} ms"


async def lesson(asked: argparse.Namespace, store: Store, addresses: list[str], servers: list[subprocess.Popen[bytes]]) -> tuple[Figures, list[float]]:
    """The whole class; returns the figures and the servers' memory (MB): empty, joined, after every round."""
    figures = Figures()
    key, made = school(store, asked.students, asked.rounds, asked.scenario)
    first = await Tab(addresses[0], "start").open()  # the server's first page ever is not a student's
    await first.close()
    memory = [sum(map(memory_of, servers))]
    pupils = [Student(number, addresses[number % len(addresses)], secret, figures) for number, (_, secret) in enumerate(made.links)]
    began = time.perf_counter()
    await asyncio.gather(*(pupil.join(asked.joining * number / len(pupils)) for number, pupil in enumerate(pupils)))
    print(f"{len(pupils)} joined within {time.perf_counter() - began:.1f} s", flush=True)
    memory.append(sum(map(memory_of, servers)))
    for number in range(1, asked.rounds + 1):
        await quiet(pupils, asked.settle)
        stamp = view.look(store, made.links[0][1]).stamp
        await asyncio.to_thread(instructor.advance, store, FakeEngine(), key, made.uid, stamp)
        await asyncio.gather(*(pupil.sees("What do you do", PATIENCE) for pupil in pupils))
        await quiet(pupils, asked.settle)
        await asyncio.gather(*(pupil.hand_in(random.uniform(0, asked.window)) for pupil in pupils))
        await asyncio.gather(*(pupil.sees(f"Round {number}: what happened", PATIENCE) for pupil in pupils))
        memory.append(sum(map(memory_of, servers)))
        print(f"round {number} played, memory {memory[-1]:.0f} MB, model {sum(map(memory_of_children, servers)):.0f} MB", flush=True)
    for pupil in pupils:
        figures.errors += [f"student {pupil.number}: {what}" for what in pupil.exceptions]
        await pupil.close()
    return figures, memory


async def quiet(pupils: list[Student], seconds: float) -> None:
    """Everybody polls for a while and nothing happens."""
    over = asyncio.Event()
    following = [asyncio.create_task(pupil.follow(over)) for pupil in pupils]
    await asyncio.sleep(min(2.0, seconds / 4))  # what was begun before is over
    pupils[0].figures.quiet = True
    await asyncio.sleep(seconds - min(2.0, seconds / 4))
    pupils[0].figures.quiet = False
    over.set()
    await asyncio.gather(*following)


def stored(store: Store) -> tuple[int, int, int]:
    """Decisions by people in the database, decisions in the log, results."""
    with store.read() as db:
        rows = db.execute(select(func.count()).select_from(Submission).where(Submission.how == "people")).scalar_one()
        logged = db.execute(select(func.count()).select_from(Event).where(Event.kind == "decision")).scalar_one()
        results = db.execute(select(func.count()).select_from(Result)).scalar_one()
    return rows, logged, results


def main() -> None:
    """Run the class and print the figures; exit 1 when a decision is lost or doubled or a student saw an error."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=150)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--window", type=float, default=3.0, help="seconds within which all hand in")
    parser.add_argument("--joining", type=float, default=10.0, help="seconds within which all join")
    parser.add_argument("--settle", type=float, default=12.0, help="seconds of nothing but polling, twice a round")
    parser.add_argument("--replicas", type=int, default=1)
    parser.add_argument("--scenario", default="who-pays")
    parser.add_argument("--database", default=None)
    parser.add_argument("--postgres", action="store_true", help="start a private PostgreSQL server and use it")
    asked = parser.parse_args()
    if not (1 <= asked.students <= MOST_STUDENTS and 1 <= asked.rounds <= MOST_ROUNDS and 1 <= asked.replicas <= 4):
        raise SystemExit(f"allowed are 1 to {MOST_STUDENTS} students, 1 to {MOST_ROUNDS} rounds, 1 to 4 replicas")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # who stops this also stops its servers
    if asked.scenario == "who-pays" and asked.rounds > WHO_PAYS:
        asked.scenario = LONGEST
    if not asked.postgres:
        run(asked)
        return
    programs = postgres.binaries()
    if programs is None:
        raise SystemExit("PostgreSQL is not installed: install the package postgresql")
    with postgres.server(programs) as url:
        asked.database = url.format(name="postgres")
        run(asked)


def run(asked: argparse.Namespace) -> None:
    """The class on servers of its own, and the report."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        ports = [free_port() for _ in range(asked.replicas)]
        store = open_store(database_url(home, asked.database))
        servers = [serve(home, asked.database, port) for port in ports]
        began, cpu, before = time.perf_counter(), sum(map(cpu_of, servers)), os.getloadavg()[0]
        try:
            figures, memory = asyncio.run(lesson(asked, store, [f"http://127.0.0.1:{port}" for port in ports], servers))
            used = sum(map(cpu_of, servers)) - cpu
        finally:
            for server in servers:
                stop(server)
        rows, logged, results = stored(store)
    expected = asked.students * asked.rounds
    print(line("joining (link to seat)", figures.joins))
    print(line("poll, nothing happens", figures.steady))
    print(line("poll, others draw or hand in", figures.busy))
    print(line("page of a new round", [each for some in figures.redraws.values() for each in some]))
    for title, some in figures.redraws.items():
        print(line(f"    {title[:29]}", some))
    print(line("all pages and polls", [*figures.steady, *figures.busy, *(each for some in figures.redraws.values() for each in some)]))
    print(line("pressed to seen as stored", figures.saved))
    print(f"servers: {asked.replicas} on {store.engine.dialect.name}; scenario {asked.scenario}")
    print(f"decisions: {expected} handed in, {rows} stored, {expected - rows} lost, {logged - rows} doubled; rounds resolved: {results} of {asked.rounds}")
    per = (memory[1] - memory[0]) / asked.students
    after = ", ".join(f"{value:.0f}" for value in memory[2:])
    print(f"memory: {memory[0]:.0f} MB empty, {memory[1]:.0f} joined ({per:.2f} MB a student), {after} after each round")
    took = time.perf_counter() - began
    rate, load = (len(figures.steady) + len(figures.busy)) / took, os.getloadavg()[0]
    print(f"processor: {100 * used / took:.0f} % of a core over {took:.0f} s; polls a second {rate:.0f}")
    print(f"load of the machine: {before:.1f} before, {load:.1f} after")
    for error in figures.errors[:10]:
        print("ERROR", error)
    if rows != expected or logged != rows or results != asked.rounds or figures.errors:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
