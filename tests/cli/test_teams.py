"""A lead types two paper cards, unseen, and a team has its key again."""

import pytest
from typer.testing import CliRunner

from safeconduct.accounts.models import Session
from safeconduct.cli import teams
from safeconduct.cli.main import app
from safeconduct.kernel.errors import NotAllowed, Refused
from tests.cli.conftest import Script
from tests.cli.test_members import typed
from tests.programme import LISBON, NAIROBI, Programme


def lines(programme: Programme, team: str, card: int) -> list[str]:
    words = next(one.cards[card] for one in programme.founded.cards if one.team == team).split()
    return [" ".join(words[start : start + 3]) for start in range(0, 33, 3)]


def test_two_cards_typed_line_by_line_bring_the_key_back(programme: Programme) -> None:
    both = [*lines(programme, LISBON, 0), *lines(programme, LISBON, 2)]
    screen = Script([*typed(programme, "leyla"), *both])

    teams.bring_back(screen, LISBON)

    assert "The cards are right" in screen.shown[-1]
    assert not any(word in text for text in screen.shown for line in both for word in [line])
    assert not Session.objects.exists()


def test_a_word_of_no_card_is_named_at_once_and_typed_again(programme: Programme) -> None:
    first = lines(programme, LISBON, 0)
    slipped = [*first[:4], "zzz academic acid", *first[4:]]
    screen = Script([*typed(programme, "leyla"), *slipped, *lines(programme, LISBON, 1)])

    teams.bring_back(screen, LISBON)

    assert "Word 13 is on no card. Type the line again from word 13." in screen.shown
    assert "The cards are right" in screen.shown[-1]


def test_a_wrong_card_is_named_with_its_line_and_may_be_typed_again(programme: Programme) -> None:
    right = lines(programme, LISBON, 0)
    last = right[10].split()
    wrong = [*right[:10], " ".join([*last[:2], "academic" if last[2] != "academic" else "acid"])]
    screen = Script([*typed(programme, "leyla"), *wrong, *right, *lines(programme, LISBON, 1)])

    teams.bring_back(screen, LISBON)

    assert any("Card 1: word 33, in line 11, seems to be wrong" in text for text in screen.shown)
    assert "The cards are right" in screen.shown[-1]


def test_cards_of_another_team_end_the_command_with_its_name(programme: Programme) -> None:
    other = [*lines(programme, NAIROBI, 0), *lines(programme, NAIROBI, 1)]

    with pytest.raises(Refused, match=NAIROBI):
        teams.bring_back(Script([*typed(programme, "leyla"), *other]), LISBON)

    assert not Session.objects.exists()


def test_nobody_but_a_lead_is_asked_for_cards(programme: Programme) -> None:
    with pytest.raises(NotAllowed):
        teams.bring_back(Script(typed(programme, "ines")), LISBON)


def test_a_member_and_a_custodian_make_cards_which_each_keeper_sees_alone(programme: Programme) -> None:
    words = programme.founded.person("chiara").passphrase
    screen = Script([*typed(programme, "ines"), *typed(programme, "chiara"), words])

    teams.hand_out(screen, LISBON)

    assert sum("2 of the 3 cards restore" in text for text in screen.shown) == 3
    assert screen.visible == []
    assert not Session.objects.exists()


@pytest.mark.usefixtures("programme")
def test_cards_are_never_shown_to_a_pipe() -> None:
    done = CliRunner().invoke(app, ["teams", "cards", LISBON], input="ines\n")

    assert (done.exit_code, "at a terminal only" in done.output) == (1, True)


@pytest.mark.usefixtures("programme")
def test_cards_are_never_read_from_a_pipe() -> None:
    done = CliRunner().invoke(app, ["teams", "restore", LISBON], input="academic acid acne\n")

    assert (done.exit_code, "at a terminal only" in done.output) == (1, True)
