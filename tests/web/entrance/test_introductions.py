"""The door through a provider, over plain HTTP: what is forged gets one page, and nothing opens without six words."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client

from safeconduct.accounts import services
from safeconduct.accounts.models import Session
from safeconduct.accounts.values import MemberKind
from safeconduct.connectors import introductions
from safeconduct.web import sessions
from tests.connectors.oidc.forger import Forger, forging
from tests.programme import Programme
from tests.web.entrance.test_door import parts

pytestmark = [pytest.mark.loopback, pytest.mark.one_database]
BACK = "/sign-in/through/staff/back"


@pytest.fixture
def forger() -> Iterator[Forger]:
    with forging() as running, introductions.registered(running.provider(second_factor=frozenset({"mfa"}))):
        yield running


def went(browser: Client, forger: Forger, way: str = "/sign-in/through/staff", **claims: object) -> dict[str, str]:
    """Go to the provider, which will answer with a right token but for ``claims``; return what it sends back."""
    there = urlsplit(browser.get(way).headers["Location"])
    asked = {name: values[0] for name, values in parse_qs(there.query).items()}
    forger.says(**{"nonce": asked["nonce"], "amr": ["mfa"]} | claims)
    assert asked["redirect_uri"] == f"http://testserver{BACK}"
    return {"code": "a-code", "state": asked["state"]}


def link(programme: Programme, browser: Client, forger: Forger, name: str = "ines") -> None:
    browser.cookies[sessions.DESK_COOKIE] = programme.cookie(name)
    assert browser.get(BACK, went(browser, forger, "/your-key/provider/staff")).status_code == 200
    words = programme.founded.person(name).passphrase
    assert browser.post("/your-key/provider", {"words": words}).headers["Location"] == "/your-key"


def refused(answer: HttpResponse) -> bool:
    told = "You were not introduced" in answer.content.decode()
    return answer.status_code == 403 and told and sessions.INTRODUCTION_COOKIE not in answer.cookies


def test_linked_introduced_and_unlocked(programme: Programme, browser: Client, forger: Forger) -> None:
    link(programme, browser, forger)
    stranger = Client()

    back = stranger.get(BACK, went(stranger, forger))

    assert back.headers["Location"] == "/unlock"
    assert "You were introduced as" in stranger.get("/unlock").content.decode()
    words = programme.founded.person("ines").passphrase
    assert stranger.post("/unlock", {"words": words}).headers["Location"] == "/console/"
    assert stranger.get("/console/").status_code == 200
    assert services.introduction_in(stranger.cookies[sessions.INTRODUCTION_COOKIE].value) is None


def test_an_answer_that_another_browser_was_to_get_is_refused(programme: Programme, forger: Forger) -> None:
    link(programme, Client(), forger)
    victim, attacker = Client(), Client()
    planted = went(attacker, forger)
    went(victim, forger)

    assert refused(victim.get(BACK, planted))
    assert refused(Client().get(BACK, planted))


def test_a_way_back_is_walked_once(programme: Programme, browser: Client, forger: Forger) -> None:
    link(programme, browser, forger)
    stranger = Client()
    answer = went(stranger, forger)
    stranger.get(BACK, answer)

    assert refused(stranger.get(BACK, answer))


@pytest.mark.parametrize("forged", [{"nonce": "another"}, {"aud": "another"}, {"exp": 1}, {"sub": "victor-there"}])
def test_whatever_is_wrong_gets_one_page(
    programme: Programme, browser: Client, forger: Forger, forged: dict[str, object]
) -> None:
    link(programme, browser, forger)
    stranger, before = Client(), Session.objects.count()

    assert refused(stranger.get(BACK, went(stranger, forger, **forged)))
    assert Session.objects.count() == before
    assert stranger.get("/unlock").headers["Location"] == "/sign-in"


def test_a_refusal_of_the_provider_is_the_same_page(programme: Programme, forger: Forger) -> None:
    stranger = Client()
    state = went(stranger, forger)["state"]

    assert refused(stranger.get(BACK, {"error": "access_denied", "state": state}))


def test_what_was_meant_for_linking_lets_nobody_in(programme: Programme, browser: Client, forger: Forger) -> None:
    link(programme, browser, forger)
    browser.cookies[sessions.DESK_COOKIE] = programme.cookie("idris")
    browser.get(BACK, went(browser, forger, "/your-key/provider/staff"))

    answer = browser.post("/your-key/provider", {"words": programme.founded.person("idris").passphrase})

    assert answer.status_code == 409
    assert "is linked already" in answer.content.decode()


def test_only_cookies_that_open_nothing_come_along_from_other_sites(
    programme: Programme, browser: Client, forger: Forger
) -> None:
    link(programme, browser, forger)
    stranger = Client()
    went_there = stranger.get("/sign-in/through/staff").cookies
    came_back = stranger.get(BACK, went(stranger, forger)).cookies
    inside = stranger.post("/unlock", {"words": programme.founded.person("ines").passphrase}).cookies

    kinds = (went_there[sessions.JOURNEY_COOKIE], came_back[sessions.INTRODUCTION_COOKIE], inside[sessions.DESK_COOKIE])
    assert [cookie["samesite"] for cookie in kinds] == ["Lax", "Lax", "Strict"]
    assert all(cookie["httponly"] and cookie["path"] == "/" for cookie in kinds)


def test_a_wrong_word_leads_back_to_the_provider(programme: Programme, browser: Client, forger: Forger) -> None:
    link(programme, browser, forger)
    stranger = Client()
    stranger.get(BACK, went(stranger, forger))

    answer = stranger.post("/unlock", {"words": "other words"})

    assert (answer.status_code, b"Nothing was unlocked" in answer.content) == (403, True)
    assert b"Sign in through Juniper staff" in answer.content
    assert stranger.get("/unlock").headers["Location"] == "/sign-in"


def test_a_provider_that_is_away_is_named_and_nobody_waits(programme: Programme, forger: Forger) -> None:
    forger.status = 500

    answer = Client().get("/sign-in/through/staff")

    assert (answer.status_code, b"Juniper staff does not answer" in answer.content) == (503, True)


@pytest.mark.django_db
def test_without_a_named_provider_the_door_is_as_it_was(browser: Client) -> None:
    assert b"provider" not in browser.get("/sign-in").content
    assert browser.get("/sign-in/through/staff").status_code == 404
    assert browser.get(BACK).status_code == 404


def test_a_partner_is_offered_no_provider_of_staff(programme: Programme, browser: Client, forger: Forger) -> None:
    assert MemberKind.PARTNER not in introductions.provider_for("staff").serves
    browser.cookies[sessions.DESK_COOKIE] = programme.cookie("tomas")

    assert b"Link me to" not in browser.get("/your-key").content
    assert browser.get("/your-key/provider/staff").status_code == 404


def test_wrong_log_ins_still_name_the_provider(programme: Programme, browser: Client, forger: Forger) -> None:
    answers = [browser.post("/sign-in", parts(programme, "ines", code="000000x")) for _ in range(2)]

    assert all(b"Sign in through Juniper staff" in answer.content for answer in answers)
