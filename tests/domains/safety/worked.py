"""A platform that is connected while a worker can read its orders."""

from collections.abc import Iterator
from contextlib import contextmanager

from safeconduct.connectors import registry
from safeconduct.vault import outbox
from tests.domains.safety.platform import FakePlatform


@contextmanager
def connected() -> Iterator[FakePlatform]:
    """Give the platform inside the block, with a fresh key for orders that nobody has afterwards."""
    outbox.retire()
    outbox.keep_fresh()
    with registry.registered(fake := FakePlatform()):
        yield fake
    outbox.retire()
