"""Proofs that leave the house: what they show elsewhere, and what they refuse to show."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from safeconduct.audit import queries
from safeconduct.audit.bundles import bundle_from
from safeconduct.audit.notes import Signer
from safeconduct.audit.proofs import verify_bundle
from safeconduct.kernel.errors import Refused, Unavailable
from safeconduct.vault import confiding
from tests.audit.making import CASE, KEY, OTHER, make_over, make_record, plant, record

pytestmark = pytest.mark.django_db


def changed(text: str, **parts: Any) -> str:
    return json.dumps(json.loads(text) | parts)


def changed_entry(text: str, **parts: Any) -> str:
    kept = json.loads(text)
    kept["entries"][0] |= parts
    return json.dumps(kept)


def proof(**asked: Any) -> str:
    return queries.proof_for(CASE, **asked).as_json()


def newest() -> str:
    checkpoint = queries.newest_checkpoint()
    assert checkpoint
    return checkpoint


def test_a_proof_shows_the_entries_it_was_asked_for_and_no_others() -> None:
    make_record(5)
    record("case.received", OTHER)

    verdict = verify_bundle(proof(actions=["step.b", "step.d"]), pinned_key=queries.verifier_key())

    assert verdict.holds
    assert [(entry.leaf.action, entry.index) for entry in verdict.entries] == [("step.b", 1), ("step.d", 3)]
    assert {entry.leaf.subject for entry in verdict.entries} == {CASE}


def test_what_a_file_tells_of_an_entry_is_shown_or_it_fails() -> None:
    record("case.received", facts={"severity": "P1"})
    true = proof(unseal=confiding.reading(KEY))
    false = true.replace('"P1"', '"P2"')

    assert verify_bundle(true).entries[0].facts == {"severity": "P1"}
    assert verify_bundle(true).holds
    assert not verify_bundle(false).holds
    assert "was committed to" in verify_bundle(false).faults[0]


@pytest.mark.parametrize("planted", [b'{"salt":"AAAA","facts":{"severity":"P0"}}', b"{}", b"\xff", b"[1]"])
def test_nothing_is_told_that_the_entry_was_not_committed_to(planted: bytes) -> None:
    """Anyone who can write to the database can seal something to a key that is public."""
    record("case.received", facts={"severity": "P1"})

    told = proof(unseal=lambda _entry, _sealed: planted)

    assert "told" not in json.loads(told)["entries"][0]
    assert verify_bundle(told).holds


def test_a_proof_covers_what_happened_a_moment_ago() -> None:
    record("case.received")

    verdict = verify_bundle(proof())

    assert verdict.holds
    assert verdict.checkpoint
    assert verdict.checkpoint.size == 1


@pytest.mark.parametrize("size", range(1, 10))
def test_every_entry_of_a_record_of_any_size_can_be_proved(size: int) -> None:
    make_record(size)

    verdict = verify_bundle(proof())

    assert verdict.holds
    assert len(verdict.entries) == size


def test_a_proof_stays_good_when_the_record_grows() -> None:
    make_record(3)
    held, key = proof(), queries.verifier_key()
    make_record(6)

    assert verify_bundle(held, pinned_key=key).holds


def test_there_is_no_proof_of_nothing() -> None:
    with pytest.raises(Refused):
        queries.proof_for(CASE)
    record()
    with pytest.raises(Refused):
        queries.proof_for(CASE, ["case.closed"])


def test_what_no_signature_covers_yet_is_neither_proved_nor_called_damage() -> None:
    """Another process may have placed it since this one read the newest signature."""
    made = make_record(2)
    plant("DELETE FROM audit_checkpoint WHERE size = 2")

    with pytest.raises(Refused):
        queries.proof_of(made[1], CASE)
    assert verify_bundle(queries.proof_of(made[0], CASE).as_json()).holds


def test_no_proof_of_a_damaged_record_leaves_the_house() -> None:
    make_record(5)
    plant("UPDATE audit_entry SET action = 'case.other' WHERE \"index\" = 2")

    with pytest.raises(Unavailable, match="audit verify"):
        queries.proof_for(CASE)


def test_no_proof_with_a_lost_hash_leaves_the_house() -> None:
    make_record(5)
    plant("DELETE FROM audit_node WHERE number < 3")

    with pytest.raises(Unavailable, match="audit verify"):
        queries.proof_for(CASE)


def test_a_changed_entry_proves_nothing() -> None:
    make_record(3)
    text = proof()

    verdict = verify_bundle(changed_entry(text, leaf=bundle_from(text).entries[0].text.replace("step.a", "step.z")))

    assert not verdict.holds
    assert verdict.faults == ("Entry 1 of the file does not stand in the signed record as the file says.",)


@pytest.mark.parametrize("parts", [{"index": 1}, {"index": -1}, {"index": 99}, {"path": []}])
def test_an_entry_out_of_its_place_proves_nothing(parts: dict[str, Any]) -> None:
    make_record(3)

    assert not verify_bundle(changed_entry(proof(), **parts)).holds


def test_an_entry_told_twice_counts_once_and_is_named() -> None:
    make_record(3)
    text = proof()
    entries = json.loads(text)["entries"]

    verdict = verify_bundle(changed(text, entries=[*entries, entries[0]]))

    assert verdict.faults == ("Entry 4 of the file is there twice.",)
    assert len(verdict.entries) == 3


def test_a_file_without_entries_proves_nothing() -> None:
    make_record(1)

    assert not verify_bundle(changed(proof(), entries=[])).holds


def test_a_checkpoint_forged_with_another_key_is_refused() -> None:
    make_record(3)
    text = proof()
    victor = Signer(b"v" * 32, context="demonstration")
    root = verify_bundle(text).checkpoint
    assert root
    forged = changed(text, checkpoint=victor.note(3, root.root), key=str(victor.key))

    assert verify_bundle(forged).holds  # consistent in itself, which is why a key that came along is never enough
    assert not verify_bundle(forged, pinned_key=queries.verifier_key()).holds


def test_a_key_that_came_in_the_same_file_is_said_to_prove_nothing_about_who() -> None:
    make_record(1)

    unpinned, pinned = verify_bundle(proof()), verify_bundle(proof(), pinned_key=queries.verifier_key())

    assert any("--key" in sentence for sentence in unpinned.not_proved)
    assert not any("--key" in sentence for sentence in pinned.not_proved)


def test_a_demonstrations_proof_says_that_it_is_one() -> None:
    make_record(1)

    assert "demonstration" in verify_bundle(proof()).not_proved[0]


def test_a_proof_ties_the_record_to_the_checkpoint_someone_kept() -> None:
    make_record(3)
    held = newest()
    make_record(6)

    verdict = verify_bundle(proof(older=held), older=held)

    assert verdict.holds
    assert any("unchanged beginning" in sentence for sentence in verdict.proved)


def test_a_whole_earlier_proof_file_serves_as_what_was_kept() -> None:
    make_record(3)
    held, checkpoint = proof(), newest()
    make_record(6)

    assert verify_bundle(proof(older=checkpoint), older=held).holds


def test_the_same_checkpoint_needs_no_path() -> None:
    make_record(3)

    assert verify_bundle(proof(), older=newest()).holds


def test_without_a_path_the_two_are_not_said_to_be_tied() -> None:
    make_record(3)
    held = newest()
    make_record(6)

    verdict = verify_bundle(proof(), older=held)

    assert verdict.faults == ("The file has no path from your checkpoint of 3. Ask for a proof that continues it.",)


def test_a_record_made_over_cannot_be_tied_to_what_was_kept() -> None:
    make_record(3)
    held = newest()
    plant("UPDATE audit_entry SET action = 'case.other' WHERE \"index\" = 1")
    make_over()
    make_record(2)

    verdict = verify_bundle(proof(older=held), older=held)

    assert not verdict.holds
    assert "were changed, removed, added or moved" in verdict.faults[0]


def test_an_entry_made_over_since_is_named_by_comparing_two_files() -> None:
    make_record(3)
    held, checkpoint = proof(), newest()
    plant("UPDATE audit_entry SET action = 'case.other' WHERE \"index\" = 1")
    make_over()

    verdict = verify_bundle(proof(older=checkpoint), older=held)

    assert verdict.faults[0] == "Entry 1 (step.b) is not as it was in the file you kept."


def test_a_shorter_record_than_was_kept_is_said() -> None:
    make_record(3)
    short = proof()
    make_record(2)

    verdict = verify_bundle(short, older=newest())

    assert verdict.faults == ("The record is shorter than the one you kept a checkpoint of: 3, not 5.",)


def test_what_was_kept_from_another_log_ties_nothing() -> None:
    make_record(3)
    foreign = Signer(b"v" * 32, context="demonstration").note(3, b"x" * 32)

    assert "not signed by the same key" in verify_bundle(proof(), older=foreign).faults[0]


def test_a_checkpoint_of_a_longer_record_than_ours_is_not_continued() -> None:
    make_record(3)
    longer = Signer(b"v" * 32, context="demonstration").note(9, b"x" * 32)

    with pytest.raises(Refused):
        queries.proof_for(CASE, older=longer)


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "null", '{"format": "other"}', "[" * 100_000, '{"format":"safeconduct-proof-1","entries":3}'],
)
def test_a_file_that_is_no_proof_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(Refused, match="not a Safeconduct proof"):
        verify_bundle(text)


@pytest.mark.parametrize("part", [{"index": True}, {"index": "0"}, {"path": ["AAAA"]}, {"path": [1]}, {"leaf": 1}])
def test_a_part_of_the_wrong_sort_is_refused(part: dict[str, Any]) -> None:
    make_record(1)

    with pytest.raises(Refused):
        verify_bundle(changed_entry(proof(), **part))


def test_judging_a_proof_needs_no_django() -> None:
    program = "import sys; from safeconduct.audit import proofs; sys.exit('django' in sys.modules)"

    ran = subprocess.run([sys.executable, "-c", program], env={"PYTHONPATH": os.pathsep.join(sys.path)}, check=False)

    assert ran.returncode == 0
