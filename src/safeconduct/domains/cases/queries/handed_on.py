"""A decided case opened in order to hand it on: its keys, and what the person acted on must never read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from safeconduct.accounts.values import Desk, Exclusions
from safeconduct.domains.cases.models import Report
from safeconduct.domains.cases.papers import COVER, FEEDBACK, Told, told_in
from safeconduct.domains.cases.queries.letters import letters_of
from safeconduct.domains.cases.queries.linked import connected, present_case
from safeconduct.domains.cases.queries.numbers import case_numbers
from safeconduct.domains.cases.queries.reach import check_staff, reachable_cases, reachable_reports
from safeconduct.domains.cases.rules import Sender, names_in
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import Keyring, Opened
from safeconduct.vault import services as vault

OPENS_NOTHING = "This review opens no report of the case, so nothing can be said or decided. Ask for another reviewer."


@dataclass(frozen=True)
class CaseKeys:
    """A decided case opened in order to hand it on: each conversation by its report, and the work file."""

    work: UUID
    conversations: dict[UUID, Opened] = field(repr=False)
    exclusions: Exclusions = field(repr=False)
    without: frozenset[UUID]
    said: tuple[str, ...] = field(repr=False)  # every word a reporter sent, to be kept from the person acted on
    protected: tuple[str, ...] = field(repr=False)
    language: str


def exclusions_of(report_id: UUID, ring: Keyring) -> Exclusions:
    """Return whom a reporter excluded, for whoever can open their conversation."""
    report = reachable_reports(ring).filter(pk=report_id).first()
    if report is None:
        raise NotAllowed
    return told_in(
        report, vault.open_one(report.conversation, ring=ring, why="see who must not read")
    ).answers.exclusions


def keys_of(case_id: UUID, desk: Desk, *, why: str) -> CaseKeys:
    """Open all of a case for one of its staff; ``NotAllowed`` alike when it is missing and when it does not open."""
    check_staff(desk)
    case = reachable_cases(desk.ring).filter(pk=case_id).first()
    if case is None:
        raise NotAllowed
    reports = [*case.reports.order_by("received_at", "id")]
    opened = vault.open([case.work, *(each.conversation for each in reports)], ring=desk.ring, why=why)
    cover = COVER.read(case.sealed_cover, opened[case.work], case.id, case.revision)
    told = [told_in(each, opened[each.conversation]) for each in reports]
    return CaseKeys(
        work=case.work,
        conversations={each.id: opened[each.conversation] for each in reports},
        exclusions=cover.exclusions,
        without=cover.without,
        said=_said_in(reports, opened),
        protected=_protected(case.id, told),
        language=case.language,
    )


def check_opens(case_id: UUID, ring: Keyring) -> None:
    """Refuse to say or decide anything by a review that opens no report: nothing could be measured against it."""
    if not reachable_reports(ring).filter(case_id=present_case(case_id)).exists():
        raise Refused("appeal.opens-nothing", OPENS_NOTHING)


@dataclass(frozen=True)
class KeptFromActedOn:
    """What the person acted on must never read: what reporters wrote, and whom they named."""

    said: tuple[str, ...] = field(repr=False)
    protected: tuple[str, ...] = field(repr=False)


def kept_from_acted_on(case_id: UUID, ring: Keyring) -> KeptFromActedOn:
    """Return what must not stand in words to the person acted on, out of all that this ring opens of a case."""
    check_opens(case_id, ring)
    reports = [*reachable_reports(ring).filter(case_id=present_case(case_id))]
    opened = vault.open([each.conversation for each in reports], ring=ring, why="check words for the person acted on")
    told = [told_in(each, opened[each.conversation]) for each in reports]
    return KeptFromActedOn(_said_in(reports, opened), _protected(case_id, told))


def _said_in(reports: Iterable[Report], opened: Mapping[UUID, Opened]) -> tuple[str, ...]:
    return tuple(text for each in reports for text in _said(each, opened[each.conversation]) if text.strip())


def _said(report: Report, opened: Opened) -> Iterator[str]:
    """Yield what this reporter or their partner ever wrote: the first form, every letter since, and at the end."""
    answers = told_in(report, opened).answers
    yield from (answers.text, answers.who_in_danger, answers.tell)
    yield from (
        letter.text for _, letter in letters_of(report, opened) if letter is not None and letter.sender is not Sender.US
    )
    if report.sealed_feedback:
        yield FEEDBACK.read(report.sealed_feedback, opened, report.id).words


def _protected(case_id: UUID, told: list[Told]) -> tuple[str, ...]:
    numbers = case_numbers(connected([case_id])[case_id]).values()
    handles = [account.handle for each in told for account in each.answers.accounts if account.mine]
    partners = [name for each in told for name in (each.partner_name, each.reference)]
    people = [name for each in told for name in names_in(each.answers.who_in_danger)]
    return tuple(word for word in (*numbers, *handles, *partners, *people) if word.strip())
