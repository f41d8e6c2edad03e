"""The index's keys in this process's memory, and nowhere else: never on disk, never in another process."""

import os
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from safeconduct.vault.hidden import Hidden
from safeconduct.vault.index import IndexKeys


@dataclass(frozen=True, repr=False, eq=False)
class Held(Hidden):
    """The keys, and the row that says that this process holds them."""

    waking: UUID
    keys: IndexKeys


_held: list[Held] = []
_lock = Lock()


def hold(held: Held) -> None:
    """Keep these keys in place of any held before."""
    with _lock:
        _held[:] = [held]


def held() -> Held | None:
    """Return what this process holds."""
    with _lock:
        return _held[0] if _held else None


def forget() -> None:
    """Let the keys go."""
    with _lock:
        _held.clear()


# A forked child is another process, and no row says that it is awake. Some systems cannot fork.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_held.clear)
