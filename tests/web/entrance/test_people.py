"""The page of people: leads see and change who works here, with consequences said first; nobody else finds it."""

import re
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client

from safeconduct.accounts import queries, second_factor, services
from safeconduct.accounts.models import Member, Session, Team
from safeconduct.accounts.values import NewPerson, Role, Standing, TeamKind
from safeconduct.kernel.errors import Refused
from safeconduct.vault import EnvelopeKind
from safeconduct.web.entrance import words
from tests.accounts.test_reading_alone import kept
from tests.programme import CHEAP, LEADS, LISBON, NAIROBI, PARTNER_NAME, Programme
from tests.refusals.meter import refusal

NURA = NewPerson("Nura", "nura", frozenset({Role.RESPONDER}), "PT", ("en",), (LISBON,))
ASKED = {"name": "nura", "shown": "Nura", "roles": ["responder"], "teams": [LISBON], "country": "pt", "languages": "en"}


@pytest.fixture
def leyla(programme: Programme, browser: Client) -> Client:
    browser.cookies["desk"] = programme.cookie("leyla")
    return browser


@pytest.fixture
def nura(programme: Programme) -> UUID:
    return joined(programme)


def joined(programme: Programme) -> UUID:
    """Let Nura join the Lisbon team, signed, so that someone can leave it; return her id."""
    joining = services.accept_invitation(services.invite_member(NURA, by=programme.desk("leyla")), work=CHEAP)
    services.sign_in("nura", joining.passphrase, second_factor.code_now(joining.second_factor_secret))
    for name in ("chiara", "kofi"):
        words = programme.founded.person(name).passphrase
        services.sign_roster(joining.member_id, passphrase=words, by=programme.desk(name))
    services.share_team_keys(by=programme.desk("ines"))
    return joining.member_id


def text_of(answer: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def standing(member_id: UUID) -> Standing | None:
    return next((one.standing for one in queries.everyone() if one.id == member_id), None)


def test_a_lead_sees_everyone_their_roles_teams_and_countries(leyla: Client) -> None:
    page = text_of(leyla.get("/people"))

    assert all(said in page for said in ("Ines", "Responder", LISBON, "Portugal", "Tomas", PARTNER_NAME))
    assert "Every entry is signed by two custodians." in page


def test_who_waits_for_signatures_comes_first(programme: Programme, leyla: Client) -> None:
    services.join_team(programme.member_id("ines"), programme.team_id(NAIROBI), by=programme.desk("leyla"))

    answer = leyla.get("/people")

    assert answer.context["people"][0][0].display_name == "Ines"
    assert "1 entry waits for custodians." in text_of(answer)


def test_what_was_changed_in_the_database_is_said_at_the_top(leyla: Client) -> None:
    Team.objects.filter(name=LISBON).update(country="KE")

    assert "1 entry was changed since it was signed." in text_of(leyla.get("/people"))


def test_a_colleague_is_invited_with_words_shown_once(leyla: Client) -> None:
    page = leyla.post("/people/invite", ASKED).content.decode()
    words = " ".join(re.findall(r"<li>([a-z-]+)</li>", page))

    joining = services.accept_invitation(words, work=CHEAP)
    assert joining.sign_in_name == "nura"
    (made,) = (one for one in queries.everyone() if one.sign_in_name == "nura")
    assert (made.country, made.roles) == ("PT", {Role.RESPONDER})


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": "x"}, "two to forty letters"),
        ({"name": "ines"}, "Someone signs in by this name already"),
        ({"roles": []}, "Say what they may do."),
        ({"roles": ["partner"]}, "not one of the available choices"),
        ({"country": "Portugal"}, "Two letters such as NL"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(leyla: Client, changed: dict[str, object], said: str) -> None:
    answer = leyla.post("/people/invite", ASKED | changed)

    assert said in text_of(answer)
    assert 'value="Nura"' in answer.content.decode()
    assert len(queries.everyone()) == 6


def test_a_colleague_is_put_in_one_team_more_and_waits_for_signatures(programme: Programme, leyla: Client) -> None:
    ines = programme.member_id("ines")

    leyla.post(f"/people/{ines}/team", {"team": str(programme.team_id(NAIROBI))})

    assert standing(ines) is Standing.WAITING
    assert "without its key so far" in text_of(leyla.get(f"/people/{ines}"))


@pytest.mark.parametrize(("name", "team"), [("ines", PARTNER_NAME), ("tomas", LISBON), ("ines", LISBON)])
def test_nobody_is_put_where_they_cannot_be(programme: Programme, leyla: Client, name: str, team: str) -> None:
    answer = leyla.post(f"/people/{programme.member_id(name)}/team", {"team": str(programme.team_id(team))})

    assert answer.status_code == 404
    assert standing(programme.member_id(name)) is Standing.READY


def test_new_words_close_the_old_way_in(programme: Programme, leyla: Client) -> None:
    ines = programme.member_id("ines")
    cookie = programme.cookie("ines")

    page = leyla.post(f"/people/{ines}/new-words").content.decode()

    assert services.session_from(cookie) is None
    words = " ".join(re.findall(r"<li>([a-z-]+)</li>", page))
    assert services.accept_invitation(words, work=CHEAP).member_id == ines


def test_leaving_shows_the_lead_no_card_and_says_who_makes_them(leyla: Client, nura: UUID) -> None:
    page = leyla.post(f"/people/{nura}/remove").content.decode()

    assert standing(nura) is None
    assert not re.search(r"<li>[a-z]+ [a-z]+ [a-z]+</li>", page)
    assert "safeconduct teams cards" in page
    assert "What they read, they have read." in page


def test_a_refusal_of_the_rules_is_said_and_changes_nothing(programme: Programme, leyla: Client) -> None:
    ines = programme.member_id("ines")

    answer = leyla.post(f"/people/{ines}/remove")

    assert (answer.status_code, "would be left without anyone" in text_of(answer)) == (409, True)
    assert standing(ines) is Standing.READY


def agreeing(programme: Programme, name: str, **changed: str) -> dict[str, str]:
    who = programme.founded.person(name)
    typed = {"custodian": name, "words": who.passphrase, "code": second_factor.code_now(who.second_factor_secret)}
    return typed | changed


def test_a_custodian_agrees_at_the_same_screen_and_stays_signed_out(programme: Programme, leyla: Client) -> None:
    kofi = programme.member_id("kofi")

    answer = leyla.post(f"/people/{kofi}/new-words", agreeing(programme, "chiara"))

    assert "Hand these words to Kofi in person" in text_of(answer)
    assert not Session.objects.filter(holder_id=programme.member_id("chiara")).exists()


@pytest.mark.parametrize(
    "changed", [{"code": "000000x"}, {"words": "other words"}, {"custodian": "nobody"}, {"custodian": ""}]
)
def test_without_a_custodians_agreement_nothing_happens(
    programme: Programme, leyla: Client, changed: dict[str, str]
) -> None:
    kofi = programme.member_id("kofi")

    answer = leyla.post(f"/people/{kofi}/new-words", agreeing(programme, "chiara", **changed))

    assert answer.status_code == 409
    assert programme.founded.person("chiara").passphrase not in answer.content.decode()
    assert standing(kofi) is Standing.READY


def test_a_lead_reads_how_much_would_be_lost_and_loses_nothing(programme: Programme, leyla: Client, nura: UUID) -> None:
    kept(EnvelopeKind.WORK, nura)

    answer = leyla.post(f"/people/{nura}/remove")

    assert answer.status_code == 409
    assert "Cases that this person alone can open: 1. Other things: 0." in text_of(answer)
    assert standing(nura) is Standing.READY


def test_nobody_is_offered_to_put_themselves_out(programme: Programme, leyla: Client) -> None:
    page = text_of(leyla.get(f"/people/{programme.member_id('leyla')}"))

    assert "This is you." in page
    assert "They leave" not in page
    assert (
        leyla.post(f"/people/{programme.member_id('leyla')}/remove", agreeing(programme, "chiara")).status_code == 409
    )


PLACES = ("/people", "/people/invite", "/people/{}", "/people/{}/team", "/people/{}/new-words", "/people/{}/remove")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", ["ines", "idris", "chiara", "tomas"])
def test_whoever_is_no_lead_finds_nothing_there(programme: Programme, browser: Client, name: str, place: str) -> None:
    browser.cookies["desk"] = programme.cookie(name)
    address = place.format(programme.member_id("idris"))
    nowhere = refusal(lambda: browser.get("/nothing-of-that-name"))

    asked = refusal(lambda: browser.get(address) if place.count("/") < 3 else browser.post(address))

    assert (asked.status, asked.body, asked.headers) == (404, nowhere.body, nowhere.headers)
    assert standing(programme.member_id("idris")) is Standing.READY


def test_a_role_written_into_the_table_opens_no_page_of_people(programme: Programme, browser: Client) -> None:
    Member.objects.filter(sign_in_name="ines").update(roles=["lead"])
    browser.cookies["desk"] = programme.cookie("ines")

    assert browser.get("/people").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["/people", "/people/invite"])
def test_strangers_are_sent_to_the_door_from_people(browser: Client, place: str) -> None:
    assert browser.get(place).headers["Location"] == "/sign-in"


def test_people_who_are_not_there_are_refused_alike(leyla: Client) -> None:
    assert leyla.get(f"/people/{UUID(int=5)}").status_code == 404
    assert leyla.post(f"/people/{UUID(int=5)}/remove").status_code == 404


@pytest.mark.parametrize(("name", "shown"), [("leyla", True), ("ines", False)])
def test_only_a_lead_is_shown_the_way_to_people(
    programme: Programme, browser: Client, name: str, *, shown: bool
) -> None:
    browser.cookies["desk"] = programme.cookie(name)

    assert ('href="/people"' in browser.get("/console/").content.decode()) is shown


def test_a_partners_member_joins_no_team_of_staff(programme: Programme) -> None:
    for name, team in (("tomas", LEADS), ("ines", PARTNER_NAME)):
        with pytest.raises(Refused, match="one organisation"):
            services.join_team(programme.member_id(name), programme.team_id(team), by=programme.desk("leyla"))


def test_every_kind_of_team_and_every_standing_has_words() -> None:
    assert set(words.KINDS) == set(TeamKind)
    assert set(words.STANDINGS) == set(Standing)
