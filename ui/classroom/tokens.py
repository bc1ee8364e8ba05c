"""Secrets: links, join codes and the passphrase.

Links carry 192 random bits and are stored as SHA-256 only, so that a copied database opens no seat. Join codes are short, from an alphabet
without look-alikes, and protected by throttles. The passphrase is hashed with scrypt (n = 2^15, about 0.1 s).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from ui.classroom.refused import Refusal

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # 31: without 0 O 1 I L
CODE_LENGTH = 6  # 31^6 = 887 million codes
SHORTEST_PASSPHRASE = 10
LONGEST_PASSPHRASE = 200
_N, _R, _P = 2**15, 8, 1


def new_token() -> str:
    """A fresh link secret of 192 bits, safe in an address."""
    return secrets.token_urlsafe(24)


def fingerprint(token: object) -> str:
    """The SHA-256 of a token, under which it is stored. Anything that cannot be a token gets a fingerprint nobody has."""
    if not isinstance(token, str) or not 16 <= len(token) <= 100:
        return "-"
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def new_code() -> str:
    """A fresh join code."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def read_code(typed: object) -> str:
    """The join code in what a person typed (spaces, hyphens and case do not matter), or an empty string."""
    if not isinstance(typed, str) or len(typed) > 40:
        return ""
    code = "".join(letter for letter in typed.upper() if letter not in " -\u2011\u2013.\t")
    return code if len(code) == CODE_LENGTH and all(letter in ALPHABET for letter in code) else ""


def hash_passphrase(passphrase: str) -> str:
    """The stored form `scrypt$n$r$p$salt$hash` of a passphrase. Raises `Refusal` when it is too short or too long."""
    if not SHORTEST_PASSPHRASE <= len(passphrase) <= LONGEST_PASSPHRASE:
        raise Refusal(f"passphrase: {len(passphrase)} characters; allowed are {SHORTEST_PASSPHRASE} to {LONGEST_PASSPHRASE}.")
    salt = secrets.token_bytes(16)
    return f"scrypt${_N}${_R}${_P}${salt.hex()}${_scrypt(passphrase, salt, _N, _R, _P).hex()}"


def passphrase_fits(passphrase: object, stored: str) -> bool:
    """Whether the passphrase is the stored one, compared in constant time."""
    if not isinstance(passphrase, str) or len(passphrase) > LONGEST_PASSPHRASE:
        return False
    _, n, r, p, salt, expected = stored.split("$")
    found = _scrypt(passphrase, bytes.fromhex(salt), int(n), int(r), int(p))
    return hmac.compare_digest(found, bytes.fromhex(expected))


def _scrypt(passphrase: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(passphrase.encode("utf-8", "replace"), salt=salt, n=n, r=r, p=p, maxmem=128 * n * r * 2, dklen=32)
