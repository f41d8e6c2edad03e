"""What rooms above this one still need of a case, and how they let go of it. ``project`` fills it, as it does gates."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Room:
    """A room whose own rows hang on cases.

    Each is asked with the ids of cases that are one by linking, and of their reports. ``needs`` returns which of
    them must stay whole; ``ids`` returns its own envelopes about them, and whatever else of it the record speaks of;
    ``forget`` deletes its rows about them, without any key, as often as it is called.
    """

    needs: Callable[[Collection[UUID]], set[UUID]]
    ids: Callable[[Collection[UUID]], set[UUID]]
    forget: Callable[[Collection[UUID]], None]


_rooms: dict[str, Room] = {}


def register(name: str, room: Room) -> None:
    """Ask this room before a case is erased; one of the same name takes its place."""
    _rooms[name] = room


def needed(about: Collection[UUID]) -> set[UUID]:
    """Return which of these any room still needs."""
    return set[UUID]().union(*(room.needs(about) for room in _rooms.values()))


def ids(about: Collection[UUID]) -> set[UUID]:
    """Return what rooms above have of their own about these."""
    return set[UUID]().union(*(room.ids(about) for room in _rooms.values()))


def forget(about: Collection[UUID]) -> None:
    """Let every room above delete its rows about these."""
    for room in _rooms.values():
        room.forget(about)
