"""Who is woken finds what the page says: each button, address and command is really there, and its minutes are ours."""

import re
from datetime import timedelta

import pytest
from babel.messages.pofile import read_po
from django.urls import resolve

from safeconduct.cli.main import every_command
from safeconduct.domains.cases.rules import Severity
from safeconduct.domains.cases.rules.clocks import LIMITS
from safeconduct.domains.cases.rules.escalation import rungs_of, say_again_after
from safeconduct.kernel import clock
from safeconduct.project import command
from tests.stories.served import ROOT

pytestmark = pytest.mark.one_database
PAGE = (ROOT / "docs" / "runbooks" / "p0.md").read_text()
# Words that people read elsewhere than on a page of ours.
ELSEWHERE = {"Something is waiting"}


def on_our_pages() -> set[str]:
    with (ROOT / "src" / "safeconduct" / "locale" / "ar" / "LC_MESSAGES" / "django.po").open("rb") as file:
        said = {message.id if isinstance(message.id, str) else message.id[0] for message in read_po(file)}
    return {re.sub(r" %\(\w+\)s$", "", words) for words in said}


def test_every_button_and_heading_it_names_is_on_a_page() -> None:
    named = {" ".join(words.split()) for words in re.findall(r"(?<!\*)\*([A-Z][^*]+)\*(?!\*)", PAGE)}

    assert len(named) > 12
    assert named - ELSEWHERE - on_our_pages() == set()


def test_every_address_and_command_it_names_is_there() -> None:
    addresses = re.findall(r"`(/[a-z/-]+)`", PAGE)
    commands = re.findall(r"`safeconduct ([a-z]+(?: [a-z]+)?)", PAGE)

    assert command.app is not None
    assert all(resolve(address) for address in addresses)
    assert [each for each in commands if f"safeconduct {each}" not in every_command()] == []
    assert (len(addresses), len(commands)) == (3, 2)


def test_its_minutes_are_the_ones_we_promise() -> None:
    limits, now = LIMITS[Severity.P0], clock.now()
    ladder = [rung.due_at - now for rung in rungs_of(Severity.P0, [], imminent_since=now)]

    assert (limits.reply, limits.settle) == (timedelta(minutes=15), timedelta(minutes=60))
    assert ladder == [timedelta(minutes=minutes) for minutes in (0, 60, 90, 120)]
    assert say_again_after(Severity.P0) == timedelta(minutes=5)
    assert all(
        f"{minutes}" in PAGE for minutes in ("**15 minutes**", "**60 minutes**", "every 5 minutes", "90 and 120")
    )


def test_it_fits_on_one_page() -> None:
    assert len(PAGE.split()) < 750
