"""Keys of custodians change; what they keep follows to the keys of today, and never to whoever left."""

from uuid import UUID

import pytest

from safeconduct.accounts import services as accounts
from safeconduct.accounts.values import Joining, NewPerson, Role
from safeconduct.domains.defenders import services
from safeconduct.domains.defenders.models import Identity
from safeconduct.vault import queries as vault
from tests.accounts.test_coming_and_going import again, agreed, come_in
from tests.domains.defenders.burglars import identities_opened_with, secrets_from, seeds_of
from tests.domains.defenders.making import NAME, approved, enrol, nobody_from
from tests.programme import BENCH_A, CHEAP, Programme


def sign(programme: Programme, subject: UUID, *custodians: str) -> None:
    for one in custodians:
        accounts.sign_roster(subject, passphrase=programme.founded.person(one).passphrase, by=programme.desk(one))


def put_out_chiara(programme: Programme) -> set[bytes]:
    """Remove a custodian, and return every key that they knew."""
    knew = seeds_of(programme, "chiara")
    accounts.remove_member(
        programme.member_id("chiara"), by=programme.desk("leyla"), agreement=agreed(programme, "kofi")
    )
    sign(programme, programme.team_id(BENCH_A), "kofi", "joon")
    return knew


def test_what_a_bench_keeps_follows_to_the_key_that_a_removed_custodian_never_knew(programme: Programme) -> None:
    enrol(programme)
    knew = put_out_chiara(programme)

    assert services.follow_benches(programme.desk("yara")) == 2  # its half and the book

    assert identities_opened_with(secrets_from(knew | seeds_of(programme, "kofi"))) == set()
    assert identities_opened_with(secrets_from(seeds_of(programme, "yara", "kofi"))) != set()


def test_nothing_follows_before_two_custodians_signed_the_new_key(programme: Programme) -> None:
    enrolled = enrol(programme)
    accounts.rekey_team(programme.team_id(BENCH_A), by=programme.desk("leyla"))

    assert services.follow_benches(programme.desk("yara")) == 0
    assert services.read_once(approved(enrolled), by=programme.desk("ines")).names == NAME


def test_where_halves_go_to_people_one_by_one_whoever_left_is_dropped(programme: Programme) -> None:
    enrol(programme, exclusions=nobody_from("XK"))
    put_out_chiara(programme)

    services.follow_benches(programme.desk("yara"))

    kept = Identity.objects.get()
    assert len(vault.recipients_of(kept.half_a)) == 1
    assert len(vault.recipients_of(kept.half_b)) == 2


def come_to_bench_a(programme: Programme, name: str, country: str) -> Joining:
    person = NewPerson(name, name.lower(), frozenset({Role.CUSTODIAN}), country, ("en",), (BENCH_A,))
    words = accounts.invite_member(person, by=programme.desk("leyla"))
    joined = accounts.accept_invitation(words, work=CHEAP)
    come_in(joined)
    sign(programme, joined.member_id, "chiara", "yara")
    accounts.share_team_keys(by=programme.desk("yara"))
    return joined


@pytest.mark.parametrize(("country", "opens"), [("PT", True), ("XK", False)])
def test_half_of_a_name_outlives_those_who_held_it_with_whoever_came_and_is_not_excluded(
    programme: Programme, country: str, *, opens: bool
) -> None:
    enrol(programme, exclusions=nobody_from("XK"))
    joined = come_to_bench_a(programme, "Nina", country)

    services.follow_benches(programme.desk("yara"))

    kept, ring = Identity.objects.get(), again(joined).ring
    opened = {*vault.openable(ring).filter(envelope_id__in=[kept.half_a, kept.half_b, kept.book])}
    assert opened == ({kept.half_a, kept.book} if opens else set())


@pytest.mark.parametrize("who", ["ines", "leyla"])
def test_nobody_but_custodians_wraps_halves(programme: Programme, who: str) -> None:
    enrol(programme)
    accounts.rekey_team(programme.team_id(BENCH_A), by=programme.desk("leyla"))
    sign(programme, programme.team_id(BENCH_A), "kofi", "joon")

    assert services.follow_benches(programme.desk(who)) == 0
