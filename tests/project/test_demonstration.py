"""A demonstration starts whole or not at all: one sentence says why, and nothing half-made is left."""

import ast
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.project.starting import Ended, ended, everything_in
from tests.stories.served import ROOT, demonstration

pytestmark = [pytest.mark.loopback, pytest.mark.one_database]
OLD = "import runpy, sys; sys.version_info = (3, 9, 18, 'final', 0); runpy.run_path('run', run_name='__main__')"


def started(data: Path, *words: str) -> Ended:
    return ended("demonstrate", "--port", "0", "--data", str(data), *words, data=data)


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Start a demonstration once and stop it; what it left is copied for each test."""
    folder = tmp_path_factory.mktemp("founded")
    with demonstration(folder):
        pass
    return folder


@pytest.fixture
def data(founded: Path, tmp_path: Path) -> Path:
    shutil.copytree(founded, tmp_path / "copy")
    return tmp_path / "copy" / "data"


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def test_a_taken_port_is_named_and_nothing_is_made(tmp_path: Path, taken_port: int) -> None:
    done = started(tmp_path / "data", "--port", str(taken_port))

    assert done.refused_in_one_sentence
    assert f"Port {taken_port} is taken. Choose another with --port" in done.said
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "example.org"])  # noqa: S104 - this is what must be refused
def test_no_other_interface_is_served(tmp_path: Path, host: str) -> None:
    done = started(tmp_path / "data", "--host", host)

    assert done.refused_in_one_sentence
    assert "127.0.0.1 only" in done.said
    assert [*tmp_path.iterdir()] == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    # The superuser may write anywhere, but not below a file.
    (tmp_path / "file").write_text("in the way")

    done = started(tmp_path / "file" / "data")

    assert done.refused_in_one_sentence
    assert "cannot be written" in done.said
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_where_the_platform_finds_no_place_no_data_folder_is_left(tmp_path: Path) -> None:
    (tmp_path / "data-platform").write_text("somebody's own")

    done = started(tmp_path / "data")

    assert done.refused_in_one_sentence
    assert [path.name for path in tmp_path.iterdir()] == ["data-platform"]


def test_an_old_python_is_told_which_one_is_needed(tmp_path: Path) -> None:
    shutil.copy(ROOT / "run", tmp_path / "run")

    done = subprocess.run([sys.executable, "-c", OLD], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode != 0
    assert done.stderr == "Safeconduct needs Python 3.11 or newer; this is 3.9. Start it as: python3.11 run\n"
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_an_old_python_can_read_as_far_as_that_sentence() -> None:
    assert ast.parse((ROOT / "run").read_text(), feature_version=(3, 4))


def cut_to_nothing(database: Path) -> None:
    database.write_bytes(b"")


def overwrite_the_beginning(database: Path) -> None:
    database.write_bytes(b"not a database" + database.read_bytes()[14:])


def overwrite_the_middle(database: Path) -> None:
    whole = database.read_bytes()
    database.write_bytes(whole[:8192] + b"\xff" * 40_960 + whole[49_152:])


@pytest.mark.parametrize("damage", [cut_to_nothing, overwrite_the_beginning, overwrite_the_middle, Path.unlink])
def test_a_damaged_database_is_named_and_left_as_it_is(data: Path, damage: Callable[[Path], None]) -> None:
    for log in data.glob("safeconduct.sqlite3-*"):
        log.unlink()
    damage(data / "safeconduct.sqlite3")
    before = everything_in(data.parent)

    done = started(data)

    assert done.refused_in_one_sentence
    assert f"{data}/safeconduct.sqlite3 is damaged" in done.said
    assert everything_in(data.parent).items() >= before.items()


@pytest.mark.parametrize("name", ["forms.key", "checkpoint.key", "second-factor.key", "custodians.json"])
def test_a_missing_key_is_named_and_not_made_anew(data: Path, name: str) -> None:
    (data / "keys" / name).unlink()

    done = started(data)

    assert done.refused_in_one_sentence
    assert f"Missing: {name}." in done.said
    assert not (data / "keys" / name).exists()


def test_people_without_memory_are_missed(data: Path) -> None:
    (data.parent / "data-people.json").unlink()

    assert "Missing: data-people.json." in started(data).said


@pytest.mark.parametrize("mark", ['{"kind": "programme"}', "not readable"])
def test_a_folder_that_is_no_demonstration_is_left_alone(tmp_path: Path, mark: str) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "kind.json").write_text(mark)
    before = everything_in(tmp_path)

    done = started(data)

    assert done.refused_in_one_sentence
    assert "Choose another with --data" in done.said
    assert everything_in(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_somebody_elses_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "to-mother.txt").write_text("Dear mother,")

    done = started(tmp_path / "letters")

    assert "not a demonstration" in done.said
    assert [path.name for path in (tmp_path / "letters").iterdir()] == ["to-mother.txt"]


def test_a_second_start_keeps_everything(data: Path) -> None:
    people, keys = (data.parent / "data-people.json").read_bytes(), everything_in(data / "keys")

    with demonstration(data.parent) as served:
        verified = served.command("audit", "verify")
        listed = served.command("members", "list")

    assert verified.returncode == 0
    assert "ines" in listed.stdout
    assert (data.parent / "data-people.json").read_bytes() == people
    assert everything_in(data / "keys") == keys
