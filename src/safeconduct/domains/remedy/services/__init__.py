"""The verbs of the room."""

from safeconduct.domains.remedy.services.deciding import confirm_carried_out, decide_appeal
from safeconduct.domains.remedy.services.delivering import carry_statements, mark_lost_statements
from safeconduct.domains.remedy.services.filing import appeal_as_acted_on, appeal_as_partner, appeal_as_reporter, enter
from safeconduct.domains.remedy.services.keeping import decide_case, keep_for_review
from safeconduct.domains.remedy.services.looking import lift_veil
from safeconduct.domains.remedy.services.remedies import deliver, promise
from safeconduct.domains.remedy.services.reviewing import (
    step_back,
    take_appeal,
    write_as_appellant,
    write_as_reviewer,
)
from safeconduct.domains.remedy.services.rewrapping import rewrap_reviews
from safeconduct.domains.remedy.services.sending import send_statement
from safeconduct.domains.remedy.services.statements import give_statement, open_statement

__all__ = [
    "appeal_as_acted_on",
    "appeal_as_partner",
    "appeal_as_reporter",
    "carry_statements",
    "confirm_carried_out",
    "decide_appeal",
    "decide_case",
    "deliver",
    "enter",
    "give_statement",
    "keep_for_review",
    "lift_veil",
    "mark_lost_statements",
    "open_statement",
    "promise",
    "rewrap_reviews",
    "send_statement",
    "step_back",
    "take_appeal",
    "write_as_appellant",
    "write_as_reviewer",
]
