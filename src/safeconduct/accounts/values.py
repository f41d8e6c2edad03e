"""What accounts hands to other rooms: plain values, no tables."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from safeconduct.kernel.actors import Actor
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.values import Recipient


class Role(StrEnum):
    """What someone may do here. Roles open nothing by themselves; keys do."""

    RESPONDER = "responder"
    APPEAL_REVIEWER = "appeal-reviewer"
    LEAD = "lead"
    CUSTODIAN = "custodian"
    AUDITOR = "auditor"
    PARTNER = "partner"


class TeamKind(StrEnum):
    """What a team's key is for."""

    INTAKE = "intake"
    LEAD = "lead"
    PARTNER = "partner"
    EARLY_WARNING = "early-warning"
    BENCH_A = "bench-a"
    BENCH_B = "bench-b"


BENCHES = (TeamKind.BENCH_A, TeamKind.BENCH_B)


class MemberKind(StrEnum):
    """On whose side someone signs in."""

    STAFF = "staff"
    PARTNER = "partner"


class Standing(StrEnum):
    """How far someone is on the way to being handed keys."""

    INVITED = "invited"
    WAITING = "waiting for two custodians"
    READY = "ready"
    CHANGED = "changed since it was signed"
    REMOVED = "removed"


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


@dataclass
class Desk:
    """Someone signed in, with the keys they hold. Lives as long as one request."""

    member_id: UUID
    display_name: str
    kind: MemberKind
    roles: frozenset[Role]
    country: str
    organisation_id: UUID | None
    ring: Keyring = field(repr=False)
    actor: Actor
    recipient: Recipient = field(repr=False)  # of this person's own key; its id is not the member's id
    organisation: Recipient | None = field(default=None, repr=False)  # under the blind id, for a partner member
    signing_key: bytes = field(default=b"", repr=False)  # a custodian's public one, as they themselves sealed it
    time_zone: str = ""  # in which they read times; empty for the deployment's

    def may(self, role: Role) -> bool:
        """Return whether the signed roster gives this person the role."""
        return role in self.roles

    def must(self, role: Role) -> None:
        """Raise ``NotAllowed`` without the role."""
        if not self.may(role):
            raise NotAllowed


@dataclass
class WayIn:
    """A reporter who entered their code. ``holder_id`` is the id of their report."""

    holder_id: UUID
    secret: bytes = field(repr=False)
    ring: Keyring = field(repr=False)


@dataclass(frozen=True)
class Introduction:
    """Somebody as an identity provider knows them. ``serves`` are the kinds of members it may introduce."""

    provider: str
    issuer: str
    subject: str = field(repr=False)
    serves: frozenset[MemberKind]
    second_factor: bool = False  # whether they showed one there that counts here


@dataclass(frozen=True)
class ToUnlock:
    """Somebody introduced by a provider, before they have unlocked anything."""

    sign_in_name: str
    needs_code: bool


@dataclass(frozen=True)
class NewSession:
    """What the browser is given. The cookie is kept nowhere else."""

    cookie: str = field(repr=False)
    ends_at: datetime


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
