"""The one place that knows what time it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime


def _system_now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the clock itself is the one caller allowed


_source: Callable[[], datetime] = _system_now


def now() -> datetime:
    """Return the current moment in UTC, with its zone."""
    return _source()


def this_minute() -> datetime:
    """Return the current moment cut to the minute, the finest time that is ever stored in clear."""
    return now().replace(second=0, microsecond=0)


@contextmanager
def use(source: Callable[[], datetime]) -> Iterator[None]:
    """Take the time from ``source`` inside the block: for tests, simulations and drills."""
    global _source  # noqa: PLW0603 - one clock for the process is the point
    before, _source = _source, source
    try:
        yield
    finally:
        _source = before
