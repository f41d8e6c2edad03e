"""What this room has of a case that is to be erased: whether it is still needed, its keys, and letting go of it.

``project`` registers this with cases. Nothing here needs a key.
"""

from collections.abc import Collection
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from safeconduct.domains.remedy.models import (
    Appeal,
    AppealFile,
    AppealLetter,
    KeptWaiting,
    Promise,
    ReviewFile,
    Statement,
    StatementNotice,
)
from safeconduct.domains.remedy.rules import WINDOW, Stage
from safeconduct.kernel import clock
from safeconduct.vault import files

# Past the last moment of an appeal, the time in which somebody reads that it is over.
GRACE = timedelta(days=14)


def needs(about: Collection[UUID]) -> set[UUID]:
    """Return those with an appeal under way or that may still come, or with a promised remedy not delivered."""
    since = clock.now() - WINDOW - GRACE
    open_still = ~Q(stage=Stage.DECIDED.value) | Q(decided_at__gt=since)
    return {
        *_appeals(about).filter(open_still).values_list("case_id", flat=True),
        *_statements(about).filter(given_at__gt=since).values_list("file__case_id", flat=True),
        *_kept_waiting(about),
        *Promise.objects.filter(report_id__in=about, delivered_on=None).values_list("report_id", flat=True),
    }


def _kept_waiting(about: Collection[UUID]) -> set[UUID]:
    case_of = dict(_statements(about).values_list("id", "file__case_id"))
    subjects = KeptWaiting.objects.filter(subject__in={*about, *case_of}).values_list("subject", flat=True)
    return {case_of.get(each, each) for each in subjects}


def ids(about: Collection[UUID]) -> set[UUID]:
    """Return the envelopes of appeals and review files, and the appeals and statements of which the record speaks."""
    return {
        *_statements(about).values_list("id", flat=True),
        *_appeals(about).values_list("id", flat=True),
        *_appeals(about).values_list("envelope", flat=True),
        *_files(about).values_list("envelope", flat=True),
    }


def forget(about: Collection[UUID]) -> None:
    """Delete appeals, statements, review files and promises of these cases and reports."""
    appeals, statements = _appeals(about), _statements(about)
    going = [*AppealFile.objects.filter(letter__appeal__in=appeals).values_list("id", flat=True)]
    AppealFile.objects.filter(pk__in=going).delete()
    AppealLetter.objects.filter(appeal__in=appeals).delete()
    KeptWaiting.objects.filter(subject__in={*about, *statements.values_list("id", flat=True)}).delete()
    StatementNotice.objects.filter(statement__in=statements).delete()
    appeals.delete()
    statements.delete()
    _files(about).delete()
    Promise.objects.filter(report_id__in=about).delete()
    transaction.on_commit(partial(_delete_from_disk, going))


def _appeals(about: Collection[UUID]) -> "QuerySet[Appeal]":
    return Appeal.objects.filter(case_id__in=about)


def _files(about: Collection[UUID]) -> "QuerySet[ReviewFile]":
    return ReviewFile.objects.filter(case_id__in=about)


def _statements(about: Collection[UUID]) -> "QuerySet[Statement]":
    return Statement.objects.filter(file__case_id__in=about)


def _delete_from_disk(going: Collection[UUID]) -> None:
    for each in going:
        files.delete(each)
