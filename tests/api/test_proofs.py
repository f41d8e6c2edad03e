import json
from pathlib import Path

import pytest

from safeconduct.audit import proofs
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.cases.services import work
from safeconduct.kernel.ids import new_id
from tests.api.conftest import Program
from tests.programme import Programme


def verdict(proof: object, key: str) -> proofs.Verdict:
    return proofs.verify_bundle(json.dumps(proof), pinned_key=key)


def record_key(program: Program) -> str:
    key: str = program.get("organisation").json()["record_key"]
    return key


def test_every_answer_about_a_case_carries_proof_of_its_clock(harbour: Program) -> None:
    filed = harbour.file().json()
    written = harbour.post(f"reports/{filed['id']}/messages", {"text": "She is safe."}).json()
    key = record_key(harbour)

    answers = [
        filed,
        written,
        harbour.get("reports").json()["reports"][0],
        harbour.get(f"reports/{filed['id']}").json(),
        harbour.get(f"reports/{filed['id']}/messages").json(),
    ]
    for answer in answers:
        assert verdict(answer["proof"], key).holds


def test_the_proof_says_when_it_was_received_and_answered(harbour: Program, programme: Programme) -> None:
    filed = harbour.file().json()
    ines = programme.desk("ines")
    (row,) = cases.queue_for(ines, "open", limit=10)
    work.take_case(row.case_id, ines)
    work.answer(row.case_id, row_report(row.case_id, ines), "We are on it.", programme.desk("ines"), key=new_id())

    proof = harbour.get(f"reports/{filed['id']}/proof").json()

    actions = [json.loads(entry["leaf"])["action"] for entry in proof["entries"]]
    assert actions[0] == "report.received"
    assert "report.answered" in actions
    assert verdict(proof, record_key(harbour)).holds


def row_report(case_id: object, desk: object) -> object:
    (report,) = cases.case_for(case_id, desk).reports  # type: ignore[arg-type] # ids and desks of the fixtures
    return report.id


def test_a_proof_with_a_later_hour_written_in_is_not_sound(harbour: Program) -> None:
    proof = harbour.file().json()["proof"]
    proof["entries"][0]["leaf"] = proof["entries"][0]["leaf"].replace("report.received", "report.answered")

    assert not verdict(proof, record_key(harbour)).holds


def test_a_later_proof_continues_an_earlier_checkpoint(harbour: Program) -> None:
    filed = harbour.file().json()
    harbour.file(key="k-2")

    later = harbour.get(f"reports/{filed['id']}/proof", older=filed["proof"]["checkpoint"])

    assert later.status_code == 200
    assert "continues" in later.json()


def test_a_checkpoint_of_somebody_else_is_refused(harbour: Program) -> None:
    filed = harbour.file().json()

    assert harbour.get(f"reports/{filed['id']}/proof", older="not a checkpoint").status_code == 409


def test_no_proof_holds_words_or_names(harbour: Program) -> None:
    proof = json.dumps(harbour.file().json()["proof"])

    for planted in ("amina", "HH-2041", "Harbour", "juniper"):
        assert planted not in proof


def test_an_answer_goes_out_even_when_the_record_cannot_sign(harbour: Program, data_folder: Path) -> None:
    harbour.file()
    (data_folder / "keys" / "checkpoint.key").write_bytes(b"short")

    answer = harbour.file(key="k-2")

    assert answer.status_code == 201
    assert answer.json()["proof"] is None


@pytest.mark.usefixtures("programme")
def test_the_keys_to_check_us_with_are_handed_out(harbour: Program) -> None:
    keys = harbour.get("organisation").json()

    assert keys["name"] == "Harbour Helpline"
    assert keys["may_file"] is True
    assert "BEGIN PUBLIC KEY" in keys["hook_key"]
