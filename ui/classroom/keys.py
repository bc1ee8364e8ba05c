"""The instructor's passphrase and key.

The first passphrase needs a set-up code that the command prints on the teacher's own terminal: whoever opens the app first on the
network must not become the instructor. Logging in gives a key for twelve hours; nothing else makes one, whatever a link says.
"""

from __future__ import annotations

import hmac
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ui.classroom import throttle
from ui.classroom.access import issue, require_instructor
from ui.classroom.events import audit
from ui.classroom.refused import Denied, Refusal
from ui.classroom.store import Store
from ui.classroom.tables import Setting, Token
from ui.classroom.tokens import fingerprint, hash_passphrase, new_token, passphrase_fits

KEY_HOURS = 12
_HASH, _SETUP = "passphrase", "setup_code"
WRONG = "The passphrase is not right."


def has_passphrase(store: Store) -> bool:
    """Whether an instructor's passphrase is set."""
    with store.read() as db:
        return _setting(db, _HASH) is not None


def setup_code(store: Store) -> str | None:
    """A fresh code to set the first passphrase with, for the terminal; None when one is set already."""
    with store.write() as db:
        if _setting(db, _HASH) is not None:
            return None
        code = new_token()
        _put(db, _SETUP, fingerprint(code))
        return code


def set_first_passphrase(store: Store, code: str, passphrase: str, address: str) -> str:
    """Set the first passphrase with the set-up code from the terminal; returns an instructor's key."""
    throttle.count(store, "passphrase", address)
    hashed = hash_passphrase(passphrase)
    key = _first_key(store, code, hashed)
    throttle.forgive(store, "passphrase", address)
    return key


def _first_key(store: Store, code: str, hashed: str) -> str:
    with store.write() as db:
        expected = _setting(db, _SETUP)
        if _setting(db, _HASH) is not None:
            raise Denied("A passphrase is set already: log in with it.")
        if expected is None or not hmac.compare_digest(expected, fingerprint(code)):
            raise Denied("The set-up code is not right: it is printed where the app was started.")
        _put(db, _HASH, hashed)
        _put(db, _SETUP, "-used-")
        audit(db, store.now(), "passphrase set")
        return issue(db, store.now(), "instructor", until=store.now() + timedelta(hours=KEY_HOURS))


def reset_passphrase(store: Store) -> None:
    """Forget the passphrase and all keys. For the command on the machine itself, never for a page."""
    with store.write() as db:
        for name in (_HASH, _SETUP):
            row = db.get(Setting, name)
            if row is not None:
                db.delete(row)
        db.execute(update(Token).where(Token.kind == "instructor", Token.revoked_at.is_(None)).values(revoked_at=store.now()))
        audit(db, store.now(), "passphrase reset")


def login(store: Store, passphrase: str, address: str) -> str:
    """An instructor's key for the passphrase. Tries are counted before the slow hash; a success clears them."""
    throttle.count(store, "passphrase", address)
    with store.read() as db:
        stored = _setting(db, _HASH)
    if stored is None:
        raise Refusal("No passphrase is set yet: use the set-up link printed where the app was started.")
    if not passphrase_fits(passphrase, stored):
        with store.write() as db:
            audit(db, store.now(), "login refused", f"from {address[:80]}")
        raise Denied(WRONG)
    throttle.forgive(store, "passphrase", address)
    with store.write() as db:
        if _setting(db, _HASH) != stored:  # changed meanwhile
            raise Denied(WRONG)
        audit(db, store.now(), "login", f"from {address[:80]}")
        return issue(db, store.now(), "instructor", until=store.now() + timedelta(hours=KEY_HOURS))


def logout(store: Store, key: str) -> None:
    """Make the key useless."""
    with store.write() as db:
        require_instructor(db, store.now(), key).revoked_at = store.now()


def is_instructor(store: Store, key: str) -> bool:
    """Whether the key works (for menus; every function checks again by itself)."""
    with store.read() as db:
        try:
            require_instructor(db, store.now(), key)
        except Denied:
            return False
        return True


def _setting(db: Session, name: str) -> str | None:
    return db.execute(select(Setting.value).where(Setting.name == name)).scalar_one_or_none()


def _put(db: Session, name: str, value: str) -> None:
    db.merge(Setting(name=name, value=value))
    db.flush()
