"""``safeconduct audit``: sound and damaged records, exports, checkpoints."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from safeconduct.audit import notes, queries
from safeconduct.cli.main import app
from tests.audit.making import CASE, make_over, make_record, plant, record

pytestmark = pytest.mark.django_db

CHANGE = "UPDATE audit_entry SET action = 'case.other' WHERE \"index\" = 1"


SOUND = """\
Read        3 entries, 3 checkpoints

Sound       Every entry, every hash and every signature fits.
Not shown   That nobody who has the signing key made the record over, or cut its
            end off. A checkpoint kept elsewhere shows it: --held FILE.

Nothing was changed. A person decides.
As data: --json    Exit code: 0 (the record is sound)
"""


def ask(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["audit", *words])
    return result.exit_code, result.output


def test_a_sound_record_is_said_to_be_sound_and_what_that_leaves_open() -> None:
    make_record(3)

    assert ask("verify") == (0, SOUND)


def test_damage_is_named_and_gives_its_own_exit_code() -> None:
    ids = make_record(3)
    plant(CHANGE)

    code, said = ask("verify")

    assert code == 3
    assert f"Changed     Entry 1 was changed (case.other,\n            {ids[1]}).\n" in said
    assert "Sound" not in said


def test_damage_is_told_kind_by_kind_under_one_label_each() -> None:
    make_record(5)
    plant(CHANGE)
    plant('DELETE FROM audit_entry WHERE "index" = 2')
    plant(CHANGE.replace("= 1", "= 3"))

    _, said = ask("verify")

    told = said.partition("\n\nNothing was")[0].splitlines()
    labels = [line[:12].strip() for line in told if line[:12].strip()]
    assert labels == ["Read", "Wrong", "Changed", "Removed", "Not shown"]
    assert "Wrong       3 findings, by kind.\n\nChanged     Entry 1 was changed" in said
    assert "\n            Entry 3 was changed" in said


def test_damage_is_told_to_programs() -> None:
    ids = make_record(3)
    plant(CHANGE)

    code, said = ask("verify", "--json")

    assert code == 3
    answer = json.loads(said)
    assert (answer["sound"], answer["entries"]) == (False, 3)
    assert [(one["kind"], one["first"], one["entry"]) for one in answer["damage"]] == [("changed", 1, str(ids[1]))]


def test_files_kept_elsewhere_show_what_the_record_alone_cannot(tmp_path: Path) -> None:
    make_record(3)
    early, proof = tmp_path / "early.txt", tmp_path / "proof.json"
    early.write_text(ask("checkpoint")[1])
    proof.write_text(queries.proof_for(CASE).as_json())
    plant(CHANGE)
    make_over()

    assert ask("verify")[0] == 0
    code, said = ask("verify", "--held", str(early), "--held", str(proof))
    assert code == 3
    assert "Held        2 files from elsewhere" in said
    assert "Entry 1 was changed (step.b," in said


def test_a_kept_file_of_another_log_cannot_be_checked(tmp_path: Path) -> None:
    make_record(1)
    other = tmp_path / "other.txt"
    other.write_text(notes.Signer(b"v" * 32, context="demonstration").note(1, b"x" * 32))

    code, said = ask("verify", "--held", str(other))

    assert code == 1
    assert said == "That checkpoint is not signed by this key. Compare the key with the one you were given.\n"


def test_a_checkpoint_covers_what_waited_until_now() -> None:
    record()

    code, said = ask("checkpoint")

    assert code == 0
    assert notes.open_note(said, notes.key_from(queries.verifier_key())).size == 1


def test_the_key_is_printed_for_partners_to_keep() -> None:
    make_record(1)

    assert ask("checkpoint", "--key") == (0, f"{queries.verifier_key()}\n")


def test_a_checkpoint_of_nothing_is_refused_in_a_sentence() -> None:
    assert ask("checkpoint") == (1, "Nothing has been recorded yet, so there is nothing to sign.\n")


def test_the_export_is_one_object_a_line() -> None:
    make_record(2)

    code, said = ask("export")

    lines = [json.loads(line) for line in said.splitlines()]
    assert code == 0
    assert [line.get("action") for line in lines] == ["step.a", "step.b", None]
    assert lines[2]["key"] == queries.verifier_key()


def test_an_exported_file_is_the_owners_alone_and_never_written_over(tmp_path: Path) -> None:
    make_record(2)
    file = tmp_path / "record.jsonl"

    assert ask("export", "--to", str(file)) == (0, "")
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(file.read_text().splitlines()) == 3
    assert ask("export", "--to", str(file))[0] == 1
