"""What doctor says of the record."""

from datetime import timedelta
from pathlib import Path

import pytest

from safeconduct.audit.checks import SequencedRecord, SignedRecord
from safeconduct.kernel import clock
from tests.audit.making import make_record, plant, record

pytestmark = pytest.mark.django_db


def test_a_new_record_is_well(data_folder: Path) -> None:
    assert SignedRecord().run().well
    assert SequencedRecord().run().well
    assert not (data_folder / "keys" / "checkpoint.key").exists()


def test_a_signed_record_is_well(data_folder: Path) -> None:
    make_record(3)

    assert SignedRecord().run().what == "The newest signature, over 3 entries, is ours and fits."
    assert (data_folder / "keys" / "checkpoint.key").exists()


def test_a_lost_key_is_said_with_what_to_do(data_folder: Path) -> None:
    make_record(1)
    (data_folder / "keys" / "checkpoint.key").unlink()

    assert "Put back your copy" in SignedRecord().run().mend


def test_a_damaged_tree_is_said_with_what_to_do() -> None:
    make_record(3)
    plant("UPDATE audit_node SET hash = %s WHERE number = 2", b"x" * 32)

    assert "safeconduct audit verify" in SignedRecord().run().mend


def test_entries_left_waiting_are_said() -> None:
    record()
    later = clock.now() + timedelta(minutes=7)

    assert SequencedRecord().run().well
    with clock.use(lambda: later):
        assert "for their place: 1." in SequencedRecord().run().what
