"""``safeconduct numbers verify`` on anyone's machine: the published file, a changed one, somebody else's proof."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from safeconduct.audit.bundles import Placed, ProofBundle
from safeconduct.audit.leaves import Leaf
from safeconduct.audit.notes import Signer
from safeconduct.audit.tree import Edge, leaf_hash
from safeconduct.cli.main import app
from safeconduct.domains.transparency.rules import fingerprint_id
from safeconduct.kernel.actors import BY_RULE
from tests.cli.test_proof import RECEIVED

pytestmark = pytest.mark.one_database

OURS = Signer(b"o" * 32, context="programme")
TEXT = '{"format": "safeconduct-numbers/1", "cases": 157}\n'


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Keep the file and its proof, as they were published."""
    leaf = Leaf(RECEIVED.id, RECEIVED.at, "numbers.published", BY_RULE, fingerprint_id(TEXT.encode()))
    edge = Edge()
    edge.add(leaf_hash(leaf.text.encode()))
    bundle = ProofBundle(str(OURS.key), OURS.note(1, edge.root), (Placed(leaf.text, 0, ()),), None)
    (tmp_path / "numbers.json").write_text(TEXT)
    (tmp_path / "proof.json").write_text(bundle.as_json())
    return tmp_path


def verify(folder: Path, *more: str) -> tuple[int, str]:
    words = ["numbers", "verify", str(folder / "numbers.json"), str(folder / "proof.json"), *more]
    done = CliRunner().invoke(app, words)
    return done.exit_code, done.output


def test_the_published_file_is_said_to_be_unchanged(kept: Path) -> None:
    code, said = verify(kept, "--key", str(OURS.key))

    assert code == 0
    assert "the numbers are unchanged" in said


def test_one_changed_figure_is_found(kept: Path) -> None:
    (kept / "numbers.json").write_text(TEXT.replace("157", "158"))

    code, said = verify(kept)

    assert code == 3
    assert "this one was changed" in " ".join(said.split())


def test_a_proof_by_another_key_does_not_hold(kept: Path) -> None:
    code, said = verify(kept, "--key", str(Signer(b"v" * 32, context="programme").key), "--json")

    assert code == 3
    assert json.loads(said)["unchanged"] is False
