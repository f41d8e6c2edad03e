"""Whose a message, a file or a place is, read from the platform: before an act is ordered, and again just before it."""

from collections.abc import Collection
from dataclasses import dataclass

from safeconduct.connectors.incoming import TellsWhose
from safeconduct.connectors.port import OF_SOMEBODY, AccountRef, ActOrder, Connector, ItemSeen
from safeconduct.connectors.sentences import Sentence
from safeconduct.domains.safety import rules, sentences
from safeconduct.kernel.errors import Refused


@dataclass(frozen=True)
class Whose:
    """What the platform said, and why nothing may be done to it; ``None`` where nothing stands in the way."""

    seen: ItemSeen | None = None
    hindrance: Sentence | None = None


def look_whose(connector: Connector, order: ActOrder, protected: Collection[AccountRef]) -> Whose:
    """Ask whose the order's item is, for acts that need to know; ``Unavailable`` if the platform is silent."""
    if order.act not in OF_SOMEBODY:
        return Whose()
    if not isinstance(connector, TellsWhose):
        return Whose(None, sentences.NOBODY_CAN_TELL)
    try:
        seen = connector.whose(order)
    except Refused as fault:
        return Whose(None, Sentence(sentences.NOT_FOUND_THERE, {"reason": fault.sentence}))
    return Whose(seen, _hindrance(seen, connector.platform, protected))


def _hindrance(seen: ItemSeen | None, platform: str, protected: Collection[AccountRef]) -> Sentence | None:
    if seen is None:
        return sentences.NOBODY_CAN_TELL
    if any(rules.is_protected(AccountRef(platform, author), protected) for author in seen.authors):
        return sentences.TO_PROTECT
    return None if seen.of_account else sentences.NOT_THEIRS
