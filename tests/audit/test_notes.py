"""Checkpoints: what is signed, and what is refused."""

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.audit.notes import Checkpoint, Signer, key_from, open_note, read_note
from safeconduct.kernel.errors import Refused

pytestmark = pytest.mark.one_database

ROOT = bytes(range(32))
OURS = Signer(b"o" * 32, context="programme")
VICTOR = Signer(b"v" * 32, context="programme")


def test_a_checkpoint_is_a_signed_note_of_three_lines() -> None:
    origin, size, root, blank, signature, end = OURS.note(12, ROOT).split("\n")

    assert (origin, size, root) == (OURS.key.name, "12", base64.b64encode(ROOT).decode())
    assert (blank, end) == ("", "")
    assert signature.startswith(f"— {OURS.key.name} ")


def test_a_key_names_itself_as_signed_notes_ask() -> None:
    name, key_id, encoded = str(OURS.key).split("+", 2)
    material = base64.b64decode(encoded)

    assert material == b"\x01" + OURS.key.public
    assert key_id == hashlib.sha256(name.encode() + b"\n" + material).hexdigest()[:8]
    assert key_from(f"{OURS.key}\n") == OURS.key


@given(size=st.integers(0, 10**17), root=st.binary(min_size=32, max_size=32))
def test_what_was_signed_is_what_is_read(size: int, root: bytes) -> None:
    assert open_note(OURS.note(size, root), OURS.key) == Checkpoint(OURS.key.name, size, root)


def test_another_witness_may_sign_too() -> None:
    ours, theirs = OURS.note(12, ROOT), VICTOR.note(12, ROOT)
    cosigned = ours + theirs.split("\n\n")[1]

    assert open_note(cosigned, OURS.key).size == 12


FORGERIES = {
    "signed by someone else": VICTOR.note(12, ROOT),
    "someone else's signature under our name": OURS.note(12, ROOT).split("— ")[0]
    + VICTOR.note(12, ROOT).split("\n\n")[1],
    "our name borrowed": VICTOR.note(12, ROOT).replace(VICTOR.key.name, OURS.key.name),
    "another size": OURS.note(12, ROOT).replace("\n12\n", "\n13\n"),
    "another root": OURS.note(12, ROOT).replace("AAEC", "AAED"),
    "another origin": OURS.note(12, ROOT).replace(OURS.key.name, "elsewhere", 1),
    "a size of two spellings": OURS.note(12, ROOT).replace("\n12\n", "\n012\n"),
    "a line more": OURS.note(12, ROOT).replace("\n\n", "\nmore\n\n"),
    "no signature": OURS.note(12, ROOT).split("— ")[0],
    "a short root": OURS.note(12, ROOT[:31]),
    "nothing": "",
}


@pytest.mark.parametrize("note", FORGERIES.values(), ids=FORGERIES.keys())
def test_a_forged_checkpoint_is_refused(note: str) -> None:
    with pytest.raises(Refused):
        open_note(note, OURS.key)


@given(st.text())
def test_no_text_from_a_stranger_does_more_than_be_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_note(text)
    with pytest.raises(Refused):
        key_from(text)


def test_a_key_whose_id_does_not_fit_is_refused() -> None:
    name, _, encoded = str(OURS.key).split("+", 2)

    with pytest.raises(Refused):
        key_from(f"{name}+00000000+{encoded}")


def test_a_demonstration_signs_under_a_name_that_says_so() -> None:
    demonstration = Signer(b"o" * 32, context="demonstration")

    assert demonstration.key.name.startswith("safeconduct-demonstration/")
    with pytest.raises(Refused):
        open_note(demonstration.note(12, ROOT), OURS.key)


def test_the_private_half_is_never_shown() -> None:
    assert repr(OURS) == f"Signer({OURS.key})"
    assert "oooo" not in repr(vars(OURS))
