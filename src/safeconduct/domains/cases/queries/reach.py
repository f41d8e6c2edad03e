"""What a ring reaches. Every read and every change of a case starts here, so nothing else is ever counted or named."""

from django.db.models import Exists, OuterRef, QuerySet

from safeconduct.accounts.values import Desk, Role
from safeconduct.domains.cases.models import Case, Report
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import Keyring
from safeconduct.vault import queries as vault


def reachable_cases(ring: Keyring) -> "QuerySet[Case]":
    """Return the cases whose work file this ring opens."""
    # Asked row by row, so that a queue is read in the order of its index and stops when the page is full.
    return Case.objects.filter(Exists(vault.openable(ring).filter(envelope_id=OuterRef("work"))))


def reachable_reports(ring: Keyring) -> "QuerySet[Report]":
    """Return the reports whose conversation this ring opens."""
    return Report.objects.filter(Exists(vault.openable(ring).filter(envelope_id=OuterRef("conversation"))))


def check_staff(desk: Desk) -> None:
    """Refuse whoever does not work on cases here; the answer is the one for a case that does not exist."""
    if not (desk.may(Role.RESPONDER) or desk.may(Role.LEAD)):
        raise NotAllowed


def check_called(desk: Desk) -> None:
    """Refuse whoever is never woken here: partners, reviewers, auditors. Custodians are, for askings and alarms."""
    if not desk.may(Role.CUSTODIAN):
        check_staff(desk)
