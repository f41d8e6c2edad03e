"""Appeals as their appellants and their reviewers read them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from uuid import UUID

from django.db.models import QuerySet

from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import Desk, Role
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.cases.queries import hands, review
from safeconduct.domains.cases.queries.numbers import case_number, case_numbers
from safeconduct.domains.cases.queries.review import ReviewedCase
from safeconduct.domains.cases.rules import Stage as CaseStage
from safeconduct.domains.cases.views import FileView
from safeconduct.domains.remedy import wording
from safeconduct.domains.remedy.models import Appeal, AppealFile, KeptWaiting, Statement
from safeconduct.domains.remedy.papers import LETTER, OUTCOME, STATEMENT, TOLD
from safeconduct.domains.remedy.queries.hands import Hands
from safeconduct.domains.remedy.queries.reach import appeal_for_reviewer, reachable_appeals, review_desk
from safeconduct.domains.remedy.queries.reviewers import in_slices, is_fresh_for, present
from safeconduct.domains.remedy.rules import Asks, Conclusion, Lane, Side, Stage, last_moment
from safeconduct.domains.remedy.views import AppealRow, AppealView, LetterView, Recourse, StatementView
from safeconduct.kernel import clock
from safeconduct.kernel.actors import ActorKind
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import CaseCode, Keyring, Opened, SealedFile
from safeconduct.vault import services as vault
from safeconduct.vault.papers import sealed_files

MOST_ROWS = 200


def is_appeal(holder_id: UUID) -> bool:
    """Answer whether a way in leads to an appeal of a person acted on, and not to a report."""
    return Appeal.objects.filter(pk=holder_id, report_id__isnull=True).exists()


def appeal_for(appeal_id: UUID, ring: Keyring) -> AppealView:
    """Return an appeal to whoever filed it; ``NotAllowed`` alike when it is missing and when it does not open."""
    appeal = reachable_appeals(ring).filter(pk=appeal_id).first()
    if appeal is None or ring.actor.kind is ActorKind.MEMBER:
        raise NotAllowed
    return _read([appeal], ring)[0]


def recourse_for(report_id: UUID, ring: Keyring) -> Recourse:
    """Return what this reporter or partner can do against the decision on a report, and what they did."""
    view = cases.conversation_for(report_id, ring)
    found = reachable_appeals(ring).filter(report_id=report_id).order_by("-filed_at", "-id")
    appeals = _read([*found], ring)
    if view.decision is None or view.stage not in {CaseStage.DECIDED, CaseStage.CLOSED}:
        return Recourse(Asks.UNDER_WAY if any(each.open for each in appeals) else Asks.TOO_LATE, None, appeals)
    against = found.filter(decision=hands.times_decided(report_id))
    until = last_moment(view.decision.decided_at)
    waiting = KeptWaiting.objects.filter(subject=report_id).exists()
    return Recourse(_asks([*against], waiting=waiting, late=clock.now() >= until), until, appeals)


def _asks(against: Iterable[Appeal], *, waiting: bool, late: bool) -> Asks:
    stages = {each.stage for each in against}
    if stages - {Stage.DECIDED.value}:
        return Asks.UNDER_WAY
    if late and not waiting:
        return Asks.TOO_LATE
    return Asks.DECIDED if stages else Asks.MAY


def statement_for(code: CaseCode) -> StatementView:
    """Return the statement that a code opens; unknown codes are answered alike."""
    key = code.reporter
    row = Statement.objects.filter(tag=key.recipient_id).first()
    if row is None:
        raise NotAllowed("code.unknown", "These numbers open nothing here. Read them again, line by line.")
    paper = STATEMENT.read_under(row.sealed, key.key, row.id)
    until = last_moment(row.given_at)
    waiting = KeptWaiting.objects.filter(subject=row.id).exists()
    late = clock.now() >= until
    asks = _asks(row.appeals.filter(contests=False), waiting=waiting, late=late)
    contest = _asks(row.appeals.filter(contests=True), waiting=waiting, late=late)
    return StatementView(paper.text, paper.language, until, asks, contest, row.opened_at)


def queue_for(desk: Desk, *, decided: bool = False) -> list[AppealRow]:
    """Return the appeals that this reviewer may decide, the most urgent first. Of others not even a count."""
    desk.must(Role.APPEAL_REVIEWER)
    found = reachable_appeals(desk.ring)
    found = found.filter(stage=Stage.DECIDED.value) if decided else found.exclude(stage=Stage.DECIDED.value)
    # "expedited" sorts before "usual", and within a lane the promise that falls due first.
    rows = [*islice(_fresh(found.order_by("lane", "due_at", "id"), desk), MOST_ROWS)]
    names = accounts.names_for([each.reviewer for each in rows if each.reviewer])
    numbers = case_numbers({each.case_id for each in rows})
    return [_row(each, names, numbers[each.case_id], desk) for each in rows]


def _fresh(found: "QuerySet[Appeal]", desk: Desk) -> Iterator[Appeal]:
    among = present()
    for some in in_slices(found):
        hands = Hands(each.case_id for each in some)
        yield from (each for each in some if is_fresh_for(each, desk.member_id, among=among, hands=hands))


def _row(appeal: Appeal, names: dict[UUID, str], number: str, desk: Desk) -> AppealRow:
    return AppealRow(
        id=appeal.id,
        number=number,
        side=Side.ACTED_ON if appeal.report_id is None else Side.REPORTER,
        stage=Stage(appeal.stage),
        lane=Lane(appeal.lane),
        conclusion=Conclusion(appeal.conclusion) if appeal.conclusion else None,
        filed_at=appeal.filed_at,
        due_at=appeal.due_at,
        late=(appeal.decided_at or clock.now()) > appeal.due_at,
        mine=appeal.reviewer == desk.member_id,
        reviewer_name=names.get(appeal.reviewer, "") if appeal.reviewer else "",
    )


def review_for(appeal_id: UUID, desk: Desk) -> AppealView:
    """Return an appeal to somebody who may decide it, and with its case once they have said that they do."""
    appeal = appeal_for_reviewer(appeal_id, desk)
    case = _case(appeal, desk) if appeal.reviewer == desk.member_id else None
    number = case_number(appeal.case_id)
    return _view(appeal, _opened([appeal], desk.ring)[appeal.envelope], desk, number=number, case=case)


def _case(appeal: Appeal, desk: Desk) -> ReviewedCase | None:
    try:
        return review.case_under_review(appeal.case_id, review_desk(appeal, desk).ring)
    except NotAllowed:
        # Of a decided appeal the way into the case may be gone; what was decided is still there to read.
        return None


def file_of_appeal(appeal_id: UUID, file_id: UUID, ring: Keyring) -> SealedFile:
    """Return a file that was sent with an appeal, to whoever can open it."""
    appeal = reachable_appeals(ring).filter(pk=appeal_id).first()
    if appeal is None:
        raise NotAllowed
    opened = _opened([appeal], ring)[appeal.envelope]
    for row in appeal.letters.all():
        for each in sealed_files(LETTER.read(row.sealed, opened, row.id).files):
            if each.id == file_id:
                return each
    raise NotAllowed


def listed_files() -> frozenset[UUID]:
    """Return the id of every file that belongs to an appeal. Any other on the disk may be a stray."""
    return frozenset(AppealFile.objects.values_list("id", flat=True))


def _opened(appeals: Iterable[Appeal], ring: Keyring) -> dict[UUID, Opened]:
    return vault.open([each.envelope for each in appeals], ring=ring, why="read an appeal")


def _read(appeals: list[Appeal], ring: Keyring) -> tuple[AppealView, ...]:
    opened = _opened(appeals, ring)
    return tuple(_view(each, opened[each.envelope], None) for each in appeals if each.envelope in opened)


def _view(
    appeal: Appeal, opened: Opened, desk: Desk | None, *, number: str = "", case: ReviewedCase | None = None
) -> AppealView:
    told = TOLD.read(appeal.sealed, opened, appeal.id)
    names = accounts.names_for([appeal.reviewer]) if appeal.reviewer else {}
    # Whoever attacks defenders is told what reviewers decided, and never what they are called.
    hidden = wording.a_reviewer() if desk is None and told.side is Side.ACTED_ON else ""
    outcome = OUTCOME.read(appeal.sealed_outcome, opened, appeal.id) if appeal.sealed_outcome else None
    return AppealView(
        id=appeal.id,
        side=told.side,
        stage=Stage(appeal.stage),
        lane=Lane(appeal.lane),
        urgency=told.urgency,
        filed_at=appeal.filed_at,
        due_at=appeal.due_at,
        late=(appeal.decided_at or clock.now()) > appeal.due_at,
        words=told.words,
        new_evidence=told.new_evidence,
        language=told.language,
        statement=told.statement,
        letters=_letters(appeal, opened, for_reviewer=desk is not None, hidden=hidden),
        outcome=replace(outcome, by_name=hidden or outcome.by_name) if outcome else None,
        reviewer_name=(hidden or names.get(appeal.reviewer, "")) if appeal.reviewer else "",
        number=number,
        mine=desk is not None and appeal.reviewer == desk.member_id,
        contests=appeal.contests,
        report_id=appeal.report_id,
        case=case,
    )


def _letters(appeal: Appeal, opened: Opened, *, for_reviewer: bool, hidden: str) -> tuple[LetterView, ...]:
    read = ((row.id, LETTER.read(row.sealed, opened, row.id)) for row in appeal.letters.order_by("ordinal"))
    return tuple(
        LetterView(
            row_id,
            letter.at,
            letter.by_name and (hidden or letter.by_name),
            letter.text,
            tuple(FileView(each.id, each.name, each.kind, each.size_bytes) for each in sealed_files(letter.files)),
            mine=bool(letter.by_name) is for_reviewer,
        )
        for row_id, letter in read
    )
