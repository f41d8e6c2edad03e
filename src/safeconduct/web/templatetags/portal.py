"""Words of the portal for what the rules call by a code."""

from django import template

from safeconduct.connectors.port import ActKind
from safeconduct.domains.safety.rules import StepStatus
from safeconduct.web.portal import words

register = template.Library()


@register.filter
def act_words(act: ActKind) -> words.Words:
    """Return what an act is called on a page for reporters."""
    return words.ACTS[act]


@register.filter
def status_words(status: StepStatus) -> words.Words:
    """Return what came of an act, in words."""
    return words.STATUS[status]
