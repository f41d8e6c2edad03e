"""A real programme is served whole or not at all: one sentence says why, and nothing is made."""

import json
import shutil
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.project.starting import Ended, ended, everything_in
from tests.stories.founded import RealProgramme, found

pytestmark = [pytest.mark.loopback, pytest.mark.one_database]
REAL = {"SAFECONDUCT_DEMONSTRATION": "no", "SAFECONDUCT_HTTPS": "yes"}


def served(data: Path, *words: str, **settings: str) -> Ended:
    return ended("serve", "--port", "0", *words, data=data, **(REAL | settings))


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> RealProgramme:
    """Found a programme once at a keyboard; it is copied for each test."""
    programme = RealProgramme(tmp_path_factory.mktemp("programme") / "data")
    found(programme)
    return programme


@pytest.fixture
def data(founded: RealProgramme, tmp_path: Path) -> Path:
    shutil.copytree(founded.data, tmp_path / "data")
    return tmp_path / "data"


def test_a_folder_without_a_programme_is_sent_to_init(tmp_path: Path) -> None:
    done = served(tmp_path / "data")

    assert done.refused_in_one_sentence
    assert "Start one with: safeconduct init." in done.said
    assert [*tmp_path.iterdir()] == []


def test_a_programme_with_too_few_workers_for_a_flood_of_wrong_log_ins_is_not_served(data: Path) -> None:
    before = everything_in(data)

    done = served(data, SAFECONDUCT_WORKERS="7")

    assert done.refused_in_one_sentence
    assert "SAFECONDUCT_WORKERS to 8 or more" in done.said
    assert everything_in(data) == before


def test_a_programme_that_would_keep_cases_for_too_short_a_time_is_not_served(data: Path) -> None:
    before = everything_in(data)

    done = served(data, SAFECONDUCT_KEEP="protected=30")

    assert done.refused_in_one_sentence
    assert "protected must be kept from 200 days" in done.said
    assert everything_in(data) == before


def test_a_demonstrations_folder_is_never_served_to_others(data: Path) -> None:
    (data / "kind.json").write_text(json.dumps({"kind": "demonstration", "founded": True}))
    before = everything_in(data)

    done = served(data)

    assert done.refused_in_one_sentence
    assert "holds a demonstration, and its secrets are known" in done.said
    assert everything_in(data) == before


def test_what_is_set_to_be_a_demonstration_is_not_served(data: Path) -> None:
    done = served(data, SAFECONDUCT_DEMONSTRATION="yes")

    assert done.refused_in_one_sentence
    assert "safeconduct demonstrate" in done.said


def test_a_taken_port_is_named(data: Path) -> None:
    before = everything_in(data)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = str(listening.getsockname()[1])
        done = served(data, "--port", port)

    assert done.refused_in_one_sentence
    assert f"Port {port} is taken" in done.said
    assert everything_in(data) == before


def test_a_port_that_cannot_be_is_named(data: Path) -> None:
    done = served(data, "--port", "99999")

    assert "less than or equal to 65535" in done.said
    assert "Traceback" not in done.said


def test_an_interface_that_is_not_here_is_named(data: Path) -> None:
    done = served(data, "--host", "192.0.2.7")

    assert done.refused_in_one_sentence
    assert "cannot listen on 192.0.2.7" in done.said


@pytest.mark.parametrize("name", ["second-factor.key", "custodians.json"])
def test_a_missing_key_is_named_and_not_made_anew(data: Path, name: str) -> None:
    (data / "keys" / name).unlink()

    done = served(data)

    assert done.refused_in_one_sentence
    assert f"{name}. Put back the copy" in done.said
    assert not (data / "keys" / name).exists()


def test_a_missing_database_is_named_and_not_made_anew(data: Path) -> None:
    (data / "safeconduct.sqlite3").unlink()

    done = served(data)

    assert done.refused_in_one_sentence
    assert "safeconduct.sqlite3 is missing. Put back a backup" in done.said
    assert not (data / "safeconduct.sqlite3").exists()


MATRIX = '[[platform]]\nid = "matrix"\nkind = "synapse"\naddress = "https://matrix.example"\n'
SQUARE = '[[platform]]\nid = "square"\nname = "Square"\nkind = "http"\naddress = "https://square.example"\n'
WRONG = {
    "give matrix a kind: http or synapse": MATRIX.replace("synapse", "mastodon"),
    "matrix has no name. Add that line.": MATRIX + 'token_file = "kind.json"\n',
    "begin each platform with a line [[platform]]": MATRIX.replace("[[platform]]", "[platform]"),
    "platforms.toml cannot be read": "platform: matrix",
    "square has no platform_key. Add that line.": SQUARE,
}


@pytest.mark.parametrize("sentence", WRONG)
def test_a_platform_that_is_named_wrongly_is_pointed_at(data: Path, sentence: str) -> None:
    (data / "platforms.toml").write_text(WRONG[sentence])

    done = served(data)

    assert done.refused_in_one_sentence
    assert sentence in done.said


def test_a_programme_is_served_without_a_platform_whose_token_is_missing_and_doctor_says_how_to_renew_it(
    founded: RealProgramme, data: Path
) -> None:
    programme = RealProgramme(data, people=founded.people)
    tables = (MATRIX + 'name = "M"\ntoken_file = "keys/matrix.token"\n', SQUARE + 'platform_key = "keys/none.pem"\n')
    (data / "platforms.toml").write_text("".join(tables))

    with programme.serving() as served_now:
        told = ended("doctor", data=data, **REAL).said

    assert any("Out of reach: matrix." in line for line in served_now.printed)
    assert "Wrong  platforms: These are out of reach: matrix: The token file" in told
    assert "square: The key file" in told
    assert "safeconduct connect matrix" in told


def test_doctor_says_which_platform_does_not_answer(data: Path) -> None:
    (data / "keys" / "matrix.token").write_text("a-token")
    nobody = MATRIX.replace("https://matrix.example", "http://127.0.0.1:9") + "allow_private = true\n"
    (data / "platforms.toml").write_text(nobody + 'name = "M"\ntoken_file = "keys/matrix.token"\n')

    done = ended("doctor", data=data, **REAL)

    assert "Wrong  platforms: These do not answer as they should: matrix: " in done.said


def test_a_programme_started_again_knows_its_people(founded: RealProgramme, data: Path) -> None:
    programme = RealProgramme(data, people=founded.people)
    with programme.serving():
        first = programme.command("members", "list").stdout

    with programme.serving() as again:
        second = programme.command("members", "list").stdout
        verified = programme.command("audit", "verify").returncode

    assert first == second
    assert all(name in second for name in ("leyla", "ines", "chiara", "kofi"))
    assert (verified, len(again.printed)) == (0, 1)


def test_a_database_of_an_earlier_version_with_other_columns_is_refused_in_a_sentence(data: Path) -> None:
    with closing(sqlite3.connect(data / "safeconduct.sqlite3")) as database:
        database.execute("ALTER TABLE accounts_member DROP COLUMN time_zone")
    (data / "schema.mark").unlink(missing_ok=True)

    done, told = served(data), ended("doctor", data=data, **REAL)

    assert done.refused_in_one_sentence
    assert "made by an earlier version whose tables are others" in done.said
    assert "Wrong  database: The database lacks accounts_member.time_zone." in told.said
