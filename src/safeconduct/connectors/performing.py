"""How every act is carried out on every platform: keep evidence, look, act, look again, and say only what was seen."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from safeconduct.connectors import wording
from safeconduct.connectors.calls import PlatformCalls, Sent
from safeconduct.connectors.looking import Look, look, look_until
from safeconduct.connectors.outside import Busy, NotReached
from safeconduct.connectors.port import (
    ON_AN_ITEM,
    UNDONE_BY,
    ActKind,
    ActOrder,
    ActRecord,
    Capabilities,
    Capability,
    Result,
)
from safeconduct.connectors.port import Snapshot as Evidence
from safeconduct.connectors.sentences import Sentence
from safeconduct.connectors.verdicts import VERDICTS, Seeing, Sending
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Refused, Unavailable

Pause = Callable[[float], None]
_ENDS_BY_ITSELF = {
    ActKind.ACCOUNT_LOCK: Capability.ACCOUNT_LOCK_UNTIL,
    ActKind.ACCOUNT_SUSPEND: Capability.ACCOUNT_SUSPEND_UNTIL,
}


class _NothingSentError(Exception):
    """Ends an attempt before its order went out. Nothing can have been changed."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True)
class _Ready:
    """What is known before the order goes out."""

    offered: Capabilities
    before: Look
    evidence: Evidence | None


def perform(calls: PlatformCalls, order: ActOrder, *, pause: Pause = time.sleep) -> ActRecord:
    """Carry out one order and return the truth about it. Nothing that the outside does makes it raise."""
    blank = ActRecord(
        act=order.act,
        key=order.key,
        platform=calls.platform,
        result=Result.NOT_DONE,
        sentence=wording.CANNOT,
        ordered_at=clock.now(),
    )
    try:
        ready = _prepare(calls, order)
        return _carry_out(calls, order, ready, blank, pause)
    except _NothingSentError as stop:
        return replace(blank, sentence=stop.sentence)


def undo(calls: PlatformCalls, order: ActOrder, *, pause: Pause = time.sleep) -> ActRecord:
    """Carry out the act that reverses the one ``order`` names."""
    reverse = UNDONE_BY.get(order.act)
    if reverse is not None:
        # The end of what is undone is no end of the undoing.
        return perform(calls, replace(order, act=reverse, until=None), pause=pause)
    return ActRecord(
        act=order.act,
        key=order.key,
        platform=calls.platform,
        result=Result.NOT_DONE,
        sentence=wording.no_way_back(order.act),
        ordered_at=clock.now(),
    )


def _prepare(calls: PlatformCalls, order: ActOrder) -> _Ready:
    offered = _offered(calls)
    _check(order, offered)
    evidence = None if order.dry_run else _evidence(calls, order, offered)
    before = look(calls, order)
    if before.not_reached:
        raise _NothingSentError(wording.NOT_REACHED)
    if before.state is not None and not before.state.exists:
        raise _NothingSentError(wording.UNKNOWN_ACCOUNT)
    return _Ready(offered, before, evidence)


def _check(order: ActOrder, offered: Capabilities) -> None:
    if not offered.can(order.act):
        raise _NothingSentError(wording.CANNOT)
    if order.until and _ENDS_BY_ITSELF.get(order.act) not in offered.offered:
        raise _NothingSentError(wording.CANNOT_END_BY_ITSELF)
    if order.act is ActKind.CREDENTIALS_RESET and not (order.way_back.strip() and order.words):
        raise _NothingSentError(wording.NO_RECORDED_WAY)
    if order.act in ON_AN_ITEM and not order.item:
        raise _NothingSentError(wording.NO_ITEM)


def _offered(calls: PlatformCalls) -> Capabilities:
    try:
        return calls.capabilities()
    except Busy as fault:
        raise _NothingSentError(wording.BUSY) from fault
    except (Unavailable, Refused) as fault:
        raise _NothingSentError(wording.NOT_REACHED) from fault


def _evidence(calls: PlatformCalls, order: ActOrder, offered: Capabilities) -> Evidence | None:
    """Keep evidence, but let no one stay exposed because evidence could not be kept."""
    if Capability.EVIDENCE_SNAPSHOT not in offered.offered:
        return None
    try:
        return calls.snapshot(order.handle, order.item)
    except NotReached as fault:
        raise _NothingSentError(wording.NOT_REACHED) from fault
    except (Unavailable, Refused):
        return None


def _carry_out(calls: PlatformCalls, order: ActOrder, ready: _Ready, blank: ActRecord, pause: Pause) -> ActRecord:
    if order.dry_run:
        return _trial(calls, order, blank)
    known = replace(blank, evidence=ready.evidence, evidence_id=ready.evidence.sha256 if ready.evidence else "")
    if ready.before.seeing is Seeing.WANTED:
        already = replace(known, result=Result.DONE_AND_CHECKED, sentence=wording.ALREADY)
        return _finished(already, order, ready, ready.before)
    sending, sent, why = _send(calls, order)
    after = look_until(calls, order, sent.reference, pause) if sending in _WORTH_A_LOOK else Look(Seeing.UNREADABLE)
    result, words = VERDICTS[sending, after.seeing]
    told = replace(
        known,
        result=result,
        sentence=why or Sentence(words),
        platform_ref=sent.reference,
        effective_at=sent.effective_at,
        residual=sent.residual,
        changed=wording.changed_by(order.act, ready.before.state) if result is Result.DONE_AND_CHECKED else (),
    )
    return _finished(told, order, ready, after)


_WORTH_A_LOOK = (Sending.ACCEPTED, Sending.UNKNOWN)


def _trial(calls: PlatformCalls, order: ActOrder, blank: ActRecord) -> ActRecord:
    sending, sent, why = _send(calls, order)
    if sending is Sending.ACCEPTED:
        return replace(blank, result=Result.TRIAL, sentence=wording.TRIAL, residual=sent.residual)
    return replace(blank, sentence=why or wording.NOT_REACHED)


def _send(calls: PlatformCalls, order: ActOrder) -> tuple[Sending, Sent, Sentence | None]:
    try:
        return Sending.ACCEPTED, calls.send(order), None
    except Refused as fault:
        return Sending.REFUSED, Sent(), Sentence(wording.REFUSED_BECAUSE, {"reason": fault.sentence})
    except Busy:
        return Sending.NOT_REACHED, Sent(), wording.BUSY
    except NotReached:
        return Sending.NOT_REACHED, Sent(), None
    except Unavailable:
        return Sending.UNKNOWN, Sent(), None


def _finished(told: ActRecord, order: ActOrder, ready: _Ready, after: Look) -> ActRecord:
    """Add when it was read back, what is still open, and the way back unless nothing was done."""
    finished = replace(told, read_back_at=after.at)
    if told.result is Result.NOT_DONE:
        return finished
    no_evidence = () if told.evidence else (wording.NO_EVIDENCE,)
    left = (*told.residual, *wording.still_open(order, after.state), *no_evidence)
    return _with_way_back(replace(finished, residual=tuple(dict.fromkeys(left))), ready.offered)


def _with_way_back(record: ActRecord, offered: Capabilities) -> ActRecord:
    reverse = UNDONE_BY.get(record.act)
    if reverse is None or not offered.can(reverse):
        return record
    until = clock.now() + timedelta(days=offered.undo_days) if offered.undo_days else None
    return replace(record, reversible=True, undo=reverse, undo_until=until)
