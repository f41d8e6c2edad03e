"""Wrong codes refused before the pages: the pages' own answer, and nothing but refusals."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import DatabaseError, connection
from django.test import Client, RequestFactory

from safeconduct.accounts import second_factor, services
from safeconduct.kernel.errors import NotAllowed
from safeconduct.web.entrance.at_once import LARGEST_FORM, AtOnce
from safeconduct.web.sessions import DESK_COOKIE
from tests.programme import Programme

FORM = "application/x-www-form-urlencoded"
WRONG = {"name": "ines", "words": "one two three four five six", "code": "000000x"}
# What differs between two pages: the token of the form and the challenge for a passkey.
OWN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")[^"]+|(?<=type="hidden" value=")[^"]+')


@dataclass
class Answer:
    status: str
    headers: dict[str, str]
    body: str


@dataclass
class Entrance:
    """The whole application as a server calls it, counting how often the pages were asked."""

    token: str
    asked: int = 0
    app: AtOnce = field(init=False)

    def __post_init__(self) -> None:
        self._whole = WSGIHandler()
        self.app = AtOnce(self._pages)

    def _pages(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.asked += 1
        return self._whole(environ, start_response)

    def post(self, form: dict[str, str], address: str = "/sign-in", cookie: str = "", **more: Any) -> Answer:
        body = urlencode({"csrfmiddlewaretoken": self.token} | form)
        request = RequestFactory(HTTP_COOKIE=f"form={self.token}{cookie}")
        environ = request.post(address, body, **({"content_type": FORM} | more)).environ
        said: list[Any] = []
        told = b"".join(self.app(environ, lambda status, headers: said.extend([status, dict(headers)])))
        return Answer(said[0], said[1], told.decode())

    def ways(self, form: dict[str, str], **more: Any) -> int:
        """Return how often the pages were asked for one attempt, after one that taught the refusal."""
        self.post(WRONG)
        before = self.asked
        self.post(form, **more)
        return self.asked - before


@pytest.fixture(autouse=True)
def _one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    # A test's transaction looks to Django like a connection that somebody left open.
    monkeypatch.setattr(connection, "close", lambda: None)


@pytest.fixture
def entrance(programme: Programme) -> Entrance:
    visitor = Client()
    visitor.get("/sign-in")
    return Entrance(visitor.cookies["form"].value)


@pytest.mark.parametrize("address", ["/sign-in", "/sign-in?l=ar"])
def test_a_wrong_code_gets_the_pages_own_refusal_without_asking_them_again(entrance: Entrance, address: str) -> None:
    first = entrance.post(WRONG, address)
    second = entrance.post(WRONG, address)

    assert entrance.asked == 1
    assert f"form={entrance.token};" in first.headers.pop("Set-Cookie")  # which the browser has already
    assert (second.status, second.headers) == (first.status, first.headers)
    assert OWN.sub("", second.body) == OWN.sub("", first.body)


def test_nothing_but_the_pages_own_refusal_is_learned(programme: Programme, entrance: Entrance) -> None:
    who = programme.founded.person("ines")
    entrance.post({"name": "ines", "words": who.passphrase, "code": second_factor.code_now(who.second_factor_secret)})

    refused = entrance.post(WRONG)

    assert entrance.asked == 2
    assert "Location" not in refused.headers


def test_a_refusal_at_once_carries_a_form_that_serves(programme: Programme, entrance: Entrance) -> None:
    entrance.post(WRONG)
    found = OWN.search(entrance.post(WRONG).body)
    assert found
    who = programme.founded.person("ines")
    right = {"name": "ines", "words": who.passphrase, "code": second_factor.code_now(who.second_factor_secret)}

    assert entrance.post(right | {"csrfmiddlewaretoken": found.group()}).status.startswith("302")


def test_a_name_is_given_back_as_typed_and_runs_nothing(entrance: Entrance) -> None:
    entrance.post(WRONG)

    answer = entrance.post(WRONG | {"name": '"><script>the-token-of-this-form'}).body

    assert 'value="&quot;&gt;&lt;script&gt;the-token-of-this-form"' in answer


@pytest.mark.parametrize("name", ["ines", "nobody-here"])
def test_a_name_that_exists_is_refused_at_once_like_one_that_does_not(entrance: Entrance, name: str) -> None:
    assert entrance.ways(WRONG | {"name": name}) == 0


def test_a_right_code_goes_the_whole_way_and_is_still_good(programme: Programme, entrance: Entrance) -> None:
    who = programme.founded.person("ines")
    right = {"name": "ines", "words": "not her words", "code": second_factor.code_now(who.second_factor_secret)}

    assert entrance.ways(right) == 1


@pytest.mark.parametrize(
    ("form", "more"),
    [
        ({"passkey": "{}"}, {}),
        ({"csrfmiddlewaretoken": "a" * 64}, {}),
        ({"words": "x" * LARGEST_FORM}, {}),
        ({}, {"cookie": f"; {DESK_COOKIE}=abc"}),
        ({}, {"content_type": "multipart/form-data; boundary=x"}),
        ({}, {"HTTP_HOST": "elsewhere.example"}),
        ({}, {"address": "/sign-out"}),
    ],
)
def test_whatever_is_not_plainly_a_wrong_code_goes_the_whole_way(
    entrance: Entrance, form: dict[str, str], more: dict[str, Any]
) -> None:
    assert entrance.ways(WRONG | form, **more) == 1


def test_a_database_that_does_not_answer_is_the_pages_to_explain(
    entrance: Entrance, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise DatabaseError

    entrance.post(WRONG)
    monkeypatch.setattr(services, "refuse_wrong_code", broken)

    assert entrance.ways(WRONG) == 1


def test_asking_whether_a_code_is_wrong_spends_nothing(programme: Programme) -> None:
    who = programme.founded.person("ines")
    code = second_factor.code_now(who.second_factor_secret)
    services.refuse_wrong_code("ines", code)

    assert services.sign_in("ines", who.passphrase, code)


@pytest.mark.parametrize("name", ["ines", "nobody-here", "", "\x00"])
def test_a_wrong_code_is_refused_for_every_name(programme: Programme, name: str) -> None:
    with pytest.raises(NotAllowed, match="do not belong together"):
        services.refuse_wrong_code(name, "000000x")
