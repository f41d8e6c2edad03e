"""What a page says about disagreeing, about what was promised, and about where else to turn."""

from typing import Any

from django.utils import translation

from safeconduct.accounts.values import WayIn
from safeconduct.domains.remedy import operator, queries
from safeconduct.web.portal import words


def in_a_case(open_way: WayIn) -> dict[str, Any]:
    """Return what the page of a case needs."""
    return {
        "disagree": queries.standing_for(open_way.holder_id, open_way.ring),
        "promises": queries.remedies_for(open_way.holder_id, open_way.ring),
        "remedies": words.REMEDIES,
        "findings": words.FINDINGS,
        "next_steps": next_steps(),
    }


def next_steps() -> tuple[operator.NextStep, ...]:
    """Return where else to turn, in the page's language."""
    return operator.next_steps(translation.get_language() or "en")
