"""What comes from platforms without our asking for an act: flags that people pressed, and things that happened.

Not every platform gives each of these; a connector that does has the method of the protocol named here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable

from safeconduct.connectors.port import ActKind, ActOrder, ItemSeen, Snapshot
from safeconduct.connectors.sentences import Sentence


@dataclass(frozen=True)
class Flag:
    """One press of a platform's report button. Everything in it but the id and the time is content.

    ``item`` names the message where one was reported, ``place`` where it was written.
    """

    id: str
    at: datetime
    account: str = field(repr=False)
    reporter: str = field(repr=False)
    reason: str = field(default="", repr=False)
    item: str = field(default="", repr=False)
    place: str = field(default="", repr=False)


@dataclass(frozen=True)
class FlagPage:
    """Some flags, oldest first, and the cursor with which to ask for what came after them."""

    flags: Sequence[Flag]
    cursor: str
    more: bool


@dataclass(frozen=True)
class Happening:
    """One thing that happened on a platform, as it told us. The platform's data: it carries no mark of protection."""

    id: str
    kind: str
    at: datetime
    account: str = field(repr=False)
    place: str = field(default="", repr=False)
    content: str = field(default="", repr=False)


@dataclass(frozen=True)
class Happenings:
    """Announced when a platform told us of something. Nothing keeps them but who subscribed."""

    platform: str
    happenings: tuple[Happening, ...] = field(repr=False)


@runtime_checkable
class GivesFlags(Protocol):
    """A connector whose platform lets us read what its users reported."""

    def flags(self, cursor: str, *, limit: int = 100) -> FlagPage:
        """Return what was reported after ``cursor``, oldest first; an empty cursor is the start."""


@runtime_checkable
class ShowsItems(Protocol):
    """A connector that can keep one message, with what stands around it, as evidence."""

    def item(self, item: str) -> Snapshot:
        """Take a copy of what the item names. Raises ``Refused`` where it names nothing."""


@runtime_checkable
class LooksAtItems(Protocol):
    """A connector that can look again at the one thing an act was on: a message, a file, a place, a device."""

    def shows(self, order: ActOrder) -> bool | None:
        """Tell whether it is as ordered now, or ``None`` where that cannot be seen. Changes nothing."""


@runtime_checkable
class TellsWhose(Protocol):
    """A connector whose platform tells who wrote a message, sent a file or made a place."""

    def whose(self, order: ActOrder) -> ItemSeen | None:
        """Tell whose the order's item is, or ``None`` where the platform cannot say. Changes nothing.

        Raises ``Refused`` where the item names nothing, ``Unavailable`` when the platform does not answer well.
        """


@runtime_checkable
class WarnsOfAny(Protocol):
    """A connector whose acts cost something particular, which can be said before anybody asks about one account."""

    def lost_on_any(self, act: ActKind) -> tuple[Sentence, ...]:
        """Return what an act may cost on whatever account. Asks nobody."""


@runtime_checkable
class EndsWhatIsOver(Protocol):
    """A connector to a platform that cannot end a suspension by itself, so that somebody has to come round."""

    def end_what_is_over(self, tell: Callable[[], None]) -> int:
        """Undo what was ordered with an end that has come, and return how many were seen undone.

        Each is told as soon as it was seen, and forgotten only then: what nobody wrote down is told again.
        """


@dataclass(frozen=True)
class Knock:
    """One request that a platform sent us. ``path`` begins after the platform's own place.

    ``read`` gives the body; call it only once the token is known to be right.
    """

    method: str
    path: str
    token: str = field(repr=False)
    read: Callable[[], bytes] = field(repr=False)


@dataclass(frozen=True)
class Reply:
    """What we answer to a knock."""

    status: int = 200
    body: bytes = b"{}"


@runtime_checkable
class Hears(Protocol):
    """A connector whose platform tells us of what happens. It is opt-in: without being set up it hears nothing."""

    def hear(self, knock: Knock, tell: Callable[[Happenings], None]) -> Reply:
        """Answer a request once ``tell`` has taken what it told us. Nothing is kept here."""
