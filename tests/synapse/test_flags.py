"""Flags pulled from a real homeserver: each once, in order, none lost when administrators delete some."""

import pytest

from safeconduct.connectors.incoming import Flag, GivesFlags
from safeconduct.kernel.errors import Unavailable
from tests.synapse.homeserver import SignedIn
from tests.synapse.matrix import Matrix

pytestmark = [pytest.mark.synapse, pytest.mark.loopback, pytest.mark.one_database]


def newest(matrix: Matrix) -> str:
    """Return a cursor after everything that other tests reported."""
    page = matrix.connector.flags("", limit=1000)
    assert not page.more
    return page.cursor


def flagged(matrix: Matrix, troll: SignedIn, how_many: int) -> list[str]:
    room = matrix.room_of(matrix.amina, troll)
    said = [matrix.says(troll, room, f"threat {number}") for number in range(how_many)]
    for one in said:
        matrix.flags(matrix.amina, room, one, "He threatens me.")
    return said


def test_a_flag_says_who_what_where_and_why(matrix: Matrix, troll: SignedIn) -> None:
    cursor = newest(matrix)
    [said] = flagged(matrix, troll, 1)

    [flag] = matrix.connector.flags(cursor).flags

    assert isinstance(matrix.connector, GivesFlags)
    assert (flag.account, flag.reporter, flag.reason, flag.item) == (
        troll.name,
        matrix.amina.name,
        "He threatens me.",
        said,
    )
    assert troll.name not in repr(flag)


def test_flags_on_accounts_come_too(matrix: Matrix, troll: SignedIn) -> None:
    cursor = newest(matrix)
    matrix.asked("POST", f"_matrix/client/v3/users/{troll.name}/report", matrix.amina, {"reason": "All day."})

    [flag] = matrix.connector.flags(cursor).flags

    assert (flag.account, flag.item, flag.reason) == (troll.name, "", "All day.")


def test_pages_give_each_flag_once_oldest_first_and_say_when_there_is_more(matrix: Matrix, troll: SignedIn) -> None:
    cursor = newest(matrix)
    said = flagged(matrix, troll, 5)
    found: list[Flag] = []

    mores = []
    for _page in range(3):
        page = matrix.connector.flags(cursor, limit=2)
        found += page.flags
        cursor = page.cursor
        mores.append(page.more)

    assert [flag.item for flag in found] == said
    assert mores == [True, True, False]
    assert matrix.connector.flags(cursor).flags == ()


def test_flags_deleted_by_administrators_hide_no_later_one(matrix: Matrix, troll: SignedIn) -> None:
    flagged(matrix, troll, 3)
    page = matrix.connector.flags("", limit=1000)
    for flag in page.flags:
        if flag.item:
            path = f"_synapse/admin/v1/event_reports/{flag.id.removeprefix('message-')}"
            matrix.asked("DELETE", path, matrix.administrator)
    [later] = flagged(matrix, troll, 1)

    assert [flag.item for flag in matrix.connector.flags(page.cursor).flags] == [later]


def test_a_cursor_of_somebody_else_is_refused(matrix: Matrix) -> None:
    with pytest.raises(Unavailable, match="not a cursor that was given here"):
        matrix.connector.flags("yesterday")
