"""What the record says was done to a case or to one of its reports, and which of it makes nobody a hand in it."""

from enum import StrEnum
from typing import Final


class Deed(StrEnum):
    """One action in the record whose subject is a case or a report.

    Whoever of the staff did one has had a hand in the case and decides no appeal of it, but for ``NO_HAND``.
    """

    REPORT_RECEIVED = "report.received"
    REPORT_WRITTEN_TO = "report.written-to"
    REPORT_ANSWERED = "report.answered"
    REPORT_RAISED = "report.raised"
    REPORT_LOWERED = "report.lowered"
    REPORT_ESCALATED = "report.escalated"
    REPORT_MITIGATED = "report.mitigated"
    REPORT_LINKED = "report.linked"
    REPORT_ACCOUNT_WRITTEN = "report.account-written"
    REPORT_ACCOUNT_BACK = "report.account-back"
    REPORT_CONSENT_ASKED = "report.consent-asked"
    REPORT_CONSENT_GIVEN = "report.consent-given"
    REPORT_CONSENT_REFUSED = "report.consent-refused"
    REPORT_PASSED_ON = "report.passed-on"
    REPORT_DECIDED = "report.decided"
    REPORT_DECIDED_AGAIN = "report.decided-again"
    REPORT_RETURNED = "report.returned"
    REPORT_CLOSED = "report.closed"
    REPORT_FEEDBACK = "report.feedback"
    MESSAGE_FORGOTTEN = "message.forgotten"
    WAY_CLOSED = "way.closed"
    PAGE_ACKNOWLEDGED = "page.acknowledged"
    VEIL_LIFTED = "veil.lifted"
    CASE_TAKEN = "case.taken"
    CASE_HANDED_OVER = "case.handed-over"
    CASE_STEPPED_BACK = "case.stepped-back"
    CASE_NOTED = "case.noted"
    CASE_SUMMARISED = "case.summarised"
    CASE_ASSESSED = "case.assessed"
    CASE_REWRAPPED = "case.rewrapped"
    CASE_EVIDENCE_ADDED = "case.evidence-added"
    CASE_COPY_PUT_BESIDE = "case.copy-put-beside"
    CASE_LINKED = "case.linked"
    CASE_RESTRICTED = "case.restricted"
    CASE_HANDED_OUT_BY_LAW = "case.handed-out-by-law"
    CASE_TOLD_BY_LAW = "case.told-by-law"
    CASE_SECOND_ASKED = "case.second-asked"
    CASE_SECOND_AGREED = "case.second-agreed"
    CASE_SECOND_BACK = "case.second-back"
    CASE_PACKET_MADE = "case.packet-made"
    CASE_CLOSED = "case.closed"
    CASE_RETURNED = "case.returned"
    CASE_HELPDESK_TOLD = "case.helpdesk-told"
    HOLD_ASKED = "hold.asked"
    HOLD_AGREED = "hold.agreed"
    HOLD_LIFT_ASKED = "hold.lift-asked"
    HOLD_LIFT_WITHDRAWN = "hold.lift-withdrawn"
    HOLD_LIFTED = "hold.lifted"
    ERASURE_ASKED = "erasure.asked"
    ERASURE_AGREED = "erasure.agreed"
    ERASURE_WITHDRAWN = "erasure.withdrawn"
    CASE_ERASED = "case.erased"


# Saying how long a case is kept says nothing about what was decided in it.
KEEPING: Final = frozenset(
    {
        Deed.HOLD_ASKED,
        Deed.HOLD_AGREED,
        Deed.HOLD_LIFT_ASKED,
        Deed.HOLD_LIFT_WITHDRAWN,
        Deed.HOLD_LIFTED,
        Deed.ERASURE_ASKED,
        Deed.ERASURE_AGREED,
        Deed.ERASURE_WITHDRAWN,
        Deed.CASE_ERASED,
    }
)
# Looking is not deciding, and signing in renews keys by itself.
NO_HAND: Final = frozenset({Deed.VEIL_LIFTED, Deed.CASE_REWRAPPED}) | KEEPING
DECISIONS: Final = frozenset({Deed.REPORT_DECIDED, Deed.REPORT_DECIDED_AGAIN})
# What a reviewer does to a case because of the appeal they have taken. Whether they were fresh was asked before.
OF_A_REVIEW: Final = frozenset({Deed.REPORT_DECIDED_AGAIN, Deed.REPORT_RETURNED, Deed.CASE_RETURNED})
CLOCK_DEEDS: Final = frozenset(
    {
        Deed.REPORT_RECEIVED,
        Deed.REPORT_RAISED,
        Deed.REPORT_LOWERED,
        Deed.REPORT_ANSWERED,
        Deed.REPORT_WRITTEN_TO,
        Deed.REPORT_ESCALATED,
        Deed.REPORT_MITIGATED,
        Deed.REPORT_LINKED,
        Deed.REPORT_CONSENT_ASKED,
        Deed.REPORT_DECIDED,
        Deed.REPORT_CLOSED,
    }
)
