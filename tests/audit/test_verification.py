"""Damage of every kind is found and named: in the record alone, and against what is held elsewhere."""

import pytest
from django.db import connection

from safeconduct.audit import keys, notes, queries
from safeconduct.audit.damage import DamageKind
from safeconduct.audit.notes import Signer
from safeconduct.audit.tree import Place, number_of
from safeconduct.audit.walk import standing_between
from safeconduct.kernel.errors import Refused
from tests.audit.making import CASE, insert, make_over, make_over_unsigned, make_record, plant, shift, swap

pytestmark = pytest.mark.django_db

CHANGED, REMOVED, INSERTED, MOVED = DamageKind.CHANGED, DamageKind.REMOVED, DamageKind.INSERTED, DamageKind.MOVED
REWRITTEN, TREE, CHECKPOINT = DamageKind.REWRITTEN, DamageKind.TREE, DamageKind.CHECKPOINT


def found(*held: str | None) -> list[tuple[DamageKind, int, int]]:
    return [(one.kind, one.first, one.last) for one in queries.verify(*held).damages]


def change(index: int) -> None:
    plant("UPDATE audit_entry SET action = 'case.other' WHERE \"index\" = %s", index)


def held_now() -> str:
    newest = queries.newest_checkpoint()
    assert newest
    return newest


@pytest.mark.parametrize("size", [0, 1, 2, 3, 8, 11])
def test_a_sound_record_holds(size: int) -> None:
    make_record(size)

    checked = queries.verify(queries.newest_checkpoint())

    assert checked.holds
    assert (checked.size, checked.checkpoints) == (size, size)


@pytest.mark.parametrize("index", [0, 3, 10])
def test_a_changed_entry_is_named(index: int) -> None:
    ids = make_record(11)
    change(index)

    damage = queries.verify().damages[0]

    assert found() == [(CHANGED, index, index)]
    assert damage.entry == str(ids[index])
    assert damage.sentence == f"Entry {index} was changed (case.other, {ids[index]})."


def test_a_few_seconds_put_into_a_time_are_a_change() -> None:
    make_record(3)
    seconds = "datetime(at, '+5 seconds')" if connection.vendor == "sqlite" else "at + interval '5 seconds'"
    plant(f'UPDATE audit_entry SET at = {seconds} WHERE "index" = 1')  # noqa: S608 - our own words

    assert found() == [(CHANGED, 1, 1)]


def test_a_row_spoilt_beyond_reading_is_named_like_any_other() -> None:
    make_record(3)
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL keeps what is not an id out of the column")
    plant("UPDATE audit_entry SET subject = 'nonsense' WHERE \"index\" = 1")

    assert found() == [(CHANGED, 1, 1)]


def test_two_changed_entries_are_both_named() -> None:
    make_record(11)
    change(2)
    change(9)

    assert found() == [(CHANGED, 2, 2), (CHANGED, 9, 9)]


@pytest.mark.parametrize("index", [0, 3, 10])
def test_a_removed_entry_is_named(index: int) -> None:
    make_record(11)
    plant('DELETE FROM audit_entry WHERE "index" = %s', index)

    assert found() == [(REMOVED, index, index)]


def test_a_removed_entry_is_named_although_the_gap_was_closed() -> None:
    make_record(11)
    plant('DELETE FROM audit_entry WHERE "index" = 3')
    shift(4, -1)

    assert found() == [(REMOVED, 3, 3), (MOVED, 3, 9)]


def test_an_entry_put_at_the_end_is_named() -> None:
    make_record(5)
    insert(5)

    assert found() == [(INSERTED, 5, 5)]


def test_an_entry_put_between_others_is_named() -> None:
    make_record(11)
    shift(3, 1)
    insert(3)

    assert found() == [(INSERTED, 3, 3), (MOVED, 4, 11)]


def test_entries_that_changed_places_are_named() -> None:
    make_record(11)
    swap(2, 7)

    assert found() == [(MOVED, 2, 2), (MOVED, 7, 7)]


def test_an_entry_changed_together_with_its_hash_is_narrowed_to_its_pair() -> None:
    make_record(11)
    change(4)
    plant("UPDATE audit_node SET hash = %s WHERE number = %s", _leaf_of(4), number_of(Place(0, 4)))

    assert found() == [(REWRITTEN, 4, 4), (REWRITTEN, 4, 5)]


def _leaf_of(index: int) -> bytes:
    return dict(standing_between(index, index + 1))[index].hash


def test_a_tree_made_over_without_the_key_is_narrowed_by_the_signatures() -> None:
    make_record(11)
    change(4)
    make_over_unsigned()

    assert found() == [(REWRITTEN, 4, 4)]


@pytest.mark.parametrize("place", [Place(0, 4), Place(0, 10), Place(1, 2), Place(3, 0)])
def test_a_spoilt_hash_is_told_apart_from_a_spoilt_entry(place: Place) -> None:
    make_record(11)
    plant("UPDATE audit_node SET hash = %s WHERE number = %s", b"x" * 32, number_of(place))

    first, last = place.position << place.level, ((place.position + 1) << place.level) - 1
    assert found() == [(TREE, first, last)]


def test_a_lost_hash_is_named() -> None:
    make_record(11)
    plant("DELETE FROM audit_node WHERE number = %s", number_of(Place(0, 4)))

    assert found() == [(TREE, 4, 4)]


def test_hashes_put_behind_the_tree_are_named() -> None:
    make_record(3)
    plant("INSERT INTO audit_node (number, hash) VALUES (99, %s)", b"x" * 32)

    assert found() == [(TREE, 3, 3)]


@pytest.mark.parametrize("size", [4, 11])
def test_a_forged_checkpoint_is_named(size: int) -> None:
    make_record(11)
    forged = Signer(b"v" * 32, context="demonstration").note(size, b"x" * 32)
    plant("UPDATE audit_checkpoint SET note = %s WHERE size = %s", forged, size)

    assert (CHECKPOINT, size, size) in found()


def test_a_signature_over_another_record_is_named_even_if_it_is_ours() -> None:
    make_record(11)
    plant("UPDATE audit_checkpoint SET note = %s WHERE size = 4", keys.signer().note(4, b"x" * 32))

    assert found() == [(CHECKPOINT, 4, 4)]


def test_a_checkpoint_put_at_another_size_is_named() -> None:
    make_record(3)
    plant("UPDATE audit_checkpoint SET size = 2000 WHERE size = 2")

    assert found() == [(CHECKPOINT, 2000, 2000)]


def test_a_record_cut_short_is_found_by_whoever_holds_a_checkpoint() -> None:
    make_record(11)
    held = held_now()
    for table, column, last in (("entry", '"index"', 8), ("node", "number", 15), ("checkpoint", "size", 9)):
        plant(f"DELETE FROM audit_{table} WHERE {column} > {last}")  # noqa: S608 - our own names

    assert found() == []
    assert found(held) == [(REMOVED, 9, 10)]


def test_a_record_made_over_with_the_key_is_found_by_whoever_holds_a_checkpoint() -> None:
    make_record(6)
    held = held_now()
    change(4)
    make_over()

    assert found() == []
    assert found(held) == [(REWRITTEN, 0, 5)]


def test_two_held_checkpoints_narrow_down_what_was_made_over() -> None:
    make_record(4)
    early = held_now()
    make_record(3)
    change(5)
    late = held_now()
    make_over()

    assert found(late, early) == [(REWRITTEN, 4, 6)]


def test_a_held_proof_names_the_entry_that_was_made_over() -> None:
    ids = make_record(6)
    proof = queries.proof_for(CASE, ["step.e"]).as_json()
    change(4)
    make_over()

    checked = queries.verify(proof)

    assert (CHANGED, 4, 4) in found(proof)
    assert str(ids[4]) in {damage.entry for damage in checked.damages}


def test_a_held_proof_names_the_entry_that_was_removed_and_the_record_made_over() -> None:
    make_record(6)
    proof = queries.proof_for(CASE, ["step.e"]).as_json()
    plant('DELETE FROM audit_entry WHERE "index" = 4')
    shift(5, -1)
    make_over()

    assert (REMOVED, 4, 4) in found(proof)


def test_a_held_proof_names_the_entry_that_was_moved_and_the_record_made_over() -> None:
    make_record(6)
    proof = queries.proof_for(CASE, ["step.e"]).as_json()
    swap(1, 4)
    make_over()

    assert (MOVED, 1, 1) in found(proof)


@pytest.mark.parametrize("spoil", [lambda note: note.replace("\n3\n", "\n4\n"), lambda _: "nothing", lambda _: "{}"])
def test_what_is_not_of_this_record_is_refused(spoil: object) -> None:
    make_record(3)

    with pytest.raises(Refused):
        queries.verify(spoil(held_now()))  # type: ignore[operator] # one of the lambdas above


def test_entries_that_arrive_meanwhile_are_no_damage() -> None:
    make_record(3)
    held = notes.read_note(held_now())[0]

    checked = queries.verify(progress=lambda _read, _of: (make_record(2), None)[1])

    assert checked.holds
    assert checked.size == held.size == 3
