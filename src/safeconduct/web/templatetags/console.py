"""The signs of the console: severity, clock and stage, each drawn as shape, word and colour together."""

from collections.abc import Iterable
from datetime import datetime
from enum import Enum
from typing import Any

from babel.numbers import format_decimal
from django import template
from django.utils.translation import gettext as _

from safeconduct.connectors import registry
from safeconduct.connectors.sentences import Sentence
from safeconduct.domains.cases.rules import ClockKind, Severity, Stage
from safeconduct.domains.cases.views import CaseView, QueueRow
from safeconduct.domains.safety.rules import StepStatus
from safeconduct.domains.safety.views import BundleCost, BundleView, StepView
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Unavailable
from safeconduct.web import askings as asked
from safeconduct.web import zones
from safeconduct.web.console.lifted import HasId, Lifted
from safeconduct.web.console.times import LAMP_RADIUS, DrawnClock, at, drawn_clock, on, span
from safeconduct.web.console.words import ENTRY, words_for, written_line
from safeconduct.web.language import page_locale

register = template.Library()

STAGE_STOPS = (4, 25, 46, 67, 88)
METER_LENGTH = 208


register.filter(span)
register.filter(at)
register.filter(on)
register.filter(zones.hour)
register.filter(zones.hour_and_zone)
register.filter(zones.last_whole_day)


@register.filter
def iso(moment: datetime) -> str:
    """Write a moment for programs."""
    return moment.isoformat(timespec="minutes")


@register.simple_tag
def clock_of(started_at: datetime, due_at: datetime) -> DrawnClock:
    """Return the geometry of a running clock as of now."""
    return drawn_clock(started_at, due_at, clock.now())


@register.inclusion_tag("console/pieces/stage.html")
def stage_line(stage: Stage) -> dict[str, Any]:
    """Draw the five-stop line with the lamp on the stage, and its word under it."""
    number = list(Stage).index(stage) + 1
    here = STAGE_STOPS[number - 1]
    return {
        "number": number,
        "word": words_for(stage),
        "passed": [str(x) for x in STAGE_STOPS[: number - 1]],
        "coming": [str(x) for x in STAGE_STOPS[number:]],
        "here": str(here),
        "lamp": str(min(max(here, LAMP_RADIUS + 1), 92 - LAMP_RADIUS - 1)),
        "first": number == 1,
        "last": number == len(STAGE_STOPS),
    }


@register.inclusion_tag("console/pieces/severity.html")
def severity_sign(severity: Severity) -> dict[str, str]:
    """Draw a severity: shape, code and word always stand together."""
    code = severity.value
    return {"sign": code.lower(), "shade": f"s{code[-1]}", "code": code, "word": words_for(severity)}


@register.filter
def fingerprint(digest: str) -> str:
    """Write a fingerprint as people compare it: the first two groups of four and the last."""
    return f"{digest[:4]} {digest[4:8]} … {digest[-4:]}"


@register.filter
def groups_of_four(digest: str) -> str:
    """Write a whole fingerprint in groups of four."""
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))


@register.filter
def along(share: float) -> str:
    """Return how far a meter is filled, in the units of its drawing."""
    return f"{min(share, 1.0) * METER_LENGTH:.0f}"


@register.filter
def place(index: int) -> str:
    """Write a place in the log, however long, in digits of three, as the page's language groups them."""
    return str(format_decimal(index, locale=page_locale()))


@register.filter
def language_name(code: str) -> str:
    """Name a language in the page's own language; a code nobody knows stays as it is."""
    return str(page_locale().languages.get(code, code))


@register.filter
def country_name(code: str) -> str:
    """Name a country in the page's own language; a code nobody knows stays as it is."""
    return str(page_locale().territories.get(code.upper(), code))


@register.filter
def word_count(text: str) -> int:
    """Count words, so that a veil can say how much is behind it."""
    return len(text.split())


@register.filter
def say(sentence: Sentence | str | None) -> str:
    """Say a connector's sentence in the page's language. Its values come from a platform, so they are never trusted."""
    if sentence is None:
        return ""
    if isinstance(sentence, str):
        return _(sentence) if sentence else ""
    return _(sentence.template) % sentence.values if sentence.values else _(sentence.template)


@register.filter
def words(value: Enum) -> str:
    """Say a value of one of our closed sets as staff call it."""
    return words_for(value)


@register.filter
def asking_words(stage: asked.Stage) -> str:
    """Say how far an asking for somebody's name is."""
    return str(asked.ASKING[stage])


@register.filter
def listed(values: Iterable[Enum]) -> str:
    """Say several values one after the other, with the comma of the page's language."""
    return _(", ").join(words_for(value) for value in values)


@register.filter
def entry_words(kind: str) -> str:
    """Say what an entry of the work file is; a plain note needs no words."""
    return str(ENTRY.get(kind, ""))


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


@register.inclusion_tag("console/pieces/status.html")
def act_status(status: StepStatus) -> dict[str, str]:
    """Draw what came of an act: checked, sent, held or not done."""
    sign, shade = _STATUS_LOOKS[status]
    return {"sign": sign, "shade": shade, "word": words_for(status)}


@register.filter
def from_now(moment: datetime) -> str:
    """Say how far a moment is from now, in either direction."""
    return span(moment - clock.now())


@register.filter
def promise(kind: str) -> str:
    """Say what is owed: to reply, to answer, to settle."""
    return words_for(ClockKind(kind)) if kind else ""


@register.filter
def platform_name(platform: str) -> str:
    """Name a platform as people read it; one that is not connected keeps the name the reporter gave it."""
    try:
        return registry.connector_for(platform).name
    except Unavailable:
        return platform


PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})


@register.filter
def in_one_line(case: QueueRow | CaseView) -> str:
    """Say a case in a colleague's words, or in the rule's own, which the page's language has too."""
    return written_line(case) or listed(case.happened) or _("Not said what happened")


@register.filter
def is_picture(kind: str) -> bool:
    """Say whether a file claims to be a picture we can draw anew; whether it is one, the drawing shows."""
    return kind in PICTURES


@register.filter
def shows(item: HasId, lifted: Lifted | None) -> bool:
    """Say whether the veil over this very item is lifted on this page."""
    return lifted is not None and lifted.item == item.id


_NOT_YET = frozenset({StepStatus.ORDERED, StepStatus.HELD})
_FAILED = frozenset({StepStatus.NOT_DONE, StepStatus.NOT_CONFIRMED, StepStatus.LAPSED})


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
    reasons = {str(step.cost.why_not) for step in cost.steps}
    possible = any(step.cost.possible for step in cost.steps)
    return cost.steps[0].cost.why_not if cost.steps and len(reasons) == 1 and not possible else None


@register.filter
def frame(order: BundleView) -> str:
    """Frame a record double when all that was asked is done or sent; single and in alarm when something is not."""
    return "torn" if any(step.status in _FAILED for step in order.steps) else "keep"


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
