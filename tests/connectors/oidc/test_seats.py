"""Strangers who walk journeys with bogus codes never keep a linked colleague out: seats go in turn, by place."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from threading import Thread

import pytest

from safeconduct.connectors.oidc import seats
from safeconduct.connectors.oidc.seats import Seats
from safeconduct.kernel.errors import Unavailable

pytestmark = pytest.mark.one_database
STRANGER, COLLEAGUE = b"stranger", b"colleague"
AT_ONCE, LONG = timedelta(), timedelta(minutes=2)


def test_one_place_never_holds_so_many_seats_that_others_find_none() -> None:
    ours = Seats(patience=AT_ONCE)
    with ExitStack() as held:
        for _ in range(seats.SHARE):
            held.enter_context(ours.taken(STRANGER))
        with pytest.raises(Unavailable, match="Wait a moment"):
            held.enter_context(ours.taken(STRANGER))

        held.enter_context(ours.taken(COLLEAGUE))


def test_whoever_finds_every_seat_taken_waits_a_moment_and_is_served_before_a_place_that_holds_one() -> None:
    ours, order = Seats(patience=LONG), []

    def comes(place: bytes) -> None:
        with ours.taken(place):
            order.append(place)

    with ExitStack() as held:
        for place in (STRANGER, b"2", b"3"):
            held.enter_context(ours.taken(place))
        with ours.taken(b"4"):
            waiting = [_waits(ours, comes, place) for place in (STRANGER, COLLEAGUE)]
        for each in waiting:
            each.join()

    assert order == [COLLEAGUE, STRANGER]


def test_a_colleague_finds_room_to_wait_where_one_place_has_more_of_it() -> None:
    ours = Seats(patience=LONG)
    with ExitStack() as held:
        for number in range(seats.SEATS):
            held.enter_context(ours.taken(bytes([number])))
        strangers = [_waits(ours, lambda place: _tries(ours, place), place) for place in (b"a", b"a", b"b", b"b")]
        colleague = _waits(ours, lambda place: _tries(ours, place), COLLEAGUE)

        assert sorted(each[0] for each in ours._waiting) == [b"a", b"b", b"b", COLLEAGUE]
    for each in (*strangers, colleague):
        each.join()


def test_one_place_never_waits_for_more_seats_than_its_share() -> None:
    ours = Seats(patience=LONG)
    with ExitStack() as held:
        for number in range(seats.SEATS):
            held.enter_context(ours.taken(bytes([number])))
        waiting = [_waits(ours, lambda place: _tries(ours, place), STRANGER) for _ in range(seats.SHARE)]

        with pytest.raises(Unavailable, match="Wait a moment"):
            held.enter_context(ours.taken(STRANGER))
    for each in waiting:
        each.join()


def _tries(ours: Seats, place: bytes) -> None:
    try:
        with ours.taken(place):
            pass
    except Unavailable:
        return


def _waits(ours: Seats, comes: Callable[[bytes], None], place: bytes) -> Thread:
    """Let somebody come and wait; return once they do."""
    before = [*ours._waiting]
    thread = Thread(target=comes, args=(place,), daemon=True)
    thread.start()
    while [*ours._waiting] == before:
        time.sleep(0.005)
    return thread
