"""What a homeserver's users reported: messages and accounts. Reports about rooms it gives to nobody.

A cursor holds the number of the last report read of each kind. Administrators may delete reports, so the place to go
on from is looked for by number each time, never by counting from the start.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from safeconduct.connectors.incoming import Flag, FlagPage
from safeconduct.connectors.outside import NoAnswer
from safeconduct.connectors.synapse.admin import Admin, list_of
from safeconduct.connectors.synapse.paths import ADMIN_V1
from safeconduct.kernel.errors import Refused


@dataclass(frozen=True)
class _Kind:
    path: str
    as_flag: Callable[[dict[str, Any]], Flag]


def _about_message(one: dict[str, Any]) -> Flag:
    sender, reporter = str(one.get("sender") or ""), str(one.get("user_id") or "")
    where = {"item": str(one.get("event_id") or ""), "place": str(one.get("room_id") or "")}
    return Flag(f"message-{one['id']}", _moment(one), sender, reporter, str(one.get("reason") or ""), **where)


def _about_account(one: dict[str, Any]) -> Flag:
    target, reporter = str(one.get("target_user_id") or ""), str(one.get("user_id") or "")
    return Flag(f"account-{one['id']}", _moment(one), target, reporter, str(one.get("reason") or ""))


_KINDS = (_Kind("event_reports", _about_message), _Kind("user_reports", _about_account))


def after(admin: Admin, cursor: str, *, limit: int) -> FlagPage:
    """Return the reports after ``cursor``, oldest first, at most ``limit`` of each kind."""
    found, last, more = [], [], False
    for kind, seen in zip(_KINDS, _read(cursor), strict=True):
        listed, total_left = _page(admin, kind.path, seen, limit)
        found += [kind.as_flag(one) for one in listed]
        last.append(max([seen, *(int(one["id"]) for one in listed)]))
        more |= total_left > len(listed)
    return FlagPage(tuple(sorted(found, key=lambda flag: flag.at)), ".".join(map(str, last)), more)


def _read(cursor: str) -> list[int]:
    if not cursor:
        return [0] * len(_KINDS)
    numbers = cursor.split(".")
    if len(numbers) != len(_KINDS) or not all(number.isdecimal() for number in numbers):
        raise Refused("flags.cursor", "This is not a cursor that was given here. Begin again with an empty one.")
    return [int(number) for number in numbers]


def _page(admin: Admin, path: str, seen: int, limit: int) -> tuple[list[dict[str, Any]], int]:
    """Return the first reports after number ``seen``, and how many there are in all."""
    total = _total(admin, path)
    start = _first_after(admin, path, seen, total) if seen else 0
    if start >= total:
        return [], 0
    listed = _listed(admin, path, start, limit)
    return [one for one in listed if int(one["id"]) > seen], total - start


def _first_after(admin: Admin, path: str, seen: int, total: int) -> int:
    """Find by halving where the reports after number ``seen`` begin: twenty questions in a million reports."""
    low, high = 0, total
    while low < high:
        middle = (low + high) // 2
        found = _listed(admin, path, middle, 1)
        if not found or int(found[0]["id"]) > seen:
            high = middle
        else:
            low = middle + 1
    return low


def _total(admin: Admin, path: str) -> int:
    total = admin.call("GET", f"{ADMIN_V1}/{path}?limit=1").get("total")
    if not isinstance(total, int):
        raise NoAnswer("matrix.nonsense", "The homeserver does not say how many reports there are.")
    return total


def _listed(admin: Admin, path: str, start: int, limit: int) -> list[dict[str, Any]]:
    listed = list_of(admin.call("GET", f"{ADMIN_V1}/{path}?dir=f&from={start}&limit={limit}"), path)
    if not all(isinstance(one.get("id"), int) for one in listed):
        raise NoAnswer("matrix.nonsense", "The homeserver's list of reports cannot be read.")
    return listed


def _moment(one: dict[str, Any]) -> datetime:
    received = one.get("received_ts")
    return datetime.fromtimestamp((received if isinstance(received, int) else 0) / 1000, UTC)
