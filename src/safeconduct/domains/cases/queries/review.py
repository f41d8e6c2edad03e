"""What a second, fresh pair of eyes needs of a decided case: who has had a hand in it, and what was kept of it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from safeconduct.accounts.values import Desk, Exclusions
from safeconduct.audit import queries as audit
from safeconduct.domains.cases.models import Case, Report
from safeconduct.domains.cases.papers import COVER, ENTRY, FEEDBACK, Entry, Told, told_in
from safeconduct.domains.cases.queries.conversations import conversation_for
from safeconduct.domains.cases.queries.letters import decision_view, letters_of
from safeconduct.domains.cases.queries.linked import connected, present_case
from safeconduct.domains.cases.queries.reach import check_staff, reachable_cases, reachable_reports
from safeconduct.domains.cases.queries.reviewed import evidence_of
from safeconduct.domains.cases.rules import Sender, Severity, Showing, Stage, check_showing, names_in
from safeconduct.domains.cases.rules.deeds import DECISIONS, NO_HAND
from safeconduct.domains.cases.views import ConversationView, DecisionView, EvidenceView
from safeconduct.domains.safety import queries as safety
from safeconduct.domains.safety.views import BundleView
from safeconduct.kernel.actors import ActorKind
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import Keyring, Opened, SealedFile
from safeconduct.vault import services as vault
from safeconduct.vault.papers import sealed_files

NO_ACTIONS = frozenset[str]()
OPENS_NOTHING = "This review opens no report of the case, so nothing can be said or decided. Ask for another reviewer."


@dataclass(frozen=True)
class ReviewedCase:
    """A decided case as a reviewer reads it: as much of it as their ring opens. The work file may stay shut."""

    id: UUID
    number: str
    severity: Severity
    stage: Stage
    language: str
    restricted: bool
    conversations: tuple[ConversationView, ...] = field(repr=False)
    decision: DecisionView | None = field(default=None, repr=False)  # with what staff wrote for each other
    notes: tuple[tuple[datetime, str], ...] = field(default=(), repr=False)
    evidence: tuple[EvidenceView, ...] = field(default=(), repr=False)  # as whoever decided saw it
    restraints: tuple[BundleView, ...] = field(default=(), repr=False)  # acts against what attacked; staff's alone
    whole: bool = False


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


def hands_on(case_id: UUID, *, but_for: frozenset[str] = NO_ACTIONS) -> frozenset[UUID]:
    """Return every member who has done anything in a case, or in one that linking made one with it.

    The record says so and nobody can rewrite it. ``but_for`` names more actions that do not count.
    """
    return hands_on_each([case_id], but_for=but_for)[case_id]


def hands_on_each(case_ids: Collection[UUID], *, but_for: frozenset[str] = NO_ACTIONS) -> dict[UUID, frozenset[UUID]]:
    """Return the same for each of these cases, with as many questions to the database as for one."""
    linked = connected(case_ids)
    inside = set[UUID]().union(*linked.values())
    own = _hands_in(inside, but_for | NO_HAND)
    return {each: frozenset[UUID]().union(*(own[case] for case in linked[each])) for each in linked}


def _hands_in(cases: set[UUID], uncounted: frozenset[str]) -> dict[UUID, set[UUID]]:
    case_of = {each: each for each in cases} | dict(
        Report.objects.filter(case_id__in=cases).values_list("id", "case_id")
    )
    found: dict[UUID, set[UUID]] = {each: set() for each in cases}
    for entry in audit.entries_for(*case_of):
        if entry.by.kind is ActorKind.MEMBER and entry.by.id is not None and entry.action not in uncounted:
            found[case_of[entry.subject]].add(entry.by.id)
    for case_id, holder in Case.objects.filter(id__in=cases).values_list("id", "assignee"):
        found[case_id] |= {holder} if holder else set()
    return found


def times_decided(report_id: UUID) -> int:
    """Return how often a report was decided: each decision can be appealed against."""
    return sum(entry.action in DECISIONS for entry in audit.entries_for(report_id))


def case_number(case_id: UUID) -> str:
    """Return the number of a case."""
    return case_numbers([case_id])[case_id]


def case_numbers(case_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the numbers of these cases."""
    return dict(Case.objects.filter(pk__in=case_ids).values_list("id", "number"))


def exclusions_of(report_id: UUID, ring: Keyring) -> Exclusions:
    """Return whom a reporter excluded, for whoever can open their conversation."""
    report = reachable_reports(ring).filter(pk=report_id).first()
    if report is None:
        raise NotAllowed
    return _told(report, vault.open_one(report.conversation, ring=ring, why="see who must not read")).answers.exclusions


def keys_of(case_id: UUID, desk: Desk, *, why: str) -> CaseKeys:
    """Open all of a case for one of its staff; ``NotAllowed`` alike when it is missing and when it does not open."""
    check_staff(desk)
    case = reachable_cases(desk.ring).filter(pk=case_id).first()
    if case is None:
        raise NotAllowed
    reports = [*case.reports.order_by("received_at", "id")]
    opened = vault.open([case.work, *(each.conversation for each in reports)], ring=desk.ring, why=why)
    cover = COVER.read(case.sealed_cover, opened[case.work], case.id, case.revision)
    told = [_told(each, opened[each.conversation]) for each in reports]
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
    told = [_told(each, opened[each.conversation]) for each in reports]
    return KeptFromActedOn(_said_in(reports, opened), _protected(case_id, told))


def _told(report: Report, opened: Opened) -> Told:
    return told_in(report, opened)


def _said_in(reports: Iterable[Report], opened: Mapping[UUID, Opened]) -> tuple[str, ...]:
    return tuple(text for each in reports for text in _said(each, opened[each.conversation]) if text.strip())


def _said(report: Report, opened: Opened) -> Iterator[str]:
    """Yield what this reporter or their partner ever wrote: the first form, every letter since, and at the end."""
    answers = _told(report, opened).answers
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


def case_under_review(case_id: UUID, ring: Keyring) -> ReviewedCase:
    """Return what this ring opens of a decided case, wherever it was linked; ``NotAllowed`` when that is nothing."""
    case_id = present_case(case_id)
    reports = [*reachable_reports(ring).select_related("case").filter(case_id=case_id).order_by("received_at", "id")]
    if not reports:
        raise NotAllowed
    case = Case.objects.annotate(all_reports=Count("reports")).get(pk=case_id)
    entries = _work_file(case, ring)
    decided = [entry.decided for _, entry in entries if entry.decided is not None]
    views = tuple(conversation_for(each.id, ring) for each in reports)
    return ReviewedCase(
        id=case.id,
        number=case.number,
        severity=Severity(case.severity),
        stage=Stage(case.stage),
        language=case.language,
        restricted=case.restricted,
        conversations=views,
        decision=decision_view(decided[-1]) if decided else views[0].decision,
        notes=tuple((entry.at, entry.text) for _, entry in entries if entry.text),
        evidence=evidence_of(reports, entries, ring),
        restraints=tuple(safety.bundles_for(case.id, vault.open([case.work], ring=ring, why="review the decision"))),
        whole=bool(entries) and len(reports) == case.all_reports,
    )


def work_file_under_review(case_id: UUID, ring: Keyring) -> Opened | None:
    """Return the work file of a case under review, to carry out an appeal; ``None`` where it stays shut."""
    case = Case.objects.get(pk=present_case(case_id))
    return vault.open([case.work], ring=ring, why="carry out an appeal").get(case.work)


def evidence_under_review(case_id: UUID, file_id: UUID, ring: Keyring) -> SealedFile:
    """Return a piece of evidence of the work file; refused for a case that holds child-abuse material."""
    case = Case.objects.get(pk=present_case(case_id))
    check_showing(Showing.ORIGINAL, restricted=case.restricted)
    kept = tuple(entry.file for _, entry in _work_file(case, ring) if entry.file is not None)
    found = next((each for each in sealed_files(kept) if each.id == file_id), None)
    if found is None:
        raise NotAllowed
    return found


def _work_file(case: Case, ring: Keyring) -> list[tuple[UUID, Entry]]:
    opened = vault.open([case.work], ring=ring, why="review the decision").get(case.work)
    if opened is None:
        return []
    return [(row.id, ENTRY.read(row.sealed, opened, row.id)) for row in case.entries.order_by("ordinal")]
