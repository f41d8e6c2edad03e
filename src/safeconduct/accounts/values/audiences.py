"""Whom a reporter keeps out, and to whom a new envelope is wrapped."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from safeconduct.vault.values import Recipient


@dataclass(frozen=True)
class Exclusions:
    """Whom a reporter does not want to see the case.

    ``person`` is free text, one person a line; it is compared, without regard to case, with display names and
    sign-in names.
    """

    countries: frozenset[str] = frozenset()
    team_ids: frozenset[UUID] = frozenset()
    person: str = ""

    def __bool__(self) -> bool:
        """Return whether anything at all is excluded."""
        return bool(self.countries or self.team_ids or self.person.strip())


NOBODY_EXCLUDED = Exclusions()


class Note(StrEnum):
    """What an audience had to leave out or do differently."""

    TEAM_SPLIT = "someone was left out, so the members of a team were added one by one, and none who join later"
    TEAM_LEFT_OUT = "an excluded team was left out"
    PERSON_UNKNOWN = "nobody here matches the person named, so only leads were added"
    TEAM_UNSIGNED = "a team's key waits for custodians, so its members were added one by one"
    TEAM_UNKNOWN = "custodians have not signed what a team is, so it was left out"
    MEMBER_UNSIGNED = "a member without a signed roster entry was left out"


@dataclass(frozen=True)
class Audience:
    """Who a new envelope is wrapped to. Every recipient stands in the signed roster."""

    recipients: tuple[Recipient, ...]
    team_ids: frozenset[UUID]
    member_ids: frozenset[UUID]  # those added one by one
    notes: frozenset[Note] = frozenset()
