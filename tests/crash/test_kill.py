"""What was reported is never lost: the process is stopped dead at hundreds of seeded moments while reports come in.

A slice of the two thousand moments that ``python -m benchmarks kills`` goes through.
"""

from pathlib import Path

import pytest

from tests.crash.killing import Aftermath, after
from tests.databases import own_database

POINTS = 250

pytestmark = pytest.mark.loopback


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> Aftermath:
    with own_database() as database:
        return after(tmp_path_factory.mktemp("killed"), database, points=POINTS)


def test_the_process_was_killed_before_and_after_the_code_was_shown(aftermath: Aftermath) -> None:
    shown = [code for code in aftermath.shown.values() if code]

    assert 0 < len(shown) < POINTS


def test_every_report_whose_code_was_shown_is_there_and_opens_with_that_code(aftermath: Aftermath) -> None:
    assert aftermath.lost == []


def test_no_report_is_there_twice(aftermath: Aftermath) -> None:
    assert aftermath.twice == []


def test_the_same_form_sent_again_after_a_broken_line_gives_the_same_code(aftermath: Aftermath) -> None:
    twice = {number: code for number, code in aftermath.again.items() if aftermath.shown[number]}

    assert all(aftermath.again.values())
    assert twice == {number: aftermath.shown[number] for number in twice}


def test_nothing_half_made_is_left(aftermath: Aftermath) -> None:
    assert aftermath.left == {}


def test_the_record_still_holds_and_knows_every_report(aftermath: Aftermath) -> None:
    assert aftermath.record_holds


def test_a_code_shown_before_its_report_is_kept_would_be_found_out(tmp_path: Path) -> None:
    """Plant the fault this is all about, and see that it shows."""
    with own_database() as database:
        assert after(tmp_path, database, points=12, life="too-soon").lost
