"""A whole case, opened for one member of staff."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from uuid import UUID

from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import Desk, Exclusions, Role
from safeconduct.audit import queries as audit
from safeconduct.connectors.port import AccountRef
from safeconduct.domains.cases.models import Case
from safeconduct.domains.cases.papers import COVER, ENTRY, Cover, Entry, WorkKind
from safeconduct.domains.cases.queries.consents import consent_in
from safeconduct.domains.cases.queries.conversations import OpenedReport, read_report
from safeconduct.domains.cases.queries.elsewhere import standing
from safeconduct.domains.cases.queries.evidence import evidence_in
from safeconduct.domains.cases.queries.floods import flood_group_for
from safeconduct.domains.cases.queries.letters import decision_view, files_of, messages_of
from safeconduct.domains.cases.queries.lines import line_of
from safeconduct.domains.cases.queries.pages import pages_of
from safeconduct.domains.cases.queries.people import readers_of_work
from safeconduct.domains.cases.queries.reach import check_staff, reachable_cases
from safeconduct.domains.cases.rules import Outcome, Sender, Severity, Stage, Verb, verbs
from safeconduct.domains.cases.views import (
    AssessmentView,
    CaseView,
    Group,
    NoteView,
    ReportView,
    SecondView,
    TimelineEntry,
)
from safeconduct.domains.safety import queries as safety
from safeconduct.domains.safety.views import BundleView, SnapshotView
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import services as vault

NOTED = frozenset(WorkKind) - {WorkKind.DECIDED}


@dataclass(frozen=True)
class OpenedCase:
    """A case read in full."""

    case: Case
    cover: Cover = field(repr=False)
    entries: tuple[tuple[UUID, Entry], ...] = field(repr=False)
    reports: tuple[OpenedReport, ...] = field(repr=False)
    acts: Mapping[UUID, tuple[BundleView, ...]] = field(repr=False)
    snapshots: Sequence[SnapshotView] = field(repr=False)
    names: dict[UUID, str] = field(repr=False)

    def name(self, member_id: UUID | None) -> str:
        """Return a colleague's name; empty for a rule."""
        return self.names.get(member_id, "") if member_id else ""


def case_for(case_id: UUID, desk: Desk) -> CaseView:
    """Return a case; ``NotAllowed`` alike when it is missing and when this desk cannot open it."""
    check_staff(desk)
    case = reachable_cases(desk.ring).filter(pk=case_id).first()
    if case is None:
        raise NotAllowed
    read = _read(case, desk)
    return _view(read, desk)


def _read(case: Case, desk: Desk) -> OpenedCase:
    reports = [*case.reports.select_related("case").order_by("received_at", "id")]
    wanted = [case.work, *(report.conversation for report in reports)]
    opened = vault.open(wanted, ring=desk.ring, why="read the case")
    work = opened[case.work]
    entries = tuple((row.id, ENTRY.read(row.sealed, work, row.id)) for row in case.entries.order_by("ordinal"))
    cover = COVER.read(case.sealed_cover, work, case.id, case.revision)
    people = {entry.by for _, entry in entries if entry.by} | {
        each for each in (case.assignee, cover.assessed_by) if each
    }
    read = tuple(read_report(each, opened[each.conversation]) for each in reports if each.conversation in opened)
    ids = [case.id, *(each.report.id for each in read)]
    acts = {subject: tuple(each) for subject, each in safety.bundles_of(ids, opened).items()}
    return OpenedCase(
        case, cover, entries, read, acts, safety.snapshots_of(ids, opened), names=accounts.names_for(people)
    )


def _view(read: OpenedCase, desk: Desk) -> CaseView:
    case, cover = read.case, read.cover
    clocks = [each for report in read.reports for each in report.times.clocks]
    can = verbs_for(case, desk)
    decided = [entry.decided for _, entry in read.entries if entry.decided]
    return CaseView(
        id=case.id,
        number=case.number,
        severity=Severity(case.severity),
        stage=Stage(case.stage),
        outcome=Outcome(case.outcome) if case.outcome else None,
        restricted=case.restricted,
        language=case.language,
        received_at=min((each.times.received_at for each in read.reports), default=case.received_at),
        clocks=tuple(sorted(clocks, key=lambda each: each.due_at)),
        due_at=case.due_at,
        due_kind=case.due_kind,
        assignee_id=case.assignee,
        assignee=read.name(case.assignee),
        summary=cover.summary,
        happened=cover.happened,
        platform=cover.platform,
        country=cover.country,
        reports=tuple(_report(each, read.acts[each.report.id], can) for each in read.reports),
        accounts=tuple(dict.fromkeys(each for report in read.reports for each in report.told.answers.accounts)),
        notes=tuple(_note(row, entry, read) for row, entry in read.entries if entry.kind in NOTED),
        evidence=tuple(evidence_in(read.reports, read.entries, read.snapshots, read.name)),
        assessment=_assessment(read),
        timeline=timeline_of(case, [each.report.id for each in read.reports], desk),
        people=readers_of_work(case.work),
        acts=tuple(sorted(chain.from_iterable(read.acts.values()), key=lambda act: act.ordered_at)),
        decision=decision_view(decided[-1]) if decided else None,
        linkage=next((entry.linkage for _, entry in reversed(read.entries) if entry.linkage), None),
        exclusions=_in_words(cover.exclusions, desk),
        pages=tuple(pages_of(case.id, desk)),
        group=_group(case, desk),
        can=can,
        seconds=tuple(_second(row, entry, read, desk) for row, entry in standing(read.entries)),
    )


def _second(row: UUID, entry: Entry, read: OpenedCase, desk: Desk) -> SecondView:
    asked = entry.asked
    if asked is None:
        raise NotAllowed
    return SecondView(
        id=row,
        at=entry.at,
        by_name=read.name(entry.by),
        act=asked.act,
        account=AccountRef(asked.platform, asked.handle),
        item=asked.item,
        days=asked.days,
        reason=asked.reason,
        mine=entry.by == desk.member_id,
    )


def verbs_for(case: Case, desk: Desk) -> frozenset[Verb]:
    """Return what this desk may do with the case now."""
    holder = case.assignee == desk.member_id
    return verbs(Stage(case.stage), taken=case.assignee is not None, holder=holder, lead=desk.may(Role.LEAD))


def _report(read: OpenedReport, acts: tuple[BundleView, ...], can: frozenset[Verb]) -> ReportView:
    told, feedback = read.told, read.feedback
    return ReportView(
        id=read.report.id,
        conversation=read.report.conversation,
        received_at=read.times.received_at,
        language=told.answers.language,
        origin=told.origin,
        partner_name=told.partner_name,
        reference=told.reference,
        answers=told.answers,
        files=files_of(told.files),
        messages=messages_of(read.letters, Sender.US),
        clocks=read.times.clocks,
        acts=acts,
        can_write=Verb.SAY in can,
        way_open=read.report.reporter is not None,
        feedback=f"{feedback.better}: {feedback.words}" if feedback else "",
        consent=consent_in(read.report, read.opened),
    )


def _note(row: UUID, entry: Entry, read: OpenedCase) -> NoteView:
    return NoteView(row, entry.at, read.name(entry.by), entry.kind.value, entry.text)


def _assessment(read: OpenedCase) -> AssessmentView:
    cover = read.cover
    return AssessmentView(
        answers=cover.assessment,
        severity=Severity(read.case.severity),
        reason=cover.assessed_why,
        at=cover.assessed_at or read.case.received_at,
        by_name=read.name(cover.assessed_by),
    )


def timeline_of(case: Case, report_ids: Iterable[UUID], desk: Desk) -> tuple[TimelineEntry, ...]:
    """Return what the record tells this reader of a case and its reports, oldest first."""
    entries = audit.entries_for(case.id, *report_ids)
    names = accounts.names_for({entry.by.id for entry in entries if entry.by.id})
    return tuple(line_of(entry, names, desk) for entry in entries)


def _in_words(exclusions: Exclusions, desk: Desk) -> tuple[str, ...]:
    teams = {team.id: team.name for team in accounts.teams_for(desk)}
    named = [teams.get(team_id, "") for team_id in exclusions.team_ids]
    people = [line.strip() for line in exclusions.person.splitlines()]
    return tuple(word for word in (*sorted(exclusions.countries), *sorted(named), *people) if word)


def _group(case: Case, desk: Desk) -> Group | None:
    if case.group is None or case.assignee is not None or case.stage != Stage.NEW.value:
        return None
    try:
        return flood_group_for(case.group, desk)
    except NotAllowed:
        # A colleague took the last of the group since this case was read.
        return None
