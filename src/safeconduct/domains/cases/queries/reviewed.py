"""The evidence of a case for a fresh pair of eyes: all of it, as whoever decided saw it."""

from collections.abc import Sequence
from uuid import UUID

from safeconduct.accounts import queries as accounts
from safeconduct.domains.cases.models import Report
from safeconduct.domains.cases.papers import Entry
from safeconduct.domains.cases.queries.conversations import read_report
from safeconduct.domains.cases.queries.evidence import Piece, evidence_in
from safeconduct.domains.cases.queries.linked import present_case
from safeconduct.domains.cases.queries.reach import reachable_reports
from safeconduct.domains.cases.rules import Showing, check_showing
from safeconduct.domains.cases.views import EvidenceView
from safeconduct.domains.safety import queries as safety
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import Keyring, Opened
from safeconduct.vault import services as vault


def evidence_of(
    reports: Sequence[Report], entries: Sequence[tuple[UUID, Entry]], ring: Keyring
) -> tuple[EvidenceView, ...]:
    """Return what was sent, what colleagues brought, and what acts kept by themselves."""
    opened = _opened(reports, ring)
    subjects = [*(each.id for each in reports), *{each.case_id for each in reports}]
    names = accounts.names_for({entry.by for _, entry in entries if entry.by})
    read = [read_report(each, opened[each.conversation]) for each in reports]
    snapshots = safety.snapshots_of(subjects, opened)
    return tuple(evidence_in(read, entries, snapshots, lambda who: names.get(who, "") if who else ""))


def snapshot_under_review(case_id: UUID, order_id: UUID, ring: Keyring) -> Piece | None:
    """Return what an act kept by itself, or None for anything else; refused where nothing of a case is shown."""
    reports = [*reachable_reports(ring).select_related("case").filter(case_id=present_case(case_id))]
    if not reports:
        raise NotAllowed
    if not safety.has_snapshot(order_id, [*(each.id for each in reports), reports[0].case_id]):
        return None
    check_showing(Showing.ORIGINAL, restricted=reports[0].case.restricted)
    taken = safety.evidence_for(order_id, _opened(reports, ring))
    return Piece(taken.media_type, len(taken.content), (taken.content,))


def _opened(reports: Sequence[Report], ring: Keyring) -> dict[UUID, Opened]:
    # The work file too, where this ring opens it: what acts against an attack kept is sealed to it.
    wanted = [*(each.conversation for each in reports), *{each.case.work for each in reports}]
    return vault.open(wanted, ring=ring, why="review the evidence")
