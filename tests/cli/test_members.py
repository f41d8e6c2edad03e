"""Whoever changes who works here signs in at the keyboard first, and out again."""

import json

import pytest
from typer.testing import CliRunner

from safeconduct.accounts import queries, second_factor
from safeconduct.accounts.models import Member, Session
from safeconduct.accounts.values import Standing
from safeconduct.cli import members
from safeconduct.cli.closing import give_new_words
from safeconduct.cli.main import app
from safeconduct.cli.signing import sign_all
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import EnvelopeKind
from tests.accounts.test_reading_alone import kept
from tests.cli.conftest import Script
from tests.programme import Programme


def typed(programme: Programme, name: str) -> list[str]:
    who = programme.founded.person(name)
    return [name, who.passphrase, second_factor.code_now(who.second_factor_secret)]


def test_two_custodians_sign_at_the_keyboard(programme: Programme) -> None:
    Member.objects.filter(sign_in_name="ines").update(country="ES")

    for name in ("chiara", "kofi"):
        words = programme.founded.person(name).passphrase
        sign_all(Script([*typed(programme, name), words]))

    assert {one.standing for one in queries.everyone()} == {Standing.READY}
    assert not Session.objects.exists()


def test_a_fingerprint_that_differs_is_not_signed(programme: Programme) -> None:
    Member.objects.filter(sign_in_name="ines").update(country="ES")
    screen = Script(typed(programme, "chiara"), consents=False)

    sign_all(screen)

    assert any("Changed since it was signed: country" in text for text in screen.shown)
    assert Standing.CHANGED in {one.standing for one in queries.everyone()}


def test_only_custodians_are_shown_what_waits(programme: Programme) -> None:
    with pytest.raises(NotAllowed):
        sign_all(Script(typed(programme, "leyla")))

    assert not Session.objects.exists()


def test_a_custodian_agrees_at_the_same_keyboard(programme: Programme) -> None:
    words = programme.founded.person("chiara").passphrase
    screen = Script([*typed(programme, "leyla"), *typed(programme, "chiara"), words])

    give_new_words(screen, programme.member_id("kofi"))

    assert any("Another custodian, who agrees" in text for text in screen.shown)
    assert not Session.objects.exists()


@pytest.mark.usefixtures("programme")
def test_the_list_speaks_json() -> None:
    answer = json.loads(CliRunner().invoke(app, ["members", "list", "--json"]).output)

    assert [one["sign_in_name"] for one in answer] == ["chiara", "idris", "ines", "kofi", "leyla", "tomas"]


@pytest.mark.usefixtures("programme")
def test_a_pin_is_refused_when_the_voices_differ() -> None:
    done = CliRunner().invoke(app, ["members", "pin", "kofi"], input="n\n")

    assert done.exit_code == 1
    assert "Nothing was pinned" in done.output


@pytest.mark.usefixtures("programme")
def test_with_two_custodians_none_can_be_unpinned() -> None:
    done = CliRunner().invoke(app, ["members", "unpin", "kofi"])

    assert (done.exit_code, "Pin another custodian first" in done.output) == (1, True)


@pytest.mark.usefixtures("programme")
def test_an_unknown_name_is_said_to_be_one() -> None:
    with pytest.raises(Refused, match="Nobody signs in"):
        members._member_id("victor")


def test_a_lost_person_goes_once_lead_and_custodian_typed_the_word_for_what_is_lost(programme: Programme) -> None:
    ines, words = programme.member_id("ines"), programme.founded.person("chiara").passphrase
    kept(EnvelopeKind.WORK, ines)
    answers = [*typed(programme, "leyla"), "unreadable", *typed(programme, "chiara"), "unreadable", words]
    screen = Script(answers)

    give_new_words(screen, ines)

    assert any("can open 1 cases and 0 other things" in text for text in screen.shown)
    assert not Session.objects.exists()


def test_without_the_word_nothing_is_lost(programme: Programme) -> None:
    kept(EnvelopeKind.WORK, programme.member_id("ines"))

    with pytest.raises(Refused, match="alone can open"):
        give_new_words(Script([*typed(programme, "leyla"), ""]), programme.member_id("ines"))


@pytest.mark.one_database
def test_a_role_that_is_none_is_said_with_those_there_are() -> None:
    done = CliRunner().invoke(app, ["members", "invite", "nura", "--role", "boss"])

    assert done.exit_code == 1
    assert "There is no role boss. Choose among: responder, appeal-reviewer, lead" in done.output
