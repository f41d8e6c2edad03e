"""What a round is: a service that does whatever is due, called again and again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Round:
    """Something done every so often.

    ``run`` finds its own work, does it, and returns how many things it did; it must be harmless to run
    twice, late, or in two processes at once.
    """

    name: str
    every: timedelta
    run: Callable[[], int]
