"""What the record was committed to about a report's promises, for the proof that its partner keeps."""

from collections.abc import Iterable
from datetime import datetime

from safeconduct.audit.leaves import Facts, Leaf
from safeconduct.audit.queries import MayTell
from safeconduct.domains.cases.rules.deeds import Deed
from safeconduct.domains.cases.rules.promises import first_promises, later_promises

CHANGES = frozenset({Deed.REPORT_RAISED, Deed.REPORT_LOWERED, Deed.REPORT_WRITTEN_TO})


def promises_of(received_at: datetime, settle_due: datetime) -> MayTell:
    """Return what says which promises an entry may have been committed to."""

    def may_tell(leaf: Leaf, before: Facts | None) -> Iterable[Facts]:
        if leaf.action == Deed.REPORT_RECEIVED:
            return first_promises(leaf.at)
        if leaf.action in CHANGES and before is not None:
            earlier = {word: str(value) for word, value in before.items()}
            return later_promises(leaf.at, received_at, earlier, settle_due)
        return ()

    return may_tell
