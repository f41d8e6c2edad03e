"""A reviewer's looking at what was sent: a choice each time, counted and written down as that of staff is."""

from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases.queries import review
from safeconduct.domains.cases.rules.words import Showing
from safeconduct.domains.cases.services import veil
from safeconduct.domains.remedy.models import AppealFile
from safeconduct.domains.remedy.queries.reach import appeal_for_reviewer, review_desk
from safeconduct.domains.remedy.rules import check_taken


@transaction.atomic
def lift_veil(appeal_id: UUID, item: UUID, showing: Showing, desk: Desk) -> None:
    """Record that a reviewer looks at one thing of the appeal they took, or of its case; refused before they took it.

    The thing is a report, a letter or a file.
    """
    appeal = appeal_for_reviewer(appeal_id, desk)
    check_taken(mine=appeal.reviewer == desk.member_id)
    if AppealFile.objects.filter(pk=item, letter__appeal=appeal).exists():
        veil.write_down(appeal_id, desk)
        return
    inside = review_desk(appeal, desk)
    veil.lift_for_review(review.case_under_review(appeal.case_id, inside.ring).id, item, showing, inside)
