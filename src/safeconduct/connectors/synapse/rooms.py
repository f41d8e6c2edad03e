"""Acting inside a room: our account is given its power and joins where it must, and leaves again."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from safeconduct.connectors.sentences import Sentence
from safeconduct.connectors.sentences import gettext_noop as _
from safeconduct.connectors.synapse.admin import Admin, list_of, part
from safeconduct.connectors.synapse.paths import ADMIN_V1, CLIENT
from safeconduct.kernel.errors import Refused, Unavailable

FORBIDDEN = "matrix.M_FORBIDDEN"
CAME = Sentence(_("Our account joined the room to do this. People there can see that."))
KEEPS_POWER = Sentence(_("Our account keeps a moderator's rights in the room."))


def levels_event(admin: Admin, room: str) -> dict[str, Any]:
    """Return the event that says who may do what in a room."""
    path = f"{ADMIN_V1}/rooms/{part(room)}/state?type=m.room.power_levels"
    found = list_of(admin.call("GET", path), "state")
    event = next((one for one in found if one.get("type") == "m.room.power_levels"), None)
    if event is None or not isinstance(event.get("content"), dict):
        raise Refused("matrix.no-levels", "This room has no rules on who may write, so they cannot be changed.")
    return event


def with_power(admin: Admin, room: str, own_name: str, act: Callable[[], object]) -> tuple[Sentence, ...]:
    """Act in a room, taking a moderator's rights there if need be, and return what to say about that.

    Raises ``Refused`` where nobody of this homeserver has power in the room to give.
    """
    was_member = room in _joined(admin)
    if was_member and _allowed(act):
        return ()
    admin.call("POST", f"{ADMIN_V1}/rooms/{part(room)}/make_room_admin", {"user_id": own_name})
    admin.call("POST", f"{CLIENT}/join/{part(room)}", {})
    try:
        act()
    finally:
        if not was_member:
            _leave(admin, room)
    return (KEEPS_POWER,) if was_member else (CAME, KEEPS_POWER)


def _allowed(act: Callable[[], object]) -> bool:
    try:
        act()
    except Refused as fault:
        if fault.code != FORBIDDEN:
            raise
        return False
    return True


def _leave(admin: Admin, room: str) -> None:
    # What was ordered is done or refused by now; that we are still there must not change what is said of it.
    with suppress(Refused, Unavailable):
        admin.call("POST", f"{CLIENT}/rooms/{part(room)}/leave", {})


def _joined(admin: Admin) -> list[str]:
    joined = admin.call("GET", f"{CLIENT}/joined_rooms").get("joined_rooms")
    return joined if isinstance(joined, list) else []
