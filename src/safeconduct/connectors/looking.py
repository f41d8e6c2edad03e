"""Looking at a platform before and after an act. Only what it shows counts, never what it answered to the order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from safeconduct.connectors.calls import PlatformCalls
from safeconduct.connectors.outside import NotReached
from safeconduct.connectors.port import EFFECTS, AccountState, ActKind, ActOrder
from safeconduct.connectors.verdicts import Seeing
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Refused, Unavailable

# Platforms that copy their state between machines need a moment to show it.
LOOK_AGAIN_AFTER = (0.2, 0.5, 1.0)
CLOCKS_MAY_DIFFER = timedelta(minutes=1)


@dataclass(frozen=True)
class Look:
    """What one look showed, and when."""

    seeing: Seeing
    state: AccountState | None = None
    at: datetime | None = None
    not_reached: bool = False


def look(calls: PlatformCalls, order: ActOrder, reference: str = "") -> Look:
    """Look once. It never raises; what could not be read is said to be unreadable."""
    try:
        state = calls.account(order.handle)
        seeing = _seeing(calls, order, reference, state)
    except NotReached:
        return Look(Seeing.UNREADABLE, not_reached=True)
    except (Unavailable, Refused):
        return Look(Seeing.UNREADABLE)
    return Look(seeing, state, clock.now())


def look_until(calls: PlatformCalls, order: ActOrder, reference: str, pause: Callable[[float], None]) -> Look:
    """Look, and look again a few times while the platform does not show the wanted state."""
    seen = look(calls, order, reference)
    for seconds in LOOK_AGAIN_AFTER:
        if seen.seeing in {Seeing.WANTED, Seeing.CANNOT_SAY}:
            break
        pause(seconds)
        again = look(calls, order, reference)
        # A look that failed says less than an earlier one that showed something.
        seen = again if again.seeing is not Seeing.UNREADABLE or seen.seeing is Seeing.UNREADABLE else seen
    return seen


def _seeing(calls: PlatformCalls, order: ActOrder, reference: str, state: AccountState) -> Seeing:
    shown = _shown(calls, order, reference, state)
    if shown is None:
        return Seeing.CANNOT_SAY
    return Seeing.WANTED if shown else Seeing.UNCHANGED


def _shown(calls: PlatformCalls, order: ActOrder, reference: str, state: AccountState) -> bool | None:
    if order.act not in EFFECTS:
        return calls.shows(order, reference)
    fact, wanted = EFFECTS[order.act]
    if fact not in state.facts:
        return None
    return state.facts[fact] is wanted and _lasts(order, state)


def _lasts(order: ActOrder, state: AccountState) -> bool:
    """Tell whether a lock or a suspension lasts as long as ordered. A shorter one is not what was ordered."""
    ends = {ActKind.ACCOUNT_LOCK: state.locked_until, ActKind.ACCOUNT_SUSPEND: state.suspended_until}.get(order.act)
    if order.act is ActKind.ACCOUNT_SUSPEND and order.until and ends is None:
        # A sanction that was to end must not be taken for one that never does.
        return False
    return ends is None or (order.until is not None and ends >= order.until - CLOCKS_MAY_DIFFER)
