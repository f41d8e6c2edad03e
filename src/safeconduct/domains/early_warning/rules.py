"""What may be found again, and the plain form in which each kind of value is compared. Plain decisions over words."""

import unicodedata
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from safeconduct.connectors.port import plain_handle

# As long as the longest session: whoever woke it in the morning need not come back at noon.
AWAKE_FOR = timedelta(hours=12)
LONGEST = 300
ANYWHERE = ""


class Kind(StrEnum):
    """What a value is. It stands in what is hashed, so equal words of two kinds are never taken for one."""

    ACCOUNT = "account"
    REFERENCE = "reference"
    PROTECTED = "protected"


@dataclass(frozen=True)
class Value:
    """One value that is to be found again: a handle on a platform, or a partner's own number for a report."""

    kind: Kind
    words: str = field(repr=False)
    platform: str = field(default=ANYWHERE, repr=False)

    @property
    def plain(self) -> "Value":
        """Return it in the form that is compared; empty words where nothing is left."""
        form = plain_reference if self.kind is Kind.REFERENCE else plain_handle
        return Value(self.kind, form(self.words), plain_words(self.platform))


def plain_words(text: str, *, at_most: int | None = LONGEST) -> str:
    """Return words without what changes with the keyboard: width, case, spaces, and signs nobody sees."""
    folded = unicodedata.normalize("NFKC", text[:at_most]).casefold()
    seen = "".join(letter for letter in folded if unicodedata.category(letter) not in {"Cf", "Cc"})
    return " ".join(unicodedata.normalize("NFKC", seen).split())


def plain_reference(text: str) -> str:
    """Return a reference number without the signs that people leave out: HH-7, hh 7 and #HH7 are one."""
    return "".join(letter for letter in plain_words(text) if letter.isalnum())


def named_in(value: Value) -> tuple[Value, ...]:
    """Return the forms under which a value is kept: on its platform, and without one, for whoever does not know it."""
    plain = value.plain
    if not plain.words:
        return ()
    if plain.kind is Kind.PROTECTED:
        # Asked only before an act, which is always on a platform.
        return (plain,)
    return tuple(dict.fromkeys((plain, Value(plain.kind, plain.words))))
