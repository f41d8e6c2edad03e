"""After a whole story, no byte of what was typed stands anywhere: not in files, logs, rows, or deleted open files."""

import pytest

from tests.leaks.conftest import Lived
from tests.leaks.places import finds, wanted
from tests.leaks.planted import PLANTED

pytestmark = pytest.mark.loopback


def test_nothing_that_was_typed_or_handed_out_is_found_in_any_form(lived: Lived) -> None:
    assert finds(lived.places.everything(), wanted(lived.secrets)) == []


def test_every_planted_word_was_really_sent(lived: Lived) -> None:
    sent = [("sent", lived.sent)]

    assert [label for label in PLANTED if not finds(sent, wanted(lived.secrets, label))] == []
