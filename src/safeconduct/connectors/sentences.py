"""Sentences that connectors say about acts, kept apart from their values so that pages can translate them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Sentence:
    """English words with named places. Pages show ``translated(gettext)``; ``str()`` gives the English."""

    template: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.translated(lambda words: words)

    def translated(self, gettext: Callable[[str], str]) -> str:
        """Return the sentence in the language that ``gettext`` speaks. A platform's own words may hold a bare %."""
        words = gettext(self.template) if self.template else ""
        return words % self.values if self.values else words

    def __hash__(self) -> int:
        return hash((self.template, tuple(sorted(self.values.items()))))

    def as_json(self) -> dict[str, Any]:
        """Return the sentence as JSON values."""
        return {"template": self.template, "values": dict(self.values)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Sentence":
        """Return the sentence that ``as_json`` kept."""
        return cls(kept["template"], dict(kept.get("values", {})))


def gettext_noop(words: str) -> str:
    """Mark words for translators; Django's ``makemessages`` looks for this name."""
    return words
