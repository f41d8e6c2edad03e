"""Who works here, as colleagues may see it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from safeconduct.accounts import roster
from safeconduct.accounts.models import KeyPair, Member, Team, TeamKeyShare
from safeconduct.accounts.queries.recipients import INTAKE, people_facts, team_facts
from safeconduct.accounts.rules import excluded_people
from safeconduct.accounts.values import Desk, Exclusions, MemberKind, MemberView, Role, Standing, TeamKind, TeamView
from safeconduct.kernel.errors import NotAllowed


@dataclass(frozen=True)
class Holder:
    """Whose key a recipient id names."""

    kind: str  # "member" or "team"
    id: UUID
    name: str


@dataclass(frozen=True)
class ToSign:
    """An entry that lacks signatures, as a custodian must see it before signing: everything that they vouch for.

    ``changed`` differs from the words that were signed last. Where ``tampered`` is false a colleague changed it here.
    """

    subject_id: UUID
    name: str
    sign_in_name: str
    roles: tuple[str, ...]
    country: str
    teams: tuple[str, ...]
    kind: str
    fingerprint: str
    signers: int
    mine: bool
    changed: tuple[str, ...]
    tampered: bool


def names_for(member_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return display names, of people who left too."""
    return dict(Member.objects.filter(id__in=member_ids).values_list("id", "display_name"))


def sign_in_names_for(member_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the names people sign in by."""
    return dict(Member.objects.filter(id__in=member_ids).values_list("id", "sign_in_name"))


def countries_of_staff() -> list[str]:
    """Return the countries a reporter may exclude: those where someone who could read works, as signed."""
    staff = set(
        Member.objects.filter(kind=MemberKind.STAFF.value, removed_at__isnull=True).values_list("id", flat=True)
    )
    people = {one.country for one in people_facts() if one.id in staff}
    teams = {one.country or "" for one in team_facts() if one.kind in INTAKE}
    return sorted((people | teams) - {""})


def is_excluded(member_id: UUID, exclude: Exclusions) -> bool:
    """Say whether a reporter asked that this person does not read."""
    return bool(excluded_among([member_id], exclude))


def excluded_among(member_ids: Collection[UUID], exclude: Exclusions) -> frozenset[UUID]:
    """Return those of these people of whom a reporter asked that they do not read."""
    # Each signature is checked once, however many people are asked about, and none where nobody is excluded.
    return frozenset(member_ids) & excluded_people(people_facts(), team_facts(), exclude) if exclude else frozenset()


def members_for(desk: Desk) -> tuple[MemberView, ...]:
    """Return the people a desk may see: staff see everyone, a partner's member those of their own organisation."""
    found = Member.objects.filter(removed_at__isnull=True).order_by("display_name", "sign_in_name")
    if desk.kind is MemberKind.PARTNER:
        found = found.filter(organisation_id=desk.organisation_id) if desk.organisation_id else found.none()
    return _people(found)


def everyone() -> tuple[MemberView, ...]:
    """Return everyone who works here, for the operator at the machine."""
    return _people(Member.objects.filter(removed_at__isnull=True).order_by("sign_in_name"))


def _people(members: Iterable[Member]) -> tuple[MemberView, ...]:
    found = list(members)
    standing = roster.vouched(found)
    return tuple(_view(one, standing[one.id].standing) for one in found)


def _view(member: Member, standing: Standing) -> MemberView:
    return MemberView(
        id=member.id,
        kind=MemberKind(member.kind),
        display_name=member.display_name,
        sign_in_name=member.sign_in_name,
        roles=frozenset(Role(role) for role in member.roles),
        country=member.country,
        languages=tuple(member.languages),
        organisation_id=member.organisation_id,
        team_ids=frozenset(UUID(one) for one in member.planned_teams),
        standing=standing,
    )


def teams_for(desk: Desk) -> tuple[TeamView, ...]:
    """Return the teams a desk may see, each with those who hold its key."""
    found = Team.objects.order_by("name")
    if desk.kind is MemberKind.PARTNER:
        found = found.filter(id=desk.organisation_id) if desk.organisation_id else found.none()
    inside: dict[UUID, set[UUID]] = {}
    live = TeamKeyShare.objects.filter(key__superseded_at__isnull=True)
    for team_id, member_id in live.values_list("key__team_id", "member_id"):
        inside.setdefault(team_id, set()).add(member_id)
    teams = [*found]
    standing = {one: stands.standing for one, stands in roster.vouched(teams).items()}
    return tuple(
        TeamView(one.id, one.name, TeamKind(one.kind), one.country, frozenset(inside.get(one.id, ())), standing[one.id])
        for one in teams
    )


def holders(recipient_ids: Collection[UUID]) -> dict[UUID, Holder]:
    """Return whose keys these are. Blind ids and reporters' ids name nobody and are left out."""
    found = KeyPair.objects.filter(id__in=recipient_ids).select_related("member", "team")
    return {key.id: _holder(key) for key in found}


def _holder(key: KeyPair) -> Holder:
    if key.member is not None:
        return Holder("member", key.member.id, key.member.display_name)
    assert key.team is not None, "a constraint: one of them is set"
    return Holder("team", key.team.id, key.team.name)


def members_behind(recipient_ids: Collection[UUID]) -> frozenset[UUID]:
    """Return every member who could open what is wrapped to these, by their own key or a team's."""
    return frozenset[UUID]().union(*members_by_key(recipient_ids).values())


def members_by_key(recipient_ids: Collection[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Return, for each of these keys of ours, every member who holds it: their own, or a team's."""
    own = KeyPair.objects.filter(id__in=recipient_ids, member__isnull=False, superseded_at__isnull=True)
    shared = TeamKeyShare.objects.filter(key_id__in=recipient_ids, member__removed_at__isnull=True)
    found: dict[UUID, set[UUID]] = {}
    for key_id, member_id in (*own.values_list("id", "member_id"), *shared.values_list("key_id", "member_id")):
        found.setdefault(key_id, set()).add(member_id)
    return {key_id: frozenset(members) for key_id, members in found.items()}


def waiting_for_signatures(desk: Desk) -> tuple[ToSign, ...]:
    """Return every entry that custodians have to sign, for one of them."""
    if not desk.may(Role.CUSTODIAN):
        raise NotAllowed
    members = Member.objects.filter(removed_at__isnull=True, confirmed_at__isnull=False)
    subjects: list[Member | Team] = [*members, *Team.objects.all()]
    standing = roster.vouched(subjects)
    own = roster.current_keys(one.id for one in subjects)
    names = {str(one.id): one.name for one in subjects if isinstance(one, Team)}
    return tuple(
        _to_sign(one, own[one.id], standing[one.id], desk, names)
        for one in subjects
        if one.id in own and not standing[one.id].ready
    )


def fingerprint_of(desk: Desk) -> str:
    """Return the fingerprint of the key a desk really holds, whatever the database says of it."""
    return roster.fingerprint(desk.recipient.public_key)


def signing_fingerprint_of(desk: Desk) -> str:
    """Return the fingerprint of a custodian's signing key as they made it, or nothing for anyone else."""
    return roster.fingerprint(desk.signing_key) if desk.signing_key else ""


def _to_sign(
    subject: Member | Team, key: KeyPair, stands: roster.Vouched, desk: Desk, names: Mapping[str, str]
) -> ToSign:
    member = subject if isinstance(subject, Member) else None
    return ToSign(
        subject_id=subject.id,
        name=subject.display_name if isinstance(subject, Member) else subject.name,
        sign_in_name=member.sign_in_name if member else "",
        roles=tuple(sorted(member.roles)) if member else (),
        country=subject.country,
        teams=tuple(sorted(names.get(one, one) for one in member.planned_teams)) if member else (),
        kind=subject.kind,
        fingerprint=roster.fingerprint(bytes(key.public_key)),
        signers=len(stands.signers),
        mine=desk.member_id in stands.signers,
        changed=stands.changed,
        tampered=stands.standing is Standing.CHANGED,
    )


def is_founded() -> bool:
    """Answer whether anybody has ever been let in: without people there is no programme."""
    return Member.objects.exists()
