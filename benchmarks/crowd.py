"""Fills a demonstration with cases, quickly: one of each kind is filed as always, the others follow its dates."""

import copy
import secrets
from collections.abc import Iterator
from itertools import islice

from django.db import connection, transaction

from benchmarks.reporters import words
from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import NOBODY_EXCLUDED
from safeconduct.audit import services as audit
from safeconduct.domains.cases.models import Case, Report
from safeconduct.domains.cases.papers import COVER, TOLD, Cover, Told
from safeconduct.domains.cases.rules import Danger, OriginKind, Severity, Threat, Want
from safeconduct.domains.cases.rules.numbers import CASE_NUMBERS, case_number
from safeconduct.domains.cases.services import intake
from safeconduct.domains.cases.values import ANONYMOUS, AccountNamed, Answers
from safeconduct.kernel.actors import OPERATOR
from safeconduct.kernel.ids import new_id
from safeconduct.vault import CaseCode, EnvelopeKind, Recipient
from safeconduct.vault import services as vault

A_COMMIT = 500
DANGERS = (Danger.SOON, Danger.NO, Danger.UNSURE, Danger.NO)  # none imminent: thousands of those would be no programme
THREATS = (Threat.T5, Threat.T1, Threat.T3, Threat.T8, Threat.T11)
COUNTRIES = ("BR", "KE", "TR", "PH", "GE", "MX", "TH")

Kind = tuple[Answers, Case, Report]


def fill(how_many: int) -> None:
    """Add so many untaken cases.

    Each has its own keys, wrapped to the same readers by the vault's own verb, and its own sealed words. What is
    spared is the disk, which is not waited for, and the working out of dates that its kind already has.
    """
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
    kinds = [_filed(answers) for answers in islice(answers_of_all_kinds(), min(how_many, len(DANGERS) * len(THREATS)))]
    readers = accounts.intake_recipients(NOBODY_EXCLUDED).recipients
    numbers = _unused()
    for start in range(len(kinds), how_many, A_COMMIT):
        _keep([kinds[at % len(kinds)] for at in range(start, min(start + A_COMMIT, how_many))], readers, numbers)
    connection.close()


def answers_of_all_kinds() -> Iterator[Answers]:
    """Yield what reporters tell, without end, in every mixture of danger, threat and country."""
    number = 0
    while True:
        yield Answers(
            happened=(THREATS[number % len(THREATS)],),
            text=words(),
            danger=DANGERS[number % len(DANGERS)],
            who_in_danger="two of us",
            accounts=(AccountNamed("juniper-square", "amina", mine=True),),
            wants=(Want.SECURE,),
            country=COUNTRIES[number % len(COUNTRIES)],
        )
        number += 1


def _filed(answers: Answers) -> Kind:
    receipt = intake.file_report(answers, nonce=secrets.token_bytes(32), by=ANONYMOUS)
    report = Report.objects.select_related("case").get(pk=receipt.report_id)
    return answers, report.case, report


def _unused() -> Iterator[str]:
    known = set(Case.objects.values_list("number", flat=True))
    while True:
        number = case_number(secrets.randbelow(CASE_NUMBERS))
        if number not in known:
            known.add(number)
            yield number


def _keep(kinds: list[Kind], readers: tuple[Recipient, ...], numbers: Iterator[str]) -> None:
    with transaction.atomic():
        made = [_another(kind, readers, next(numbers)) for kind in kinds]
        Case.objects.bulk_create(case for case, _ in made)
        Report.objects.bulk_create(report for _, report in made)
    audit.sequence_pending()


def _another(kind: Kind, readers: tuple[Recipient, ...], number: str) -> tuple[Case, Report]:
    answers, like_case, like_report = kind
    reporter = CaseCode.from_nonce(secrets.token_bytes(32)).reporter
    case, report = copy.copy(like_case), copy.copy(like_report)
    case.id, case.work, case.number, case.group = new_id(), new_id(), number, new_id()
    report.id, report.conversation, report.case, report.reporter = new_id(), new_id(), case, reporter.recipient_id
    work = vault.wrap(case.work, EnvelopeKind.WORK, to=readers, reporter=None, by=OPERATOR)
    conversation = vault.wrap(
        report.conversation, EnvelopeKind.CONVERSATION, to=readers, reporter=reporter, by=OPERATOR
    )
    case.sealed_cover = COVER.seal(_cover(answers, case), work, case.id, case.revision)
    report.sealed = TOLD.seal(Told(answers=answers, origin=OriginKind.ANONYMOUS), conversation, report.id)
    return case, report


def _cover(answers: Answers, case: Case) -> Cover:
    return Cover(
        happened=answers.happened,
        platform="juniper-square",
        country=answers.country,
        origin=OriginKind.ANONYMOUS,
        partner_name="",
        assessed_as=Severity(case.severity),
        assessed_at=case.received_at,
    )
