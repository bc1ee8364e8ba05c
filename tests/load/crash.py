"""Kill the server at random moments and see that nothing it acknowledged is lost (`make crash`).

    python tests/load/crash.py [--moments 50] [--seed 1] [--database URL]

A child process plays a class without pause: seats hand in, rounds are locked and resolved. It writes a line to its output after each
call that returned, which is what a student would have been shown. The parent kills it with SIGKILL after a random time, opens the
database and checks: every acknowledged submission is there with at least that revision, every round has at most one result, every
acknowledged reveal has exactly one, and the next child goes on with the same links. Bounded: about a second a moment.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from sqlalchemy import func, select

from tests.classroom.fakes import CARD, TARIFF, FakeEngine
from ui.classroom import instructor, keys, resolution, seats, submissions, view
from ui.classroom.card import Card, Plan
from ui.classroom.sessions import create
from ui.classroom.store import Store, database_url, open_store
from ui.classroom.tables import Result, Round, Seat
from ui.classroom.tables_play import Submission

QUIET = Plan(skip=("role_check", "poll", "read", "talk"))
EARLIEST, LATEST = 0.05, 0.8  # seconds after the child says it is ready; on a busy machine as long as it took to be ready


def play(url: str, key: str, uid: str, links: dict[str, str]) -> None:
    """The child: a class that never stops. Says what it was told."""
    store, engine = open_store(url), FakeEngine()
    say({"ready": True})
    first = next(iter(links.values()))
    while True:
        seen = view.look(store, first)
        if seen.phase == "decide":
            for label, link in links.items():
                revision = submissions.submit(store, engine, link, seen.stamp, [TARIFF])
                say({"stored": seen.stamp, "seat": label, "revision": revision})
        seats.pulse(store, engine, first)
        seen = view.look(store, first)
        if seen.phase != "resolve":
            phase = instructor.advance(store, engine, key, uid, seen.stamp)
            if phase == "reveal":
                say({"revealed": seen.stamp})


def say(what: dict[str, object]) -> None:
    """One acknowledgement: written through, so that it counts even if the next instruction is the last."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def check(store: Store, said: list[dict[str, object]]) -> int:
    """Compare the acknowledgements with the database; returns how many submissions were compared."""
    with store.read() as db:
        rows = db.execute(
            select(Round.branch, Round.number, Seat.label, Submission.revision)
            .join(Submission, Submission.round_id == Round.id)
            .join(Seat, Seat.id == Submission.seat_id)
        )
        there = {(f"{row.branch}-{row.number}-decide", row.label): row.revision for row in rows}
        resolved = select(Round.number, func.count(Result.id)).join(Result, Result.round_id == Round.id).group_by(Round.id)
        results = dict(db.execute(resolved).all())
    compared = 0
    for line in said:
        if "stored" in line:
            compared += 1
            found = there.get((str(line["stored"]), str(line["seat"])), 0)
            if found < int(str(line["revision"])):
                raise SystemExit(f"LOST: {line} (found revision {found})")
        if "revealed" in line and results.get(int(str(line["revealed"]).split("-")[1])) != 1:
            raise SystemExit(f"LOST: {line} has no result")
    if any(count != 1 for count in results.values()):
        raise SystemExit("DOUBLED: a round has two results")
    return compared


def main() -> None:
    """Kill, look, go on."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--moments", type=int, default=50)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--database", default=None)
    asked.add_argument("--child", default=None, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.child:
        play(**json.loads(given.child))
        return
    luck, began = random.Random(given.seed), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        url = database_url(folder, given.database)
        store = open_store(url)
        code = keys.setup_code(store)
        key = keys.set_first_passphrase(store, str(code), "a passphrase for the crash test", "127.0.0.1")
        made = create(store, key, Card.model_validate({**CARD.model_dump(), "rounds": 400}), plan=QUIET)
        for _, link in made.links:
            seats.start(store, link)
        child = json.dumps({"url": url, "key": key, "uid": made.uid, "links": dict(made.links)})
        acknowledged = 0
        said: list[dict[str, object]] = []
        for moment in range(given.moments):
            heard: list[dict[str, object]] = []
            ready, starting = threading.Event(), time.perf_counter()
            process = subprocess.Popen([sys.executable, __file__, "--child", child], stdout=subprocess.PIPE, text=True)

            def listen(stream=process.stdout, heard=heard, ready=ready) -> None:  # type: ignore[no-untyped-def]
                for line in stream:
                    if line.endswith("\n"):
                        heard.append(json.loads(line))
                        ready.set()

            reader = threading.Thread(target=listen)
            reader.start()
            if not ready.wait(60):
                raise SystemExit(f"moment {moment}: the server did not come up")
            time.sleep(luck.uniform(EARLIEST, max(LATEST, time.perf_counter() - starting)))
            if process.poll() is not None:
                raise SystemExit(f"moment {moment}: the server ended by itself")
            process.kill()
            process.wait()
            reader.join()
            process.stdout.close()  # type: ignore[union-attr]
            said += heard
            acknowledged = check(store, said)
        engine = FakeEngine()
        later = store.at(lambda: store.now() + timedelta(seconds=resolution.LEASE_SECONDS + 1))
        session_phase = seats.pulse(later, engine, made.links[0][1]).phase
        if session_phase == "resolve":
            raise SystemExit("STUCK: the round that was being resolved was not taken over")
    took = time.perf_counter() - began
    print(f"{given.moments} kills, {acknowledged} acknowledged submissions, none lost, no round resolved twice, {took:.0f} s")


if __name__ == "__main__":
    main()
