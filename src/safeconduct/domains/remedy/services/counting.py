"""What is said of an appeal when it ends, for those who count: nothing by which it could be found again."""

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases.queries import review
from safeconduct.domains.remedy.events import AppealDecided
from safeconduct.domains.remedy.models import Appeal
from safeconduct.domains.remedy.papers import LEFT
from safeconduct.domains.remedy.queries.reach import opened_file
from safeconduct.domains.remedy.rules import Conclusion, Lane, Side


def decided(appeal: Appeal, conclusion: Conclusion, desk: Desk, inside: Desk) -> AppealDecided:
    """Return the fact that an appeal ended; ``inside`` is the desk that the review opens the case with."""
    case = review.case_under_review(appeal.case_id, inside.ring)
    answers = [each.answers for each in case.conversations]
    left = LEFT.read(appeal.file.sealed, opened_file(appeal.file, desk.ring), appeal.file_id)
    kept_out = bool(left.exclusions) or bool(left.without) or any(each.exclusions for each in answers)
    return AppealDecided(
        side=Side.ACTED_ON if appeal.report_id is None else Side.REPORTER,
        lane=Lane(appeal.lane),
        conclusion=conclusion,
        in_time=appeal.decided_at is not None and appeal.decided_at <= appeal.due_at,
        country=next((each.country for each in answers if each.country), ""),
        threats=tuple(dict.fromkeys(threat for each in answers for threat in each.happened)),
        language=case.language,
        leads_may_know=not kept_out,
    )
