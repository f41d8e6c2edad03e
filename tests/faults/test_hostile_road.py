"""Hostile files and words on the whole road: in by a reporter's form or a partner's program, out on a staff page."""

import re
from html import unescape
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from safeconduct.domains.cases import queries
from safeconduct.domains.cases.models import Report
from safeconduct.domains.cases.rules.limits import LONGEST_TEXT
from safeconduct.domains.cases.services import work
from safeconduct.domains.cases.views import CaseView
from safeconduct.domains.partners import services as partners
from safeconduct.web.sessions import DESK_COOKIE
from tests.api.conftest import Program
from tests.cast import PARTNER_NAME
from tests.domains.cases.making import make_programme
from tests.faults.hostile import BOMBS, NO_PICTURES, PICTURES, SCRIPT
from tests.faults.test_words import HOSTILE
from tests.partnership import welcome
from tests.programme import PARTNER_ID, Programme
from tests.standing import _a_fresh_door
from tests.web.portal.walks import WORDS, code_on, to_the_last_step
from tests.web.visitor import Visitor

__all__ = ["_a_fresh_door"]

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SWELLING = ("a PNG that declares 60 000 by 60 000", "a note that unpacks to 80 megabytes")
POLYGLOTS = ("a page after a photograph", "an archive after a screenshot", "a script in what is said beside the pixels")
DRAWN = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF")


@pytest.fixture
def programme(data_folder: Path) -> Programme:
    return make_programme()


def at_the_console(programme: Programme) -> Client:
    client = Client()
    client.cookies[DESK_COOKIE] = programme.cookie("ines")
    return client


def taken(programme: Programme) -> CaseView:
    desk, report = programme.desk("ines"), Report.objects.get()
    work.take_case(report.case_id, desk)
    return queries.case_for(report.case_id, desk)


def seen(client: Client, case: CaseView, item: UUID) -> bytes:
    """Look at one file as a colleague does, and return what the browser is given to show."""
    page = client.post(f"/console/cases/{case.id}/open", {"item": str(item), "showing": "picture"}).content.decode()
    [address] = re.findall(r'src="(/console/[^"]*picture[^"]*)"', page)
    return bytes(client.get(unescape(address)).content)


def test_hostile_pictures_go_the_whole_road_and_only_pixels_arrive(programme: Programme) -> None:
    """What our own picture is made of never runs; what cannot be drawn says so, and the next page is served."""
    files = [PICTURES[name] for name in POLYGLOTS] + [BOMBS[name] for name in SWELLING]
    visitor = to_the_last_step(Visitor())
    visitor.press("send", files=[SimpleUploadedFile(f"{at}.jpg", each) for at, each in enumerate(files)])
    if not code_on(visitor.page):
        visitor.press("send")
    ines, case = at_the_console(programme), taken(programme)

    shown = [seen(ines, case, file.id) for file in case.reports[0].files]

    assert len(code_on(visitor.page)) == 3
    assert len(shown) == len(files)
    assert [each[:4] for each in shown if SCRIPT in each or b"PK\x03\x04" in each] == []
    assert sum(each.startswith(DRAWN) for each in shown) == len(POLYGLOTS)
    assert ines.get("/console/").status_code == 200


@pytest.mark.parametrize("kind", ["a drawing that can run a script", "a telephone's own kind", "a document"])
def test_what_is_no_picture_is_left_at_the_door_with_a_sentence_and_the_words_arrive(
    programme: Programme, kind: str
) -> None:
    visitor = to_the_last_step(Visitor())
    visitor.press("send", files=[SimpleUploadedFile("gate.jpg", NO_PICTURES[kind])])
    refused = "One file is not a picture we can open." in visitor.page
    visitor.press("send")

    case = taken(programme)

    assert refused
    assert WORDS in case.reports[0].answers.text
    assert case.reports[0].files == ()


def read(client: Client, case: CaseView) -> str:
    """Lift the veil of a report as a colleague does, and return the page."""
    asked = {"item": str(case.reports[0].id), "showing": "words"}
    return client.post(f"/console/cases/{case.id}/open", asked).content.decode()


TURNING = "\u202e\u2066\u200f\u200b\ufeff\u2060"
LONGEST = (TURNING + "ليلى <b id=planted>&#60;script&#62; ") * 600


def test_twenty_thousand_letters_that_turn_and_hide_are_read_as_typed_in_a_frame_of_their_own(
    programme: Programme,
) -> None:
    told = LONGEST[:LONGEST_TEXT].strip()
    visitor = Visitor().open().press("report").press("on", happened=["T5"], text=told)
    for _ in range(3):
        visitor.press("on")
    visitor.press("send")
    if not code_on(visitor.page):
        visitor.press("send")

    page = read(at_the_console(programme), taken(programme))

    assert "<b id=planted>" not in page
    framed = re.findall(r'<(p|div|blockquote)[^>]* dir="auto"[^>]*>([^<]*)', page)
    assert any(unescape(text).replace("\r\n", "\n").startswith(told[:2000]) for _, text in framed)


def test_a_program_sends_hostile_words_and_staff_read_them_as_words(programme: Programme) -> None:
    welcome(programme, PARTNER_ID, PARTNER_NAME)
    program = Program(partners.make_token("case system", by=programme.desk("tomas")).text)

    refused = program.file(text=HOSTILE)
    filed = program.file(text=HOSTILE.replace("\u001b", ""))
    page = read(at_the_console(programme), taken(programme))

    assert (refused.status_code, refused.json()["fields"][0]["field"]) == (422, "body.report.text")
    assert filed.status_code == 201
    assert filed.headers["Content-Type"].startswith("application/json")
    assert filed.headers["X-Content-Type-Options"] == "nosniff"
    assert "<b id=planted>" not in page
    assert "&lt;b id=planted&gt;" in page
    assert "<img src=x" not in page
