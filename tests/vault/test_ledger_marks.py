"""What the erasure ledger writes down, and what it leaves alone."""

from pathlib import Path

import pytest

from safeconduct.audit.models import Waiting
from safeconduct.kernel.ids import new_id
from safeconduct.vault import ledger

pytestmark = pytest.mark.django_db


def test_where_nothing_was_destroyed_nothing_is_noted(data_folder: Path) -> None:
    ledger.note(ledger.DESTROYED, ())

    assert ledger.newest() is None


def test_each_line_leaves_a_mark_in_the_record_and_no_mark_says_what_it_stands_for(data_folder: Path) -> None:
    gone = [new_id() for _ in range(ledger.IDS_A_LINE + 1)]
    ledger.note(ledger.DESTROYED, gone)

    lines = ledger.read(ledger.ledger_file(), ledger.key_file().read_bytes())

    told = {each.subject for each in Waiting.objects.filter(action=ledger.WRITTEN)}
    assert (len(lines), told) == (2, {line.mark for line in lines})
    assert not told & {*gone}
