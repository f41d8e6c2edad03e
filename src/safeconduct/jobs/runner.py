"""Runs the rounds on one thread, each at its own pace, and outlives the failure of any of them."""

import threading
import time
from collections.abc import Sequence

import structlog
from django.db import close_old_connections

from safeconduct.jobs import standing
from safeconduct.jobs.rounds import Round

log = structlog.get_logger()

LONGEST_NAP_SECONDS = 0.25


class Runner:
    """A thread that goes its rounds until it is stopped."""

    def __init__(self, rounds: Sequence[Round]) -> None:
        self._rounds = tuple(rounds)
        self._due = dict.fromkeys((each.name for each in self._rounds), 0.0)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._go, name="rounds", daemon=True)

    def start(self) -> None:
        """Begin on a thread of its own."""
        for each in self._rounds:
            standing.begun(each)
        self._thread.start()

    def stop(self) -> None:
        """Finish the round under way and end."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(timeout=30)

    def work(self) -> None:
        """Go the rounds on the calling thread until ``stop`` is called from another."""
        self._go()

    def _go(self) -> None:
        while not self._stopping.is_set():
            for each in self._rounds:
                if time.monotonic() >= self._due[each.name]:
                    run_once(each)
                    self._due[each.name] = time.monotonic() + each.every.total_seconds()
            self._stopping.wait(LONGEST_NAP_SECONDS)


def run_once(each: Round) -> int:
    """Run one round; a failure is logged by the name of its kind and the next round goes on."""
    close_old_connections()
    try:
        done = each.run()
    except Exception as fault:  # noqa: BLE001 - the runner is the one place where any fault must be survived
        # The text of a fault may quote what a reporter wrote, so only its kind is logged.
        log.warning("round.failed", round=each.name, fault=type(fault).__name__)
        standing.ended(each, well=False)
        return 0
    else:
        standing.ended(each, well=True)
        return done
    finally:
        close_old_connections()
