"""Writing down an account that a reporter named only in words, so that it can be secured like one named in the form.

It proves nothing: what may be done to the account takes the same proof as ever. The reporter sees it and who wrote it.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.audit import services as audit
from safeconduct.connectors.port import AccountRef, seen_handle
from safeconduct.connectors.registry import connector_for
from safeconduct.domains.cases.papers import WRITTEN, AccountWritten, WorkKind, Written, told_in, written_in
from safeconduct.domains.cases.queries.elsewhere import entries_of
from safeconduct.domains.cases.rules import Verb, check_written
from safeconduct.domains.cases.rules.deeds import Deed
from safeconduct.domains.cases.services.deeds import OpenCase, OpenReport, open_case, open_report
from safeconduct.domains.cases.services.indexing import index_after_commit
from safeconduct.domains.safety import queries as safety
from safeconduct.domains.safety.rules import is_protected
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused, Unavailable

WHY = "write down an account"
NOT_THERE = "The platform knows no account of this name. Check the spelling, and ask the reporter."
IN_FORCE = "Something that was done to this account still stands. Take that back first; then it can be taken back here."


@dataclass(frozen=True)
class WrittenDown:
    """What was written down, and whether the platform could be asked about it: ``False`` where it was silent."""

    account: AccountRef
    looked: bool


def write_down(case_id: UUID, report_id: UUID, account: AccountRef, *, source: str, desk: Desk) -> WrittenDown:
    """Write down an account to protect, and ``source``: where the reporter named it.

    The platform is asked whether it knows it, before anything is locked; a silent one holds nothing up.
    """
    wanted = AccountRef(account.platform, seen_handle(account.handle))
    with transaction.atomic():
        _opened(case_id, report_id, wanted, source, desk)
    looked = _look(wanted)
    with transaction.atomic():
        held, opened = _opened(case_id, report_id, wanted, source, desk)
        _keep(held, opened, wanted, source)
    return WrittenDown(wanted, looked)


@transaction.atomic
def take_back(case_id: UUID, report_id: UUID, account: AccountRef, desk: Desk) -> None:
    """Take back an account that was written down. What was done to it is taken back first."""
    held, opened = _held(case_id, report_id, desk)
    written = written_in(opened.report, opened.conversation)
    standing = [one for one in written.accounts if one.back_at is None and _ref(one) == account]
    if not standing:
        raise NotAllowed
    acts = safety.bundles_for(report_id, {opened.conversation.id: opened.conversation})
    if any(act.account == account and (act.can_undo or not act.finished) for act in acts):
        raise Refused("account.in-force", IN_FORCE)
    back = [replace(one, back_by_name=desk.display_name, back_at=clock.this_minute()) for one in standing]
    left = Written((*(one for one in written.accounts if one not in standing), *back))
    _write(opened, left)
    held.write(WorkKind.ACCOUNT_BACK, _in_words(account))
    audit.record(desk.actor, Deed.REPORT_ACCOUNT_BACK, report_id)
    # Else every act on a mistyped account would wait for a second person until this case is closed.
    index_after_commit(report_id, told_in(opened.report, opened.conversation), left)


def wrote_down(held: OpenCase, account: AccountRef) -> bool:
    """Answer whether this very person wrote down the account on this case."""
    first_line = _in_words(account)
    return any(
        entry.kind is WorkKind.ACCOUNT_WRITTEN
        and entry.by == held.desk.member_id
        and entry.text.partition("\n")[0] == first_line
        for _row, entry in entries_of(held.case, held.work)
    )


def _held(case_id: UUID, report_id: UUID, desk: Desk) -> tuple[OpenCase, OpenReport]:
    held = open_case(case_id, desk, why=WHY)
    held.must(Verb.ACT)
    opened = open_report(report_id, desk.ring, why=WHY)
    if opened.report.case_id != case_id:
        raise NotAllowed
    return held, opened


def _opened(
    case_id: UUID, report_id: UUID, account: AccountRef, source: str, desk: Desk
) -> tuple[OpenCase, OpenReport]:
    held, opened = _held(case_id, report_id, desk)
    told = opened.told.answers.accounts
    mine = [AccountRef(each.platform, each.handle) for each in told if each.mine]
    check_written(account.handle, source, count=len(told), named_already=is_protected(account, mine))
    return held, opened


def _look(account: AccountRef) -> bool:
    try:
        if not connector_for(account.platform).account(account.handle).exists:
            raise Refused("account.unknown", NOT_THERE)
    except Unavailable:
        return False
    return True


def _keep(held: OpenCase, opened: OpenReport, account: AccountRef, source: str) -> None:
    desk, earlier = held.desk, written_in(opened.report, opened.conversation).accounts
    one = AccountWritten(account.platform, account.handle, desk.display_name, clock.this_minute())
    told = replace(opened.told.answers, accounts=(*opened.told.answers.accounts, one.named))
    _write(opened, Written((*earlier, one)))
    held.write(WorkKind.ACCOUNT_WRITTEN, f"{_in_words(account)}\n{source.strip()}")
    audit.record(desk.actor, Deed.REPORT_ACCOUNT_WRITTEN, opened.report.id)
    index_after_commit(opened.report.id, replace(opened.told, answers=told), Written((*earlier, one)))


def _write(opened: OpenReport, written: Written) -> None:
    report = opened.report
    report.sealed_written = WRITTEN.seal(written, opened.conversation, report.id)
    # What it names has changed, so it waits for the index anew.
    report.indexed = False
    report.save(update_fields=["sealed_written", "indexed"])


def _ref(one: AccountWritten) -> AccountRef:
    return AccountRef(one.platform, one.handle)


def _in_words(account: AccountRef) -> str:
    return f"{account.handle} ({account.platform})"
