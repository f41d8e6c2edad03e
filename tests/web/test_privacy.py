"""What no page may leave behind: addresses, names of browsers, cookies, traces in caches and histories."""

import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from safeconduct.web import privacy
from safeconduct.web.privacy import PrivacyMiddleware, doorstep
from tests.web.portal.walks import code_on
from tests.web.visitor import Visitor

ADDRESS, BROWSER = "198.51.100.7", "Planted/1.0"


def seen_by_the_page(path: str, **more: str) -> HttpRequest:
    seen: list[HttpRequest] = []

    def page(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        return HttpResponse()

    PrivacyMiddleware(page)(RequestFactory(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=BROWSER, **more).get(path))
    return seen[0]


def test_a_portal_page_never_learns_who_asks() -> None:
    request = seen_by_the_page("/help", HTTP_X_FORWARDED_FOR=ADDRESS, HTTP_FORWARDED=f"for={ADDRESS}")

    assert ADDRESS not in repr(request.META) + repr(vars(request))
    assert BROWSER not in repr(request.META)
    assert doorstep(request) == ADDRESS


def test_other_pages_keep_what_they_were_sent() -> None:
    assert seen_by_the_page("/tour/").META["REMOTE_ADDR"] == ADDRESS


def test_behind_a_proxy_the_door_counts_the_visitor_and_not_the_proxy(settings: object) -> None:
    settings.HTTPS = True  # type: ignore[attr-defined] # pytest-django's settings wrapper

    request = seen_by_the_page("/help", HTTP_X_FORWARDED_FOR=f"made-up, {ADDRESS}")

    assert doorstep(request) == ADDRESS


@pytest.fixture
def walk(db: None, data_folder: object) -> Visitor:
    from tests.domains.cases.making import make_programme  # noqa: PLC0415 - only once the database stands

    make_programme()
    return Visitor()


@pytest.mark.urls("tests.web.portal.addresses")
def test_from_the_first_page_to_the_code_there_is_no_cookie_and_one_address(walk: Visitor) -> None:
    pages, titles = [], set()
    walk.open()
    for button in ("report", "on", "on", "on", "on", "send"):
        pages.append(walk.answer)
        titles |= set(re.findall(r"<title>(.*?)</title>", walk.page))
        walk.press(button, **({"text": "They know where I live."} if button == "on" else {}))
    pages.append(walk.answer)

    assert len(code_on(walk.page)) == 3
    assert walk.client.cookies == {}
    assert {page.request["PATH_INFO"] for page in pages} == {"/help"}
    assert titles == {"Help", *(f"Step {number} of 5 – Help" for number in range(1, 6))}
    for page in pages:
        assert page["Cache-Control"] == "no-store"
        # Other sites learn nothing, and our own forms still say that they are ours.
        assert page["Referrer-Policy"] == "same-origin"
        assert "Set-Cookie" not in page
        assert "script-src" not in page["Content-Security-Policy"]
        assert "default-src 'none'" in page["Content-Security-Policy"]


@pytest.mark.urls("tests.web.portal.addresses")
def test_a_page_with_a_protected_form_lets_the_browser_say_where_it_comes_from(walk: Visitor) -> None:
    walk.open().press("danger").press("send").press("enter")

    assert "csrfmiddlewaretoken" in walk.page
    assert walk.answer["Referrer-Policy"] == "same-origin"


def test_nothing_names_a_person_on_the_way_in() -> None:
    assert privacy.IDENTIFYING[0] == "REMOTE_ADDR"
    assert "Doorstep()" in repr(privacy.Doorstep(ADDRESS))
