"""A second person's word before an act falls on an account that a report elsewhere asks to protect.

What is asked stands in the work file for a day. Nobody agrees to their own, and one word carries one act.
"""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.connectors.port import same_handle
from safeconduct.domains.cases.papers import Entry, SecondAsked, WorkKind
from safeconduct.domains.cases.queries.elsewhere import entries_of
from safeconduct.domains.cases.queries.elsewhere import standing as standing_of
from safeconduct.domains.cases.rules.deeds import Deed
from safeconduct.domains.cases.services.deeds import OpenCase, open_case
from safeconduct.domains.safety.views import Restraint
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed


def has_second(held: OpenCase, wanted: Restraint, reason: str) -> bool:
    """Answer whether somebody else asked for this act, and use their word up; otherwise ask for a second person."""
    asked = [(row, entry) for row, entry in _standing(held) if _is_the_same(entry.asked, wanted)]
    theirs = next((row for row, entry in asked if entry.by != held.desk.member_id), None)
    if theirs is not None:
        held.write(WorkKind.SECOND_AGREED, _in_words(wanted), answers=theirs)
        held.tell(Deed.CASE_SECOND_AGREED)
        return True
    if not asked:
        _ask(held, wanted, reason)
    return False


@transaction.atomic
def take_back(case_id: UUID, asked: UUID, desk: Desk) -> None:
    """Take back what was asked, as anybody who can open the case: then nobody can agree to it."""
    held = open_case(case_id, desk, why="take back what was asked")
    if asked not in {row for row, _entry in _standing(held)}:
        raise NotAllowed
    held.write(WorkKind.SECOND_BACK, answers=asked)
    held.tell(Deed.CASE_SECOND_BACK)


def _ask(held: OpenCase, wanted: Restraint, reason: str) -> None:
    now, account = clock.now(), wanted.account
    days = round((wanted.until - now) / timedelta(days=1)) if wanted.until else None
    asked = SecondAsked(wanted.act, account.platform, account.handle, wanted.item, days, reason)
    held.write(WorkKind.SECOND_ASKED, f"{_in_words(wanted)}\n{reason.strip()}", asked=asked)
    held.tell(Deed.CASE_SECOND_ASKED)


def _standing(held: OpenCase) -> Iterator[tuple[UUID, Entry]]:
    return standing_of(entries_of(held.case, held.work))


def _is_the_same(asked: SecondAsked | None, wanted: Restraint) -> bool:
    if asked is None or (asked.act, asked.platform, asked.item) != (
        wanted.act,
        wanted.account.platform,
        wanted.item,
    ):
        return False
    longest = clock.now() + timedelta(days=asked.days or 0)
    return same_handle(asked.handle, wanted.account.handle) and (wanted.until is None or wanted.until <= longest)


def _in_words(wanted: Restraint) -> str:
    return ", ".join(part for part in (wanted.account.handle, wanted.account.platform, wanted.item) if part)
