"""Judging entries where they lie: what stands, what does not, and nothing in between."""

import pytest

from safeconduct.audit import inclusion
from safeconduct.audit.models import Node
from safeconduct.audit.proofs import verify_bundle
from safeconduct.audit.queries import proof_of
from safeconduct.kernel.errors import Refused
from tests.audit.making import CASE, OTHER, make_over, make_over_unsigned, make_record, plant, record, unguarded

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _keys(data_folder: object) -> None: ...


def test_every_entry_of_a_sound_record_stands_in_its_place() -> None:
    made = make_record(5)
    record("other.thing", OTHER)

    judged = inclusion.judge(CASE, OTHER)

    assert [(one.entry.id, one.entry.index, one.stands) for one in judged.entries[:5]] == [
        (entry, index, True) for index, entry in enumerate(made)
    ]
    assert (judged.standing, judged.failed) == (6, 0)
    assert judged.checkpoint is not None
    assert judged.checkpoint.size == 6


def test_a_changed_entry_does_not_stand_and_the_others_do() -> None:
    make_record(5)
    plant("UPDATE audit_entry SET action = 'step.z' WHERE \"index\" = 2")

    judged = inclusion.judge(CASE)

    assert [one.stands for one in judged.entries] == [True, True, False, True, True]
    assert (judged.standing, judged.failed) == (4, 1)


def test_entries_are_judged_though_a_damaged_record_no_longer_grows() -> None:
    make_record(3)
    with unguarded():
        # The hash over the first two entries: the proof of the third leads through it, and so does every new signature.
        Node.objects.filter(number=2).update(hash=bytes(32))
    record("step.late")

    judged = inclusion.judge(CASE)

    assert [one.stands for one in judged.entries] == [True, True, False, False]
    assert [one.waits for one in judged.entries] == [False, False, False, True]
    assert judged.failed == 1


def test_a_tree_made_over_without_the_key_lets_nothing_stand() -> None:
    make_record(4)
    plant("UPDATE audit_entry SET action = 'step.z' WHERE \"index\" = 2")
    make_over_unsigned()

    assert inclusion.judge(CASE).standing == 0


def test_a_signature_that_is_not_our_keys_lets_nothing_stand() -> None:
    make_record(3)
    plant("UPDATE audit_checkpoint SET note = replace(note, 'safeconduct', 'safecondukt')")

    judged = inclusion.judge(CASE)

    assert (judged.checkpoint, judged.standing, judged.failed) == (None, 0, 3)


def test_one_entry_is_proved_alone_and_only_to_those_who_ask_about_its_subject() -> None:
    first, second, *_ = make_record(3)

    verdict = verify_bundle(proof_of(second, CASE).as_json())

    assert verdict.holds
    assert [one.leaf.id for one in verdict.entries] == [second]
    with pytest.raises(Refused):
        proof_of(first, OTHER)


def test_whoever_holds_the_key_can_make_a_record_over_and_only_a_checkpoint_elsewhere_shows_it() -> None:
    make_record(3)
    plant("UPDATE audit_entry SET action = 'step.z' WHERE \"index\" = 1")
    make_over()

    assert inclusion.judge(CASE).failed == 0
