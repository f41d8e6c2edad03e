"""Pictures: sealed while they arrive, and nothing left of what was not taken."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from safeconduct.domains.cases import door
from safeconduct.web import room, sealing
from tests.standing import Clock
from tests.web.portal.walks import WORDS, code_on, picture, to_the_last_step
from tests.web.visitor import Visitor


def lying_in(folder: Path) -> list[Path]:
    return [path for path in (folder / "files").glob("*/*") if path.is_file()]


def test_a_picture_is_kept_sealed_before_the_report_is_sent(visitor: Visitor, data_folder: Path) -> None:
    door_picture = picture()

    to_the_last_step(visitor).press("stay", files=[door_picture])

    assert "1 picture is sealed" in visitor.page
    kept = lying_in(data_folder)
    assert len(kept) == 1
    door_picture.seek(0)
    assert door_picture.read()[100:200] not in kept[0].read_bytes()


def test_pictures_go_with_the_report(visitor: Visitor, data_folder: Path) -> None:
    to_the_last_step(visitor).press("stay", files=[picture()]).press("send", files=[picture("second.jpg")])

    assert len(code_on(visitor.page)) == 3
    assert len(lying_in(data_folder)) == 2


def test_a_picture_can_be_taken_out_again(
    visitor: Visitor, data_folder: Path, django_capture_on_commit_callbacks: object
) -> None:
    to_the_last_step(visitor).press("stay", files=[picture()])
    file_id = visitor.page.split('name="without" value="')[1].split('"')[0]

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator] # pytest-django's fixture
        visitor.press("stay", without=file_id)

    assert "picture is sealed" not in visitor.page
    assert lying_in(data_folder) == []


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)>", b"%PDF-1.7 ....", b"MZ", b"\xff\xd8", b"RIFF0000WAVE"])
def test_what_is_no_picture_is_not_taken_whatever_it_is_called(
    visitor: Visitor, data_folder: Path, content: bytes
) -> None:
    to_the_last_step(visitor).press("send", files=[SimpleUploadedFile("a.jpg", content, content_type="image/jpeg")])

    assert "not a picture we can open" in visitor.page
    assert WORDS in visitor.page
    assert lying_in(data_folder) == []


def test_more_than_the_allowance_is_left_out_and_said(
    visitor: Visitor, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small, large = picture(), picture(side=400)
    monkeypatch.setattr(sealing, "ALL_BYTES", small.size + 1000)
    to_the_last_step(visitor)

    visitor.press("stay", files=[small, large])

    assert "One picture is larger than 25 MB" in visitor.page
    assert "together" not in visitor.page.split("Look at this")[-1].split("</div>")[0]
    assert "1 picture is sealed" in visitor.page
    assert len(lying_in(data_folder)) == 1


def test_an_empty_picture_is_not_dropped_without_a_word(visitor: Visitor, data_folder: Path) -> None:
    to_the_last_step(visitor).press("stay", files=[SimpleUploadedFile("a.jpg", b"", content_type="image/jpeg")])

    assert "One file is empty" in visitor.page
    assert lying_in(data_folder) == []


def test_the_allowance_counts_pictures_added_before(
    visitor: Visitor, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = picture()
    monkeypatch.setattr(sealing, "ALL_BYTES", int(1.5 * first.size))
    to_the_last_step(visitor).press("stay", files=[first])

    visitor.press("stay", files=[picture("second.jpg")])

    assert "more than 25 MB together" in visitor.page
    assert len(lying_in(data_folder)) == 1


def test_a_disk_that_is_nearly_full_takes_the_words_and_no_pictures(
    visitor: Visitor, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to_the_last_step(visitor)
    monkeypatch.setattr(room, "RESERVE_BYTES", 1 << 62)

    visitor.press("stay", files=[picture()])

    assert "pictures wait" in visitor.page
    assert lying_in(data_folder) == []
    assert len(code_on(visitor.press("send").page)) == 3


def test_what_strangers_leave_unsent_has_a_bound_and_the_words_are_kept(
    visitor: Visitor, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    another = Visitor(address="192.0.2.7")
    monkeypatch.setattr(room, "UNSENT_BYTES", int(1.5 * room.LEAST_BYTES))
    to_the_last_step(visitor).press("stay", files=[picture()])

    to_the_last_step(another).press("stay", files=[picture()])

    assert "pictures wait" in another.page
    assert WORDS in another.page
    assert len(lying_in(data_folder)) == 1


def test_what_was_sent_or_taken_out_or_forgotten_makes_room_again(
    visitor: Visitor, time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "UNSENT_BYTES", int(1.5 * room.LEAST_BYTES))
    to_the_last_step(visitor).press("stay", files=[picture()])
    file_id = visitor.page.split('name="without" value="')[1].split('"')[0]

    visitor.press("stay", without=file_id).press("stay", files=[picture()])
    visitor.press("send")
    assert len(code_on(visitor.page)) == 3
    to_the_last_step(visitor).press("stay", files=[picture()])
    time.move(timedelta(hours=3))
    to_the_last_step(visitor).press("stay", files=[picture()])

    assert "1 picture is sealed" in visitor.page


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_a_line_that_breaks_leaves_nothing_of_the_picture(visitor: Visitor, data_folder: Path, share: float) -> None:
    form = to_the_last_step(visitor).form_with("send")
    whole = encode_multipart(BOUNDARY, {**form.fields, "go": "stay", "files": [picture(side=200)]})
    # Our own end comes after the files, as on the page.
    whole = whole.replace(b'name="end"', b'name="ended"')
    cut = whole[: int(len(whole) * share)]

    visitor.client.generic("POST", "/help?l=en", cut, content_type=MULTIPART_CONTENT)

    assert lying_in(data_folder) == []


def test_a_page_that_asks_for_no_files_keeps_none(visitor: Visitor, data_folder: Path) -> None:
    visitor.client.post("/help", {"go": "code", "files": picture(), "end": "1"})

    assert lying_in(data_folder) == []


def test_in_a_flood_pictures_wait_and_words_go(visitor: Visitor, data_folder: Path) -> None:
    to_the_last_step(visitor)
    door.set_flood(True)

    visitor.press("stay", files=[picture()])

    assert "pictures wait" in visitor.page
    assert lying_in(data_folder) == []


def test_one_stranger_who_fills_all_room_keeps_no_reporter_from_her_picture(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "UNSENT_BYTES", 4 * room.LEAST_BYTES)
    strangers = [Visitor(address="192.0.2.7") for _ in range(4)]
    for stranger in strangers:
        to_the_last_step(stranger).press("stay", files=[picture()])

    to_the_last_step(visitor).press("stay", files=[picture("her-door.jpg")])
    assert "1 picture is sealed" in visitor.page
    strangers[1].press("stay", files=[picture()])

    assert len(code_on(visitor.press("send").page)) == 3
    assert "could not wait here any longer" in strangers[0].press("send").page
    assert len(code_on(strangers[0].press("send").page)) == 3


def test_a_disk_that_fills_up_while_a_picture_comes_keeps_its_reserve(
    visitor: Visitor, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([True, True])
    monkeypatch.setattr(room, "on_the_disk", lambda: next(answers, False))
    to_the_last_step(visitor)

    visitor.press("stay", files=[picture(side=700)])

    assert "pictures wait" in visitor.page
    assert lying_in(data_folder) == []
