"""Kill the real server while students hand in over websockets, start it again, go on with the same links (`make crash`).

    python -m tests.load.kill_server [--moments 50] [--students 8] [--seed 1] [--database URL]

At every moment a server is started, the students open the links they have had from the beginning, play on, and the server gets SIGKILL at a
random time: while they join, hand in, while the round is worked out, or while it is revealed. Acknowledged is what a student's page has
shown: "handed in" for a round, or a round's result. After each kill all that was ever acknowledged is looked for in the database, and no
round may have two results. At the end the last server is left alone until the round it was in is revealed. Bounded: some 10 s a moment.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select
from websockets.exceptions import WebSocketException

from tests.classroom.fakes import FakeEngine
from tests.load.load import school_card
from tests.load.servers import free_port, serve, stop
from tests.load.tab import Tab
from ui.classroom import instructor, keys, view
from ui.classroom.card import Plan
from ui.classroom.refused import Refusal
from ui.classroom.sessions import Created, create
from ui.classroom.store import Store, database_url, open_store
from ui.classroom.tables import ClassSession, Result, Round, Seat
from ui.classroom.tables_play import Submission

ROUNDS = 10  # of one class; then the next class begins
LATEST = 8.0  # seconds after the server answers; on a busy machine twice the time the server took to start
REVEALED = 1  # seconds: the round goes on by itself
PLAN = Plan(skip=("role_check", "poll", "read", "talk"), lock_when_all_in=True, seconds={"reveal": REVEALED})
ENDING = 120.0  # seconds for the last round to be revealed
GONE = (OSError, WebSocketException, TimeoutError, AssertionError)  # what a browser sees of a dead server


@dataclass
class Shown:
    """What the pages of the students have shown: (session, round, seat), and (session, round) with a result."""

    stored: set[tuple[str, int, str]] = field(default_factory=set)
    revealed: set[tuple[str, int]] = field(default_factory=set)


async def play(address: str, uid: str, label: str, secret: str, shown: Shown) -> None:
    """A student who never stops: opens the link, starts, hands in whenever asked, looks again."""
    tab = Tab(address, "seat", f"k={secret}")
    try:
        await tab.open()
        while True:
            number = int((re.search(r"ound (\d+)", tab.text) or [0, 0])[1])
            if tab.find("button", "start") is not None:
                await tab.press("start")
            elif tab.find("button", "caught-up") is not None:
                await tab.press("caught-up")
            elif "What do you do" in tab.title and tab.find("button", "hand-in") is not None:
                await tab.press("hand-in")
                if "Handed in" in tab.title or "worked out" in tab.title:
                    shown.stored.add((uid, number, label))
            elif "what happened" in tab.title:
                shown.revealed.add((uid, number))
                await again(tab)
            else:
                await again(tab)
    except GONE:
        return
    finally:
        await tab.close()


async def again(tab: Tab) -> None:
    """Look again after a moment, quicker than a phone does."""
    await asyncio.sleep(random.uniform(0.1, 0.5))
    await tab.poll()


def check(store: Store, shown: Shown) -> None:
    """Compare what was shown with the database."""
    with store.read() as db:
        rows = db.execute(
            select(ClassSession.uid, Round.number, Seat.label)
            .join(Round, Round.session_id == ClassSession.id)
            .join(Submission, Submission.round_id == Round.id)
            .join(Seat, Seat.id == Submission.seat_id)
            .where(Submission.how == "people")
        )
        there = [tuple(row) for row in rows]
        query = select(ClassSession.uid, Round.number, func.count(Result.id)).join(Round, Round.session_id == ClassSession.id)
        query = query.join(Result, Result.round_id == Round.id).group_by(ClassSession.uid, Round.number, Round.id)
        results = {(uid, number): count for uid, number, count in db.execute(query)}
    if shown.stored - set(there):
        raise SystemExit(f"LOST: {sorted(shown.stored - set(there))[:5]}")
    if len(there) != len(set(there)):
        raise SystemExit("DOUBLED: a seat has two decisions in a round")
    if shown.revealed - set(results):
        raise SystemExit(f"LOST: results {sorted(shown.revealed - set(results))[:5]}")
    if any(count != 1 for count in results.values()):
        raise SystemExit("DOUBLED: a round has two results")


def ready(store: Store, key: str, made: Created | None, students: int) -> Created:
    """The class to go on with: the same while it lasts, its clock running; a new one when it is over."""
    if made is not None:
        seen = view.look(store, made.links[0][1])
        if seen.phase in ("debrief", "closed"):
            made = None
        else:
            with suppress(Refusal):  # the clock was not paused
                instructor.resume(store, key, made.uid)
    if made is None:
        made = create(store, key, school_card(students, ROUNDS), seats=students, plan=PLAN)
        instructor.advance(store, FakeEngine(), key, made.uid, view.look(store, made.links[0][1]).stamp)
    return made


async def until_killed(address: str, made: Created, shown: Shown, kill: Callable[[], None], seconds: float) -> None:
    """Let them play for so long, then kill; wait until all tabs have noticed."""
    playing = [asyncio.create_task(play(address, made.uid, label, secret, shown)) for label, secret in made.links]
    await asyncio.sleep(seconds)
    kill()
    await asyncio.gather(*playing)


async def until_revealed(address: str, made: Created, shown: Shown) -> bool:
    """The last server lives: everybody plays until one more round is revealed."""
    before = len(shown.revealed)
    playing = [asyncio.create_task(play(address, made.uid, label, secret, shown)) for label, secret in made.links]
    ending = time.monotonic() + ENDING
    while len(shown.revealed) == before and time.monotonic() < ending:
        await asyncio.sleep(0.2)
    for each in playing:
        each.cancel()
    await asyncio.gather(*playing, return_exceptions=True)
    return len(shown.revealed) > before


def main() -> None:
    """Kill, look, go on."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--moments", type=int, default=50)
    asked.add_argument("--students", type=int, default=8)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--database", default=None)
    given = asked.parse_args()
    luck, began, shown = random.Random(given.seed), time.perf_counter(), Shown()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        store = open_store(database_url(home, given.database))
        key = keys.set_first_passphrase(store, str(keys.setup_code(store)), "a passphrase for the crash test", "127.0.0.1")
        made: Created | None = None
        for moment in range(given.moments):
            made = ready(store, key, made, given.students)
            port, starting = free_port(), time.perf_counter()
            server = serve(home, given.database, port)
            latest = max(LATEST, 2 * (time.perf_counter() - starting))
            try:
                asyncio.run(until_killed(f"http://127.0.0.1:{port}", made, shown, server.kill, luck.uniform(0.0, latest)))
            finally:
                server.kill()
                server.wait()
            check(store, shown)
            if (moment + 1) % 10 == 0:
                print(f"{moment + 1} kills, {len(shown.stored)} acknowledged decisions, {len(shown.revealed)} rounds seen", flush=True)
        made = ready(store, key, made, given.students)
        port = free_port()
        server = serve(home, given.database, port)
        try:
            went_on = asyncio.run(until_revealed(f"http://127.0.0.1:{port}", made, shown))
        finally:
            stop(server)
        check(store, shown)
        if not went_on:
            raise SystemExit("STUCK: after the last restart no round was revealed")
    took = time.perf_counter() - began
    print(
        f"{given.moments} kills of the server, {len(shown.stored)} acknowledged decisions in {len(shown.revealed)} rounds with a result, "
        f"none lost, none doubled, the class went on with the same links; {took:.0f} s"
    )


if __name__ == "__main__":
    main()
