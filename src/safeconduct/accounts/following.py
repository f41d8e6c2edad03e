"""What each room does to carry what it sealed from former keys to the keys of today. ``project`` fills it.

Nobody can do it for everybody: only whoever opens something can wrap it anew. So it is done at the door, a little each
time somebody comes in, and by one command that goes on until nothing is left that this person can open.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

import structlog
from django.db import DatabaseError
from django.db.models import QuerySet

from safeconduct.accounts.values import Desk
from safeconduct.kernel.errors import SafeconductError

log = structlog.get_logger()

# Changes a batch of what this person can open, each thing by itself, and returns how many it changed; 0 is the end.
Step = Callable[[Desk], int]


@dataclass(frozen=True)
class Room:
    """``follow`` is done at the door and by the command; ``gather``, which looks at more, by the command alone."""

    follow: Step
    gather: Step | None = None


_rooms: dict[str, Room] = {}


def register(name: str, room: Room) -> None:
    """Let a room follow keys; one of the same name takes its place."""
    _rooms[name] = room


def follow(desk: Desk) -> int:
    """Let every room do its next batch, and return how many things were wrapped anew."""
    return sum(attempted(name, partial(room.follow, desk)) for name, room in _rooms.items())


def gather(desk: Desk) -> int:
    """Let every room look also for what was wrapped to people one by one while a team's key waited for signatures."""
    return sum(attempted(name, partial(room.gather, desk)) for name, room in _rooms.items() if room.gather)


def attempted(name: str, step: Callable[[], int]) -> int:
    """Do one room's step at the door: whatever fails in it must neither shut the door nor stop the others."""
    try:
        return step()
    except (SafeconductError, ValueError, DatabaseError) as fault:
        log.warning("door.step-left-out", room=name, fault=type(fault).__name__)
        return 0


def one_by_one(name: str, rows: Iterable[UUID], change: Callable[[UUID], int], *, at_most: int | None = None) -> int:
    """Change rows, each by itself, until so many are done. What does not open is passed over and stops no other."""
    done = 0
    for each in rows:
        done += _changed(name, each, change)
        if done == at_most:
            break
    return done


def _changed(name: str, row: UUID, change: Callable[[UUID], int]) -> int:
    try:
        return change(row)
    except (SafeconductError, ValueError) as fault:
        log.warning("keys.not-followed", room=name, row=str(row), fault=type(fault).__name__)
        return 0


def in_slices(found: "QuerySet[Any]", size: int) -> Iterator[UUID]:
    """Yield the ids of what waits, asking again after each slice: what was passed over hides nothing behind it."""
    seen: set[UUID] = set()
    while some := [*found.exclude(pk__in=seen).values_list("pk", flat=True)[:size]]:
        seen.update(some)
        yield from some
