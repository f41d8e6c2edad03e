"""Whatever makes the data folder, only its owner may look into it."""

from pathlib import Path

import pytest

from safeconduct.kernel.keyfile import private_folder, replace_file, secret_file

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize("make", [secret_file, lambda path: replace_file(path, b"words")])
def test_every_folder_that_a_key_file_needed_is_its_owners_alone(tmp_path: Path, make: object) -> None:
    key = tmp_path / "service" / "data" / "keys" / "forms.key"

    make(key)  # type: ignore[operator] # one of the two functions above

    made = [each for each in key.parents if each.is_relative_to(tmp_path) and each != tmp_path]
    assert {f"{each.stat().st_mode & 0o777:o}" for each in made} == {"700"}
    assert f"{key.stat().st_mode & 0o777:o}" == "600"


def test_a_folder_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir(mode=0o755)

    private_folder(tmp_path / "theirs" / "ours")

    assert f"{(tmp_path / 'theirs').stat().st_mode & 0o777:o}" == "755"
