"""What the conformance test found, and what that makes of the platform."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Standing(StrEnum):
    """How one promise of the contract stands on this platform."""

    SHOWN = "shown"
    NOT_SO = "not-so"
    NOT_SEEN = "not-seen"
    NOT_OFFERED = "not-offered"


class Part(StrEnum):
    """Which part of the contract a finding belongs to."""

    DOOR = "door"
    ANSWERS = "answers"
    ACTS = "acts"


@dataclass(frozen=True)
class Finding:
    """One promise, how it stands, and a sentence that says why. ``seconds`` runs from the order to the read-back."""

    part: Part
    name: str
    standing: Standing
    sentence: str
    seconds: float | None = None


@dataclass(frozen=True)
class Report:
    """Everything found on one platform."""

    address: str
    name: str
    account: str
    findings: tuple[Finding, ...]

    @property
    def stands(self) -> bool:
        """Tell whether everything that the platform declares was seen to be so, or could at least not be disproved."""
        return not any(finding.standing is Standing.NOT_SO for finding in self.findings)

    def of(self, part: Part) -> Iterator[Finding]:
        """Return the findings of one part, in the order they were made."""
        return (finding for finding in self.findings if finding.part is part)

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON values."""
        return {
            "address": self.address,
            "name": self.name,
            "account": self.account,
            "stands": self.stands,
            "can": [finding.name for finding in self.of(Part.ACTS) if finding.standing is Standing.SHOWN],
            "findings": [
                {
                    "part": finding.part.value,
                    "name": finding.name,
                    "standing": finding.standing.value,
                    "sentence": finding.sentence,
                    "seconds": finding.seconds,
                }
                for finding in self.findings
            ],
        }
