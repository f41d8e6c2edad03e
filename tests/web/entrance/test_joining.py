"""Joining by a colleague's words, in the browser."""

import re

import pytest
from django.test import Client

from safeconduct.accounts import queries, second_factor, services
from safeconduct.accounts.values import NewPerson, Role
from safeconduct.kernel.errors import NotAllowed
from tests.programme import LISBON, Programme

NURA = NewPerson("Nura", "nura", frozenset({Role.RESPONDER}), "PT", ("en",), (LISBON,))


@pytest.fixture
def words(programme: Programme) -> str:
    return services.invite_member(NURA, by=programme.desk("leyla"))


def accepted(browser: Client, words: str) -> tuple[str, str]:
    page = browser.post("/invitation", {"words": words}).content.decode()
    kept = " ".join(re.findall(r"<li>([a-z-]+)</li>", page))
    secret = re.search(r'<code dir="ltr">([A-Z2-7 ]+)</code>', page)
    assert secret
    return kept, secret.group(1).replace(" ", "")


def test_the_words_of_a_colleague_make_keys_that_sign_in(words: str, browser: Client) -> None:
    kept, secret = accepted(browser, words)

    answer = browser.post("/sign-in", {"name": "nura", "words": kept, "code": second_factor.code_now(secret)})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/your-key")
    assert "It waits for two custodians" in browser.get("/your-key").content.decode()


def test_the_code_to_scan_is_a_file_for_this_browser_only(words: str, browser: Client) -> None:
    accepted(browser, words)

    picture = browser.get("/invitation/second-factor.svg")

    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert picture.headers["Cache-Control"] == "no-store"
    assert b"<svg" in picture.content
    assert Client().get("/invitation/second-factor.svg").status_code == 404


def test_a_page_lost_on_a_bad_line_opens_again_with_new_words(words: str, browser: Client) -> None:
    first, second = accepted(browser, words), accepted(browser, words)

    assert first != second
    with pytest.raises(NotAllowed):
        services.sign_in("nura", first[0], second_factor.code_now(first[1]))
    assert services.sign_in("nura", second[0], second_factor.code_now(second[1]))


def test_words_that_were_used_open_nothing_more(words: str, browser: Client) -> None:
    kept, secret = accepted(browser, words)
    services.sign_in("nura", kept, second_factor.code_now(secret))

    assert browser.post("/invitation", {"words": words}).status_code == 403


def test_wrong_words_get_one_page(words: str, browser: Client) -> None:
    answer = browser.post("/invitation", {"words": words.replace(words[:3], "zzz")})

    assert answer.status_code == 403
    assert "These words open nothing" in answer.content.decode()


def test_custodians_sign_in_the_browser_and_the_team_key_follows(
    programme: Programme, words: str, browser: Client
) -> None:
    kept, secret = accepted(browser, words)
    services.sign_in("nura", kept, second_factor.code_now(secret))
    nura = next(one.id for one in queries.everyone() if one.sign_in_name == "nura")

    for name in ("chiara", "kofi"):
        custodian = Client()
        custodian.cookies["desk"] = programme.cookie(name)
        assert "Nura" in custodian.get("/roster").content.decode()
        custodian.post("/roster", {"subject": str(nura), "words": programme.founded.person(name).passphrase})
    services.share_team_keys(by=programme.desk("ines"))

    assert nura in next(team for team in queries.teams_for(programme.desk("leyla")) if team.name == LISBON).member_ids


def test_custodians_see_all_that_they_vouch_for(programme: Programme, words: str, browser: Client) -> None:
    kept, secret = accepted(browser, words)
    services.sign_in("nura", kept, second_factor.code_now(secret))
    browser.cookies["desk"] = programme.cookie("chiara")

    page = browser.get("/roster").content.decode()

    assert all(said in page for said in ("Nura", "nura", "Responder", "Portugal", LISBON))


def test_wrong_words_sign_nothing(programme: Programme, browser: Client) -> None:
    browser.cookies["desk"] = programme.cookie("chiara")

    answer = browser.post("/roster", {"subject": str(programme.member_id("ines")), "words": "other words"})

    assert answer.status_code == 409
    assert "Nothing was signed" in answer.content.decode()


@pytest.mark.parametrize("name", ["ines", "leyla", "tomas"])
def test_nobody_but_custodians_sees_the_roster(programme: Programme, browser: Client, name: str) -> None:
    browser.cookies["desk"] = programme.cookie(name)

    assert browser.get("/roster").status_code == 404
    assert browser.post("/roster", {"subject": "x", "words": ""}).status_code == 404
