"""Staff with a pager each, and who of them was woken."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from safeconduct.connectors import paging
from safeconduct.domains.cases.services import channel
from tests.domains.cases.making import KeptPages, escalate_due
from tests.programme import Programme

STAFF = ("ines", "idris", "leyla")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def pager(programme: Programme) -> Iterator[KeptPages]:
    kept = KeptPages()
    with paging.registered(kept):
        for name in STAFF:
            channel.set_pager_address(programme.desk(name), kept.name, name)
        yield kept


def woken(pager: KeptPages) -> set[str]:
    """Return who was woken since the last look."""
    escalate_due()
    addresses = {page.address for page in pager.pages}
    pager.pages.clear()
    return addresses
