"""Words of the portal for what the rules call by a code."""

from collections.abc import Iterable
from datetime import datetime

from django import template

from safeconduct.connectors.port import ActKind
from safeconduct.domains.cases.rules import Part
from safeconduct.domains.remedy.rules import Conclusion, Remedy
from safeconduct.domains.remedy.views import AppealView
from safeconduct.domains.safety.rules import StepStatus
from safeconduct.domains.safety.views import BundleView, StepView
from safeconduct.web import askings as asked
from safeconduct.web.choices import Words
from safeconduct.web.outcomes import CONCLUSIONS, REMEDIES
from safeconduct.web.portal import words

register = template.Library()

OPEN_ENDS = frozenset({StepStatus.NOT_DONE, StepStatus.NOT_CONFIRMED, StepStatus.HELD})


@register.filter
def act_words(act: ActKind) -> Words:
    """Return what an act is called on a page for reporters."""
    return words.ACTS[act]


@register.filter
def part_words(part: Part) -> Words:
    """Return what a part of a report is called where its reporter is asked about it."""
    return words.PARTS[part]


@register.filter
def asking_words(stage: asked.Stage) -> str:
    """Say how far an asking for somebody's name is."""
    return str(asked.ASKING[stage])


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
def is_over(step: StepView) -> bool:
    """Answer whether an act stands no longer: then what it changed, and when, is no news any more."""
    return step.status in {StepStatus.UNDONE, StepStatus.LAPSED}


@register.filter
def undone_at(act: BundleView, acts: Iterable[BundleView]) -> datetime | None:
    """Return when it was seen that an order had been taken back, by another among the same acts."""
    steps = [step for other in acts if other.undoes == act.id for step in other.steps]
    times = [step.read_back_at or step.done_at for step in steps]
    return max((time for time in times if time), default=None)


@register.filter
def seen_done(appeal: AppealView, acts: Iterable[BundleView] | None) -> datetime | None:
    """Return when what an appeal ordered was seen on the platform, all of it; the same page shows each order."""
    outcome = appeal.outcome
    if outcome is None:
        return None
    times = [checked_at(act) for act in acts or () if act.id in outcome.undone]
    known = [time for time in times if time]
    return outcome.read_back_at or (max(known) if known and len(known) == len(outcome.undone) else None)


@register.filter
def status_words(status: StepStatus) -> Words:
    """Return what came of an act, in words."""
    return words.STATUS[status]


@register.filter
def conclusion_words(conclusion: Conclusion) -> Words:
    """Return what came of an appeal, in words."""
    return CONCLUSIONS[conclusion]


@register.filter
def remedy_words(remedy: Remedy) -> Words:
    """Return what a promised remedy is called."""
    return REMEDIES[remedy]
