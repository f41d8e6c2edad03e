"""People and teams as colleagues see them."""

from dataclasses import dataclass
from uuid import UUID

from safeconduct.accounts.values.roles import MemberKind, Role, Standing, TeamKind


@dataclass(frozen=True)
class MemberView:
    """One line of the list of people."""

    id: UUID
    kind: MemberKind
    display_name: str
    sign_in_name: str
    roles: frozenset[Role]
    country: str
    languages: tuple[str, ...]
    organisation_id: UUID | None
    team_ids: frozenset[UUID]
    standing: Standing


@dataclass(frozen=True)
class TeamView:
    """A team as colleagues see it. ``member_ids`` are those who hold its key."""

    id: UUID
    name: str
    kind: TeamKind
    country: str
    member_ids: frozenset[UUID]
    standing: Standing
