"""The promises of every connector, kept by the one that speaks the signed HTTP contract."""

from collections.abc import Callable

import pytest

from demoplatform import Fault
from tests.connectors.promises import PROMISES, Subject, nothing_is_claimed_that_the_platform_does_not_show
from tests.juniper import Juniper

pytestmark = [pytest.mark.loopback, pytest.mark.one_database]


def subject(juniper: Juniper) -> Subject:
    def locked() -> bool:
        with juniper.square._store.open() as db:
            return bool(db.execute("SELECT locked FROM account WHERE handle = 'amina'").fetchone()[0])

    return Subject(juniper.connector, "amina", locked)


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__)
def test_the_contract_keeps_the_promise(juniper: Juniper, promise: Callable[[Subject], None]) -> None:
    promise(subject(juniper))


@pytest.mark.parametrize("fault", list(Fault))
def test_under_any_fault_nothing_is_claimed(juniper: Juniper, fault: Fault) -> None:
    juniper.misbehave(fault)

    nothing_is_claimed_that_the_platform_does_not_show(subject(juniper))
