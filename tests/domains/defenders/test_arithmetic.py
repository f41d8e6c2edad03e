"""Two people of one bench cannot open an identity and one of each can: by arithmetic, with every key they hold.

These tests ask no service for permission. They take the keys that people hold, read the whole database, and try.
"""

import pytest

from safeconduct.audit import queries as audit
from safeconduct.domains.cases.services import identities
from safeconduct.domains.defenders import services
from safeconduct.domains.defenders.models import Identity
from tests.domains.defenders.burglars import identities_opened_with, opens, secrets_from, seeds_of
from tests.domains.defenders.making import ask, enrol
from tests.programme import Programme


@pytest.mark.parametrize("bench", [("chiara", "yara"), ("kofi", "joon")])
def test_two_custodians_of_one_bench_open_nothing_with_every_key_they_hold(
    programme: Programme, bench: tuple[str, str]
) -> None:
    enrol(programme)

    assert identities_opened_with(secrets_from(seeds_of(programme, *bench))) == set()


def test_one_custodian_of_each_bench_opens_it_by_the_same_trying(programme: Programme) -> None:
    enrolled = enrol(programme)

    opened = identities_opened_with(secrets_from(seeds_of(programme, "chiara", "kofi")))

    assert opened == {enrolled.known().identity_id}


def test_everyone_on_no_bench_together_opens_nothing(programme: Programme) -> None:
    enrol(programme)

    assert identities_opened_with(secrets_from(seeds_of(programme, "ines", "leyla", "idris", "tomas"))) == set()


def test_one_bench_and_whoever_asked_open_nothing_before_the_other_bench_handed_over(programme: Programme) -> None:
    asking = ask(enrol(programme))
    services.approve(asking, by=programme.desk("chiara"))

    assert identities_opened_with(secrets_from(seeds_of(programme, "chiara", "yara", "ines"))) == set()


def test_what_was_handed_over_opens_for_the_asker_and_is_gone_once_read(programme: Programme) -> None:
    enrolled = enrol(programme)
    asking = ask(enrolled)
    for custodian in ("yara", "joon"):
        services.approve(asking, by=programme.desk(custodian))
    assert identities_opened_with(secrets_from(seeds_of(programme, "ines"))) == {enrolled.known().identity_id}

    services.read_once(asking, by=programme.desk("ines"))

    assert identities_opened_with(secrets_from(seeds_of(programme, "ines"))) == set()


def test_the_log_shows_both_custodians_and_the_reading(programme: Programme) -> None:
    enrolled = enrol(programme)
    asking = ask(enrolled)
    for custodian in ("chiara", "kofi"):
        services.approve(asking, by=programme.desk(custodian))
    services.read_once(asking, by=programme.desk("ines"))

    entries = audit.entries_for(enrolled.known().identity_id)

    by = [programme.member_id(name) for name in ("chiara", "kofi", "ines")]
    told = [entry for entry in entries if entry.action in {"identity.approved", "identity.read"}]
    assert [entry.by.id for entry in told] == by


def test_an_erased_identity_opens_for_nobody_not_even_both_benches(programme: Programme) -> None:
    enrolled = enrol(programme)
    kept = Identity.objects.get()  # as a thief kept the row
    identities.erase_oneself(enrolled.case.report_id, ring=enrolled.case.ring, by=enrolled.case.reporter)

    everyone = seeds_of(programme, "chiara", "yara", "kofi", "joon", "ines", "leyla")

    assert not opens(kept, secrets_from(everyone))
    assert not Identity.objects.exists()
