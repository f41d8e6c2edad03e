"""Reports that are named, an index that is swept and a rotation that is finished, all at once."""

from pathlib import Path
from uuid import UUID

import pytest

from safeconduct.domains.early_warning import queries, services
from safeconduct.domains.early_warning.models import IndexEntry
from safeconduct.kernel.ids import new_id
from tests.domains.cases.test_concurrency import at_once
from tests.domains.early_warning.making import agreed, carry_all, found_with_index, wake
from tests.domains.early_warning.test_rotating import account, found
from tests.programme import Programme

pytestmark = pytest.mark.django_db(transaction=True)

ACCOUNTS = [account(number) for number in range(12)]


def named(accounts: list[queries.Value]) -> UUID:
    report = new_id()
    services.name_report(report, accounts, keys=queries.the_keys())
    return report


def half_way(programme: Programme) -> UUID:
    wake(programme)
    before = named(ACCOUNTS)
    services.begin_rotation(by=programme.desk("leyla"), agreement=agreed(programme))
    wake(programme)
    return before


def test_what_is_named_while_others_sweep_and_carry_is_all_found(data_folder: Path) -> None:
    programme = found_with_index()
    before, desk = half_way(programme), programme.desk("leyla")

    answers = at_once(
        lambda: named(ACCOUNTS),
        lambda: named(ACCOUNTS[::-1]),
        lambda: carry_all(desk),
        lambda: services.sweep(lambda ids: ids),
        lambda: services.sweep(lambda ids: ids),
    )

    assert {found(each) for each in ACCOUNTS} == {frozenset({before, answers[0], answers[1]})}
    assert {*IndexEntry.objects.values_list("generation", flat=True)} == {2}
