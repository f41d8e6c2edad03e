"""A decided case as a second, fresh pair of eyes reads it."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from safeconduct.domains.cases.models import Case
from safeconduct.domains.cases.papers import ENTRY, Entry
from safeconduct.domains.cases.queries.conversations import conversation_for
from safeconduct.domains.cases.queries.letters import decision_view
from safeconduct.domains.cases.queries.linked import present_case
from safeconduct.domains.cases.queries.reach import reachable_reports
from safeconduct.domains.cases.queries.reviewed import evidence_of
from safeconduct.domains.cases.rules import Severity, Showing, Stage, check_showing
from safeconduct.domains.cases.views import ConversationView, DecisionView, EvidenceView
from safeconduct.domains.safety import queries as safety
from safeconduct.domains.safety.views import BundleView
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import Keyring, Opened, SealedFile
from safeconduct.vault import services as vault
from safeconduct.vault.papers import sealed_files


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
