"""What is still wrong before a class: one check per fact, each a status and a sentence with the cure.

Pure but for what they look at; none writes into the class's data.
"""

from __future__ import annotations

import ipaddress
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from sqlalchemy import func, select, text

from ui.classroom.engine import card_of
from ui.classroom.keys import has_passphrase
from ui.classroom.migrate import is_current
from ui.classroom.refused import Refusal
from ui.classroom.store import Store
from ui.classroom.tables import ClassSession, Participant

Status = Literal["ok", "warning", "problem"]
ENOUGH_MB, SCARCE_MB = 1000, 200  # free disk: a class of thirty writes about 20 MB (assumption: fifty classes, ten classes)


@dataclass(frozen=True)
class Check:
    """One line of the readiness page."""

    name: str
    status: Status
    sentence: str


def data_folder(folder: Path) -> Check:
    """Whether the data folder can be written."""
    try:
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"x")
    except OSError as problem:
        sentence = f"{folder} cannot be written ({problem.strerror}): start with --data-dir and another folder."
        return Check("data folder", "problem", sentence)
    return Check("data folder", "ok", f"Classes are kept in {folder}.")


def database(store: Store) -> Check:
    """Whether the database answers, is up to date, and is in a mode that many can write to."""
    try:
        with store.read() as db:
            connection = db.connection()
            if not is_current(connection):
                return Check("database", "problem", "The tables are not up to date: restart the app.")
            if store.engine.dialect.name == "postgresql":
                return Check("database", "ok", "PostgreSQL: several servers may share it.")
            mode = connection.execute(text("PRAGMA journal_mode")).scalar_one()
    except Refusal as problem:
        return Check("database", "problem", str(problem))
    if mode != "wal":
        sentence = f"SQLite is in mode '{mode}', not WAL: put the data folder on a local disk, not a network drive."
        return Check("database", "problem", sentence)
    return Check("database", "ok", "One database file (SQLite): for a class on one machine.")


def address(url: str) -> Check:
    """Whether the address in links and QR codes can be reached by a phone, as far as it shows in the address itself."""
    host = urlsplit(url).hostname or ""
    if not host or urlsplit(url).scheme not in ("http", "https"):
        return Check("address", "problem", f"'{url}' is no address: start with --public-url http://...")
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        local = host == "localhost" or host.endswith(".localhost")
        if not local:
            return Check("address", "ok", f"Links and QR codes lead to {url}.")
        number = ipaddress.ip_address("127.0.0.1")
    if number.is_loopback or number.is_unspecified:
        return Check("address", "problem", f"{url} opens on this machine only: join the room's network, or start with --public-url.")
    return Check("address", "ok", f"Links and QR codes lead to {url}.")


def phone(store: Store, uid: str) -> Check:
    """Whether anybody has come in: the teacher's own phone first. Turns green by itself."""
    with store.read() as db:
        query = select(func.count()).select_from(Participant).join(ClassSession, ClassSession.id == Participant.session_id)
        arrived = db.execute(query.where(ClassSession.uid == uid)).scalar_one()
    if arrived:
        return Check("phone", "ok", f"{arrived} device(s) have come in.")
    return Check("phone", "warning", "Open a seat's QR code on a phone now and press Start: this line turns green when it arrives.")


def passphrase(store: Store) -> Check:
    """Whether an instructor's passphrase is set."""
    if has_passphrase(store):
        return Check("passphrase", "ok", "An instructor's passphrase is set.")
    return Check("passphrase", "problem", "No passphrase is set: open the set-up link printed where the app was started.")


def scenario(reference: str, digest: str = "", rounds: int = 0) -> Check:
    """Whether the scenario can be read, and is still the one the session was made with (`digest`), to be played for so many `rounds` (0: all)."""
    try:
        card = card_of(reference)
    except Refusal as problem:
        return Check("scenario", "problem", str(problem))
    if digest and card.digest != digest:
        sentence = f"'{card.title}' has changed since the session was made: make the session anew, or its replay may differ."
        return Check("scenario", "warning", sentence)
    return Check("scenario", "ok", f"'{card.title}': rounds: {rounds or card.rounds}; quarters in a round: {card.quarters_per_round}.")


def disk(folder: Path) -> Check:
    """Whether the disk has room."""
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < SCARCE_MB:
        return Check("disk", "problem", f"Only {free} MB are free: make room, or a class may stop.")
    return Check("disk", "ok" if free >= ENOUGH_MB else "warning", f"{free / 1000:.1f} GB of disk are free.")
