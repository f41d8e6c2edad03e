"""Whoever has the whole database and a list of everybody's handles learns nobody's name from it."""

from collections.abc import Iterable, Iterator
from hashlib import sha256

from django.apps import apps

from safeconduct.audit.models import Entry, Waiting
from safeconduct.domains.cases.services import indexing
from safeconduct.domains.cases.values import AccountNamed
from safeconduct.domains.early_warning.models import IndexEntry
from safeconduct.domains.early_warning.rules import Kind
from safeconduct.vault.index import IndexKeys
from tests.domains.cases.making import make_case
from tests.domains.early_warning.making import rotate, wake
from tests.programme import Programme

DICTIONARY = ("amina", "victor", "stranger", "someone", "hh7")
PLATFORM = "juniper-square"


def everything_of_key_size() -> Iterator[bytes]:
    """Return all that could be a key in any column of any table: raw, hashed down, or an id twice."""
    models = [model for model in apps.get_models() if model.__module__.startswith("safeconduct.")]
    for model in models:
        for row in model._default_manager.values_list():
            for value in row:
                raw = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                yield sha256(raw).digest()
                yield from (raw[at : at + 32] for at in (0, 1, len(raw) - 32) if len(raw) >= 32)


def named(programme: Programme, *handles: str) -> None:
    for handle in handles:
        make_case(programme, accounts=(AccountNamed(PLATFORM, handle, mine=True),))
    indexing.index_waiting(programme.desk("leyla"), wake(programme))


def confirmed(keys: Iterable[bytes], tags: set[bytes]) -> set[str]:
    found = set()
    for key in set(keys):
        guess = IndexKeys({1: key, 2: key})
        for handle in DICTIONARY:
            for platform in ("", PLATFORM):
                for kind in Kind:
                    first = guess.tag(kind, platform, handle, generation=1)
                    if first in tags or guess.carried(first, since=1, to=2) in tags:
                        found.add(handle)
    return found


def test_no_guess_can_be_tested_with_all_that_the_database_holds(programme: Programme) -> None:
    named(programme, "amina")
    tags = {bytes(each) for each in IndexEntry.objects.values_list("tag", flat=True)}

    assert len(tags) == 3
    assert confirmed(everything_of_key_size(), tags) == set()
    assert confirmed(wake(programme)._keys.values(), tags) == {"amina"}, "with the key itself the thief would see it"


def test_whoever_kept_the_former_key_cannot_test_a_guess_after_a_rotation(programme: Programme) -> None:
    former = [*wake(programme)._keys.values()]
    named(programme, "amina")
    rotate(programme)
    tags = {bytes(each) for each in IndexEntry.objects.values_list("tag", flat=True)}

    assert confirmed([*former, *everything_of_key_size()], tags) == set()


def test_two_reports_of_one_account_look_in_the_database_like_two_of_two(programme: Programme) -> None:
    named(programme, "amina", "amina", "victor")

    entries = [(len(each.tag), len(each.sealed)) for each in IndexEntry.objects.all()]

    assert len(entries) == 6
    assert len(set(entries)) == 1


def test_the_record_commits_to_no_number_of_accounts(programme: Programme) -> None:
    named(programme, "amina", "victor")

    entries = [*Entry.objects.filter(action="index.named"), *Waiting.objects.filter(action="index.named")]

    assert [entry.commitment for entry in entries] == [""] * len(entries)
    assert entries
