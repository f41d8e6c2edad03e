"""Who may write in a room: raising it to moderators, and putting back what it was before."""

from collections.abc import Mapping
from typing import Any

from safeconduct.connectors.synapse import rooms
from safeconduct.connectors.synapse.admin import Absent, Admin, part
from safeconduct.connectors.synapse.paths import ADMIN_V1, CLIENT

MODERATORS = 50
# How far back to look for the rules from before: taking power and new moderators each add one step.
STEPS_BACK = 20
# State has levels of its own; these are what people write. A room may name lower levels for single ones.
WRITTEN = ("m.room.message", "m.room.encrypted", "m.reaction", "m.sticker", "m.poll.start", "m.poll.response")
Levels = Mapping[str, Any]


def is_restricted(levels: Levels) -> bool:
    """Tell whether only moderators can write here."""
    return all(_level(levels, kind) >= MODERATORS for kind in WRITTEN)


def restrict(admin: Admin, room: str) -> None:
    """Let only moderators write."""
    levels = rooms.levels_event(admin, room)["content"]
    named = {kind: MODERATORS for kind in WRITTEN if _level(levels, kind) < MODERATORS and kind in _named(levels)}
    default = max(MODERATORS, _number(levels.get("events_default", 0)))
    _write(admin, room, {**levels, "events_default": default, "events": {**_named(levels), **named}})


def reopen(admin: Admin, room: str) -> None:
    """Let those write who could before we restricted it; who is a moderator now stays one."""
    now = rooms.levels_event(admin, room)
    before = _before(admin, now)
    others = {kind: level for kind, level in _named(now["content"]).items() if kind not in WRITTEN}
    written = {kind: level for kind, level in _named(before).items() if kind in WRITTEN}
    default = before.get("events_default", 0)
    _write(admin, room, {**now["content"], "events_default": default, "events": {**others, **written}})


def _before(admin: Admin, event: Mapping[str, Any]) -> Levels:
    """Return the newest rules under which people could write; without any, those of a new room."""
    for _step in range(STEPS_BACK):
        earlier = event.get("replaces_state") or (event.get("unsigned") or {}).get("replaces_state")
        if not earlier:
            break
        try:
            event = admin.call("GET", f"{ADMIN_V1}/fetch_event/{part(str(earlier))}").get("event") or {}
        except Absent:
            break
        content = event.get("content") or {}
        if not is_restricted(content):
            return dict(content)
    return {}


def _write(admin: Admin, room: str, levels: Levels) -> None:
    admin.call("PUT", f"{CLIENT}/rooms/{part(room)}/state/m.room.power_levels", dict(levels))


def _level(levels: Levels, kind: str) -> int:
    return _number(_named(levels).get(kind, levels.get("events_default", 0)))


def _named(levels: Levels) -> dict[str, Any]:
    named = levels.get("events")
    return dict(named) if isinstance(named, Mapping) else {}


def _number(level: object) -> int:
    # Old rooms may hold levels as text.
    try:
        return int(str(level))
    except ValueError:
        return 0
