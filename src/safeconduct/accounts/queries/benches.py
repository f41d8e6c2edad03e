"""The two benches as others need them: how they stand, who sits where, and whom a half is wrapped to."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from safeconduct.accounts import keys
from safeconduct.accounts.models import KeyPair, Member, Team, TeamKeyShare
from safeconduct.accounts.queries.recipients import people_facts, person_recipients, team_facts
from safeconduct.accounts.rules import SEATS_NEEDED, excluded_people, lines_of, names_everyone
from safeconduct.accounts.values import BENCHES, Desk, Exclusions, TeamKind
from safeconduct.kernel.errors import Refused
from safeconduct.vault.values import Recipient

PSEUDONYMS_ONLY = (
    "There are no two benches with two custodians each, so no name can be kept here. "
    "Write down a pseudonym only, or ask a lead for benches."
)
NOBODY_LEFT = (
    "One bench would have nobody left whom this person lets see it. Keep no name; the case can go on without one."
)
NOT_KNOWN = (
    "They asked that somebody must not see this whom we cannot find here, so nobody can be sure that the benches leave "
    "them out. Keep no name; the case can go on without one."
)


@dataclass(frozen=True)
class BenchView:
    """One bench: those who hold its key, and whether two custodians signed it as it stands."""

    kind: TeamKind
    team_id: UUID
    name: str
    member_ids: frozenset[UUID]
    signed: bool

    @property
    def sits(self) -> bool:
        """Return whether halves can be wrapped to it: signed, and two people on it."""
        return self.signed and len(self.member_ids) >= SEATS_NEEDED


def benches() -> dict[TeamKind, BenchView]:
    """Return the benches there are. One whose words custodians never signed stands by its row, and does not sit."""
    teams = {one.id: one for one in Team.objects.filter(kind__in=BENCHES)}
    holding: dict[UUID | None, set[UUID]] = {}
    live = TeamKeyShare.objects.filter(key__superseded_at__isnull=True, member__removed_at__isnull=True)
    for team_id, member_id in live.filter(key__team_id__in=teams).values_list("key__team_id", "member_id"):
        holding.setdefault(team_id, set()).add(member_id)
    found: dict[TeamKind, BenchView] = {}
    for facts in team_facts() if teams else ():
        kind = facts.kind or (TeamKind(teams[facts.id].kind) if facts.id in teams else None)
        if kind in BENCHES and facts.id in teams:
            members = frozenset(holding.get(facts.id, ()))
            found[kind] = BenchView(kind, facts.id, teams[facts.id].name, members, signed=facts.signed)
    return found


def benches_sit() -> bool:
    """Answer whether identities can be kept: two benches, two custodians on each, nobody on both."""
    found = benches()
    return set(found) == set(BENCHES) and all(one.sits for one in found.values()) and not _shared(found)


def _shared(found: Mapping[TeamKind, BenchView]) -> frozenset[UUID]:
    one, other = (found[kind].member_ids for kind in BENCHES)
    return one & other


def bench_recipients(exclude: Exclusions) -> dict[TeamKind, tuple[Recipient, ...]]:
    """Return whom each half is wrapped to: the bench, or its members one by one without whom a reporter excluded."""
    found = benches()
    if set(found) != set(BENCHES) or not all(one.sits for one in found.values()) or _shared(found):
        raise Refused("bench.none-sits", PSEUDONYMS_ONLY)
    people = people_facts() if exclude else []
    if exclude and not names_everyone(lines_of(exclude.person), people):
        raise Refused("bench.person-unknown", NOT_KNOWN)
    outside = excluded_people(people, team_facts(), exclude) if exclude else frozenset()
    return {kind: _recipients(bench, outside, split=bool(exclude)) for kind, bench in found.items()}


def _recipients(bench: BenchView, outside: frozenset[UUID], *, split: bool) -> tuple[Recipient, ...]:
    if not split:
        key = KeyPair.objects.get(team_id=bench.team_id, superseded_at__isnull=True)
        return (keys.recipient_of(key),)
    # A bench's key also opens for whoever joins it later, and one of them may be the very person left out.
    left = tuple(person_recipients(bench.member_ids - outside).values())
    if not left:
        raise Refused("bench.nobody-left", NOBODY_LEFT)
    return left


def bench_readers(kind: TeamKind, exclude: Exclusions) -> tuple[Recipient, ...]:
    """Return to whom what goes to people one by one is wrapped on this bench today; nobody where that is not sure."""
    bench = benches().get(kind)
    people = people_facts()
    if bench is None or not bench.signed or not names_everyone(lines_of(exclude.person), people):
        return ()
    outside = excluded_people(people, team_facts(), exclude)
    return tuple(person_recipients(bench.member_ids - outside).values())


def bench_of(desk: Desk) -> TeamKind | None:
    """Return the bench that somebody signed in sits on and holds the key of, if any."""
    sits = [kind for kind, bench in benches().items() if desk.member_id in bench.member_ids]
    return sits[0] if len(sits) == 1 else None


def seats_of(member_id: UUID) -> frozenset[TeamKind]:
    """Return the benches that somebody sits on, is meant for, or ever held a key of."""
    meant = Member.objects.filter(id=member_id).values_list("planned_teams", flat=True)
    planned = {UUID(one) for each in meant for one in each}
    held = TeamKeyShare.objects.filter(member_id=member_id).values_list("key__team_id", flat=True)
    found = Team.objects.filter(id__in=planned.union(filter(None, held)), kind__in=BENCHES)
    return frozenset(TeamKind(kind) for kind in found.values_list("kind", flat=True))


def sits_on_a_bench(member_id: UUID) -> bool:
    """Answer whether somebody sits on a bench, is meant for one, or ever held the key of one."""
    return bool(seats_of(member_id)) or any(member_id in bench.member_ids for bench in benches().values())
