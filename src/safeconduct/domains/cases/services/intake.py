"""A report comes in: kept for good before its code is handed out, and the same form sent twice is one report."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from safeconduct.accounts import queries as accounts
from safeconduct.audit import services as audit
from safeconduct.domains.cases import alike, door
from safeconduct.domains.cases.events import ReportReceived
from safeconduct.domains.cases.models import Case, Report, StoredFile
from safeconduct.domains.cases.papers import COVER, TOLD, Cover, Told
from safeconduct.domains.cases.queries.channel import channel_mode
from safeconduct.domains.cases.queries.drafts import draft_id
from safeconduct.domains.cases.queries.receipts import receipt_for, receipt_of
from safeconduct.domains.cases.rules import (
    ClockKind,
    OriginKind,
    Severity,
    Short,
    Stage,
    Want,
    check_answers,
    check_short_answers,
    first_due,
    severity_at_intake,
)
from safeconduct.domains.cases.rules.deeds import Deed
from safeconduct.domains.cases.rules.numbers import CASE_NUMBERS, case_number
from safeconduct.domains.cases.services.channel import use_invitation
from safeconduct.domains.cases.services.deeds import after_commit, reporter_actor, save_case
from safeconduct.domains.cases.services.drafts import (
    check_draft,
    delete_unsent,
    drop_draft,
    keep_draft,
    release_draft,
    sweep_drafts,
)
from safeconduct.domains.cases.services.indexing import index_after_commit
from safeconduct.domains.cases.services.urgency import on_clock, promise_on
from safeconduct.domains.cases.values import Answers, Origin, Receipt
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused, Unavailable
from safeconduct.vault import CaseCode, EnvelopeKind, Recipient, ReporterKey, SealedFile, confiding
from safeconduct.vault import services as vault
from safeconduct.vault.papers import kept_files

__all__ = ["delete_unsent", "drop_draft", "file_report", "keep_draft", "sweep_drafts"]

TRIES: Final = 5


@dataclass
class Arrival:
    """One report on its way in."""

    answers: Answers
    origin: Origin
    files: Sequence[SealedFile]
    nonce: bytes = field(repr=False)
    code: CaseCode = field(repr=False)
    key: ReporterKey = field(repr=False)
    at: datetime
    readers: tuple[Recipient, ...] = field(repr=False)
    group: UUID | None
    of_draft: bool


def file_report(
    answers: Answers, *, nonce: bytes, files: Sequence[SealedFile] = (), by: Origin, of_draft: bool = False
) -> Receipt:
    """Keep a report for good and return its code.

    The code follows from the nonce, and no two reports can have one code, so a form that is sent twice, even at the
    same moment, is one report with one receipt. ``of_draft`` says that it comes from a form whose draft must still be
    there: a form that was sent before, and whose way in was closed since, files nothing.
    """
    check_answers(len(answers.text), len(answers.accounts), len(answers.links), len(files))
    check_short_answers(_short_answers(answers))
    code = CaseCode.from_nonce(nonce)
    if known := receipt_for(code):
        return known
    arrival = _prepared(answers, nonce, code, files, by, of_draft=of_draft)
    for _ in range(TRIES):
        try:
            return _file(arrival)
        except (IntegrityError, Refused) as fault:
            # The same form may have come in by another hand just now, and used the invitation up on its way.
            # Otherwise another case drew the same number, and the next draw will do.
            if known := receipt_for(code):
                return known
            if isinstance(fault, Refused):
                raise
    raise Unavailable(
        "report.not-kept", "The report could not be kept just now. Nothing you wrote is lost. Send it again."
    )


def _short_answers(answers: Answers) -> dict[Short, tuple[str, ...]]:
    return {
        Short.LEFT_OUT: (answers.exclusions.person,),
        Short.TELL: (answers.tell,),
        Short.WHO_IN_DANGER: (answers.who_in_danger,),
        Short.COUNTRY: (answers.country, *answers.exclusions.countries),
        Short.LANGUAGE: (answers.language,),
        Short.PLATFORM: tuple(account.platform for account in answers.accounts),
        Short.HANDLE: tuple(account.handle for account in answers.accounts),
        Short.LINK: answers.links,
    }


def _prepared(
    answers: Answers, nonce: bytes, code: CaseCode, files: Sequence[SealedFile], by: Origin, *, of_draft: bool
) -> Arrival:
    """Do before the transaction what takes long, so that others who write wait for less."""
    readers = accounts.intake_recipients(answers.exclusions).recipients
    group = alike.groups.group_of(answers.text)
    return Arrival(answers, by, files, nonce, code, code.reporter, clock.this_minute(), readers, group, of_draft)


@transaction.atomic
def _file(arrival: Arrival) -> Receipt:
    _check_door(arrival.origin)
    if arrival.of_draft:
        check_draft(arrival.nonce, arrival.files)
    case, report = _rows(arrival)
    _seal(case, report, arrival)
    case.save(force_insert=True)
    report.save(force_insert=True)
    save_case(case)
    _claim_files(report, arrival)
    release_draft(arrival.nonce)
    by = arrival.origin.actor or reporter_actor(report.id)
    audit.record(by, Deed.REPORT_RECEIVED, report.id, facts=on_clock(report, **promise_on(report)))
    after_commit(ReportReceived(report.id, case.id))
    index_after_commit(report.id, _told(arrival))
    if arrival.origin.kind is not OriginKind.PARTNER:
        transaction.on_commit(door.door.arrived)
    return receipt_of(report, arrival.code, first=True)


def _check_door(origin: Origin) -> None:
    if not channel_mode().admits(origin.kind):
        raise Refused(
            "channel.closed",
            "Reports cannot be sent this way now. Someone you trust may know a partner who can send one.",
        )
    if origin.kind is OriginKind.INVITED:
        use_invitation(origin.invitation)
    if origin.kind is OriginKind.PARTNER and origin.organisation is None:
        sentence = (
            "Your organisation's key waits for two custodians, so nothing can be sealed to you yet. Ask the programme."
        )
        raise Refused("partner.not-signed", sentence)
    if origin.kind is OriginKind.PARTNER and origin.actor is None:
        raise NotAllowed


def _rows(arrival: Arrival) -> tuple[Case, Report]:
    told = arrival.answers
    severity = severity_at_intake(told.happened, told.danger, told.wants, told.who_else_sees)
    case = Case(
        number=case_number(secrets.randbelow(CASE_NUMBERS)),
        stage=Stage.NEW.value,
        severity=severity.value,
        language=arrival.answers.language,
        group=arrival.group,
        known=arrival.origin.kind is not OriginKind.ANONYMOUS,
        received_at=arrival.at,
        imminent_since=arrival.at if severity is Severity.P0 else None,
        settle_due=first_due(severity, ClockKind.SETTLE, arrival.at),
    )
    report = Report(
        case=case,
        reporter=arrival.key.recipient_id,
        received_at=arrival.at,
        reply_due=first_due(severity, ClockKind.REPLY, arrival.at),
    )
    return case, report


def _seal(case: Case, report: Report, arrival: Arrival) -> None:
    """Wrap both keys to whoever may read, the excluded left out, and seal what was told under them."""
    organisation = arrival.origin.organisation
    shared = (*arrival.readers, organisation) if organisation else arrival.readers
    actor = arrival.origin.actor or reporter_actor(report.id)
    conversation = vault.wrap(report.conversation, EnvelopeKind.CONVERSATION, to=shared, reporter=arrival.key, by=actor)
    work = vault.wrap(case.work, EnvelopeKind.WORK, to=arrival.readers, reporter=None, by=actor)
    report.sealed = TOLD.seal(_told(arrival), conversation, report.id)
    report.clock_key = confiding.public_key_of(conversation)
    case.sealed_cover = COVER.seal(_cover(arrival, Severity(case.severity)), work, case.id, case.revision)


def _told(arrival: Arrival) -> Told:
    return Told(
        answers=arrival.answers,
        origin=arrival.origin.kind,
        partner_name=arrival.origin.partner_name,
        reference=arrival.origin.reference,
        organisation=arrival.origin.organisation.id if arrival.origin.organisation else None,
        files=kept_files(arrival.files),
    )


def _cover(arrival: Arrival, severity: Severity) -> Cover:
    answers = arrival.answers
    return Cover(
        happened=answers.happened,
        platform=next((account.platform for account in answers.accounts if account.platform), ""),
        country=answers.country,
        origin=arrival.origin.kind,
        partner_name=arrival.origin.partner_name,
        exclusions=answers.exclusions,
        asks_lock=Want.SECURE in answers.wants,
        assessed_as=severity,
        assessed_at=arrival.at,
    )


def _claim_files(report: Report, arrival: Arrival) -> None:
    ids = [file.id for file in arrival.files]
    # A file's id in a form proves nothing: what is kept already must be kept for this very form.
    if StoredFile.objects.filter(id__in=ids).exclude(draft=draft_id(arrival.nonce)).exists():
        raise NotAllowed
    StoredFile.objects.filter(id__in=ids).update(report=report)
    StoredFile.objects.bulk_create((StoredFile(id=each, report=report) for each in ids), ignore_conflicts=True)
