import os
from datetime import timedelta
from pathlib import Path

import pytest

from safeconduct.kernel.errors import Unavailable
from safeconduct.kernel.ids import new_id
from safeconduct.vault import SealedFile, files
from safeconduct.vault.streams import SealedReader, SealedWriter

HOUR = timedelta(hours=1)

pytestmark = pytest.mark.usefixtures("data_folder")


def seal(*, age: timedelta = timedelta()) -> SealedFile:
    with SealedWriter(name="evidence.jpg", kind="image/jpeg") as writer:
        sealed = writer.finish()
    grow_old(files._path(sealed.id), age)
    return sealed


def grow_old(path: Path, age: timedelta) -> None:
    then = path.stat().st_mtime - age.total_seconds()
    os.utime(path, (then, then))


def test_a_finished_file_is_written_out_before_it_counts_and_its_folders_after(monkeypatch: pytest.MonkeyPatch) -> None:
    written_out, fsync = [], os.fsync

    def heard(handle: int) -> None:
        written_out.append(os.fstat(handle).st_ino)
        fsync(handle)

    monkeypatch.setattr(os, "fsync", heard)
    path = files._path(seal().id)

    assert written_out == [each.stat().st_ino for each in (path, path.parent, path.parent.parent)]


def test_a_deleted_file_is_gone_and_deleting_again_does_nothing() -> None:
    sealed = seal()

    files.delete(sealed.id)
    files.delete(sealed.id)

    with pytest.raises(Unavailable):
        SealedReader(sealed).everything()


def test_a_sweep_takes_what_nobody_lists_once_it_is_old() -> None:
    listed, young, orphan = seal(age=2 * HOUR), seal(), seal(age=2 * HOUR)

    assert files.sweep({listed.id}, older_than=HOUR) == 1

    assert SealedReader(listed).everything() == SealedReader(young).everything() == b""
    with pytest.raises(Unavailable):
        SealedReader(orphan).everything()


def test_a_sweep_takes_old_unfinished_parts_and_leaves_young_ones() -> None:
    for age in (timedelta(), 2 * HOUR):
        file_id = new_id()
        files.create_part(file_id).close()
        grow_old(files._path(file_id, files.PART), age)

    assert files.sweep((), older_than=HOUR) == 1
    assert files.sweep((), older_than=HOUR) == 0


def test_an_empty_data_folder_is_swept_without_complaint() -> None:
    assert files.sweep((), older_than=HOUR) == 0


def test_a_data_folder_that_cannot_be_written_is_told_in_a_sentence(data_folder: Path) -> None:
    (data_folder / "files").write_text("in the way")

    with pytest.raises(Unavailable, match="data folder"):
        SealedWriter(name="evidence.jpg", kind="image/jpeg")


def test_a_file_made_with_json_is_the_same_file() -> None:
    sealed = seal()

    kept = SealedFile.from_json(sealed.as_json())

    assert kept.as_json() == sealed.as_json()
    assert SealedReader(kept).everything() == b""
