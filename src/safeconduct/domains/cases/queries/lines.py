"""One line of the record for one reader: what somebody had to look at stays between them and the auditors."""

from collections.abc import Mapping
from uuid import UUID

from safeconduct.accounts.values import Desk, Role
from safeconduct.audit.queries import EntryView
from safeconduct.domains.cases.rules import to_the_day
from safeconduct.domains.cases.rules.deeds import Deed
from safeconduct.domains.cases.views import TimelineEntry


def line_of(entry: EntryView, names: Mapping[UUID, str], desk: Desk) -> TimelineEntry:
    """Return an entry as this reader is told of it.

    Whoever could read of colleagues who opened what, and when, could add up what decision 0008 refuses to count.
    """
    told = told_in_full(entry, desk)
    return TimelineEntry(
        id=entry.id,
        at=entry.at if told else to_the_day(entry.at),
        action=entry.action,
        by=names.get(entry.by.id, "") if told and entry.by.id else "",
        by_kind=entry.by.kind.value,
        subject=entry.subject,
        somebody=not told,
    )


def told_in_full(entry: EntryView, desk: Desk) -> bool:
    """Answer whether this reader may know who did it and in which minute."""
    return entry.action != Deed.VEIL_LIFTED or entry.by.id == desk.member_id or desk.may(Role.AUDITOR)
