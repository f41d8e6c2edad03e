"""The platform's general queue: asking the reporter, hearing what they say, handing over what they agreed to."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.audit import services as audit
from safeconduct.domains.cases.events import AnswerGiven
from safeconduct.domains.cases.papers import CONSENT
from safeconduct.domains.cases.queries.consents import consent_in
from safeconduct.domains.cases.queries.general import fingerprint_of, packet_of
from safeconduct.domains.cases.rules import Outcome, Part, Showing, Stage, Verb, check_asking, check_open, check_showing
from safeconduct.domains.cases.rules.deeds import Deed
from safeconduct.domains.cases.services.conversation import sender_of
from safeconduct.domains.cases.services.deeds import (
    OpenReport,
    after_commit,
    open_case,
    open_report,
    open_reports,
    ring_after_commit,
)
from safeconduct.domains.cases.services.letters import mark_replied
from safeconduct.domains.cases.values import Consent, GeneralPacket
from safeconduct.kernel import clock
from safeconduct.kernel.actors import Actor
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import Keyring

NOT_DECIDED = "This goes to the general queue only when it was decided so. Decide the case first."
NOBODY_AGREED = "Nobody has agreed that this goes to the general queue. Ask in the conversation, and wait for the yes."
ASKED_ANEW = "The question has changed since this page was opened. Nothing was agreed. Read it again, then answer."
CHANGED = "This is not what the page showed. Look at it again, then hand it over."


@transaction.atomic
def ask(case_id: UUID, report_id: UUID, parts: Collection[Part], question: str, desk: Desk) -> None:
    """Ask a reporter in their conversation whether these parts may go on. Asking anew forgets an earlier answer."""
    held = open_case(case_id, desk, why="ask about the general queue")
    held.must(Verb.SAY)
    check_showing(Showing.ORIGINAL, restricted=held.case.restricted)
    opened = open_report(report_id, desk.ring, why="ask about the general queue")
    if opened.report.case_id != case_id:
        raise NotAllowed
    earlier = consent_in(opened.report, opened.conversation)
    check_asking(parts, question, handed_over=earlier is not None and earlier.handed_at is not None)
    in_order = tuple(part for part in Part if part in parts)
    _keep(opened, Consent(in_order, question, desk.display_name, clock.this_minute()))
    mark_replied(opened)
    held.save()
    audit.record(desk.actor, Deed.REPORT_CONSENT_ASKED, report_id)
    after_commit(AnswerGiven(report_id, case_id, opened.told.organisation))
    ring_after_commit(opened.told)


@transaction.atomic
def answer(report_id: UUID, *, agreed: bool, mark: str, ring: Keyring, by: Actor) -> None:
    """Say yes or no, as the reporter or the partner who filed. A later word counts until it was handed over.

    A yes counts only for the question whose ``mark`` the page showed; a no keeps everything here, whatever it showed.
    """
    opened = open_report(report_id, ring, why="answer about the general queue")
    who = sender_of(by)
    check_open(Stage(opened.case.stage))
    asked = consent_in(opened.report, opened.conversation)
    if asked is None:
        raise NotAllowed
    if asked.handed_at is not None:
        raise Refused("consent.handed-over", "This was handed over already. Write to us if you want it taken back.")
    if agreed and mark != asked.mark:
        raise Refused("consent.asked-anew", ASKED_ANEW)
    _keep(opened, replace(asked, agreed=agreed, answered_by=who, answered_at=clock.this_minute()))
    audit.record(by, Deed.REPORT_CONSENT_GIVEN if agreed else Deed.REPORT_CONSENT_REFUSED, report_id)


@transaction.atomic
def hand_over(case_id: UUID, desk: Desk, *, shown: str) -> tuple[GeneralPacket, ...]:
    """Return what goes to the general queue, and note in each conversation that it went.

    Only once it was decided so, only of reporters who agreed, only the parts they agreed to. ``shown`` is the
    fingerprint of what somebody looked at: a yes that came, went or changed since then is looked at first.
    """
    held = open_case(case_id, desk, why="hand over to the general queue")
    held.must(Verb.FORWARD)
    check_showing(Showing.ORIGINAL, restricted=held.case.restricted)
    if held.case.outcome != Outcome.NOT_ABOUT_A_DEFENDER.value:
        raise Refused("consent.not-decided", NOT_DECIDED)
    opened = open_reports(held.reports, desk.ring, why="hand over to the general queue")
    packets = [packet for each in opened for packet in _hand_over(each, desk)]
    if not packets:
        raise Refused("decision.no-consent", NOBODY_AGREED)
    if fingerprint_of(packets) != shown:
        raise Refused("consent.changed", CHANGED)
    held.tell(Deed.CASE_PACKET_MADE, reports=len(packets))
    return tuple(packets)


def _hand_over(opened: OpenReport, desk: Desk) -> list[GeneralPacket]:
    consent = consent_in(opened.report, opened.conversation)
    if consent is None or not consent.agreed:
        return []
    _keep(opened, replace(consent, handed_at=consent.handed_at or clock.this_minute()))
    audit.record(desk.actor, Deed.REPORT_PASSED_ON, opened.report.id)
    ring_after_commit(opened.told)
    return [packet_of(opened.told, consent)]


def _keep(opened: OpenReport, consent: Consent) -> None:
    opened.report.sealed_consent = CONSENT.seal(consent, opened.conversation, opened.report.id)
    opened.report.save(update_fields=["sealed_consent"])
