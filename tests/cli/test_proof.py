"""``safeconduct proof verify`` on the partner's machine: no settings, no database, plain sentences."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from typer.testing import CliRunner

from safeconduct.audit.bundles import Continuation, Placed, ProofBundle, Told
from safeconduct.audit.leaves import Leaf, committed
from safeconduct.audit.notes import Signer
from safeconduct.audit.tree import Edge, leaf_hash
from safeconduct.cli.main import app
from safeconduct.kernel.actors import BY_RULE, Actor, ActorKind

pytestmark = pytest.mark.one_database

CASE = UUID("11111111-1111-4111-8111-111111111111")
INES = Actor(ActorKind.MEMBER, UUID("33333333-3333-4333-8333-333333333333"))
OURS = Signer(b"o" * 32, context="programme")
VICTOR = Signer(b"v" * 32, context="programme")
PROMISE = Told(b"s" * 32, {"severity": "P1", "reply_due": "2026-03-01T12:05Z", "settle_due": "2026-03-02T10:05Z"})
RECEIVED = Leaf(
    UUID(int=1),
    datetime(2026, 3, 1, 10, 5, tzinfo=UTC),
    "case.received",
    BY_RULE,
    CASE,
    committed(PROMISE.salt, PROMISE.facts),
)
ANSWERED = Leaf(UUID(int=2), datetime(2026, 3, 1, 13, 9, tzinfo=UTC), "case.answered", INES, CASE)


def root_of(*leaves: Leaf) -> bytes:
    edge = Edge()
    for leaf in leaves:
        edge.add(leaf_hash(leaf.text.encode()))
    return edge.root


def bundle(signer: Signer = OURS, last: Leaf = ANSWERED) -> ProofBundle:
    one, two = (leaf_hash(leaf.text.encode()) for leaf in (RECEIVED, ANSWERED))
    return ProofBundle(
        str(signer.key),
        signer.note(2, root_of(RECEIVED, ANSWERED)),
        (Placed(RECEIVED.text, 0, (two,), PROMISE), Placed(last.text, 1, (one,))),
        Continuation(1, (two,)),
    )


class Partner:
    """Tomas at his own machine, with the files he keeps."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = self.keep("proof.json", bundle().as_json())
        self.key = self.keep("key.txt", f"{OURS.key}\n")
        self.older = self.keep("older.txt", OURS.note(1, root_of(RECEIVED)))

    def keep(self, name: str, text: str) -> str:
        (self.folder / name).write_text(text)
        return str(self.folder / name)

    def asks(self, *words: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, ["proof", "verify", *words])
        return result.exit_code, result.output


@pytest.fixture
def tomas(tmp_path: Path) -> Partner:
    return Partner(tmp_path)


GOOD = f"""\
Read        proof.json: 2 entries that stand, and a checkpoint of 2 entries
Key         {OURS.key}
            the one you gave
About       11111111-1111-4111-8111-111111111111

2026-03-01 10:05 UTC  case.received
                      entry 0
                      severity: P1
                      reply promised by: 2026-03-01 12:05 UTC
                      end promised by: 2026-03-02 10:05 UTC
2026-03-01 13:09 UTC  case.answered
                      entry 1, 3 h 4 min after the first

Proved      Whoever holds the key signed a record of 2 in which these 2 entries
            stand, word for word.
Proved      The record you kept a checkpoint of is the unchanged beginning of
            this one.
Not proved  That the clock of the service was right: the minutes are the ones it
            signed.
Not proved  That these are all entries about this subject: a service can leave
            some out.
Not proved  What was said, or why: the record holds ids, words for acts, and
            hashes.

Nothing was changed. A person decides.
As data: --json    Exit code: 0 (the proof holds)
"""


def test_a_proof_that_holds_is_told_in_plain_sentences(tomas: Partner) -> None:
    assert tomas.asks(tomas.file, "--key", tomas.key, "--older", tomas.older) == (0, GOOD)


def test_the_key_may_be_given_as_text(tomas: Partner) -> None:
    assert tomas.asks(tomas.file, "--key", str(OURS.key))[0] == 0


def test_a_changed_entry_fails_and_is_named(tomas: Partner) -> None:
    earlier = Leaf(ANSWERED.id, datetime(2026, 3, 1, 10, 20, tzinfo=UTC), ANSWERED.action, INES, CASE)
    spoilt = tomas.keep("spoilt.json", bundle(last=earlier).as_json())

    code, said = tomas.asks(spoilt, "--key", tomas.key)

    assert code == 3
    assert "Failed      Entry 2 of the file does not stand in the signed record" in said
    assert "10:20" not in said
    assert said.endswith("Exit code: 3 (the proof does not hold)\n")


def test_a_proof_of_another_key_fails(tomas: Partner) -> None:
    forged = tomas.keep("forged.json", bundle(VICTOR).as_json())

    code, said = tomas.asks(forged, "--key", tomas.key)

    assert code == 3
    assert "not signed by this key" in said
    assert "case.received" not in said


@pytest.mark.parametrize("text", ["", "not a proof", "{}"])
def test_what_is_no_proof_is_one_sentence(tomas: Partner, text: str) -> None:
    code, said = tomas.asks(tomas.keep("other.json", text))

    assert (code, said) == (
        1,
        "That is not a Safeconduct proof, or it was damaged on the way. Ask for the file again.\n",
    )


def test_a_missing_file_is_one_sentence(tomas: Partner) -> None:
    code, said = tomas.asks("nowhere.json")

    assert (code, said) == (
        1,
        "There is no file nowhere.json. Check its name and the folder you are in, then try again.\n",
    )


def test_a_file_of_bytes_is_one_sentence(tomas: Partner) -> None:
    (tomas.folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")

    assert tomas.asks(str(tomas.folder / "photo.jpg"))[0] == 1


def test_programs_are_answered_with_data(tomas: Partner) -> None:
    code, said = tomas.asks(tomas.file, "--key", tomas.key, "--json")
    answer = json.loads(said)

    assert (code, answer["holds"], answer["faults"]) == (0, True, [])
    assert answer["checkpoint"]["size"] == 2
    assert answer["entries"][0]["facts"] == PROMISE.facts
    assert [(entry["at"], entry["action"], entry["index"]) for entry in answer["entries"]] == [
        ("2026-03-01T10:05Z", "case.received", 0),
        ("2026-03-01T13:09Z", "case.answered", 1),
    ]


def test_no_line_but_the_keys_is_wider_than_eighty(tomas: Partner) -> None:
    _, said = tomas.asks(tomas.file)

    assert [line for line in said.splitlines() if len(line) > 80] == [f"Key         {OURS.key}"]


def test_it_works_with_no_settings_no_data_folder_and_no_django(tomas: Partner) -> None:
    bare = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    program = (
        "import sys; from safeconduct.cli.main import app\n"
        "try: app()\n"
        "finally: assert 'django' not in sys.modules, 'Django was loaded'"
    )
    before = sorted(path.name for path in tomas.folder.iterdir())

    ran = subprocess.run(
        [sys.executable, "-c", program, "proof", "verify", "-", "--key", tomas.key],
        env=bare,
        cwd=tomas.folder,
        input=bundle().as_json(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    assert sorted(path.name for path in tomas.folder.iterdir()) == before


def test_what_is_neither_a_key_nor_a_file_is_called_so(tomas: Partner) -> None:
    code, said = tomas.asks(tomas.file, "--key", "garbage")

    assert code == 1
    assert "garbage is neither a verifier key" in said
