"""The case line: what was promised, what was kept, where the case stands now and what is still owed."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from safeconduct.domains.cases.rules import Clock, ClockKind, Severity, Stage
from safeconduct.domains.cases.rules.escalation import LADDER
from safeconduct.domains.cases.views import CaseView
from safeconduct.web.console.times import at, span
from safeconduct.web.console.words import words_for


@dataclass(frozen=True)
class Stop:
    """One stop on the line. ``kind`` is done, now or next; ``kept`` says of a done one whether the promise held."""

    kind: str
    title: str
    detail: str
    kept: bool | None = None
    left: str = ""
    late: bool = False


def case_line(case: CaseView, now: datetime) -> list[Stop]:
    """Return the stops, oldest first, the lamp before everything that is still promised."""
    done = [Stop("done", _("Received"), at(case.received_at))]
    promises = dict.fromkeys(case.clocks)  # linked reports share the promise to settle
    done += [_kept(clock) for clock in promises if clock.kept_at is not None]
    owed = [_owed(clock, now) for clock in promises if clock.kept_at is None]
    here = Stop("now", _("Now, %(time)s") % {"time": at(now)}, _standing(case))
    return [*done, here, *owed, *_after(case)]


def _kept(clock: Clock) -> Stop:
    detail = _("%(time)s, promised by %(due)s") % {"time": at(clock.kept_at), "due": at(clock.due_at)}
    return Stop("done", _KEPT[clock.kind](), detail, kept=clock.kept)


def _owed(clock: Clock, now: datetime) -> Stop:
    late = clock.late(now)
    left = _("%(span)s late") if late else _("%(span)s left")
    return Stop(
        "next",
        _OWED[clock.kind](),
        _("by %(due)s") % {"due": at(clock.due_at)},
        left=left % {"span": span(clock.due_at - now)},
        late=late,
    )


def _standing(case: CaseView) -> str:
    if case.assignee:
        return _("%(stage)s. With %(name)s") % {"stage": words_for(case.stage), "name": case.assignee}
    return _("%(stage)s. Nobody has it yet") % {"stage": words_for(case.stage)}


def _after(case: CaseView) -> list[Stop]:
    if case.stage is Stage.CLOSED:
        return []
    return [Stop("next", _("The reporter is told"), _ladder(case))]


def _ladder(case: CaseView) -> str:
    waiting = any(clock.kept_at is None and clock.kind is not ClockKind.SETTLE for clock in case.clocks)
    if case.severity is not Severity.P0 or not waiting:
        return _("with the decision and its reasons")
    first, second, third = (at(case.received_at + after) for after in LADDER)
    times = {"first": first, "second": second, "third": third}
    if case.assignee:
        return _("If nobody answers: leads at %(first)s, then everyone at %(second)s and %(third)s") % times
    return (
        _(
            "Everyone who can open it was called at once. If nobody answers: leads again at %(first)s, "
            "everyone at %(second)s and %(third)s"
        )
        % times
    )


_KEPT = {
    ClockKind.REPLY: lambda: _("First reply"),
    ClockKind.ANSWER: lambda: _("Answer"),
    ClockKind.SETTLE: lambda: _("Stopped, or refused with reasons"),
}
_OWED = {
    ClockKind.REPLY: lambda: _("First reply"),
    ClockKind.ANSWER: lambda: _("Answer to the last message"),
    ClockKind.SETTLE: lambda: _("Stopped, or refused with reasons"),
}
