"""How an order looks and reads: each step by what came of it, and the whole by what was read back."""

from django import template
from django.utils.translation import gettext as _

from safeconduct.connectors.port import ActKind
from safeconduct.connectors.sentences import Sentence
from safeconduct.domains.safety.rules import StepStatus
from safeconduct.domains.safety.sentences import PLATFORM_CANNOT
from safeconduct.domains.safety.views import BundleCost, BundleView, StepView
from safeconduct.web.console.words import words_for

register = template.Library()

# Sign of the sprite and shade of the text: more than one sign may say the same kind of thing.
_STATUS_LOOKS = {
    StepStatus.ORDERED: ("sent", "is-sent"),
    StepStatus.DONE_AND_CHECKED: ("ok", "is-ok"),
    StepStatus.SENT: ("sent", "is-sent"),
    StepStatus.HELD: ("held", "is-held"),
    StepStatus.NOT_DONE: ("no", "is-no"),
    StepStatus.NOT_CONFIRMED: ("no", "is-no"),
    StepStatus.UNDONE: ("ok", "is-ok"),
    StepStatus.LAPSED: ("held", "is-held"),
}
_NOT_YET = frozenset({StepStatus.ORDERED, StepStatus.HELD})
_FAILED = frozenset({StepStatus.NOT_DONE, StepStatus.NOT_CONFIRMED, StepStatus.LAPSED})


@register.inclusion_tag("console/pieces/status.html")
def act_status(status: StepStatus) -> dict[str, str]:
    """Draw what came of an act: checked, sent, held or not done."""
    sign, shade = _STATUS_LOOKS[status]
    return {"sign": sign, "shade": shade, "word": words_for(status)}


@register.filter
def stop_class(step: StepView) -> str:
    """Draw a step's stop: hollow while promised, broken where something is missing, else solid."""
    if step.status in _NOT_YET:
        return "next"
    return "gap" if step.status in _FAILED else ""


@register.filter
def one_reason(order: BundleView) -> Sentence | str | None:
    """Return why nothing of an order was done, if one reason holds for every step: then it is said once."""
    reasons = {str(step.why) for step in order.steps}
    failed = all(step.status in _FAILED and not step.changed and not step.seen_by for step in order.steps)
    return order.steps[0].why if len(order.steps) > 1 and len(reasons) == 1 and failed else None


@register.filter
def nothing_possible(cost: BundleCost) -> Sentence | str | None:
    """Return why no step of a bundle can be done, if one reason holds for all of them."""
    # A notice alone does nothing for anybody.
    steps = [step for step in cost.steps if step.act is not ActKind.NOTICE_SEND]
    reasons = {str(step.cost.why_not) for step in steps}
    return steps[0].cost.why_not if len(reasons) == 1 and not any(step.cost.possible for step in steps) else None


@register.filter
def frame(order: BundleView) -> str:
    """Frame a record double when all that the platform can do is done or sent; in alarm when something is not."""
    failed = [step for step in order.steps if step.status in _FAILED and step.why != PLATFORM_CANNOT]
    nothing = all(step.status in _FAILED for step in order.steps)
    return "torn" if failed or nothing else "keep"


@register.filter
def answered_share(order: BundleView) -> float:
    """Return how much of an order has an answer of any kind."""
    return sum(step.status not in _NOT_YET for step in order.steps) / len(order.steps)


@register.filter
def answered(order: BundleView) -> str:
    """Say how many steps of an order have an answer, good or bad."""
    known = sum(step.status not in _NOT_YET for step in order.steps)
    return _("%(known)d of %(all)d steps have an answer.") % {"known": known, "all": len(order.steps)}


@register.filter
def ended(order: BundleView) -> str:
    """Say in one sentence how an order ended, counting only what was read back."""
    checked = sum(step.status in {StepStatus.DONE_AND_CHECKED, StepStatus.UNDONE} for step in order.steps)
    if checked == len(order.steps):
        return _("Every step is done, and checked.")
    return _("%(checked)d of %(all)d steps are done, and checked.") % {"checked": checked, "all": len(order.steps)}
