"""What each room does to carry what it sealed from former keys to the keys of today. ``project`` fills it.

Nobody can do it for everybody: only whoever opens something can wrap it anew. So it is done at the door, a little each
time somebody comes in, and by one command that goes on until nothing is left that this person can open.
"""

from collections.abc import Callable
from dataclasses import dataclass

import structlog

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


def register(name: str, follow: Step, *, gather: Step | None = None) -> None:
    """Let a room follow keys; one of the same name takes its place."""
    _rooms[name] = Room(follow, gather)


def follow(desk: Desk) -> int:
    """Let every room do its next batch, and return how many things were wrapped anew."""
    return sum(_done(name, room.follow, desk) for name, room in _rooms.items())


def gather(desk: Desk) -> int:
    """Let every room look also for what was wrapped to people one by one while a team's key waited for signatures."""
    return sum(_done(name, room.gather, desk) for name, room in _rooms.items() if room.gather)


def _done(name: str, step: Step, desk: Desk) -> int:
    try:
        return step(desk)
    except SafeconductError as fault:
        # Whatever is damaged in one room must not shut the door, nor stop the others.
        log.warning("keys.not-followed", room=name, fault=fault.code)
        return 0
