"""Founding: a whole programme at once, with every person, team, key, card and signature it needs to take a report."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction

from safeconduct.accounts import keys, pins, roster
from safeconduct.accounts.models import Member, SigningKey, Team
from safeconduct.accounts.rules import SIGNATURES_NEEDED, check_bench_seats
from safeconduct.accounts.services import signing
from safeconduct.accounts.services.invitations import equip, new_member
from safeconduct.accounts.values import BENCHES, Founded, Joining, NewPerson, NewTeam, PaperCards, Role
from safeconduct.audit import services as audit
from safeconduct.kernel import clock
from safeconduct.kernel.actors import OPERATOR
from safeconduct.kernel.errors import Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import cards
from safeconduct.vault.passphrases import STANDARD, Work


def found_programme(people: Sequence[NewPerson], teams: Sequence[NewTeam], *, work: Work = STANDARD) -> Founded:
    """Make members, team keys, paper cards and the signed roster of an empty programme, and pin its custodians.

    Everything secret is in the answer and nowhere else: show each part once, to its holder, and let it go.
    """
    check_founders(people, teams)
    check_not_founded()
    return _found([(person, keys.new_passphrase(work=work)) for person in people], teams)


@transaction.atomic
def _found(people: Sequence[tuple[NewPerson, keys.Passphrase]], teams: Sequence[NewTeam]) -> Founded:
    check_not_founded()
    made = {team.name: _found_team(team) for team in teams}
    joined = [_found_member(person, made, passphrase) for person, passphrase in people]
    printed = tuple(_share(team) for team in made.values())
    _sign_everything({one.member_id: passphrase.kek for one, (_, passphrase) in zip(joined, people, strict=True)})
    audit.record(OPERATOR, "programme.founded", new_id())
    return Founded(tuple(joined), {name: team.id for name, team in made.items()}, printed)


def check_founders(people: Sequence[NewPerson], teams: Sequence[NewTeam]) -> None:
    """Refuse founders who could not run a programme: too few custodians, no lead, a team without anyone."""
    custodians = sum(Role.CUSTODIAN in person.roles for person in people)
    if custodians < SIGNATURES_NEEDED:
        raise Refused("founding.custodians", "Name at least two custodians: every key is handed out on two signatures.")
    if not any(Role.LEAD in person.roles for person in people):
        raise Refused("founding.lead", "Name at least one lead: somebody must be able to invite and to remove people.")
    _check_benches(people, teams)
    filled = {name for person in people for name in person.teams}
    if empty := [team.name for team in teams if team.name not in filled]:
        raise Refused("founding.empty-team", f"Nobody is in the team {empty[0]}. Put someone in it or leave it out.")
    if unknown := filled - {team.name for team in teams}:
        raise Refused("founding.unknown-team", f"There is no team called {min(unknown)}. Name it among the teams.")


def _check_benches(people: Sequence[NewPerson], teams: Sequence[NewTeam]) -> None:
    benches = {team.kind: team.name for team in teams if team.kind in BENCHES}
    if not benches:
        return
    seats = [[one.sign_in_name for one in people if benches.get(kind) in one.teams] for kind in BENCHES]
    check_bench_seats(seats, {one.sign_in_name for one in people if Role.CUSTODIAN in one.roles})


def check_not_founded() -> None:
    """Refuse where there is a programme already."""
    if Member.objects.exists():
        sentence = "This programme is founded already. Invite people with 'safeconduct members invite'."
        raise Refused("founding.done", sentence)


@contextmanager
def founding_undone_on_failure() -> Iterator[None]:
    """Take the pins away again when what happens inside the block fails; the database undoes itself."""
    try:
        yield
    except BaseException:
        if not Member.objects.exists():
            pins.pins_file().unlink(missing_ok=True)
        raise


def _found_team(team: NewTeam) -> Team:
    return Team.objects.create(id=team.id or new_id(), name=team.name, kind=team.kind.value, country=team.country)


def _found_member(person: NewPerson, teams: dict[str, Team], passphrase: keys.Passphrase) -> Joining:
    member = new_member(person, [str(teams[name].id) for name in person.teams])
    member.confirmed_at = clock.this_minute()
    return equip(member, passphrase)


def _share(team: Team) -> PaperCards:
    made = keys.make_team_key(team)
    members = [one for one in Member.objects.all() if str(team.id) in one.planned_teams]
    keys.share(made.key, made.seed, roster.current_keys(one.id for one in members).values())
    return PaperCards(team.id, team.name, cards.split(made.seed))


def _sign_everything(keks: Mapping[UUID, bytes]) -> None:
    """Let each custodian sign every entry. What their words derive is at hand only in this one moment."""
    seeds = [(key, keys.opened_signing_seed(key, keks[key.member_id])) for key in SigningKey.objects.all()]
    subjects: list[Member | Team] = [*Member.objects.all(), *Team.objects.all()]
    own = roster.current_keys(one.id for one in subjects)
    for subject in subjects:
        entry = signing.renewed_entry(subject, own[subject.id])
        for key, seed in seeds:
            signing.put_signature(entry, custodian=key.member_id, seed=seed)
    pinned = {key.member_id: bytes(key.public_key) for key, _ in seeds}
    pins.keep_pins(pins.Pins(custodians=pinned, revisions={one.id: 1 for one in subjects}))
