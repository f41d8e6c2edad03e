"""The case line as the partner sees it: the same promises, kept and missed, that staff see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from safeconduct.domains.cases.rules import Clock, ClockKind, Severity, Stage
from safeconduct.domains.cases.rules.escalation import LADDER
from safeconduct.domains.cases.views import ConversationView
from safeconduct.web.partner.words import PROMISES, STAGES, Words
from safeconduct.web.templatetags.safeconduct import at as drawn_at


@dataclass(frozen=True)
class Stop:
    """One stop on the line. ``kind`` is done, now, next or gap; ``kept`` says whether the promise held."""

    kind: str
    title: Words
    detail: str
    kept: bool | None = None


def case_line(view: ConversationView, now: datetime) -> list[Stop]:
    """Return the stops, oldest first, the lamp before everything that is still promised."""
    done = [Stop("done", _("Received"), at(view.received_at))]
    done += [_kept(clock) for clock in view.clocks if clock.kept_at is not None]
    if view.decision:
        done.append(Stop("done", _("Decided"), at(view.decision.decided_at)))
    here = Stop("now", _("Now, %(time)s") % {"time": at(now)}, _standing(view))
    owed = [_owed(clock, now) for clock in view.clocks if clock.kept_at is None and not view.closed]
    return [*done, here, *owed, *_escalation(view)]


def next_promise(clocks: Sequence[Clock], stage: Stage) -> Clock | None:
    """Return the promise that falls due first, or None when nothing is owed."""
    owed = [clock for clock in clocks if clock.kept_at is None]
    return min(owed, key=lambda clock: clock.due_at, default=None) if stage is not Stage.CLOSED else None


def _kept(clock: Clock) -> Stop:
    detail = _("%(time)s; promised before %(due)s") % {
        "time": at(clock.kept_at or clock.due_at),
        "due": at(clock.due_at),
    }
    return Stop("done" if clock.kept else "gap", PROMISES[clock.kind], detail, kept=clock.kept)


def _owed(clock: Clock, now: datetime) -> Stop:
    words = _("promised before %(due)s: we are late") if clock.late(now) else _("before %(due)s")
    return Stop("gap" if clock.late(now) else "next", PROMISES[clock.kind], words % {"due": at(clock.due_at)})


def _standing(view: ConversationView) -> str:
    stage = STAGES[view.stage]
    if view.writer_name:
        return _("%(stage)s, by %(name)s") % {"stage": stage, "name": view.writer_name}
    return str(stage)


def _escalation(view: ConversationView) -> list[Stop]:
    waiting = any(clock.kept_at is None and clock.kind is not ClockKind.SETTLE for clock in view.clocks)
    if view.severity is not Severity.P0 or not waiting or view.closed:
        return []
    first, second, third = (at(view.received_at + after) for after in LADDER)
    times = {"first": first, "second": second, "third": third}
    if view.writer_name:
        words = _("Leads are called at %(first)s, then everyone at %(second)s and %(third)s.")
    else:
        words = _(
            "Everyone who can open it was called at once. Leads are called again at %(first)s, "
            "everyone at %(second)s and %(third)s."
        )
    return [Stop("next", _("If nobody answers"), words % times)]


def at(moment: datetime) -> str:
    """Return a time in words, to stand inside a sentence."""
    return strip_tags(drawn_at(moment))
