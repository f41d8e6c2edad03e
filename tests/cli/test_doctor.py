"""Doctor says what is wrong and how to mend it, and names what was tampered with."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from safeconduct.accounts import pins
from safeconduct.accounts.models import KeyPair
from safeconduct.cli import channel, doctor
from safeconduct.cli.main import app
from safeconduct.kernel import checks
from safeconduct.kernel.checks import Diagnosis
from safeconduct.kernel.errors import Refused, Unavailable
from safeconduct.vault.keypairs import public_key
from tests.programme import Programme


class Failing:
    """A check that cannot look."""

    name = "outside"
    gates_channel = True

    def run(self) -> Diagnosis:
        raise Unavailable("test.absent", "Start the outside.")


@pytest.fixture(autouse=True)
def _only_our_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "_checks", {})


def found() -> dict[str, Diagnosis]:
    return {check.name: diagnosis for check, diagnosis in doctor.examined()}


def test_a_founded_programme_is_well_but_for_a_second_lead(programme: Programme, data_folder: Path) -> None:
    data_folder.chmod(0o700)
    assert programme.founded.people

    assert {name for name, diagnosis in found().items() if not diagnosis.well} == {"second lead"}


@pytest.mark.usefixtures("programme")
def test_a_swapped_key_is_named_with_what_to_do() -> None:
    KeyPair.objects.filter(member__sign_in_name="ines").update(public_key=public_key(b"v" * 32))

    diagnosis = found()["roster"]

    assert "ines (key)" in diagnosis.what
    assert "sign anew" in diagnosis.mend


def test_a_pin_that_is_not_the_custodians_key_is_named(programme: Programme) -> None:
    pins.pin(programme.member_id("kofi"), b"v" * 32)

    assert "kofi" in found()["custodians"].what


@pytest.mark.usefixtures("programme")
def test_a_key_file_that_others_may_read_is_named() -> None:
    pins.pins_file().chmod(0o644)

    assert "custodians.json" in found()["key files"].what


@pytest.mark.django_db
@pytest.mark.usefixtures("data_folder")
def test_an_empty_folder_is_sent_to_init() -> None:
    assert "safeconduct init" in found()["custodians"].mend


@pytest.mark.usefixtures("programme")
def test_a_check_that_cannot_look_is_a_finding() -> None:
    checks.register(Failing())

    assert found()["outside"] == Diagnosis("This could not be looked at.", "Start the outside.")


@pytest.mark.usefixtures("programme")
def test_json_carries_the_same_and_the_exit_code_tells() -> None:
    done = CliRunner().invoke(app, ["doctor", "--json"])

    answer = json.loads(done.output)
    assert (done.exit_code, answer["well"]) == (doctor.SOMETHING_WRONG, False)
    assert {"check", "well", "what", "mend"} == set(answer["checks"][0])


@pytest.mark.usefixtures("programme")
def test_a_word_that_opens_no_channel_is_named_before_anything_else() -> None:
    checks.register(Failing())

    done = CliRunner().invoke(app, ["channel", "open", "nonsense"])

    assert done.exit_code == 1
    assert "Open the channel to one of: partners, invited, public." in done.output
    assert "Start the outside" not in done.output


@pytest.mark.usefixtures("programme")
def test_a_channel_stays_closed_while_a_gate_is_wrong() -> None:
    checks.register(Failing())

    with pytest.raises(Refused, match=r"stays closed[\s\S]*Start the outside"):
        channel.check_ready()
