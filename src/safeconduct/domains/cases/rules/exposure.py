"""When somebody has opened enough hard content for now. It suggests; a person in danger may need one more look."""

from dataclasses import dataclass
from enum import StrEnum

NEAR = 0.75


class Advice(StrEnum):
    """What to say beside the count."""

    NONE = "none"
    BREAK = "break"
    COLLEAGUE = "colleague"


@dataclass(frozen=True)
class Spent:
    """What was opened in a time, and how much the operator thinks good in it."""

    lifted: int
    limit: int

    @property
    def share(self) -> float:
        """Return how much of the limit is spent; more than one past it."""
        return self.lifted / self.limit


def advice(*spent: Spent) -> Advice:
    """Suggest a break from three quarters of any limit on, and a colleague for the next one once it is reached."""
    most = max(each.share for each in spent)
    if most >= 1:
        return Advice.COLLEAGUE
    return Advice.BREAK if most >= NEAR else Advice.NONE
