"""Hostile files: none is drawn by a decoder of ours, none passes anything but pixels, none stops the service."""

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from safeconduct.domains.cases.sterile import Picture, PictureSize, sterile_copy
from safeconduct.kernel.errors import Refused
from tests.domains.cases.making import make_programme
from tests.faults.hostile import BOMBS, NO_PICTURES, PICTURES, SCRIPT
from tests.standing import _a_fresh_door
from tests.web.portal.walks import code_on, picture, to_the_last_step
from tests.web.visitor import Visitor

__all__ = ["_a_fresh_door"]

pytestmark = pytest.mark.one_database


def drawn_anew(files: dict[str, bytes]) -> dict[str, Picture | str]:
    """Return the copy of each, or the code of its refusal; two at a time, as the service does."""

    def one(content: bytes) -> Picture | str:
        try:
            return sterile_copy(content, size=PictureSize.FULL)
        except Refused as refusal:
            return refusal.code

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(files, pool.map(one, files.values()), strict=True))


@pytest.fixture(scope="module")
def copies() -> dict[str, Picture | str]:
    return drawn_anew(PICTURES)


def test_what_hides_beside_the_pixels_is_in_no_copy(copies: dict[str, Picture | str]) -> None:
    content = [copy.content for copy in copies.values() if isinstance(copy, Picture)]

    assert len(content) >= 8
    assert [each for each in content if SCRIPT[:8] in each or b"PK\x03\x04" in each or b"Exif" in each] == []


def test_what_moves_is_shown_still(copies: dict[str, Picture | str]) -> None:
    moving = [copy for name, copy in copies.items() if "frames" in name]

    still = [Image.open(io.BytesIO(copy.content)) for copy in moving if isinstance(copy, Picture)]

    assert [getattr(each, "n_frames", 1) for each in still] == [1, 1, 1]


def test_a_script_that_begins_like_a_picture_is_refused(copies: dict[str, Picture | str]) -> None:
    assert copies["a script that begins like a GIF"] == "picture.unreadable"


def test_what_unpacks_without_end_is_refused_and_costs_no_more_than_its_cage() -> None:
    assert set(drawn_anew(BOMBS).values()) <= {"picture.too-large", "picture.unreadable"}


def test_no_other_kind_is_ever_decoded() -> None:
    assert drawn_anew(NO_PICTURES) == dict.fromkeys(NO_PICTURES, "picture.unreadable")


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


@pytest.mark.django_db
def test_whatever_they_are_called_they_do_not_come_in_and_the_words_beside_them_do(data_folder: Path) -> None:
    make_programme()
    visitor = to_the_last_step(Visitor())
    sent = [upload("gate.jpg", each) for name, each in NO_PICTURES.items() if name != "a screenshot cut off"]

    visitor.press("send", files=sent)
    told = visitor.page
    visitor.press("send")

    assert told.count("One file is not a picture we can open.") == len(sent)
    assert len(code_on(visitor.page)) == 3
    assert [path for path in data_folder.glob("files/**/*") if path.is_file()] == []


NAMES = (
    "../../keys/checkpoint.key",
    "a.jpg\r\nSet-Cookie: desk=x",
    "\u202egpj.exe",
    "<img src=x onerror=alert(1)>.png",
    "x" * 300,
)


@pytest.mark.django_db
def test_whatever_a_picture_is_called_its_name_leads_nowhere(data_folder: Path) -> None:
    make_programme()
    before = {path for path in data_folder.rglob("*") if path.is_file()}
    visitor = to_the_last_step(Visitor())

    visitor.press("send", files=[picture(name) for name in NAMES])

    made = {path for path in data_folder.rglob("*") if path.is_file()} - before
    assert len(code_on(visitor.page)) == 3
    assert "onerror" not in visitor.page
    assert len(made) >= len(NAMES)
    assert {path.relative_to(data_folder).parts[0] for path in made} <= {"files", "keys"}
    assert not any(name[-12:] in path.name for name in NAMES for path in made)
