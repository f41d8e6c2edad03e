"""The demonstration's founding is whole or nothing, and one that was cut short starts again."""

from pathlib import Path

import pytest

from safeconduct.accounts import queries
from safeconduct.connectors import paging
from safeconduct.project.demonstration import founding, places
from safeconduct.project.demonstration.pager import PAGER
from safeconduct.project.demonstration.places import Places

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_founding_cut_short_leaves_nobody_and_starts_again(data_folder: Path) -> None:
    where = Places(data_folder / "data")
    where.data.mkdir()

    with paging.registered(), pytest.raises(Exception, match="pager"):
        founding.found(where)
    nobody, unmarked = queries.everyone(), not places.founded(where)
    with paging.registered(PAGER):
        founding.found(where)

    assert (nobody, unmarked) == ((), True)
    assert places.founded(where)
    assert queries.is_founded()


def test_a_founding_that_lacks_only_its_mark_is_marked(data_folder: Path) -> None:
    where = Places(data_folder / "data")
    where.data.mkdir()
    with paging.registered(PAGER):
        founding.found(where)
        where.kind.unlink()
        founding.found(where)

    assert places.founded(where)
