"""Sterile copies: pixels and nothing else, made where nothing can be reached."""

import io
import subprocess
import sys

import pytest
from PIL import Image

from safeconduct.domains.cases import sterile
from safeconduct.domains.cases.sterile import PictureSize, sterile_copy
from safeconduct.kernel.errors import Refused

IMAGE_DESCRIPTION, ORIENTATION = 0x010E, 0x0112


def picture(kind: str = "JPEG", size: tuple[int, int] = (400, 100), **saved: object) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", size, "teal").save(drawn, kind, **saved)
    return drawn.getvalue()


def opened(copy: sterile.Picture) -> Image.Image:
    return Image.open(io.BytesIO(copy.content))


def test_nothing_written_beside_the_pixels_survives() -> None:
    exif = Image.Exif()
    exif[IMAGE_DESCRIPTION] = "the house by the river"
    original = picture(exif=exif) + b"a tail nobody asked for"

    copy = sterile_copy(original, size=PictureSize.FULL)

    assert b"house by the river" in original
    assert b"house by the river" not in copy.content
    assert b"a tail" not in copy.content
    assert dict(opened(copy).getexif()) == {}


def test_a_photograph_taken_sideways_is_shown_upright() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6

    copy = sterile_copy(picture(exif=exif), size=PictureSize.FULL)

    assert opened(copy).size == (100, 400)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_the_first_look_is_small_and_grey(kind: str) -> None:
    copy = sterile_copy(picture(kind, (1200, 900)), size=PictureSize.SMALL_AND_GREY)

    assert opened(copy).mode == "L"
    assert max(opened(copy).size) == 320


@pytest.mark.parametrize("original", [b"", b"not a picture", b"\x89PNG\r\n\x1a\nbroken", picture()[:200]])
def test_what_is_not_a_whole_picture_is_refused(original: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        sterile_copy(original, size=PictureSize.FULL)

    assert refusal.value.code == "picture.unreadable"


def test_a_picture_that_unpacks_without_end_is_refused() -> None:
    drawn = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(drawn, "PNG")
    assert len(drawn.getvalue()) < 100_000

    with pytest.raises(Refused) as refusal:
        sterile_copy(drawn.getvalue(), size=PictureSize.FULL)

    assert refusal.value.code == "picture.too-large"


TRIES = """
import socket, sys
sys.path.insert(0, {folder!r})
import sterile_child
sterile_child.leave_the_network(); sterile_child.warm_up()
sterile_child.shut_the_cage()
def tried(act):
    try:
        act()
    except OSError:
        return "refused"
    return "allowed"
print(tried(lambda: open("/etc/hostname")), tried(socket.socket))
"""


def test_inside_the_cage_no_file_no_socket_can_be_opened() -> None:
    program = TRIES.format(folder=str(sterile.CHILD.parent))

    told = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)

    assert told.stdout.split() == ["refused", "refused"]
