"""Facts that demands announces after commit. They carry no id."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemandEnded:
    """A demand was answered: something was handed over, or it was refused."""

    handed_over: bool
