import os
import secrets
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from safeconduct.kernel.errors import Unavailable
from safeconduct.kernel.ids import new_id
from safeconduct.vault import DoesNotOpen, SealedFile
from safeconduct.vault.padding import BUCKETS, bucket
from safeconduct.vault.streams import CHUNK_BYTES, FRAME_BYTES, HEADER_BYTES, SealedReader, SealedWriter

SIZES = sorted({max(0, step + shift) for step in (0, *BUCKETS, 2 * BUCKETS[-1]) for shift in (-1, 0, 1)})
PHRASE = b"They know which school my daughter goes to. "
START = 1 + HEADER_BYTES

pytestmark = pytest.mark.usefixtures("data_folder")


def seal(plain: bytes, *, piece: int = 10_000) -> SealedFile:
    with SealedWriter(name="evidence.jpg", kind="image/jpeg") as writer:
        for start in range(0, len(plain), piece):
            writer.write(plain[start : start + piece])
        return writer.finish()


def path_of(folder: Path, sealed: SealedFile) -> Path:
    return folder / "files" / str(sealed.id)[:2] / str(sealed.id)


def damage(folder: Path, sealed: SealedFile, stored: bytes) -> None:
    path_of(folder, sealed).write_bytes(stored)


def frames(folder: Path, sealed: SealedFile) -> tuple[bytes, list[bytes]]:
    stored = path_of(folder, sealed).read_bytes()
    return stored[:START], [stored[at : at + FRAME_BYTES] for at in range(START, len(stored), FRAME_BYTES)]


@pytest.mark.parametrize("size_bytes", SIZES)
def test_every_size_around_a_padding_step_comes_back_and_shows_only_a_bucket(
    size_bytes: int, data_folder: Path
) -> None:
    plain = secrets.token_bytes(size_bytes)

    sealed = seal(plain)

    padded = bucket(size_bytes)
    overhead = START + -(-padded // CHUNK_BYTES) * (FRAME_BYTES - CHUNK_BYTES)
    assert SealedReader(sealed).everything() == plain
    assert path_of(data_folder, sealed).stat().st_size == padded + overhead
    assert (sealed.size_bytes, sealed.sha256) == (size_bytes, sha256(plain).hexdigest())


@pytest.mark.parametrize("piece", [1, 7, 65_535, 65_536, 65_537, 200_000])
def test_it_does_not_matter_in_what_pieces_a_file_arrives(piece: int) -> None:
    plain = secrets.token_bytes(150_000 if piece > 7 else 3000)

    assert SealedReader(seal(plain, piece=piece)).everything() == plain


def test_a_file_is_read_in_small_pieces() -> None:
    pieces = list(SealedReader(seal(secrets.token_bytes(300_000))))

    assert max(map(len, pieces)) <= CHUNK_BYTES
    assert b"" not in pieces


@pytest.mark.parametrize("kept", [0, 1, START - 1, START, START + 1, START + FRAME_BYTES, -FRAME_BYTES, -1])
def test_a_truncated_file_does_not_open(kept: int, data_folder: Path) -> None:
    sealed = seal(secrets.token_bytes(250_000))
    stored = path_of(data_folder, sealed).read_bytes()

    damage(data_folder, sealed, stored[:kept])

    with pytest.raises(DoesNotOpen):
        SealedReader(sealed).everything()


@pytest.mark.parametrize("order", [[1, 0, 2, 3], [0, 2, 1, 3], [0, 1, 3], [0, 0, 1, 2, 3], [3], [0, 1, 2, 3, 3]])
def test_reordered_missing_or_repeated_pieces_do_not_open(order: list[int], data_folder: Path) -> None:
    sealed = seal(secrets.token_bytes(250_000))
    header, parts = frames(data_folder, sealed)
    assert len(parts) == 4

    damage(data_folder, sealed, header + b"".join(parts[each] for each in order))

    with pytest.raises(DoesNotOpen):
        SealedReader(sealed).everything()


def test_a_file_cut_in_its_padding_does_not_open(data_folder: Path) -> None:
    sealed = seal(secrets.token_bytes(70_000))
    header, parts = frames(data_folder, sealed)

    damage(data_folder, sealed, header + b"".join(parts[:-1]))

    with pytest.raises(DoesNotOpen):
        SealedReader(sealed).everything()


def test_bytes_after_the_end_are_not_passed_over(data_folder: Path) -> None:
    sealed = seal(b"whole")

    damage(data_folder, sealed, path_of(data_folder, sealed).read_bytes() + b"\0")

    with pytest.raises(DoesNotOpen):
        SealedReader(sealed).everything()


def test_one_changed_bit_anywhere_closes_the_file(data_folder: Path) -> None:
    sealed = seal(b"what was photographed")
    stored = path_of(data_folder, sealed).read_bytes()

    for at in range(len(stored)):
        changed = bytearray(stored)
        changed[at] ^= 1 << at % 8
        damage(data_folder, sealed, bytes(changed))
        with pytest.raises(DoesNotOpen):
            SealedReader(sealed).everything()


def test_another_files_key_does_not_open_it() -> None:
    one, other = seal(b"one"), seal(b"other")

    with pytest.raises(DoesNotOpen):
        SealedReader(replace(one, key=other.key)).everything()


def test_a_file_put_in_the_place_of_another_does_not_open(data_folder: Path) -> None:
    one, other = seal(b"one"), seal(b"other")
    damage(data_folder, one, path_of(data_folder, other).read_bytes())

    with pytest.raises(DoesNotOpen):
        SealedReader(replace(one, key=other.key)).everything()


def test_a_size_larger_than_the_file_is_not_believed() -> None:
    with pytest.raises(DoesNotOpen):
        SealedReader(replace(seal(b"short"), size_bytes=257)).everything()


def test_a_file_of_the_demonstration_does_not_open_in_a_programme(settings: object) -> None:
    settings.SAFECONDUCT_CONTEXT = "demonstration"
    sealed = seal(b"invented")

    settings.SAFECONDUCT_CONTEXT = "programme"

    with pytest.raises(DoesNotOpen):
        SealedReader(sealed).everything()


def test_a_file_that_is_gone_is_said_to_be_unreadable() -> None:
    sealed = replace(seal(b"here"), id=new_id())

    with pytest.raises(Unavailable):
        SealedReader(sealed).everything()


def test_what_is_not_finished_leaves_nothing(data_folder: Path) -> None:
    with SealedWriter(name="evidence.jpg", kind="image/jpeg") as writer:
        writer.write(PHRASE * 5000)

    assert [each for each in data_folder.rglob("*") if each.is_file()] == []


def test_until_it_is_finished_a_file_is_not_there(data_folder: Path) -> None:
    with SealedWriter(name="evidence.jpg", kind="image/jpeg") as writer:
        writer.write(PHRASE)
        assert [each.suffix for each in data_folder.rglob("*") if each.is_file()] == [".part"]
        writer.finish()

    assert [each.suffix for each in data_folder.rglob("*") if each.is_file()] == [""]


def test_a_finished_file_takes_no_more() -> None:
    with SealedWriter(name="evidence.jpg", kind="image/jpeg") as writer:
        writer.finish()

        with pytest.raises(ValueError, match="finished"):
            writer.write(PHRASE * 5000)
        with pytest.raises(ValueError, match="finished"):
            writer.finish()


def test_files_are_for_the_owner_only(data_folder: Path) -> None:
    sealed = seal(b"mine")

    assert path_of(data_folder, sealed).stat().st_mode & 0o777 == 0o600
    assert path_of(data_folder, sealed).parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_a_full_disk_is_told_without_a_path_and_leaves_nothing(data_folder: Path) -> None:
    with SealedWriter(name="evidence.jpg", kind="image/jpeg") as writer:
        os.dup2(full := os.open("/dev/full", os.O_WRONLY), writer._file.fileno())
        os.close(full)
        with pytest.raises(Unavailable) as told:
            writer.write(secrets.token_bytes(500_000))

    assert str(data_folder) not in str(told.value)
    assert [each for each in data_folder.rglob("*") if each.is_file()] == []
