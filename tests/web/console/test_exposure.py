"""The reader's own count of hard content: calm, for their eyes alone, with a pause suggested in time."""

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.domains.cases.making import MadeCase
from tests.web.console.conftest import at


def lift(client: Client, made: MadeCase) -> str:
    return client.post(at("veil", made.id), {"item": made.report_id, "showing": "words"}).content.decode()


def test_the_queue_tells_each_reader_their_own_count_and_nobody_elses(
    ines: Client, browser: Callable[[str], Client], taken: MadeCase
) -> None:
    for _ in range(3):
        lift(ines, taken)

    own, leads = ines.get(at("queue")).content.decode(), browser("leyla").get(at("queue")).content.decode()

    assert "3 veils of 12 in this hour." in own
    assert "3 of 45 in 24 hours." in own
    assert "0 veils of 12 in this hour." in leads
    assert "3 veils" not in leads


@pytest.mark.parametrize(
    ("lifted", "said"),
    [
        (2, ""),
        (3, "This is a good time for a break."),
        (4, "You have seen enough for now. A colleague can read the next one for you."),
    ],
)
def test_a_pause_is_suggested_and_nothing_is_refused(
    ines: Client, taken: MadeCase, settings: LazySettings, lifted: int, said: str
) -> None:
    settings.VEILS_AN_HOUR = 4

    pages = [lift(ines, taken) for _ in range(lifted)]

    suggestions = ("good time for a break", "seen enough for now")
    assert said in pages[-1] if said else not any(each in pages[-1] for each in suggestions)
    assert all(taken.answers.text in page for page in pages)
