"""What a reporter was asked about the platform's general queue, and what they said."""

from safeconduct.domains.cases.models import Report
from safeconduct.domains.cases.papers import CONSENT
from safeconduct.domains.cases.values import Consent
from safeconduct.vault import Opened


def consent_in(report: Report, opened: Opened) -> Consent | None:
    """Return it, or None before anybody asked."""
    return CONSENT.read(report.sealed_consent, opened, report.id) if report.sealed_consent else None
