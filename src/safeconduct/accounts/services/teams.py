"""Teams: who is meant to be in one, who is given its key, and its next key when someone leaves."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from safeconduct.accounts import desks, keys, roster
from safeconduct.accounts.events import KeysShared
from safeconduct.accounts.models import KeyPair, Member, Team, TeamKeyShare
from safeconduct.accounts.rules import STILL_BEING_FILED, check_seat
from safeconduct.accounts.services import signing
from safeconduct.accounts.services.leaving import put_out_of_force
from safeconduct.accounts.services.seats import check_no_bench_of_this_kind, let_in_by_their_bench
from safeconduct.accounts.services.supersession import announce_later, announce_superseded
from safeconduct.accounts.values import BENCHES, Desk, MemberKind, NewTeam, Role, TeamKind
from safeconduct.audit import services as audit
from safeconduct.kernel import clock
from safeconduct.kernel.actors import BY_RULE, Actor
from safeconduct.kernel.errors import Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import queries as vault


@transaction.atomic
def make_team(team: NewTeam, *, by: Desk) -> UUID:
    """Add a team without anyone in it. Give it a key with ``rekey_team`` once its first members are signed."""
    by.must(Role.LEAD)
    check_no_bench_of_this_kind(team)
    if Team.objects.filter(name=team.name).exists():
        raise Refused("team.name-taken", "There is a team of this name already. Choose another name.")
    made = Team.objects.create(id=team.id or new_id(), name=team.name, kind=team.kind.value, country=team.country)
    audit.record(desks.own_actor(by), "team.made", made.id)
    return made.id


@transaction.atomic
def plan_teams(member_id: UUID, team_ids: Collection[UUID], *, by: Desk) -> None:
    """Say which teams someone is meant to be in. Two custodians sign that before anyone gives them a key."""
    by.must(Role.LEAD)
    member = Member.objects.select_for_update().get(id=member_id)
    _check_side(member, team_ids)
    gone = set(member.planned_teams) - {str(one) for one in team_ids}
    if gone:
        sentence = "Whoever knows a team's key cannot unlearn it. Remove them, and invite them anew without that team."
        raise Refused("team.leave", sentence)
    member.planned_teams = sorted(str(one) for one in team_ids)
    member.save(update_fields=["planned_teams"])
    if own := roster.current_keys([member_id]).get(member_id):
        signing.renewed_entry(member, own)
    audit.record(desks.own_actor(by), "member.teams-planned", member_id)


def _check_side(member: Member, team_ids: Collection[UUID]) -> None:
    kinds = set(Team.objects.filter(id__in=team_ids).values_list("kind", flat=True))
    own = {member.organisation_id} if member.kind == MemberKind.PARTNER.value else None
    if set(team_ids) != own if own else TeamKind.PARTNER.value in kinds:
        sentence = "A partner's member joins the team of one organisation and no other; staff join teams of staff."
        raise Refused("member.mixed-teams", sentence)
    check_seat([TeamKind(kind) for kind in kinds], [Role(role) for role in member.roles])


def join_team(member_id: UUID, team_id: UUID, *, by: Desk) -> None:
    """Plan one team more for someone. They get its key from ``share_team_keys`` once two custodians have signed."""
    member = Member.objects.get(id=member_id)
    plan_teams(member_id, {UUID(one) for one in member.planned_teams} | {team_id}, by=by)


@transaction.atomic
def share_team_keys(*, by: Desk) -> int:
    """Give the keys of one's own teams to every colleague whose signed entry says that they belong there.

    Called after each sign-in: so people who wait are served by whoever comes first. Returns how many keys were given.
    """
    given = 0
    for share in TeamKeyShare.objects.filter(wrapped_to=by.recipient.id).select_related("key__team"):
        if share.key.team is None or not (waiting := lacking(share.key, share.key.team)):
            continue
        keys.share(share.key, keys.opened_share(share, by.ring), waiting)
        audit.record(desks.own_actor(by), "team.key-shared", share.key.team.id)
        given += len(waiting)
        for each in waiting:
            if each.member_id:
                announce_later(KeysShared(each.member_id))
    return given


def lacking(key: KeyPair, team: Team) -> list[KeyPair]:
    """Return the keys of those in a team who cannot open its key yet, or only with a key of theirs that is gone."""
    held = set(TeamKeyShare.objects.filter(key=key).values_list("wrapped_to", flat=True))
    return [each for each in ready_members(team) if each.id not in held]


def ready_members(team: Team) -> list[KeyPair]:
    """Return the keys of everyone whose signed entry says that they are in a team."""
    meant = [one for one in Member.objects.filter(removed_at__isnull=True) if str(team.id) in one.planned_teams]
    standing = roster.vouched(meant)
    ready = [one for one in meant if standing[one.id].ready]
    let_in = let_in_by_their_bench(team, ready, standing) if team.kind in BENCHES else {one.id for one in ready}
    return [*roster.current_keys(let_in).values()]


@transaction.atomic
def rekey_team(team_id: UUID, *, by: Desk) -> None:
    """Give a team a new key, known to its present members only; the lead who orders it sees none of it.

    The former key stays with them until what it opens is wrapped anew. Until two custodians sign the new key, new
    reports are wrapped to the members one by one.
    """
    by.must(Role.LEAD)
    new_team_key(Team.objects.select_for_update().get(id=team_id), by=desks.own_actor(by))


def new_key_for_the_rest(team: Team, *, by: Actor) -> None:
    """Give a team a new key once somebody left it. An organisation without anybody gets one with its next member."""
    if team.kind == TeamKind.PARTNER.value and not ready_members(team):
        put_out_of_force(KeyPair.objects.filter(team=team, superseded_at__isnull=True))
        return
    new_team_key(team, by=by)


def new_team_key(team: Team, *, by: Actor) -> None:
    """Give a team a new key, for whoever may order it; refuse where nobody would hold it."""
    members = ready_members(team)
    if not members:
        raise Refused("team.empty", f"The team {team.name} would be left without anyone. Add someone to it first.")
    announce_superseded(KeyPair.objects.filter(team=team, superseded_at__isnull=True))
    made = keys.make_team_key(team)
    keys.share(made.key, made.seed, members)
    signing.renewed_entry(team, made.key)
    audit.record(by, "team.rekeyed", team.id)


@transaction.atomic
def forget_superseded() -> int:
    """Delete former keys that nothing is wrapped to any more, and return how many. A job calls this.

    Not in their first hour: a report that was being filed when the key was replaced may be wrapped to it still.
    Former keys of partner organisations stay: under their blind ids nobody but they can see what is wrapped to them.
    """
    quiet = KeyPair.objects.filter(superseded_at__lte=clock.now() - STILL_BEING_FILED)
    former = quiet.exclude(team__kind=TeamKind.PARTNER.value)
    unused = [key for key in former if not vault.wrapped_to([key.id]).exists()]
    for key in unused:
        audit.record(BY_RULE, "key.forgotten", key.id)
        key.delete()
    return len(unused)
