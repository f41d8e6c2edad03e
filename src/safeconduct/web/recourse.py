"""What a page says about disagreeing, about what was promised, and about where else to turn."""

from typing import Any
from uuid import UUID

from django.utils import translation

from safeconduct.domains.remedy import operator, queries
from safeconduct.vault import Keyring
from safeconduct.web.outcomes import CONCLUSIONS, REMEDIES


def in_a_case(report_id: UUID, ring: Keyring) -> dict[str, Any]:
    """Return what the page of a case needs."""
    return {
        "disagree": queries.recourse_for(report_id, ring),
        "promises": queries.remedies_for(report_id, ring),
        "remedies": REMEDIES,
        "conclusions": CONCLUSIONS,
        "next_steps": next_steps(),
    }


def next_steps() -> tuple[operator.NextStep, ...]:
    """Return where else to turn, in the page's language."""
    return operator.next_steps(translation.get_language() or "en")
