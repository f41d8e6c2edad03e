"""Deciding and closing."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases.events import CaseDecided
from safeconduct.domains.cases.papers import Decided, Letter, WorkKind
from safeconduct.domains.cases.queries.consents import consent_in
from safeconduct.domains.cases.rules import (
    OUTCOME_OF,
    Outcome,
    Reason,
    Sender,
    Stage,
    Verb,
    check_consent,
    check_decision,
    check_linkage,
    check_words_for_acted_on,
)
from safeconduct.domains.cases.rules.deeds import Deed
from safeconduct.domains.cases.services.counting import count_once
from safeconduct.domains.cases.services.cutting import cut_case, cut_report
from safeconduct.domains.cases.services.deeds import (
    OpenCase,
    OpenReport,
    after_commit,
    open_case,
    open_reports,
    ring_after_commit,
)
from safeconduct.domains.cases.services.letters import mark_replied, write_letter
from safeconduct.domains.cases.values import Contribution, Decision
from safeconduct.kernel import clock


@transaction.atomic
def decide(case_id: UUID, decision: Decision, desk: Desk) -> Outcome:
    """Decide a case and write to every reporter. Refusing with reasons keeps the second promise as well as helping."""
    held = open_case(case_id, desk, why="decide the case")
    held.must(Verb.DECIDE)
    conversations = open_reports(held.reports, desk.ring, why="decide the case")
    _check(held, decision, conversations)
    outcome = OUTCOME_OF[decision.reason]
    now = clock.this_minute()
    held.move(Stage.DECIDED)
    held.case.outcome = outcome.value
    # A decision may mark a case and never lifts a mark: what was sent stays what it is.
    held.case.restricted = held.case.restricted or outcome is Outcome.CHILD_ABUSE
    held.case.settled_at = held.case.settled_at or now
    said = Decided(outcome, decision.reason, decision.words_for_reporter, desk.display_name, now)
    in_full = _in_full(said, decision, desk, agreed=any(_agreed(each) for each in conversations))
    held.write(WorkKind.DECIDED, decided=in_full)
    for conversation in conversations:
        _tell_reporter(conversation, said)
    held.save()
    held.tell_of_reports(Deed.REPORT_DECIDED, outcome=outcome.value)
    return outcome


def _was_asked(each: OpenReport) -> bool:
    """Answer whether a reporter was asked, or nobody is left behind their door to be asked."""
    unreachable = each.report.reporter is None and each.told.organisation is None
    return unreachable or consent_in(each.report, each.conversation) is not None


def _agreed(each: OpenReport) -> bool:
    consent = consent_in(each.report, each.conversation)
    return consent is not None and bool(consent.agreed)


def _check(held: OpenCase, decision: Decision, conversations: Sequence[OpenReport]) -> None:
    check_decision(evidence=decision.evidence, words_for_reporter=decision.words_for_reporter)
    check_consent(decision.reason, asked=all(_was_asked(each) for each in conversations))
    told = [conversation.told for conversation in conversations]
    accounts = [account for each in told for account in each.answers.accounts if account.mine]
    protected = [held.case.number, *(account.handle for account in accounts), *(each.partner_name for each in told)]
    check_words_for_acted_on(decision.words_for_acted_on, protected=protected)


def _in_full(said: Decided, decision: Decision, desk: Desk, *, agreed: bool) -> Decided:
    return replace(
        said,
        by=desk.member_id,
        words_for_acted_on=decision.words_for_acted_on,
        evidence=decision.evidence,
        consent=agreed if decision.reason is Reason.FOR_THE_GENERAL_QUEUE else None,
    )


def _tell_reporter(conversation: OpenReport, said: Decided) -> None:
    write_letter(conversation, Letter(Sender.US, said.by_name, said.words, said.at, decided=said))
    mark_replied(conversation)
    report = conversation.report
    after_commit(CaseDecided(report.id, report.case_id, conversation.told.organisation))
    ring_after_commit(conversation.told)


@transaction.atomic
def close_case(case_id: UUID, contribution: Contribution, *, feedback_asked: bool, desk: Desk) -> None:
    """Close a decided case: say whether the platform contributed, and ask the reporter how it ended.

    The exact times go under the seals, and in clear only days remain.
    """
    held = open_case(case_id, desk, why="close the case")
    held.must(Verb.CLOSE)
    check_linkage(contribution.linkage, contribution.words)
    conversations = open_reports(held.reports, desk.ring, why="close the case")
    held.write(WorkKind.CONTRIBUTION, contribution.words, linkage=contribution.linkage)
    for conversation in conversations:
        _say_closed(conversation, desk, feedback_asked=feedback_asked)
    count_once(held, conversations)
    held.move(Stage.CLOSED)
    held.tell_of_reports(Deed.REPORT_CLOSED)
    for conversation in conversations:
        cut_report(conversation)
    cut_case(held.case)
    held.case.pages.all().delete()
    held.save()
    held.tell(Deed.CASE_CLOSED)


def _say_closed(conversation: OpenReport, desk: Desk, *, feedback_asked: bool) -> None:
    if feedback_asked:
        write_letter(conversation, Letter(Sender.US, desk.display_name, "", clock.this_minute(), asks_feedback=True))
    ring_after_commit(conversation.told)
