"""Evidence is kept under its fingerprint, listed with what acts kept by themselves, and opened only on purpose."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from safeconduct.audit import queries as audit
from safeconduct.connectors.port import Capability
from safeconduct.domains.cases.rules import EvidenceKind
from safeconduct.domains.cases.services import by_law, evidence
from safeconduct.domains.cases.views import CaseView, EvidenceView
from safeconduct.domains.safety import services as safety
from safeconduct.web import sealing
from safeconduct.web.console.marks import every_marked
from safeconduct.web.sessions import DESK_COOKIE
from tests.domains.cases.making import MadeCase
from tests.domains.safety.platform import THE_HANDLE, FakePlatform
from tests.programme import Programme
from tests.web.console.conftest import at, sealed_picture
from tests.web.console.test_acts import order

LETTER = "You will see what happens when your sister walks to school."


@pytest.fixture
def kept(opened: Callable[..., CaseView], taken: MadeCase) -> Callable[[], EvidenceView]:
    return lambda: opened(taken).evidence[-1]


def sent_by(answer: object) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined] # a streaming answer


def test_a_copy_of_what_the_platform_shows_is_kept_with_time_hash_and_name(
    ines: Client, taken: MadeCase, platform: FakePlatform, kept: Callable[[], EvidenceView]
) -> None:
    mark = ines.get(at("keep-evidence", taken.id)).context["forms"]["copy"].fields["account"].choices[0][0]
    ines.post(at("keep-evidence", taken.id), {"go": "copy", "copy-account": mark, "copy-note": "Before it goes."})

    page = ines.get(at("case", taken.id)).content.decode()
    assert (kept().what, kept().name, kept().by_name) == (EvidenceKind.SNAPSHOT, THE_HANDLE, "Ines")
    assert kept().sha256 == platform.snapshot(THE_HANDLE).sha256
    assert "What the platform showed" in page
    assert "Before it goes." in page


def test_a_platform_that_gives_no_copies_says_what_else_can_be_kept(
    ines: Client, taken: MadeCase, platform: FakePlatform, opened: Callable[..., CaseView]
) -> None:
    platform.offered -= {Capability.EVIDENCE_SNAPSHOT}
    (one,) = every_marked(opened(taken))
    said = {"go": "copy", "copy-account": one.mark, "copy-note": "Before it goes."}

    page = ines.post(at("keep-evidence", taken.id), said).content.decode()

    assert "This platform gives us no copies." in page
    assert "Before it goes." in page


def test_an_account_that_no_report_names_is_not_copied(
    ines: Client, taken: MadeCase, platform: FakePlatform, opened: Callable[..., CaseView]
) -> None:
    ines.post(at("keep-evidence", taken.id), {"go": "copy", "copy-account": "0" * 32, "copy-note": "Curious."})

    assert opened(taken).evidence == ()
    assert platform.performed == []


def test_words_are_kept_and_shown_as_plain_letters_only_once_asked_for(
    ines: Client, taken: MadeCase, kept: Callable[[], EvidenceView]
) -> None:
    ines.post(at("keep-evidence", taken.id), {"go": "text", "text-text": LETTER, "text-note": "Under her door."})

    closed = ines.get(at("case", taken.id)).content.decode()
    lifted = ines.post(at("veil", taken.id), {"item": str(kept().id), "showing": "text"}).content.decode()

    assert LETTER not in closed
    assert LETTER in lifted
    assert audit.entries_for(taken.id)[-1].action == "veil.lifted"


def test_a_file_of_any_kind_is_sealed_while_it_arrives_and_saved_again_unchanged(
    ines: Client, taken: MadeCase, kept: Callable[[], EvidenceView]
) -> None:
    page = SimpleUploadedFile("kept.html", b"<script>alert(1)</script>" * 10, "text/html")

    ines.post(at("keep-evidence", taken.id), {"go": "file", "file-note": "The page.", "brought": page, "end": "1"})
    answer = ines.post(at("original", taken.id, kept().id))

    assert kept().kind == "application/octet-stream"
    assert sent_by(answer) == b"<script>alert(1)</script>" * 10
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Disposition"].startswith("attachment; ")


def test_a_form_without_a_file_or_without_its_end_keeps_nothing(
    ines: Client, taken: MadeCase, opened: Callable[..., CaseView]
) -> None:
    part = SimpleUploadedFile("part.jpg", b"\xff\xd8\xff" + bytes(100), "image/jpeg")

    none = ines.post(at("keep-evidence", taken.id), {"go": "file", "file-note": "A file.", "end": "1"})
    cut = ines.post(at("keep-evidence", taken.id), {"go": "file", "file-note": "A file.", "brought": part})

    assert "Choose a file first." in none.content.decode()
    assert "The line broke on the way." in cut.content.decode()
    assert opened(taken).evidence == ()


def test_what_an_act_kept_by_itself_is_listed_and_opens_like_any_other(
    ines: Client, taken: MadeCase, platform: FakePlatform, kept: Callable[[], EvidenceView]
) -> None:
    order(ines, taken)
    safety.carry_out()

    page = ines.get(at("case", taken.id)).content.decode()
    lifted = ines.post(at("veil", taken.id), {"item": str(kept().id), "showing": "text"}).content.decode()
    saved = ines.post(at("original", taken.id, kept().id))

    assert "kept by itself" in page
    assert re.search(r"<pre[^>]*>" + THE_HANDLE, lifted)
    assert sent_by(saved).startswith(THE_HANDLE.encode())
    assert platform.performed != []


@pytest.mark.usefixtures("platform")
def test_what_is_kept_opens_to_nobody_else(
    ines: Client, idris: Client, taken: MadeCase, kept: Callable[[], EvidenceView]
) -> None:
    order(ines, taken)
    safety.carry_out()
    item = kept().id

    answers = [
        idris.get(at("keep-evidence", taken.id)),
        idris.post(at("original", taken.id, item)),
        idris.post(at("veil", taken.id), {"item": str(item), "showing": "text"}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


@pytest.mark.usefixtures("platform")
def test_nothing_is_added_to_or_opened_of_a_restricted_case(
    ines: Client, programme: Programme, taken: MadeCase, kept: Callable[[], EvidenceView]
) -> None:
    order(ines, taken)
    safety.carry_out()
    item = kept().id
    by_law.restrict(taken.id, programme.desk("ines"), reason="One picture.")

    more = ines.post(at("keep-evidence", taken.id), {"go": "text", "text-text": LETTER, "text-note": "More."})

    assert "Nothing more is kept for this case." in more.content.decode()
    assert ines.post(at("original", taken.id, item)).status_code == 409
    assert ines.post(at("veil", taken.id), {"item": str(item), "showing": "text"}).status_code == 409


def test_a_picture_that_a_colleague_brought_is_shown_as_a_sterile_copy(
    ines: Client, programme: Programme, taken: MadeCase
) -> None:
    file = sealed_picture()
    evidence.add(taken.id, file, note="Her photograph of it.", desk=programme.desk("ines"))

    page = ines.post(at("veil", taken.id), {"item": str(file.id), "showing": "picture-grey"}).content.decode()
    found = re.search(r'src="(/console/[^"]*picture[^"]*)"', page)

    assert found is not None
    assert ines.get(found[1].replace("&amp;", "&"))["Content-Type"].startswith("image/")


def test_a_forged_form_keeps_nothing(programme: Programme, taken: MadeCase, opened: Callable[..., CaseView]) -> None:
    forging = Client(enforce_csrf_checks=True)
    forging.cookies[DESK_COOKIE] = programme.cookie("ines")

    answer = forging.post(at("keep-evidence", taken.id), {"go": "text", "text-text": LETTER, "text-note": "Forged."})

    assert answer.status_code == 403
    assert opened(taken).evidence == ()


def test_a_strangers_file_is_never_sealed_to_disk_not_even_while_it_arrives(taken: MadeCase, data_folder: Path) -> None:
    stranger = Client(enforce_csrf_checks=True)
    stranger.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    picture = SimpleUploadedFile("a.jpg", b"\xff\xd8\xff" + bytes(100), "image/jpeg")

    answer = stranger.post(at("keep-evidence", taken.id), {"go": "file", "brought": picture, "end": "1"})

    assert not (data_folder / "files").exists()
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in")


def test_one_file_that_is_too_large_is_not_called_several_pictures(
    ines: Client, taken: MadeCase, monkeypatch: pytest.MonkeyPatch, opened: Callable[..., CaseView]
) -> None:
    monkeypatch.setattr(sealing, "ALL_BYTES", 1000)
    film = SimpleUploadedFile("film.mp4", b"f" * 2000, "video/mp4")
    said = {"go": "file", "file-file": film, "file-note": "Her film.", "end": "1"}

    page = ines.post(at("keep-evidence", taken.id), said).content.decode()

    assert "The file is larger than 25 MB" in page
    assert "pictures" not in page.split('class="wrong"')[1].split("</div>")[0]
    assert opened(taken).evidence == ()
