"""Where one is signed in: on one's own page, with a form that needs no script."""

import re

import pytest
from django.test import Client

from safeconduct.accounts import services
from safeconduct.accounts.models import Session
from tests.programme import Programme

END = "/your-key/sessions/end"


def another(programme: Programme, name: str) -> Client:
    who, client = programme.founded.person(name), Client()
    client.cookies["desk"] = services.enter_as(name, who.passphrase, who.second_factor_secret).cookie
    return client


def page_of(client: Client) -> str:
    return client.get("/your-key").content.decode()


def offered(page: str) -> list[str]:
    return re.findall(r'type="radio" name="session" value="([^"]+)"', page)


def words(programme: Programme, name: str) -> str:
    return programme.founded.person(name).passphrase


@pytest.mark.parametrize("name", ["ines", "chiara", "tomas"])
def test_staff_custodians_and_partners_end_another_session_from_their_page(programme: Programme, name: str) -> None:
    here, elsewhere = programme.browser(name), another(programme, name)
    (chosen,) = offered(page_of(here))

    answer = here.post(END, {"session": chosen, "words": words(programme, name)})

    assert answer.headers["Location"] == "/your-key#sessions"
    assert elsewhere.get("/your-key").headers["Location"] == "/sign-in"
    assert "You are signed in nowhere else." in page_of(here)


def test_all_others_end_at_once_and_this_one_stays(programme: Programme) -> None:
    here, others = programme.browser("ines"), [another(programme, "ines") for _ in range(2)]
    assert offered(page_of(here))[0] == "others"

    here.post(END, {"session": "others", "words": words(programme, "ines")})

    assert [each.get("/your-key").status_code for each in others] == [302, 302]
    assert "You are signed in nowhere else." in page_of(here)


def test_the_page_offers_no_session_of_a_colleague_and_not_the_one_in_use(programme: Programme) -> None:
    another(programme, "leyla")

    page = page_of(programme.browser("ines"))

    assert offered(page) == []
    assert not [row.id for row in Session.objects.all() if str(row.id) in page]


def test_a_colleagues_session_and_nonsense_end_nothing(programme: Programme) -> None:
    here, leyla = programme.browser("ines"), another(programme, "leyla")
    theirs = Session.objects.get(holder_id=programme.member_id("leyla"))

    answer = here.post(END, {"session": str(theirs.id), "words": words(programme, "ines")})

    assert (answer.status_code, "This session is over already." in answer.content.decode()) == (409, True)
    assert here.post(END, {"session": "x", "words": words(programme, "ines")}).status_code == 404
    assert leyla.get("/your-key").status_code == 200


def test_without_the_six_words_the_page_ends_nothing_and_says_so(programme: Programme) -> None:
    here, elsewhere = programme.browser("ines"), another(programme, "ines")

    answer = here.post(END, {"session": "others", "words": "not my words"})

    assert answer.status_code == 409
    assert answer.content.decode().count("No session was ended; type them again.") == 1
    assert "No passkey was added" not in answer.content.decode()
    assert elsewhere.get("/your-key").status_code == 200


def test_words_mistyped_do_not_turn_one_session_into_all(programme: Programme) -> None:
    here = programme.browser("ines")
    another(programme, "ines"), another(programme, "ines")
    _, _, chosen = offered(page_of(here))

    answer = here.post(END, {"session": chosen, "words": "not my words"}).content.decode()

    assert re.findall(r'name="session" value="([^"]+)" required checked', answer) == [chosen]


@pytest.mark.django_db
def test_strangers_are_sent_to_the_door_from_sessions(browser: Client) -> None:
    assert browser.post(END, {"session": "others"}).headers["Location"] == "/sign-in"
