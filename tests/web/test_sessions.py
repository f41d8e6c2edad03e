"""Whose page it is: a portal page opens no desk, a members' page no conversation, and neither opens for nobody."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from safeconduct.accounts.values import Desk
from safeconduct.web.sessions import DESK_COOKIE, WAY_COOKIE, desk_of, for_members, give, take_back, way_in_of
from tests.domains.cases.making import make_case, make_programme
from tests.programme import Programme


@for_members
def members_page(_request: HttpRequest, desk: Desk) -> HttpResponse:
    return HttpResponse(desk.display_name)


def who(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{desk_of(request) is not None} {way_in_of(request) is not None}")


urlpatterns = [path("members", members_page), path("help", who), path("console/who", who)]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def programme(db: None, data_folder: object) -> Programme:
    return make_programme()


@pytest.fixture
def both(programme: Programme) -> Client:
    from safeconduct.domains.cases.services import conversation  # noqa: PLC0415 - only once the database stands

    client = programme.browser("ines")
    client.cookies[WAY_COOKIE] = conversation.enter(make_case(programme).code)
    return client


def test_a_member_reaches_their_page_and_a_stranger_the_sign_in(programme: Programme) -> None:
    client = Client()
    assert client.get("/members")["Location"] == "/sign-in"

    client.cookies[DESK_COOKIE] = programme.cookie("ines")

    assert client.get("/members").content == b"Ines"


def test_one_browser_with_both_cookies_never_mixes_them(both: Client) -> None:
    assert both.get("/help").content == b"False True"
    assert both.get("/console/who").content == b"True False"


def test_a_reporters_cookie_in_a_members_place_opens_nothing(both: Client) -> None:
    both.cookies[DESK_COOKIE], both.cookies[WAY_COOKIE] = (
        both.cookies[WAY_COOKIE].value,
        both.cookies[DESK_COOKIE].value,
    )

    assert both.get("/help").content == b"False False"
    assert both.get("/members").status_code == 302


def test_a_cookie_is_hidden_from_scripts_and_other_sites() -> None:
    response = HttpResponse()

    give(response, "way", "secret")

    assert (response.cookies["way"]["httponly"], response.cookies["way"]["samesite"]) == (True, "Strict")
    take_back(response, "way")
    assert response.cookies["way"]["max-age"] == 0
