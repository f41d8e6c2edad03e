"""The door for members: one refusal, a cookie scripts never see, nothing left behind."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils.html import escape

from safeconduct.accounts import second_factor, services
from safeconduct.domains.remedy.models import ReviewFile
from safeconduct.web.sessions import DESK_COOKIE
from tests.domains.cases.making import open_door
from tests.domains.remedy.making import joined, make_decided
from tests.programme import Programme


def parts(programme: Programme, who_is: str, **changed: str) -> dict[str, str]:
    who = programme.founded.person(who_is)
    code = second_factor.code_now(who.second_factor_secret)
    return {"name": who_is, "words": who.passphrase, "code": code} | changed


@pytest.mark.parametrize(
    ("name", "page"), [("ines", "/console/"), ("leyla", "/console/"), ("tomas", "/partner/"), ("chiara", "/your-key")]
)
def test_everyone_comes_to_their_own_work(programme: Programme, browser: Client, name: str, page: str) -> None:
    answer = browser.post("/sign-in", parts(programme, name))

    assert (answer.status_code, answer.headers["Location"]) == (302, page)


def test_the_cookie_is_for_this_site_and_no_script(programme: Programme, browser: Client) -> None:
    answer = browser.post("/sign-in", parts(programme, "ines"))

    cookie = answer.cookies[DESK_COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"]) == (True, "Strict", "/", "")


def test_a_damaged_review_file_keeps_nobody_out(programme: Programme, browser: Client) -> None:
    open_door(programme)
    make_decided(programme)
    file = ReviewFile.objects.get()
    ReviewFile.objects.update(sealed=bytes(file.sealed)[:-1] + bytes([bytes(file.sealed)[-1] ^ 1]))
    joined(programme, "noor", "Noor")

    answer = browser.post("/sign-in", parts(programme, "idris"))

    assert (answer.status_code, answer.headers["Location"]) == (302, "/console/")


@pytest.mark.parametrize("changed", [{"name": "victor"}, {"words": "other words"}, {"code": "000000x"}])
def test_a_wrong_part_gets_one_and_the_same_page(
    programme: Programme, browser: Client, changed: dict[str, str]
) -> None:
    answer = browser.post("/sign-in", parts(programme, "ines", **changed))

    assert answer.status_code == 403
    assert "These three do not belong together" in answer.content.decode()
    assert DESK_COOKIE not in answer.cookies


def test_a_refusal_keeps_the_name_and_never_the_words(programme: Programme, browser: Client) -> None:
    answer = browser.post("/sign-in", parts(programme, "ines", words="planted words")).content.decode()

    assert 'value="ines"' in answer
    assert "planted" not in answer


@pytest.mark.parametrize("name", ['"><script>', "the-token-of-this-form", "the-name-as-typed"])
def test_a_refusal_shows_any_name_as_typed_and_runs_none(programme: Programme, browser: Client, name: str) -> None:
    answer = browser.post("/sign-in", parts(programme, "ines", name=name, code="000000x")).content.decode()

    assert f'name="name" value="{escape(name)}"' in answer


def test_every_refusal_carries_a_form_that_serves_and_speaks_its_language(programme: Programme) -> None:
    careful = Client(enforce_csrf_checks=True)
    page = careful.get("/sign-in?l=ar")
    for _ in range(2):  # the first is drawn, the second filled in
        page = careful.post("/sign-in?l=ar", parts(programme, "ines", code="000000x") | token_of(page))
        assert 'lang="ar"' in page.content.decode()

    assert careful.post("/sign-in", parts(programme, "ines") | token_of(page)).status_code == 302


def token_of(page: HttpResponse) -> dict[str, str]:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())
    assert found
    return {"csrfmiddlewaretoken": found.group(1)}


def test_signing_out_ends_the_session_on_both_sides(programme: Programme, browser: Client) -> None:
    browser.post("/sign-in", parts(programme, "ines"))
    cookie = browser.cookies[DESK_COOKIE].value

    answer = browser.post("/sign-out")

    assert services.session_from(cookie) is None
    assert answer.cookies[DESK_COOKIE].value == ""
    assert "storage" in answer.headers["Clear-Site-Data"]


def test_a_link_cannot_sign_anyone_out(programme: Programme, browser: Client) -> None:
    browser.post("/sign-in", parts(programme, "ines"))

    assert browser.get("/sign-out").status_code == 405


def test_forged_forms_are_refused(programme: Programme) -> None:
    assert Client(enforce_csrf_checks=True).post("/sign-in", parts(programme, "ines")).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/sign-in", "/invitation"])
def test_pages_of_the_door_are_never_kept(browser: Client, page: str) -> None:
    answer = browser.get(page)

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "data:" not in answer.content.decode()
    assert not re.search(r"<script(?! src=)|<script[^>]*>[^<]|\son\w+=", answer.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/your-key", "/roster"])
def test_strangers_are_sent_to_the_door(browser: Client, page: str) -> None:
    assert browser.get(page).headers["Location"] == "/sign-in"
