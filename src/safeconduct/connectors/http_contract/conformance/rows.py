"""What the conformance test found, and what that makes of the platform."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Mark(StrEnum):
    """How one promise of the contract stands on this platform."""

    SHOWN = "shown"
    NOT_SO = "not-so"
    NOT_SEEN = "not-seen"
    NOT_OFFERED = "not-offered"


class Part(StrEnum):
    """Which part of the contract a row belongs to."""

    DOOR = "door"
    ANSWERS = "answers"
    ACTS = "acts"


@dataclass(frozen=True)
class Row:
    """One promise, how it stands, and a sentence that says why. ``seconds`` runs from the order to the read-back."""

    part: Part
    name: str
    mark: Mark
    sentence: str
    seconds: float | None = None


@dataclass(frozen=True)
class Report:
    """Everything found on one platform."""

    address: str
    name: str
    account: str
    rows: tuple[Row, ...]

    @property
    def stands(self) -> bool:
        """Tell whether everything that the platform declares was seen to be so, or could at least not be disproved."""
        return not any(row.mark is Mark.NOT_SO for row in self.rows)

    def of(self, part: Part) -> Iterator[Row]:
        """Return the rows of one part, in the order they were made."""
        return (row for row in self.rows if row.part is part)

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON values."""
        return {
            "address": self.address,
            "name": self.name,
            "account": self.account,
            "stands": self.stands,
            "can": [row.name for row in self.of(Part.ACTS) if row.mark is Mark.SHOWN],
            "rows": [
                {
                    "part": row.part.value,
                    "name": row.name,
                    "mark": row.mark.value,
                    "sentence": row.sentence,
                    "seconds": row.seconds,
                }
                for row in self.rows
            ],
        }
