"""The timeline: the audit record of a case in past-tense sentences, newest last."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from safeconduct.domains.cases.rules.deeds import Deed
from safeconduct.domains.cases.views import CaseView, TimelineEntry
from safeconduct.web.console.words import Text

HAPPENED: Mapping[str, Text] = {
    Deed.REPORT_RECEIVED: _("Report received."),
    Deed.REPORT_WRITTEN_TO: _("A message came in."),
    Deed.REPORT_ANSWERED: _("Answered."),
    Deed.REPORT_RAISED: _("Ranked more urgent."),
    Deed.REPORT_LOWERED: _("Ranked less urgent, with a reason."),
    Deed.REPORT_ESCALATED: _("People were called."),
    Deed.PAGE_ACKNOWLEDGED: _("A call was seen."),
    Deed.REPORT_MITIGATED: _("The harm was stopped."),
    Deed.REPORT_DECIDED: _("Decided, with reasons."),
    Deed.REPORT_DECIDED_AGAIN: _("Decided again by somebody else, after an appeal."),
    Deed.REPORT_RETURNED: _("Given back for work after an appeal."),
    Deed.REPORT_CLOSED: _("The reporter was told that the case is closed."),
    Deed.REPORT_LINKED: _("Put into another case."),
    Deed.REPORT_CONSENT_ASKED: _("Asked whether it may go to the general queue."),
    Deed.REPORT_CONSENT_GIVEN: _("Agreed that parts of it go to the general queue."),
    Deed.REPORT_CONSENT_REFUSED: _("Said no to the general queue."),
    Deed.REPORT_PASSED_ON: _("Handed over to the general queue, as agreed."),
    Deed.REPORT_FEEDBACK: _("The reporter said how it ended."),
    Deed.MESSAGE_FORGOTTEN: _("A message was removed by its writer."),
    Deed.WAY_CLOSED: _("The reporter closed the way in for good."),
    Deed.REPORT_ACCOUNT_WRITTEN: _("Wrote down an account that the reporter named in words."),
    Deed.REPORT_ACCOUNT_BACK: _("Took back an account that was written down."),
    Deed.CASE_TAKEN: _("Taken."),
    Deed.CASE_HANDED_OVER: _("Handed over."),
    Deed.CASE_STEPPED_BACK: _("Stepped back for a conflict of interest."),
    Deed.CASE_NOTED: _("Wrote in the work file."),
    Deed.CASE_SUMMARISED: _("Wrote the case in one line."),
    Deed.CASE_ASSESSED: _("Assessed how severe it is."),
    Deed.CASE_REWRAPPED: _("Keys renewed after a colleague's changed."),
    Deed.CASE_EVIDENCE_ADDED: _("Added evidence."),
    Deed.CASE_COPY_PUT_BESIDE: _("Put what the reporter sent beside a ciphertext."),
    Deed.CASE_LINKED: _("Took in the reports of another case."),
    Deed.CASE_RESTRICTED: _("Closed its pictures and files to everyone."),
    Deed.CASE_HANDED_OUT_BY_LAW: _("A lead took out an original for the body that the law names."),
    Deed.CASE_TOLD_BY_LAW: _("The body that the law names was told."),
    Deed.CASE_SECOND_ASKED: _("Asked a second person to agree to an act."),
    Deed.CASE_SECOND_AGREED: _("Agreed to an act, as the second person."),
    Deed.CASE_SECOND_BACK: _("Took back what a second person was asked."),
    Deed.CASE_PACKET_MADE: _("Made what goes to the general queue."),
    Deed.CASE_CLOSED: _("Closed."),
    Deed.CASE_RETURNED: _("Opened again after an appeal."),
    "statement.given": _("Wrote reasons to be handed to the person acted on."),
    "statement.ordered": _("Ordered that the platform gives reasons to the person acted on."),
    "statement.sent": _("The platform gave the reasons to the person acted on."),
    "statement.not-sent": _("The platform did not give the reasons."),
    "report.told-of-demand": _("Told the reporter of a demand of an authority."),
    "demand.took-from-case": _("Pieces of it were handed to an authority."),
    "statement.lost": _("The reasons were lost on the way; a person must give them again."),
    "remedy.promised": _("Promised the reporter a remedy."),
    "remedy.delivered": _("Delivered a remedy, with what shows it."),
    "review.nobody": _("Nobody else could have looked at this decision again."),
    Deed.HOLD_ASKED: _("Asked that nothing of it is erased."),
    Deed.HOLD_AGREED: _("Agreed that nothing of it is erased."),
    Deed.HOLD_LIFT_ASKED: _("Asked that a hold is lifted."),
    Deed.HOLD_LIFT_WITHDRAWN: _("Let a hold stand that was to be lifted."),
    Deed.HOLD_LIFTED: _("Lifted a hold."),
    Deed.ERASURE_ASKED: _("Asked to erase it before its time."),
    Deed.ERASURE_AGREED: _("Agreed to erase it before its time."),
    Deed.ERASURE_WITHDRAWN: _("Took back the wish to erase it."),
    Deed.CASE_ERASED: _("Erased for good."),
    Deed.VEIL_LIFTED: _("Lifted a veil."),
    "account.act-ordered": _("Ordered an act on an account."),
    "account.act-tried": _("The platform was asked."),
    "account.act-ended": _("An act ended, and its record stands."),
    "account.act-lost": _("An order was lost; a person must look."),
    "account.undo-ordered": _("Ordered that an act is taken back."),
    "account.lock-confirmed": _("Gave the second proof for a lock."),
    "account.lock-lapsed": _("A lock ended by itself."),
    "account.looked-at": _("Read the account's state."),
    "account.code-sent": _("Sent a code to an account."),
    "account.code-right": _("A code was right."),
    "account.code-wrong": _("A code was wrong."),
    "account.checked": _("Checked whose an account is; a second colleague must check too."),
    "account.vouched-for": _("The partner vouched for an account."),
}

BY_KIND: Mapping[str, Text] = {
    "reporter": _("The reporter"),
    "rule": _("By rule"),
    "operator": _("The operator"),
    "partner-member": _("The partner"),
    "partner-program": _("The partner's program"),
}


@dataclass(frozen=True)
class Told:
    """One line of the timeline."""

    at: datetime
    sentence: str
    by: str
    id: UUID = field(compare=False)
    times: int = 1
    day_only: bool = False


def told(case: CaseView) -> list[Told]:
    """Return the lines, oldest first; the same thing again in the same minute is one line that says how often.

    An entry nobody wrote a sentence for is shown by its own word, never left out.
    """
    lines = (
        Told(entry.at, sentence_of(entry), by_whom(entry), entry.id, day_only=entry.somebody) for entry in case.timeline
    )
    return [replace(line, times=len([*again])) for line, again in groupby(lines)]


def sentence_of(entry: TimelineEntry) -> str:
    """Say what an entry tells of; without a sentence of its own it is shown by its word."""
    return str(HAPPENED.get(entry.action, entry.action))


def by_whom(entry: TimelineEntry) -> str:
    """Name whoever an entry is by: a colleague, else the reporter, a rule, a partner."""
    if entry.somebody:
        return str(_("Somebody here"))
    return entry.by or str(BY_KIND.get(entry.by_kind, ""))
