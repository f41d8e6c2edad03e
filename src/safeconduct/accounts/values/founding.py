"""People and teams to be, and what they are shown once."""

from dataclasses import dataclass, field
from uuid import UUID

from safeconduct.accounts.values.roles import MemberKind, Role, TeamKind


@dataclass(frozen=True)
class PaperCards:
    """The cards of one team's secret, two of three of which restore it. Shown once, to be written on paper."""

    team_id: UUID
    team: str
    cards: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class Joining:
    """What someone is shown once when they accept an invitation."""

    member_id: UUID
    sign_in_name: str
    passphrase: str = field(repr=False)
    second_factor_secret: str = field(repr=False)


@dataclass(frozen=True)
class NewTeam:
    """A team to be founded."""

    name: str
    kind: TeamKind
    country: str = ""
    id: UUID | None = None  # given when the team belongs to something that exists, such as an organisation


@dataclass(frozen=True)
class NewPerson:
    """Someone to be founded or invited; ``teams`` are team names when founding."""

    display_name: str
    sign_in_name: str
    roles: frozenset[Role]
    country: str = ""
    languages: tuple[str, ...] = ("en",)
    teams: tuple[str, ...] = ()
    organisation_id: UUID | None = None

    @property
    def kind(self) -> MemberKind:
        """Return the side they sign in on."""
        return MemberKind.PARTNER if Role.PARTNER in self.roles else MemberKind.STAFF


@dataclass(frozen=True)
class Founded:
    """A whole new programme, with every secret in it, handed to the caller once and kept nowhere."""

    people: tuple[Joining, ...]
    team_ids: dict[str, UUID]
    cards: tuple[PaperCards, ...] = field(repr=False)

    def person(self, sign_in_name: str) -> Joining:
        """Return what one founder is to be shown."""
        return next(one for one in self.people if one.sign_in_name == sign_in_name)
