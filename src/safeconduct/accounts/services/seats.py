"""Seats on the two benches: who may be meant for one, and whom a bench's own custodians let in."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from safeconduct.accounts import roster
from safeconduct.accounts.models import Member, Team, TeamKeyShare
from safeconduct.accounts.queries.benches import seats_of
from safeconduct.accounts.rules import check_apart
from safeconduct.accounts.values import BENCHES, NewTeam, TeamKind
from safeconduct.kernel.errors import Refused


def let_in_by_their_bench(bench: Team, ready: Iterable[Member], standing: Mapping[UUID, roster.Vouched]) -> set[UUID]:
    """Return those of a bench whom somebody else on it signed for, or who hold its key.

    Any two custodians sign the roster. If that were enough here, two of one bench could write a third person onto the
    other and wait to be handed its key.
    """
    shares = TeamKeyShare.objects.filter(key__team=bench)
    holders = frozenset(shares.values_list("member_id", flat=True))
    if not holders:
        return {one.id for one in ready}
    holding = frozenset(shares.filter(key__superseded_at__isnull=True).values_list("wrapped_to", flat=True))
    own = roster.current_keys(one.id for one in ready)
    return {one.id for one in ready if own[one.id].id in holding or standing[one.id].signers & (holders - {one.id})}


def check_no_bench_of_this_kind(team: NewTeam) -> None:
    """Refuse a second bench of one kind: halves are wrapped to one."""
    if team.kind in BENCHES and Team.objects.filter(kind=team.kind.value).exists():
        raise Refused("bench.made", "There is such a bench already. Each half has one.")


def check_not_of_the_other_bench(bench: Team, member_id: UUID) -> None:
    """Refuse to let somebody of one bench see the cards of the other."""
    kinds = seats_of(member_id)
    if bench.kind in BENCHES:
        check_apart({TeamKind(bench.kind)} | kinds)


def kinds_of(teams: Collection[Team]) -> list[TeamKind]:
    """Return what these teams are for."""
    return [TeamKind(team.kind) for team in teams]
