"""A disk that is full, or that may only be read: nobody is shown a code for what was not kept, and nothing is lost."""

import os
import re
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import URLPattern

from safeconduct.accounts import second_factor
from safeconduct.cli.installation import Disk
from safeconduct.domains.cases.models import Draft, Report
from safeconduct.domains.partners import services as partners
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Unavailable
from safeconduct.vault.streams import SealedWriter
from safeconduct.web.entrance import urls as entrance
from safeconduct.web.sessions import DESK_COOKIE
from safeconduct.web.unwritable import nothing_kept
from tests.api.conftest import Program
from tests.cast import PARTNER_NAME
from tests.domains.cases.making import ANSWERS, make_case, make_programme
from tests.partnership import welcome
from tests.programme import PARTNER_ID, Programme
from tests.web.portal.walks import WORDS, code_on, to_the_last_step
from tests.web.visitor import Visitor

NOW = clock.now()
SAMPLES = {"slug": "provider", "uuid": "6f1d9f6e-8a54-4c3e-9d55-0c6a0a3f7b11"}
pytestmark = pytest.mark.django_db(transaction=True)


def later() -> datetime:
    return NOW + timedelta(minutes=5)


def signed_in(programme: Programme) -> Client:
    client = Client()
    client.cookies[DESK_COOKIE] = programme.cookie("ines")
    return client


@pytest.fixture
def programme(transactional_db: None, data_folder: Path) -> Programme:
    return make_programme()


@contextmanager
def full() -> Iterator[None]:
    """Let the database have no page more than it has; PostgreSQL's may only be read, which refuses as a disk does."""
    if connection.vendor != "sqlite":
        with read_only():
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            yield
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")


@contextmanager
def read_only() -> Iterator[None]:
    on, off = ("PRAGMA query_only = 1", "PRAGMA query_only = 0")
    if connection.vendor != "sqlite":
        on, off = ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off")
    with connection.cursor() as cursor:
        cursor.execute(on)
        try:
            yield
        finally:
            cursor.execute(off)


def sealed(content: bytes) -> None:
    with SealedWriter(name="gate.jpg", kind="image/jpeg") as writer:
        writer.write(content)
        writer.finish()


@contextmanager
def no_file_grows() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


FAULTS = {"full": full, "read-only": read_only}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_report_that_cannot_be_kept_shows_no_code_and_comes_back_to_be_sent_again(
    programme: Programme, fault: str
) -> None:
    visitor = to_the_last_step(Visitor())

    with FAULTS[fault]():
        visitor.press("send")
    refused, page, kept = visitor.answer.status_code, visitor.page, Report.objects.count()
    visitor.press("send")

    assert (refused, kept, code_on(page)) == (503, 0, [])
    assert "Nothing was kept" in page
    assert len(code_on(visitor.page)) == 3
    assert Report.objects.count() == 1


@pytest.mark.parametrize("fault", FAULTS)
def test_words_on_their_way_come_back_in_the_page_that_says_that_nothing_was_kept(
    programme: Programme, fault: str
) -> None:
    visitor, told = Visitor().open().press("report"), f"{WORDS}\n" * 300

    with FAULTS[fault]():
        visitor.press("on", happened=["T5"], text=told)
    refused, page = visitor.answer.status_code, visitor.page
    visitor.press("on")

    assert (refused, page.count(WORDS)) == (503, 300)
    assert "Wait a minute, then send it again." in page
    assert (visitor.answer.status_code, Draft.objects.count()) == (200, 1)


def test_while_nothing_can_be_written_no_case_is_opened_unrecorded(programme: Programme) -> None:
    made = make_case(programme)
    ines = signed_in(programme)

    with read_only(), clock.use(later):
        case = ines.get(f"/console/cases/{made.id}")
        taken = ines.post(f"/console/cases/{made.id}/take")

    assert (case.status_code, taken.status_code) == (503, 503)
    assert ANSWERS.text[:20] not in case.content.decode()
    assert f'action="/console/cases/{made.id}/take' in taken.content.decode()


def test_a_program_is_told_to_send_the_same_again_and_then_it_is_one_report(programme: Programme) -> None:
    welcome(programme, PARTNER_ID, PARTNER_NAME)
    program = Program(partners.make_token("case system", by=programme.desk("tomas")).text)

    with read_only():
        refused = program.file()
    filed = program.file()

    assert (refused.status_code, refused.json()["code"]) == (503, "storage.unavailable")
    assert refused.headers["Retry-After"] == "60"
    assert (filed.status_code, Report.objects.count()) == (201, 1)


def test_words_that_are_a_key_never_come_back_in_a_page(programme: Programme) -> None:
    ines = programme.founded.person("ines")
    code = second_factor.code_now(ines.second_factor_secret)

    with read_only():
        answer = Client().post("/sign-in", {"name": "ines", "words": ines.passphrase, "code": code})

    assert answer.status_code == 503
    assert ines.passphrase not in answer.content.decode()


@pytest.mark.parametrize("pattern", entrance.urlpatterns, ids=lambda pattern: pattern.name)
def test_no_page_of_the_entrance_gives_back_what_was_typed(pattern: URLPattern) -> None:
    address = "/" + re.sub(r"<(\w+):\w+>", lambda kind: SAMPLES[kind.group(1)], str(pattern.pattern))

    page = nothing_kept(RequestFactory().post(address, {"words": "planted key words"}), OperationalError())

    assert page.status_code == 503
    assert "planted" not in page.content.decode()


def test_a_picture_that_cannot_be_kept_is_refused_with_a_sentence_and_leaves_nothing(programme: Programme) -> None:
    with no_file_grows(), pytest.raises(Unavailable) as told:
        sealed(os.urandom(300_000))

    assert "free space" in told.value.sentence
    assert [path for path in settings.DATA.glob("files/**/*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("found", "said", "mend"),
    [
        (SimpleNamespace(f_flag=0, f_bavail=100, f_frsize=1024 * 1024), "Only 100 MB are free", "Make room."),
        (SimpleNamespace(f_flag=os.ST_RDONLY, f_bavail=9999, f_frsize=1024 * 1024), "can only be read", "Mount it"),
        (SimpleNamespace(f_flag=0, f_bavail=9999, f_frsize=1024 * 1024), "9999 MB are free", ""),
    ],
)
def test_doctor_says_that_the_disk_is_full_or_may_only_be_read(
    data_folder: Path, found: object, said: str, mend: str
) -> None:
    diagnosis = Disk(looked=lambda _folder: found).run()  # type: ignore[arg-type,return-value] # what it reads of it

    assert said in diagnosis.what
    assert mend in diagnosis.mend
    assert diagnosis.well == (not mend)
