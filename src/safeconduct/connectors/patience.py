"""How long whoever asks can wait for platforms in all, so that no page hangs on one that is silent or slow.

A platform's own limits are for one exchange, and a page makes many. Rounds, which nobody waits for, keep to those.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# What a person waits for a page, and for what only helps them to choose.
PAGE_SECONDS = 10.0
ASIDE_SECONDS = 2.0
_ends: ContextVar[float | None] = ContextVar("patience_ends", default=None)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Let all exchanges inside the block together take no longer; a block within a block cannot take more."""
    until, outer = time.monotonic() + seconds, _ends.get()
    kept = _ends.set(until if outer is None else min(until, outer))
    try:
        yield
    finally:
        _ends.reset(kept)


def left(wanted: float) -> float:
    """Return how much of the seconds wanted may still be taken."""
    until = _ends.get()
    return wanted if until is None else max(0.0, min(wanted, until - time.monotonic()))
