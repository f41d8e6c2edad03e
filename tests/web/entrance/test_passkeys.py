"""What a stranger learns from the door about passkeys, which is nothing; and where passkeys can be used at all."""

import re

import pytest
from django.test import Client

from safeconduct.accounts import queries, services
from safeconduct.accounts.passkeys import ENROL, PasskeyAnswer, Site, new_challenge
from tests.authenticator import Authenticator
from tests.programme import Programme
from tests.refusals.meter import Refusal, refusal
from tests.web.entrance.test_door import parts

HOST = "localhost"
KEY = Authenticator(Site(HOST, f"http://{HOST}"))


@pytest.fixture
def enrolled(programme: Programme) -> Programme:
    enrol_for(programme, "ines", KEY)
    return programme


def enrol_for(programme: Programme, name: str, key: Authenticator) -> None:
    made = key.makes(new_challenge(ENROL, "x"), "x")
    given, words = PasskeyAnswer(made.text, key.site, "x"), programme.founded.person(name).passphrase
    services.add_passkey("Blue key", given, passphrase=words, by=programme.desk(name))


def answered(client: Client, key: Authenticator) -> str:
    page = client.get("/sign-in", headers={"host": HOST}).content.decode()
    challenge = re.search(r'value="([^"]+)" data-challenge', page)
    assert challenge
    return key.answers(challenge.group(1), "").text


def tried(name: str, key: Authenticator, words: str = "six words that are nobody's own") -> Refusal:
    client = Client()
    form = {"name": name, "words": words, "passkey": answered(client, key)}
    return refusal(lambda: client.post("/sign-in", form, headers={"host": HOST}))


def test_the_form_carries_a_passkeys_answer_in_place_of_a_code(enrolled: Programme, browser: Client) -> None:
    form = parts(enrolled, "ines", code="") | {"passkey": answered(browser, KEY)}

    answer = browser.post("/sign-in", form, headers={"host": HOST})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/console/")


def test_nobody_learns_who_exists_or_who_has_a_passkey(enrolled: Programme) -> None:
    stranger = Authenticator(KEY.site, credential_id=b"a key of Victor's, of no use here")
    tried("nora", stranger)

    with_key, without, nobody = tried("ines", stranger), tried("kofi", stranger), tried("nora", stranger)

    assert with_key.body.replace("ines", "") == without.body.replace("kofi", "") == nobody.body.replace("nora", "")
    for one in (without, nobody):
        assert (one.status, one.headers, one.cookies) == (with_key.status, with_key.headers, with_key.cookies)
        assert (one.queries, one.dear) == (with_key.queries, with_key.dear)


def test_a_wrong_passkey_is_refused_like_a_wrong_code(enrolled: Programme) -> None:
    stranger = Authenticator(KEY.site, credential_id=b"a key of Victor's, of no use here")
    form = {"name": "ines", "words": "six words that are nobody's own", "code": "000000"}
    by_code = refusal(lambda: Client().post("/sign-in", form, headers={"host": HOST}))
    by_key = tried("ines", stranger)
    right_key = tried("ines", KEY)

    assert (by_key.status, by_key.headers, by_key.body) == (by_code.status, by_code.headers, by_code.body)
    assert (right_key.status, right_key.headers, right_key.body) == (by_code.status, by_code.headers, by_code.body)
    assert ("slow hash", 1) not in by_key.dear
    assert ("slow hash", 1) in right_key.dear


def test_the_page_of_the_door_is_the_same_for_everyone(enrolled: Programme) -> None:
    pages = [refusal(lambda: Client().get("/sign-in", headers={"host": HOST})) for _ in range(3)]

    assert pages[1] == pages[2]
    assert "Blue key" not in pages[1].body


@pytest.mark.parametrize(("host", "offered"), [("localhost:8000", True), ("127.0.0.1:8000", False)])
def test_passkeys_are_offered_at_a_configured_name_and_not_at_a_number(
    programme: Programme, browser: Client, host: str, *, offered: bool
) -> None:
    page = browser.get("/sign-in", headers={"host": host}).content.decode()

    assert ("data-challenge" in page, "passkeys.js" in page) == (offered, offered)


def test_a_pattern_of_hosts_is_no_configured_name(programme: Programme, browser: Client, settings: object) -> None:
    settings.ALLOWED_HOSTS = [".example"]  # type: ignore[attr-defined] # pytest-django's wrapper takes any

    page = browser.get("/sign-in", headers={"host": "desk.example"}).content.decode()

    assert "data-challenge" not in page


def test_your_key_lists_ones_own_passkeys_only(enrolled: Programme, browser: Client) -> None:
    browser.cookies["desk"] = enrolled.cookie("ines")
    assert "Blue key" in browser.get("/your-key").content.decode()

    browser.cookies["desk"] = enrolled.cookie("leyla")
    assert "Blue key" not in browser.get("/your-key").content.decode()


def test_a_colleagues_passkey_cannot_be_removed(enrolled: Programme, browser: Client) -> None:
    (hers,) = queries.passkeys_for(enrolled.desk("ines"))
    browser.cookies["desk"] = enrolled.cookie("leyla")

    assert browser.post("/your-key/passkeys/remove", {"passkey": str(hers.id)}).status_code == 404
    assert browser.post("/your-key/passkeys/remove", {"passkey": "x"}).status_code == 404
    assert queries.passkeys_for(enrolled.desk("ines")) == (hers,)


def test_an_answer_that_fits_nothing_adds_nothing(enrolled: Programme, browser: Client) -> None:
    browser.cookies["desk"] = enrolled.cookie("leyla")

    form = {"name": "x", "passkey": "{}", "words": enrolled.founded.person("leyla").passphrase}
    answer = browser.post("/your-key/passkeys", form, headers={"host": HOST})

    assert answer.status_code == 409
    assert "The passkey was not added" in answer.content.decode()


def test_without_the_six_words_an_open_desk_takes_in_no_passkey(enrolled: Programme, browser: Client) -> None:
    browser.cookies["desk"] = enrolled.cookie("leyla")

    answer = browser.post("/your-key/passkeys", {"name": "x", "passkey": "{}"}, headers={"host": HOST})

    assert answer.status_code == 409
    assert "These are not your six words" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/your-key/passkeys", "/your-key/passkeys/remove"])
def test_strangers_are_sent_to_the_door_from_passkeys(browser: Client, page: str) -> None:
    assert browser.post(page).headers["Location"] == "/sign-in"
