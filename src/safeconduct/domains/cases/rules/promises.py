"""What a clock's entry in the record is committed to: how severe the case is, and what was promised by when."""

from datetime import datetime

from safeconduct.domains.cases.rules.severity import Severity

FORM = "%Y-%m-%dT%H:%MZ"


def promised(severity: Severity, *, reply_due: datetime, settle_due: datetime) -> dict[str, str]:
    """Return the facts of one promise, in the one form in which they are committed to and told in a proof."""
    return {
        "severity": severity.value,
        "reply_due": reply_due.strftime(FORM),
        "settle_due": settle_due.strftime(FORM),
    }
