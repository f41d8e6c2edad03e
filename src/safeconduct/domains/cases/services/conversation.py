"""The reporter's side of a conversation, and the partner's: entering, writing, forgetting, closing the way in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.db import transaction

from safeconduct.accounts import services as accounts
from safeconduct.audit import services as audit
from safeconduct.domains.cases import door
from safeconduct.domains.cases.models import Message, Report
from safeconduct.domains.cases.papers import FEEDBACK, LETTER, Feedback, Letter
from safeconduct.domains.cases.queries.keeping import is_held
from safeconduct.domains.cases.rules import (
    ClockKind,
    Danger,
    Sender,
    Severity,
    Stage,
    Want,
    check_message,
    check_open,
    check_waiting,
    first_due,
    severity_of_lock,
)
from safeconduct.domains.cases.rules.deeds import Deed
from safeconduct.domains.cases.services.deeds import OpenReport, open_report, save_case
from safeconduct.domains.cases.services.drafts import delete_files
from safeconduct.domains.cases.services.erasing import LETTERS, WAYS
from safeconduct.domains.cases.services.letters import already_written, write_letter
from safeconduct.domains.cases.services.ringing import ring_again
from safeconduct.domains.cases.services.urgency import on_clock, promise_on, set_severity
from safeconduct.domains.safety.rules import WhoElse
from safeconduct.kernel import clock
from safeconduct.kernel.actors import Actor, ActorKind
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import CaseCode, Keyring, SealedFile, ledger
from safeconduct.vault import services as vault
from safeconduct.vault.papers import kept_files, size_of

WAY_IN_LASTS = timedelta(hours=12)
SENDERS = {
    ActorKind.REPORTER: Sender.REPORTER,
    ActorKind.PARTNER_MEMBER: Sender.PARTNER,
    ActorKind.PARTNER_PROGRAM: Sender.PARTNER,
}
WORDS_ON_FEEDBACK = 4000


@dataclass(frozen=True)
class Request:
    """That a person should lock an account, or hide it, and who else can see it."""

    wish: Want
    who_else_sees: WhoElse


def enter(code: CaseCode) -> str:
    """Return the cookie that opens the conversation of a code. A wrong code and a closed way in are answered alike."""
    key = code.reporter
    report_id = Report.objects.filter(reporter=key.recipient_id).values_list("id", flat=True).first()
    if report_id is None:
        raise NotAllowed("code.unknown", "These numbers open nothing here. Read them again, line by line.")
    return accounts.open_way_in(report_id, key, WAY_IN_LASTS)


@transaction.atomic
def say(
    report_id: UUID,
    text: str,
    *,
    ring: Keyring,
    by: Actor,
    key: UUID,
    files: Sequence[SealedFile] = (),
    danger: Danger | None = None,
    asks: Request | None = None,
) -> UUID:
    """Write to us. The same ``key`` twice is one letter. Word of danger makes the case imminent by itself.

    ``asks`` is a wish that a person locks or hides an account: a lock makes the case as urgent as one at the door.
    """
    held = open_report(report_id, ring, why="write to us")
    if already_written(held, key):
        return key
    check_open(Stage(held.case.stage))
    check_message(text, len(files))
    _check_files(held, files)
    now = clock.this_minute()
    name = held.told.partner_name if sender_of(by) is Sender.PARTNER else ""
    wish = asks.wish if asks else None
    write_letter(held, Letter(sender_of(by), name, text, now, kept_files(files), asks=wish), key=key, files=files)
    _start_answer_clock(held)
    least = _least(danger, asks)
    if least is Severity.P0:
        _wake_again(held, now)
    if least.above(Severity(held.case.severity)):
        set_severity(held.case, _reports_of(held), least, now=now)
    save_case(held.case)
    audit.record(by, Deed.REPORT_WRITTEN_TO, report_id, facts=on_clock(held.report, **promise_on(held.report)))
    return key


def _wake_again(held: OpenReport, now: datetime) -> None:
    """Begin the ladder of a case that was imminent before, or let the one that runs ring those who had it already."""
    held.case.imminent_since = held.case.imminent_since or now
    ring_again(held.case)


def _least(danger: Danger | None, asks: Request | None) -> Severity:
    if danger is Danger.NOW:
        return Severity.P0
    if asks is not None and asks.wish is Want.SECURE:
        return severity_of_lock(asks.who_else_sees)
    return Severity.P3


def sender_of(by: Actor) -> Sender:
    """Return on which side of a conversation somebody outside writes; staff have verbs of their own."""
    if by.kind not in SENDERS:
        raise NotAllowed
    return SENDERS[by.kind]


def _check_files(held: OpenReport, files: Sequence[SealedFile]) -> None:
    if files:
        check_waiting(_waiting_bytes(held), sum(file.size_bytes for file in files))
    if files and door.flooding() and held.report.replied_at is None:
        sentence = (
            "Very many reports are coming in, so files wait until a person has answered you. Your words can go now."
        )
        raise Refused("door.no-files", sentence)


def _waiting_bytes(held: OpenReport) -> int:
    """Return how many bytes of files came since a person wrote here last."""
    waiting = 0
    for message in held.report.messages.exclude(sealed=b"").order_by("-ordinal"):
        letter = LETTER.read(message.sealed, held.conversation, message.id)
        if letter.sender is Sender.US:
            return waiting
        waiting += size_of(letter.files)
    return waiting + size_of(held.told.files)


def _start_answer_clock(held: OpenReport) -> None:
    report = held.report
    # While the first reply is owed its clock runs already, and a second letter must not move a running clock.
    if report.replied_at is None or report.answer_due is not None:
        return
    report.asked_at = clock.this_minute()
    report.answer_due = first_due(Severity(held.case.severity), ClockKind.ANSWER, report.asked_at)
    report.save(update_fields=["asked_at", "answer_due"])


def _reports_of(held: OpenReport) -> list[Report]:
    return [held.report if each.id == held.report.id else each for each in held.case.reports.all()]


@transaction.atomic
def forget(message_id: UUID, *, ring: Keyring, by: Actor) -> None:
    """Delete one letter and its files for everybody. Only the reporter may; what was read, was read."""
    message = Message.objects.filter(pk=message_id).first()
    if message is None:
        raise NotAllowed
    held = _own(message.report_id, ring, by, why="forget a letter")
    message = held.report.messages.select_for_update().get(pk=message_id)
    if not message.sealed:
        return
    if held.case.restricted and message.stored_files.exists():
        sentence = "The law makes us keep what came with this message for now, sealed. Nobody looks at it."
        raise Refused("message.kept-by-law", sentence)
    if is_held([held.case.id]):
        # Not why: the law may forbid to say so, and whoever reads it may not be alone.
        raise Refused("message.kept", "This cannot be deleted now. It stays sealed.")
    # A new revision, so that the old ciphertext put back into the table opens nothing.
    message.revision += 1
    message.sealed = b""
    message.save(update_fields=["revision", "sealed"])
    delete_files(message.stored_files.values_list("id", flat=True))
    audit.record(by, Deed.MESSAGE_FORGOTTEN, held.report.id)
    ledger.note(LETTERS, [message_id])


@transaction.atomic
def close_the_way_in(report_id: UUID, *, ring: Keyring, by: Actor) -> None:
    """Make the case code open nothing for good, as if it had never been. Staff go on with the case."""
    held = _own(report_id, ring, by, why="close the way in")
    report = held.report
    if report.reporter is not None:
        vault.rewrap(report.conversation, ring=ring, add=(), drop={report.reporter}, by=by)
    report.reporter = None
    report.save(update_fields=["reporter"])
    accounts.end_sessions_of(report_id)
    audit.record(by, Deed.WAY_CLOSED, report_id)
    ledger.note(WAYS, [report_id])


@transaction.atomic
def give_feedback(
    report_id: UUID, better: Literal["yes", "some", "no"], words: str, *, ring: Keyring, by: Actor
) -> None:
    """Keep what the reporter says about how it ended. A later word takes the place of an earlier one."""
    held = open_report(report_id, ring, why="say how it ended")
    sender_of(by)
    paper = Feedback(better, words[:WORDS_ON_FEEDBACK], clock.this_minute())
    held.report.sealed_feedback = FEEDBACK.seal(paper, held.conversation, report_id)
    held.report.save(update_fields=["sealed_feedback"])
    audit.record(by, Deed.REPORT_FEEDBACK, report_id)


def _own(report_id: UUID, ring: Keyring, by: Actor, *, why: str) -> OpenReport:
    if by.kind is not ActorKind.REPORTER or by.id != report_id:
        raise NotAllowed
    return open_report(report_id, ring, why=why)
