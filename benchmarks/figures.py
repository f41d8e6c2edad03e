"""What a measurement yields: a figure, what it stands against, and the goal it has to keep."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import ceil
from statistics import median
from typing import Any, Self


@dataclass(frozen=True)
class Goal:
    """What was promised: at most, or at least, so much of a figure or of its ratio."""

    words: str
    kept: bool

    @classmethod
    def at_most(cls, most: float, figure: float, unit: str) -> Self:
        """Return a goal that a smaller figure keeps."""
        return cls(f"at most {written(most)} {unit}".rstrip(), figure <= most)

    @classmethod
    def at_least(cls, least: float, figure: float, unit: str) -> Self:
        """Return a goal that a larger figure keeps."""
        return cls(f"at least {written(least)} {unit}".rstrip(), figure >= least)


@dataclass(frozen=True)
class Figure:
    """One line of the table. ``ratio`` compares it with what ``against`` names, measured in the same run."""

    what: str
    value: float
    unit: str
    ratio: float | None = None
    against: str = ""
    goal: Goal | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the figure for programs."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """Return the figure that ``as_json`` described."""
        goal = Goal(**kept["goal"]) if kept["goal"] else None
        return cls(**(kept | {"goal": goal}))


def middle(values: Sequence[float]) -> float:
    """Return the median, which one busy moment of a shared machine does not move."""
    return median(values)


def nearly_all(values: Sequence[float], share: float = 0.95) -> float:
    """Return the value that this share of all values does not exceed (the nearest rank)."""
    return sorted(values)[max(0, ceil(share * len(values)) - 1)]


def written(value: float) -> str:
    """Return a number as people read it: three digits that count, thousands apart."""
    if value >= 100:  # noqa: PLR2004 - from here on decimals say nothing
        return f"{value:,.0f}"
    return f"{value:.3g}"
