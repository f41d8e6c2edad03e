"""Whom a key may be wrapped to: only those whose entry two pinned custodians signed."""

from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from safeconduct.accounts import keys, roster
from safeconduct.accounts.models import KeyPair, Member, Team, TeamKeyShare
from safeconduct.accounts.pins import kept_pins
from safeconduct.accounts.rules import AudiencePlan, PersonFacts, TeamFacts, plan_audience
from safeconduct.accounts.values import Audience, Exclusions, Note, TeamKind
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault.values import Recipient

INTAKE = frozenset({TeamKind.INTAKE, TeamKind.LEAD})
LEADS = frozenset({TeamKind.LEAD})
NOBODY_LEFT = (
    "With these people left out, nobody here could read this. "
    "Leave out fewer, or turn to a partner organisation instead."
)


def intake_recipients(exclude: Exclusions, *, without: Collection[UUID] = ()) -> Audience:
    """Return who a new report is wrapped to: intake and lead teams, without anyone the reporter excluded.

    ``without`` are members who stepped back, and are treated alike.
    """
    return _audience(exclude, INTAKE, without)


def lead_recipients(exclude: Exclusions, *, without: Collection[UUID] = ()) -> Audience:
    """Return the leads who may read, for what must not stay with one person."""
    return _audience(exclude, LEADS, without)


def person_recipient(member_id: UUID) -> Recipient:
    """Return one person as a recipient, or raise ``NotAllowed`` unless their entry is signed as it stands."""
    found = person_recipients([member_id])
    if member_id not in found:
        raise NotAllowed
    return found[member_id]


def person_recipients(member_ids: Collection[UUID]) -> dict[UUID, Recipient]:
    """Return as recipients those of these people whose entry is signed as it stands; the others are left out."""
    standing = roster.vouched(Member.objects.filter(id__in=member_ids))
    known = roster.current_keys(one for one, stands in standing.items() if stands.known)
    return {one: keys.recipient_of(key) for one, key in known.items()}


def mark_of(member_ids: Collection[UUID]) -> str:
    """Return a word that changes with anything that decides what may be wrapped to these people, and whether."""
    ids = frozenset(member_ids)
    wrapped = sorted(str(each.id) for each in person_recipients(ids).values())
    people = sorted((str(one.id), one.names, one.country) for one in people_facts() if one.id in ids)
    teams = sorted(
        (str(one.id), str(one.country), sorted(map(str, ids & one.member_ids)))
        for one in team_facts()
        if ids & one.member_ids
    )
    return sha256(repr((wrapped, people, teams)).encode()).hexdigest()


def people_who_can_open(audience: Audience) -> frozenset[UUID]:
    """Return the members who could open what is wrapped to an audience."""
    shares = TeamKeyShare.objects.filter(key__team_id__in=audience.team_ids, key__superseded_at__isnull=True)
    return audience.member_ids | frozenset(shares.values_list("member_id", flat=True))


def superseded_keys() -> dict[UUID, Recipient | None]:
    """Return, for each former key still kept, who takes its place; None where nobody does (yet)."""
    former = KeyPair.objects.filter(superseded_at__isnull=False).select_related("member", "team")
    holders: dict[UUID, Member | Team] = {one.id: one for key in former if (one := key.member or key.team)}
    standing = roster.vouched(holders.values())
    ready = roster.current_keys(one for one in holders if standing[one].ready)
    return {key.id: _present(key, ready) for key in former}


def _present(former: KeyPair, ready: dict[UUID, KeyPair]) -> Recipient | None:
    holder = former.member_id or former.team_id
    return keys.recipient_of(ready[holder]) if holder in ready else None


def _audience(exclude: Exclusions, kinds: frozenset[TeamKind], without: Collection[UUID]) -> Audience:
    people = people_facts() if exclude else []
    plan = plan_audience(people, team_facts(), exclude, kinds=kinds, without=without)
    _leave_out_unsigned(plan)
    recipients = tuple(keys.recipient_of(key) for key in roster.current_keys(plan.team_ids | plan.member_ids).values())
    if not recipients:
        raise Refused("audience.nobody", NOBODY_LEFT)
    return Audience(recipients, frozenset(plan.team_ids), frozenset(plan.member_ids), frozenset(plan.notes))


def _leave_out_unsigned(plan: AudiencePlan) -> None:
    standing = roster.vouched(Member.objects.filter(id__in=plan.member_ids))
    signed = {one for one, stands in standing.items() if stands.ready}
    if plan.member_ids - signed:
        plan.notes.add(Note.MEMBER_UNSIGNED)
    plan.member_ids &= signed


def people_facts() -> list[PersonFacts]:
    """Return what decides about each member still here: the country as signed, the names as signed and as they stand.

    Whoever was never signed is wrapped nothing; their row only says whom a reporter may have meant.
    """
    found = [*Member.objects.filter(removed_at__isnull=True)]
    standing = roster.vouched(found)
    return [_person(one, standing[one.id].words) for one in found]


def _person(member: Member, signed: Mapping[str, Any]) -> PersonFacts:
    names = (member.display_name, member.sign_in_name, *signed.get("names", ()))
    return PersonFacts(member.id, tuple(dict.fromkeys(names)), signed.get("country", member.country))


def team_facts() -> list[TeamFacts]:
    """Return what decides about each team, with everyone who holds its key or is meant to.

    Kind and country are those that custodians signed, never those in the row: whoever writes to the table could
    otherwise move a team out of the country that a reporter excluded.
    A team counts as signed only while everyone who holds its key is known as signed: whoever changed a member's
    country or name in the table would otherwise have that member read, by the team's key, what excludes them.
    """
    teams = [*Team.objects.all()]
    standing = roster.vouched(teams)
    inside = _inside(teams)
    doubtful = _teams_with_someone_unsigned()
    return [
        TeamFacts(one.id, _kind(words), _country(one, words), inside[one.id], signed)
        for one in teams
        for words in (standing[one.id].words,)
        for signed in (standing[one.id].ready and one.id not in doubtful,)
    ]


def _kind(signed: Mapping[str, Any]) -> TeamKind | None:
    return TeamKind(signed["kind"]) if signed else None


def _country(team: Team, signed: Mapping[str, Any]) -> str | None:
    if signed:
        return str(signed["country"])
    # The pins are kept outside the database: they know whether a team ever had signed words that are gone now.
    return None if kept_pins().oldest_allowed(team.id) else team.country


def _teams_with_someone_unsigned() -> frozenset[UUID | None]:
    holding = [*_live_shares().select_related("member", "key")]
    standing = roster.vouched(share.member for share in holding)
    return frozenset(share.key.team_id for share in holding if not standing[share.member_id].known)


def _live_shares() -> QuerySet[TeamKeyShare]:
    return TeamKeyShare.objects.filter(key__superseded_at__isnull=True, member__removed_at__isnull=True)


def _inside(teams: Iterable[Team]) -> dict[UUID, frozenset[UUID]]:
    found: dict[UUID, set[UUID]] = {team.id: set() for team in teams}
    for team_id, member_id in _live_shares().values_list("key__team_id", "member_id"):
        found[team_id].add(member_id)
    for member_id, planned in Member.objects.filter(removed_at__isnull=True).values_list("id", "planned_teams"):
        for team_id in map(UUID, planned):
            found.setdefault(team_id, set()).add(member_id)
    return {team: frozenset(members) for team, members in found.items()}
