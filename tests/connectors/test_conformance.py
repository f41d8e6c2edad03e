"""The contract's own test, run on a platform that keeps it and on one that does not."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from typer.testing import CliRunner

from demoplatform import Fault
from safeconduct.cli.connector import app
from safeconduct.connectors.http_contract import conformance
from safeconduct.connectors.http_contract.conformance import Mark, Part
from safeconduct.connectors.port import ActKind, Capability
from tests.juniper import Juniper

pytestmark = [pytest.mark.loopback, pytest.mark.one_database]


def test_juniper_square_keeps_the_whole_contract_and_no_other_account_is_touched(juniper: Juniper) -> None:
    before = juniper.connector.account("amina")

    report = conformance.examine(juniper.line)

    wrong = [row for row in report.rows if row.mark is Mark.NOT_SO]
    assert wrong == []
    assert {row.name for row in report.of(Part.ACTS)} >= {act.value for act in ActKind}
    declared = {act for act in ActKind if Capability(act.value) in juniper.connector.capabilities().offered}
    shown = {row.name for row in report.of(Part.ACTS) if row.mark is Mark.SHOWN}
    assert shown >= {act.value for act in declared} | {"account.lock.until", "account.lock.history", "dry-run"}
    assert all(row.mark is Mark.SHOWN for row in report.of(Part.DOOR))
    assert juniper.connector.account("amina").facts == before.facts


def test_a_platform_that_lies_is_found_out(juniper: Juniper) -> None:
    juniper.misbehave(Fault.LYING)

    report = conformance.examine(juniper.line, pause=lambda _: None)

    found = {row.name: row for row in report.of(Part.ACTS)}
    assert not report.stands
    assert found["account.lock"].mark is Mark.NOT_SO
    assert found["account.lock"].sentence == "The platform said it was done, but when we looked, nothing had changed."
    assert report.as_json()["can"] == ["dry-run"]


@pytest.fixture
def key_files(juniper: Juniper, tmp_path: Path) -> list[str]:
    ours, theirs = tmp_path / "ours.pem", tmp_path / "theirs.pem"
    private, public = juniper.line.our_key.private, juniper.line.their_keys["platform-1"]
    ours.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    theirs.write_bytes(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return ["--key", str(ours), "--platform-key", str(theirs), "--allow-private"]


def test_the_command_prints_what_the_platform_can_truly_do(juniper: Juniper, key_files: list[str]) -> None:
    told = CliRunner().invoke(app, ["test", juniper.line.base, *key_files, "--json"])

    assert told.exit_code == 0
    assert "account.lock" in json.loads(told.stdout)["can"]


def test_the_command_says_in_words_and_by_exit_code_what_is_untrue(juniper: Juniper, key_files: list[str]) -> None:
    juniper.misbehave(Fault.REFUSING)

    told = CliRunner().invoke(app, ["test", juniper.line.base, *key_files])

    assert told.exit_code == 1
    assert "The platform refused. It says: This account is under review by another team." in told.stdout
    assert max(len(line) for line in told.stdout.splitlines()) < 200


def test_a_platform_that_is_not_there_is_not_tested(juniper: Juniper, key_files: list[str]) -> None:
    juniper.misbehave(Fault.ABSENT)

    told = CliRunner().invoke(app, ["test", juniper.line.base, *key_files])

    assert told.exit_code == 2
    assert "not signed by the platform" in told.stderr


def test_a_private_address_needs_to_be_allowed(juniper: Juniper, key_files: list[str]) -> None:
    told = CliRunner().invoke(app, ["test", juniper.line.base, *key_files[:-1]])

    assert told.exit_code == 2
    assert "https://" in told.stderr


def test_a_made_key_stays_in_its_file(tmp_path: Path) -> None:
    file = tmp_path / "safeconduct.pem"

    told = CliRunner().invoke(app, ["make-key", str(file)])

    assert told.exit_code == 0
    assert "PUBLIC KEY" in told.stdout
    assert "PRIVATE" not in told.stdout
    assert file.stat().st_mode & 0o777 == 0o600
    assert CliRunner().invoke(app, ["make-key", str(file)]).exit_code == 2
