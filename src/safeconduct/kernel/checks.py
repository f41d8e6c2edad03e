"""What ``doctor`` looks at. Each room brings its own checks; ``project`` registers them."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Diagnosis:
    """What one look found.

    ``what`` is a sentence about how things stand; ``mend`` says what to do, and is empty when all is well.
    """

    what: str
    mend: str = ""

    @property
    def well(self) -> bool:
        """Return whether nothing needs mending."""
        return not self.mend


class Check(Protocol):
    """One thing that can be wrong with an installation."""

    @property
    def name(self) -> str:
        """Return a few words, such as ``roster``."""

    @property
    def gates_channel(self) -> bool:
        """Return whether no channel may open while this is wrong."""

    def run(self) -> Diagnosis:
        """Look now, and change nothing."""


_checks: dict[str, Check] = {}


def register(check: Check) -> None:
    """Let ``doctor`` run this check; one of the same name takes its place."""
    _checks[check.name] = check


def registered() -> tuple[Check, ...]:
    """Return every check in the order they were registered."""
    return tuple(_checks.values())
