"""Benches: two teams of custodians, each with one half of every identity's key. Nobody sits on both."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import transaction

from safeconduct.accounts.models import Member, Team
from safeconduct.accounts.rules import check_bench_seats
from safeconduct.accounts.services import teams
from safeconduct.accounts.values import BENCHES, Desk, NewTeam, Role, TeamKind
from safeconduct.kernel.errors import Refused

NAMES = {TeamKind.BENCH_A: "Bench A", TeamKind.BENCH_B: "Bench B"}


@transaction.atomic
def make_benches(seats: Mapping[TeamKind, Collection[UUID]], *, by: Desk) -> None:
    """Make both benches and say who is meant to sit on which. Keys follow once two custodians have signed."""
    by.must(Role.LEAD)
    if Team.objects.filter(kind__in=BENCHES).exists():
        sentence = "There are benches already. 'safeconduct members list' names the people; 'benches show' the benches."
        raise Refused("bench.made", sentence)
    check_bench_seats([seats[kind] for kind in BENCHES], _custodians())
    for kind in BENCHES:
        bench = teams.make_team(NewTeam(NAMES[kind], kind), by=by)
        for member_id in sorted(seats[kind]):
            teams.join_team(member_id, bench, by=by)


@transaction.atomic
def begin_benches(*, by: Desk) -> None:
    """Give each bench its key, once everyone meant for it is signed. Until then no identity can be kept."""
    by.must(Role.LEAD)
    benches = [*Team.objects.filter(kind__in=BENCHES)]
    if not benches:
        raise Refused("bench.none", "There are no benches yet. Make them first: 'safeconduct benches make'.")
    for bench in benches:
        if bench.key_pairs.exists():
            continue
        if len(teams.ready_members(bench)) < len(_meant_for(bench)):
            sentence = "Two custodians must first sign everyone on the benches: 'safeconduct members sign'."
            raise Refused("bench.unsigned", sentence)
        teams.rekey_team(bench.id, by=by)


def _meant_for(bench: Team) -> list[Member]:
    return [one for one in Member.objects.filter(removed_at__isnull=True) if str(bench.id) in one.planned_teams]


def _custodians() -> frozenset[UUID]:
    there = Member.objects.filter(removed_at__isnull=True)
    return frozenset(one.id for one in there if Role.CUSTODIAN.value in one.roles)
