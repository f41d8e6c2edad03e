"""Pictures: only a copy of our own drawing reaches the page, only after a veil was lifted, only for who lifted it."""

import io
import re
import secrets
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from PIL import Image

from safeconduct.domains.cases.services import by_law, intake
from safeconduct.domains.cases.values import ANONYMOUS
from safeconduct.vault.values import SealedFile
from tests.domains.cases.making import ANSWERS, MadeCase
from tests.programme import Programme
from tests.web.console.conftest import at, sealed_picture


@pytest.fixture
def file(programme: Programme) -> SealedFile:
    return sealed_picture()


@pytest.fixture
def pictured(file: SealedFile) -> MadeCase:
    receipt = intake.file_report(ANSWERS, nonce=secrets.token_bytes(32), files=[file], by=ANONYMOUS)
    return MadeCase(receipt, replace(ANSWERS))


def look_at(client: Client, made: MadeCase, file: SealedFile, showing: str) -> str:
    page = client.post(at("veil", made.id), {"item": str(file.id), "showing": showing}).content.decode()
    found = re.search(r'src="(/console/[^"]*picture[^"]*)"', page)
    assert found is not None
    return found[1].replace("&amp;", "&")


def test_the_page_shows_no_picture_unasked(ines: Client, pictured: MadeCase) -> None:
    page = ines.get(at("case", pictured.id)).content.decode()

    assert "Show it small and grey" in page
    assert "<img" not in page


def test_the_first_look_is_small_and_grey_and_then_full(ines: Client, pictured: MadeCase, file: SealedFile) -> None:
    grey = ines.get(look_at(ines, pictured, file, "picture-grey"))
    full = ines.get(look_at(ines, pictured, file, "picture"))

    assert Image.open(io.BytesIO(grey.content)).mode == "L"
    assert Image.open(io.BytesIO(full.content)).size == (640, 480)
    assert full["Content-Security-Policy"].split("; ") in (
        ["default-src 'none'", "sandbox "],
        ["sandbox ", "default-src 'none'"],
        ["default-src 'none'", "sandbox"],
        ["sandbox", "default-src 'none'"],
    )


def test_without_lifting_the_veil_there_is_no_picture(ines: Client, pictured: MadeCase, file: SealedFile) -> None:
    address = at("picture", pictured.id, file.id)

    asked = [{}, {"showing": "picture"}, {"showing": "picture", "look": "x:y"}, {"showing": "original", "look": "x"}]

    assert [ines.get(address, query).status_code for query in asked] == [404] * 4


def test_a_grey_look_does_not_open_the_whole_picture(ines: Client, pictured: MadeCase, file: SealedFile) -> None:
    grey = look_at(ines, pictured, file, "picture-grey")

    assert ines.get(grey.replace("showing=picture-grey", "showing=picture")).status_code == 404


def test_what_one_person_lifted_opens_nothing_to_another(
    ines: Client, idris: Client, pictured: MadeCase, file: SealedFile
) -> None:
    address = look_at(ines, pictured, file, "picture")

    assert idris.get(address).status_code == 404


def test_a_look_lasts_two_minutes(
    ines: Client, pictured: MadeCase, file: SealedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = look_at(ines, pictured, file, "picture")
    ahead = signing.time.time() + timedelta(minutes=3).total_seconds()

    monkeypatch.setattr(signing.time, "time", lambda: ahead)

    assert ines.get(address).status_code == 404


def test_the_original_is_saved_and_never_opened(ines: Client, pictured: MadeCase, file: SealedFile) -> None:
    answer = ines.post(at("original", pictured.id, file.id))

    sent = b"".join(answer.streaming_content)  # type: ignore[attr-defined] # a streaming answer
    assert Image.open(io.BytesIO(sent)).size == (640, 480)
    assert answer["Content-Disposition"].startswith("attachment; ")
    assert file.name not in answer["Content-Disposition"]
    assert answer["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_original_is_never_sent_by_a_link(ines: Client, pictured: MadeCase, file: SealedFile) -> None:
    assert ines.get(at("original", pictured.id, file.id)).status_code == 405


def test_a_file_of_another_case_is_not_reached_through_ones_own(
    ines: Client, taken: MadeCase, pictured: MadeCase, file: SealedFile
) -> None:
    assert ines.post(at("original", pictured.id, file.id)).status_code == 200
    assert ines.post(at("original", taken.id, file.id)).status_code == 404


def test_nothing_of_a_restricted_case_is_shown_or_copied(
    ines: Client, programme: Programme, pictured: MadeCase, file: SealedFile
) -> None:
    ines.post(at("take", pictured.id))
    address = look_at(ines, pictured, file, "picture")
    by_law.restrict(pictured.id, programme.desk("ines"), reason="One picture.")

    answers = [
        ines.get(address),
        ines.post(at("original", pictured.id, file.id)),
        ines.post(at("veil", pictured.id), {"item": str(file.id), "showing": "picture"}),
    ]

    assert [answer.status_code for answer in answers] == [409, 409, 409]
