"""Founds the demonstration once: the cast, their keys, the partner, and an open channel."""

from safeconduct.accounts import services as accounts
from safeconduct.project.demonstration import memory, people, places
from safeconduct.project.demonstration.places import Places


def found(where: Places) -> None:
    """Make the invented programme and mark it complete. A founding cut short leaves no mark and starts again."""
    founded = accounts.found_programme([one.person for one in people.CAST], people.TEAMS)
    memory.keep(where.people, founded)
    places.mark_founded(where)
