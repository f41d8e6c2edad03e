"""Writing entries: in the transaction, in order, once, and under one signature after another."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from safeconduct.audit import notes, queries, services
from safeconduct.audit.models import Checkpoint, Entry, Node
from safeconduct.audit.tree import nodes_before
from safeconduct.kernel import clock
from safeconduct.kernel.actors import OPERATOR, Actor, ActorKind
from safeconduct.kernel.errors import Unavailable
from tests.audit.making import CASE, OTHER, make_record, plant, record

pytestmark = pytest.mark.django_db

INES = Actor(ActorKind.MEMBER, UUID("33333333-3333-4333-8333-333333333333"))


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_an_error() -> None:
    with pytest.raises(TransactionManagementError):
        services.record(OPERATOR, "case.received", CASE)

    assert queries.entries_for(CASE) == []


@pytest.mark.django_db(transaction=True)
def test_what_is_undone_leaves_no_entry() -> None:
    with transaction.atomic():
        services.record(OPERATOR, "case.received", CASE)
        transaction.set_rollback(True)

    assert queries.entries_for(CASE) == []


@pytest.mark.django_db(transaction=True)
def test_a_signature_is_never_made_inside_a_transaction_that_may_be_undone() -> None:
    record()

    with transaction.atomic(), pytest.raises(RuntimeError):
        services.sequence_pending()

    assert queries.newest_checkpoint() is None


def test_writing_an_entry_is_one_insert() -> None:
    with CaptureQueriesContext(
        connection,
    ) as made:
        services.record(OPERATOR, "case.received", CASE)

    assert len(made) == 1


def test_an_entry_says_who_did_what_to_which_and_in_which_minute() -> None:
    moment = datetime(2026, 3, 1, 10, 5, 59, tzinfo=UTC)

    with clock.use(lambda: moment):
        record("case.taken", CASE, by=INES)

    entry = queries.entries_for(CASE)[0]
    assert (entry.action, entry.by, entry.subject, entry.index) == ("case.taken", INES, CASE, None)
    assert entry.at == datetime(2026, 3, 1, 10, 5, tzinfo=UTC)


def test_entries_are_read_in_the_order_they_were_made_placed_or_waiting() -> None:
    record("case.received")
    record("case.received", OTHER)
    services.sequence_pending()
    record("case.taken")

    entries = queries.entries_for(CASE)

    assert [(entry.action, entry.index) for entry in entries] == [("case.received", 0), ("case.taken", None)]


def test_every_waiting_entry_gets_one_place_and_one_signature_covers_them() -> None:
    for _ in range(5):
        record()

    assert services.sequence_pending() == 5
    assert services.sequence_pending() == 0
    assert list(Entry.objects.order_by("index").values_list("index", flat=True)) == [0, 1, 2, 3, 4]
    assert [row.size for row in Checkpoint.objects.all()] == [5]


def test_a_tree_grown_in_steps_is_the_tree_grown_at_once() -> None:
    make_record(7)

    key = notes.key_from(queries.verifier_key())
    signed = [notes.open_note(row.note, key) for row in Checkpoint.objects.order_by("size")]

    assert [one.size for one in signed] == [1, 2, 3, 4, 5, 6, 7]
    assert Node.objects.count() == nodes_before(7)
    assert queries.verify().holds


def test_growing_reads_no_more_of_a_large_tree_than_of_a_small_one() -> None:
    make_record(2)
    small = _queries_of_one_more()
    for _ in range(600):
        record()
    services.sequence_pending()

    assert _queries_of_one_more() == small


def _queries_of_one_more() -> int:
    record()
    with CaptureQueriesContext(connection) as made:
        services.sequence_pending()
    return len(made)


def test_the_signing_key_is_made_once_and_is_the_owners_alone(data_folder: Path) -> None:
    make_record(1)

    kept = data_folder / "keys" / "checkpoint.key"

    assert kept.stat().st_mode & 0o777 == 0o600
    assert len(kept.read_bytes()) == 32


def test_a_lost_key_is_said_and_never_quietly_replaced(data_folder: Path) -> None:
    make_record(1)
    (data_folder / "keys" / "checkpoint.key").unlink()
    record()

    with pytest.raises(Unavailable, match="Put back your copy"):
        services.sequence_pending()

    assert not (data_folder / "keys" / "checkpoint.key").exists()


def test_another_key_never_continues_the_record(data_folder: Path) -> None:
    make_record(1)
    (data_folder / "keys" / "checkpoint.key").write_bytes(b"v" * 32)
    record()

    with pytest.raises(Unavailable, match="Put back this record's own key"):
        services.sequence_pending()


def test_a_damaged_tree_is_not_signed_again() -> None:
    make_record(3)
    plant("UPDATE audit_node SET hash = %s WHERE number = 2", b"x" * 32)
    record()

    with pytest.raises(Unavailable, match="audit verify"):
        services.sequence_pending()

    assert Checkpoint.objects.count() == 3


def test_work_goes_on_while_the_record_cannot_be_signed() -> None:
    make_record(3)
    plant("UPDATE audit_node SET hash = %s WHERE number = 2", b"x" * 32)

    record("case.taken")

    assert [entry.action for entry in queries.entries_for(CASE)][-1] == "case.taken"


def test_the_export_holds_every_entry_and_the_signature_over_them() -> None:
    make_record(2)

    lines = list(queries.export_lines())

    assert len(lines) == 3
    assert [f'"action": "step.{letter}"' in line for letter, line in zip("ab", lines, strict=False)] == [True, True]
    assert "\\u2014" not in lines[-1]
    assert queries.verifier_key() in lines[-1]


def test_nothing_recorded_is_nothing_to_export_or_show() -> None:
    assert list(queries.export_lines()) == []
    assert queries.newest_checkpoint() is None
    assert queries.verify().holds


def test_who_did_what_is_known_by_kind_before_and_after_an_entry_has_its_place() -> None:
    record("case.received", by=INES)
    waiting = queries.kinds_that_did("case.received", "case.closed")
    services.sequence_pending()

    assert waiting == queries.kinds_that_did("case.received") == {("case.received", ActorKind.MEMBER)}
