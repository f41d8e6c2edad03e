"""Which work shares a thread: what is urgent with nothing that may have a backlog."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest

from safeconduct.jobs import standing
from safeconduct.jobs.runner import Runner
from safeconduct.project import rounds

pytestmark = [pytest.mark.one_database, pytest.mark.django_db]
URGENT = ("record", "escalations")
ENOUGH_SECONDS = 20


@contextmanager
def going(runs: dict[str, Callable[[], int]]) -> Iterator[None]:
    """Go all rounds at once inside the block, those named in a way of the test's and the others doing nothing."""
    threads = [
        Runner([replace(each, run=runs.get(each.name, int), every=timedelta()) for each in together])
        for together in rounds.threads()
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for thread in threads:
            thread.stop()
        standing.forget()


@pytest.mark.parametrize(
    "slow", [each.name for each in rounds.within_the_house() if each.every >= timedelta(minutes=5)]
)
def test_a_slow_round_holds_up_no_urgent_one(slow: str) -> None:
    stuck, over = Event(), Event()
    gone = {name: Event() for name in URGENT}

    def stays() -> int:
        stuck.set()
        return int(over.wait(ENOUGH_SECONDS))

    def goes(name: str) -> Callable[[], int]:
        def went() -> int:
            if stuck.is_set():
                gone[name].set()
            return 0

        return went

    with going({slow: stays} | {name: goes(name) for name in URGENT}):
        assert stuck.wait(ENOUGH_SECONDS)
        raised = [event.wait(ENOUGH_SECONDS / 2) for event in gone.values()]
        over.set()

    assert raised == [True, True]
