"""Words of the portal for what the rules call by a code."""

from datetime import datetime

from django import template

from safeconduct.connectors.port import ActKind
from safeconduct.domains.cases.rules import Part
from safeconduct.domains.remedy.rules import Finding, Remedy
from safeconduct.domains.safety.rules import StepStatus
from safeconduct.domains.safety.views import BundleView
from safeconduct.web.portal import words

register = template.Library()

OPEN_ENDS = frozenset({StepStatus.NOT_DONE, StepStatus.NOT_CONFIRMED, StepStatus.HELD})


@register.filter
def act_words(act: ActKind) -> words.Words:
    """Return what an act is called on a page for reporters."""
    return words.ACTS[act]


@register.filter
def part_words(part: Part) -> words.Words:
    """Return what a part of a report is called where its reporter is asked about it."""
    return words.PARTS[part]


@register.filter
def stands(act: BundleView) -> bool:
    """Answer whether the double frame fits: nothing of the order failed, was lost or waits for someone."""
    return not any(step.status in OPEN_ENDS for step in act.steps)


@register.filter
def checked_at(act: BundleView) -> datetime | None:
    """Return when the last step was read back, if each was done and checked: then it is said once for all of them."""
    times = [step.read_back_at for step in act.steps if step.status is StepStatus.DONE_AND_CHECKED]
    known = [time for time in times if time]
    return max(known) if known and len(known) == len(act.steps) else None


@register.filter
def status_words(status: StepStatus) -> words.Words:
    """Return what came of an act, in words."""
    return words.STATUS[status]


@register.filter
def finding_words(finding: Finding) -> words.Words:
    """Return what came of an appeal, in words."""
    return words.FINDINGS[finding]


@register.filter
def remedy_words(remedy: Remedy) -> words.Words:
    """Return what a promised remedy is called."""
    return words.REMEDIES[remedy]
