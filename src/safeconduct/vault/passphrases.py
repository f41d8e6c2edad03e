"""Passphrases: six words drawn for a person, and the two keys that one slow hash gives."""

import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from threading import BoundedSemaphore
from typing import NamedTuple

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from safeconduct.kernel.errors import Unavailable
from safeconduct.vault.labels import KEY_BYTES, derived

WORDS = 6
SALT_BYTES = 16


@dataclass(frozen=True)
class Work:
    """What one guess costs: Argon2id (RFC 9106). Kept beside each salt, so that it can be raised later."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 1


STANDARD = Work()


class Derived(NamedTuple):
    """What a passphrase gives: ``verifier`` may be stored, ``kek`` opens the person's key and never is."""

    verifier: bytes
    kek: bytes

    def __repr__(self) -> str:
        return "<Derived: hidden>"


class BoundedPool:
    """Lets few through at once and few wait, so that a flood of sign-ins cannot take the memory or the processors."""

    def __init__(self, *, at_once: int, waiting: int) -> None:
        self._seats = BoundedSemaphore(at_once)
        self._room = BoundedSemaphore(at_once + waiting)

    @contextmanager
    def seat(self) -> Iterator[None]:
        """Wait for a seat and hold it, or raise ``Unavailable`` at once when too many wait already."""
        if not self._room.acquire(blocking=False):
            raise Unavailable("passphrase.busy", "Many people are signing in just now. Wait ten seconds and try again.")
        try:
            with self._seats:
                yield
        finally:
            self._room.release()


POOL = BoundedPool(at_once=2, waiting=24)


def generate() -> str:
    """Return six words drawn evenly from the 7,776 of the EFF's long list: 77 bits."""
    return " ".join(secrets.choice(_word_list()) for _ in range(WORDS))


def new_salt() -> bytes:
    """Return a fresh salt."""
    return secrets.token_bytes(SALT_BYTES)


def derive(passphrase: str, salt: bytes, work: Work = STANDARD, *, pool: BoundedPool = POOL) -> Derived:
    """Return the verifier and the key-encrypting key. Capitals, hyphens and extra spaces make no difference."""
    with pool.seat():
        slow = Argon2id(
            salt=salt,
            length=KEY_BYTES,
            iterations=work.passes,
            lanes=work.lanes,
            memory_cost=work.memory_kib,
        ).derive(settled(passphrase).encode())
    return Derived(derived(slow, "passphrase verifier"), derived(slow, "passphrase key"))


def as_json(work: Work) -> dict[str, int]:
    """Return what is kept beside the salt."""
    return asdict(work)


def from_json(kept: dict[str, int]) -> Work:
    """Return the work that ``as_json`` described."""
    return Work(**kept)


def settled(passphrase: str) -> str:
    """Return the form in which words are compared: some of the list have a hyphen, and nobody types them all alike."""
    return " ".join(unicodedata.normalize("NFKC", passphrase).casefold().replace("-", " ").split())


@cache
def _word_list() -> tuple[str, ...]:
    words = (files("xkcdpass") / "static" / "eff-long").read_text().split()
    return tuple(words)
