"""The pure decisions of the room: severity, clocks, stages, escalation, decisions, likeness. No Django, no clock, no vault."""

from safeconduct.domains.cases.rules.clocks import (
    LIMITS,
    Clock,
    ClockKind,
    Limits,
    Next,
    due_when_lowered,
    due_when_raised,
    first_due,
    next_due,
    to_the_day,
)
from safeconduct.domains.cases.rules.decisions import (
    OUTCOME_OF,
    Linkage,
    Outcome,
    Reason,
    check_decision,
    check_words_for_acted_on,
)
from safeconduct.domains.cases.rules.escalation import Audience, Rung, Step, rungs_due, say_again_after
from safeconduct.domains.cases.rules.severity import Assessment, Degree, Severity, check_lowering, severity, severity_at_intake
from safeconduct.domains.cases.rules.stages import OPEN_STAGES, Stage, check_move, check_open, may_move
from safeconduct.domains.cases.rules.words import Danger, Mode, OriginKind, Sender, Threat, Want

__all__ = [
    "LIMITS",
    "OPEN_STAGES",
    "OUTCOME_OF",
    "Assessment",
    "Audience",
    "Clock",
    "ClockKind",
    "Danger",
    "Degree",
    "Limits",
    "Linkage",
    "Mode",
    "Next",
    "OriginKind",
    "Outcome",
    "Reason",
    "Rung",
    "Sender",
    "Severity",
    "Stage",
    "Step",
    "Threat",
    "Want",
    "check_decision",
    "check_lowering",
    "check_move",
    "check_open",
    "check_words_for_acted_on",
    "due_when_lowered",
    "due_when_raised",
    "first_due",
    "may_move",
    "next_due",
    "rungs_due",
    "say_again_after",
    "severity",
    "severity_at_intake",
    "to_the_day",
]
