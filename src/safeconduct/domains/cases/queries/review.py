"""What a second, fresh pair of eyes needs of a decided case: who has had a hand in it, and what was kept of it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from safeconduct.accounts.values import Desk, Exclusions
from safeconduct.audit import queries as audit
from safeconduct.domains.cases.models import Case, Report
from safeconduct.domains.cases.papers import COVER, ENTRY, TOLD, Entry, Told, sealed_files
from safeconduct.domains.cases.queries.conversations import conversation_for
from safeconduct.domains.cases.queries.letters import decision_view, files_of
from safeconduct.domains.cases.queries.reach import check_staff, reachable_cases, reachable_reports
from safeconduct.domains.cases.rules import Severity, Showing, Stage, check_showing
from safeconduct.domains.cases.views import ConversationView, DecisionView, FileView
from safeconduct.kernel.actors import ActorKind
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import Keyring, Opened, SealedFile
from safeconduct.vault import services as vault

DECIDED = frozenset({"report.decided", "report.decided-again"})
# Looking is not deciding, and signing in renews keys by itself.
NO_HAND = frozenset({"case.rewrapped", "veil.lifted"})
NO_ACTIONS = frozenset[str]()


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
    evidence: tuple[FileView, ...] = field(default=(), repr=False)  # what staff added to the work file
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
    """Return every member who has done anything in a case, or in one whose reports joined it.

    The record says so and nobody can rewrite it. ``but_for`` names more actions that do not count.
    """
    return hands_on_each([case_id], but_for=but_for)[case_id]


def hands_on_each(
    case_ids: Collection[UUID], *, but_for: frozenset[str] = NO_ACTIONS
) -> dict[UUID, frozenset[UUID]]:
    """Return the same for each of these cases, with as many questions to the database as for one."""
    joined = _with_joined(case_ids)
    inside = set[UUID]().union(*joined.values())
    own = _hands_in(inside, but_for | NO_HAND)
    return {each: frozenset[UUID]().union(*(own[case] for case in joined[each])) for each in joined}


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


def _with_joined(case_ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Return each case with those whose reports joined it, by whatever way."""
    came: dict[UUID, set[UUID]] = {}
    newest = set(case_ids)
    while newest:
        rows = [*Case.objects.filter(joined__in=newest).values_list("id", "joined")]
        came |= {each: set() for each in newest}
        for case_id, receiving in rows:
            assert receiving is not None, "it was asked for"
            came[receiving].add(case_id)
        newest = {case_id for case_id, _ in rows} - came.keys()
    return {each: _all_that_came(each, came) for each in case_ids}


def _all_that_came(case_id: UUID, came: dict[UUID, set[UUID]]) -> set[UUID]:
    found, newest = {case_id}, {case_id}
    while newest:
        newest = set[UUID]().union(*(came[each] for each in newest)) - found
        found |= newest
    return found


def times_decided(report_id: UUID) -> int:
    """Return how often a report was decided: each decision can be appealed against."""
    return sum(entry.action in DECIDED for entry in audit.entries_for(report_id))


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
        said=tuple(_said(each) for each in told),
        protected=_protected(case.number, told),
        language=case.language,
    )


@dataclass(frozen=True)
class KeptFromActedOn:
    """What the person acted on must never read: what reporters wrote, and whom they named."""

    said: tuple[str, ...] = field(repr=False)
    protected: tuple[str, ...] = field(repr=False)


def kept_from_acted_on(case_id: UUID, ring: Keyring) -> KeptFromActedOn:
    """Return what must not stand in words to the person acted on, out of all that this ring opens of a case."""
    reports = [*reachable_reports(ring).select_related("case").filter(case_id=case_id)]
    opened = vault.open([each.conversation for each in reports], ring=ring, why="check words for the person acted on")
    told = [_told(each, opened[each.conversation]) for each in reports]
    return KeptFromActedOn(tuple(map(_said, told)), _protected(case_number(case_id), told))


def _told(report: Report, opened: Opened) -> Told:
    return TOLD.read(report.sealed, opened, report.id)


def _said(told: Told) -> str:
    answers = told.answers
    return f"{answers.text}\n{answers.who_in_danger}\n{answers.tell}"


def _protected(number: str, told: list[Told]) -> tuple[str, ...]:
    handles = [account.handle for each in told for account in each.answers.accounts if account.mine]
    partners = [name for each in told for name in (each.partner_name, each.reference)]
    return tuple(word for word in (number, *handles, *partners) if word.strip())


def case_under_review(case_id: UUID, ring: Keyring) -> ReviewedCase:
    """Return what this ring opens of a decided case; ``NotAllowed`` when it opens nothing."""
    reports = [*reachable_reports(ring).filter(case_id=case_id).order_by("received_at", "id")]
    if not reports:
        raise NotAllowed
    case = Case.objects.annotate(all_reports=Count("reports")).get(pk=case_id)
    entries = _work_file(case, ring)
    decided = [entry.decided for entry in entries if entry.decided is not None]
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
        notes=tuple((entry.at, entry.text) for entry in entries if entry.text),
        evidence=files_of(entry.file for entry in entries if entry.file is not None),
        whole=bool(entries) and len(reports) == case.all_reports,
    )


def evidence_under_review(case_id: UUID, file_id: UUID, ring: Keyring) -> SealedFile:
    """Return a piece of evidence of the work file; refused for a case that holds child-abuse material."""
    case = Case.objects.get(pk=case_id)
    check_showing(Showing.ORIGINAL, restricted=case.restricted)
    kept = tuple(entry.file for entry in _work_file(case, ring) if entry.file is not None)
    found = next((each for each in sealed_files(kept) if each.id == file_id), None)
    if found is None:
        raise NotAllowed
    return found


def _work_file(case: Case, ring: Keyring) -> list[Entry]:
    opened = vault.open([case.work], ring=ring, why="review the decision").get(case.work)
    if opened is None:
        return []
    return [ENTRY.read(row.sealed, opened, row.id) for row in case.entries.order_by("ordinal")]
