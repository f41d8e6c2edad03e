"""When suspensions end. The homeserver keeps it, in our own account's data: it knows anyway whom it suspended.

Nothing like it is kept for locks, because that would be a list of the people we protect.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

import structlog

from safeconduct.connectors.outside import NoAnswer
from safeconduct.connectors.synapse.admin import Absent, Admin, part
from safeconduct.connectors.synapse.paths import ADMIN_V1, ADMIN_V2, CLIENT
from safeconduct.kernel import clock

log = structlog.get_logger()

KEPT_AS = "safeconduct.suspensions"
UNREADABLE = "The homeserver's list of suspensions that end cannot be read."


def ends(admin: Admin, own_name: str) -> dict[str, str]:
    """Return when each suspension ends, by account."""
    try:
        kept = admin.call("GET", _path(own_name)).get("ends", {})
    except Absent:
        return {}
    if not isinstance(kept, dict):
        raise NoAnswer("matrix.nonsense", UNREADABLE)
    return {str(name): str(at) for name, at in kept.items()}


def end_of(admin: Admin, own_name: str, name: str) -> datetime | None:
    """Return when an account's suspension ends, or nothing if it does not end by itself."""
    at = ends(admin, own_name).get(name)
    return _moment(at) if at else None


def keep(admin: Admin, own_name: str, name: str, until: datetime | None) -> None:
    """Remember when a suspension ends; without ``until``, forget it."""
    kept = ends(admin, own_name)
    changed = {one: at for one, at in kept.items() if one != name}
    if until:
        changed[name] = until.isoformat(timespec="seconds")
    if changed != kept:
        _write(admin, own_name, changed)


def set_suspended(admin: Admin, name: str, *, suspended: bool) -> None:
    """Suspend or reinstate an account."""
    admin.call("PUT", f"{ADMIN_V1}/suspend/{part(name)}", {"suspend": suspended})


def end_what_is_over(admin: Admin, own_name: str, tell: Callable[[], None]) -> int:
    """Reinstate every account whose suspension has ended, and return how many the homeserver then shows so.

    ``tell`` is called for each of them before its end is forgotten.
    """
    over = [name for name, at in ends(admin, own_name).items() if _is_over(at)]
    return sum(_ended(admin, own_name, name, tell) for name in over)


def _is_over(at: str) -> bool:
    try:
        return _moment(at) <= clock.now()
    except NoAnswer:
        # One time that cannot be read must not keep the others from being reinstated.
        log.warning("matrix.end-unreadable")
        return False


def _ended(admin: Admin, own_name: str, name: str, tell: Callable[[], None]) -> bool:
    try:
        set_suspended(admin, name, suspended=False)
        ended = admin.call("GET", f"{ADMIN_V2}/users/{part(name)}").get("suspended") is False
    except Absent:
        # An account that is gone must not keep the others from being reinstated.
        keep(admin, own_name, name, None)
        return False
    if ended:
        tell()
        keep(admin, own_name, name, None)
    return ended


def _moment(at: str) -> datetime:
    try:
        moment = datetime.fromisoformat(at)
    except ValueError as fault:
        raise NoAnswer("matrix.nonsense", UNREADABLE) from fault
    if moment.tzinfo is None:
        raise NoAnswer("matrix.nonsense", UNREADABLE)
    return moment


def _path(own_name: str) -> str:
    return f"{CLIENT}/user/{part(own_name)}/account_data/{KEPT_AS}"


def _write(admin: Admin, own_name: str, kept: Mapping[str, str]) -> None:
    admin.call("PUT", _path(own_name), {"ends": dict(kept)})
