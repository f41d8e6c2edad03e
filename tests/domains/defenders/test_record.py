"""The record stands in clear: it says by the day what was done about names, and never from which report."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from safeconduct.audit import queries as audit
from safeconduct.audit import services as record
from safeconduct.audit.models import Entry, Waiting
from safeconduct.domains.cases.models import Report
from safeconduct.domains.cases.queries.identities import BY_ONESELF, BY_STAFF
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.services import identities
from safeconduct.domains.defenders.models import Identity
from safeconduct.vault import confiding
from safeconduct.vault import services as vault
from tests.domains.cases.making import MadeCase, make_case
from tests.domains.defenders.making import REASON, TOLD, enrol
from tests.programme import Programme
from tests.standing import Clock

MIDNIGHT = datetime.combine(datetime(2026, 11, 21, tzinfo=UTC), time(), tzinfo=UTC)


def enrol_oneself(programme: Programme) -> tuple[MadeCase, str]:
    case = make_case(programme, stage=Stage.TRIAGE)
    return case, identities.enrol_oneself(case.report_id, TOLD, ring=case.ring, by=case.reporter)


def everything(programme: Programme) -> set[UUID]:
    """Enrol one by her own hand and one by ours, tie, ask, and return every id that stands for a name."""
    first, pseudonym = enrol_oneself(programme)
    later = make_case(programme, stage=Stage.TRIAGE)
    identities.tie_report(later.id, later.report_id, pseudonym, "She called.", programme.desk("ines"))
    identities.ask(later.id, later.report_id, REASON, programme.desk("ines"))
    enrol(programme)
    names = {each for row in Identity.objects.values_list("id", "half_a", "half_b", "book") for each in row}
    identities.erase_oneself(first.report_id, ring=first.ring, by=first.reporter)
    return names


def test_on_its_day_the_record_places_nothing_about_a_name_beside_the_report_it_came_from(
    programme: Programme,
) -> None:
    names = everything(programme)

    record.sequence_pending()

    assert not Entry.objects.filter(subject__in=names).exists()
    assert not Waiting.objects.filter(number__gte=0).exists()


def test_after_midnight_the_record_says_what_was_done_and_names_no_report_and_nobody_who_read_one(
    programme: Programme, time: Clock
) -> None:
    names = everything(programme)
    record.sequence_pending()
    time.move(timedelta(days=1))

    record.sequence_pending()

    told = [*Entry.objects.filter(subject__in=names)]
    assert {each.at for each in told} == {MIDNIGHT}
    assert {each.actor for each in told if each.action != "identity.asked"} == {"rule"}
    assert {each.action for each in told} >= {"identity.enrolled", "identity.tied", "identity.asked", "identity.erased"}
    assert not Waiting.objects.exists()


def test_enrolling_opens_a_conversation_for_no_other_reason_than_looking_does(programme: Programme) -> None:
    case, _ = enrol_oneself(programme)
    by_us = enrol(programme).case

    assert why_opened(case) == {BY_ONESELF}
    assert BY_STAFF in why_opened(by_us)
    assert not {"enrol", "enrol the reporter"} & why_opened(by_us)


def why_opened(case: MadeCase) -> set[str | int]:
    """Return for which reasons a conversation was opened by itself, as whoever opens it can prove from the record."""
    conversation = Report.objects.get(pk=case.report_id).conversation
    entries = [each.id for each in audit.entries_for(conversation) if each.action == "vault.opened"]
    unseal = confiding.read_under(vault.open_one(conversation, ring=case.ring, why="test"))
    return {facts["why"] for each in entries if (facts := audit.facts_of(each, unseal))}
