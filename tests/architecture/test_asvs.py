"""The list of the ASVS's items is whole, its tests exist, and nothing stands in it without a reason."""

from collections import Counter
from pathlib import Path

import pytest

from safeconduct.domains.cases import door
from safeconduct.domains.cases.rules import limits
from safeconduct.web.sealing import ALL_BYTES
from scripts.asvs import PAGE, STATES, chapter_of, items, page

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).resolve().parents[2]
# How many items of levels 1 and 2 each chapter of version 5.0.0 has.
ITEMS = dict(enumerate((27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7), start=1))


def test_every_item_of_levels_one_and_two_is_on_the_list() -> None:
    assert Counter(map(chapter_of, items())) == ITEMS


@pytest.mark.parametrize("number", items())
def test_an_item_has_a_state_and_a_reason_and_is_called_shown_only_with_a_test(number: str) -> None:
    state, why, *tests = items()[number]

    assert state in STATES
    assert why.endswith(".")
    assert bool(tests) == (state == "shown")


def test_every_test_that_is_named_exists() -> None:
    named = {test for _state, _why, *tests in items().values() for test in tests}

    assert [test for test in sorted(named) if not _exists(test)] == []


def _exists(test: str) -> bool:
    path, _, name = test.partition("::")
    return (ROOT / path).is_file() and f"def {name}(" in (ROOT / path).read_text()


def test_the_guide_names_the_limits_that_the_code_keeps() -> None:
    guide = (ROOT / "docs/guides/portal.md").read_text()
    kept = (
        f"{limits.LONGEST_TEXT:,} letters",
        f"{limits.LONGEST_MESSAGE:,} letters",
        f"{limits.MOST_ACCOUNTS} accounts",
        f"{limits.MOST_FILES} pictures",
        f"{ALL_BYTES // 1024**2} MB",
        f"{door.FROM_ONE_PLACE_AN_HOUR} reports from one place within an hour",
        f"{door.FLOOD_FROM} within {door.FLOOD_WITHIN.seconds // 60} minutes",
    )

    assert [limit for limit in kept if limit not in guide] == []


def test_the_page_is_made_from_the_list() -> None:
    assert PAGE.read_text() == page(items())
