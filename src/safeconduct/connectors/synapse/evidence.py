"""What is kept as evidence: bytes as the homeserver gave them, and a plain word on what they are not."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from safeconduct.connectors.port import Snapshot
from safeconduct.connectors.synapse import items, reading
from safeconduct.connectors.synapse.admin import Absent, Admin, list_of, part, text_of
from safeconduct.connectors.synapse.paths import ADMIN_V1
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Refused

REPORTS_KEPT = 50
AROUND = 20
NOTE = "As the homeserver's administrators see it. An event's signatures are the homeserver's own."
CIPHERTEXT = (
    "What was written is ciphertext only: devices in the conversation can read it, this homeserver and we cannot. "
    "Ask whoever reported it for a copy."
)
SOME_CIPHERTEXT = "Content of type m.room.encrypted is ciphertext; only devices in the conversation read it."


def of_account(admin: Admin, name: str, item: str = "", *, own_name: str) -> Snapshot:
    """Keep what the homeserver holds of an account and the reports about it, and of the item if there is one."""
    reports = list(_reports(admin, name))
    kept: dict[str, Any] = {"account": name, "reports": reports}
    devices: list[dict[str, Any]] = []
    if reading.is_local(name, own_name):
        devices = reading.devices(admin, name)
        kept |= _held(admin, name) | {"devices": devices}
    if not item or any(device.get("device_id") == item for device in devices):
        return _kept(kept, [report.get("event_json") for report in reports])
    kept["item"] = _item(admin, item)
    return _kept(kept, [kept["item"].get("event")])


def _held(admin: Admin, name: str) -> dict[str, Any]:
    return {
        "user": reading.user(admin, name),
        "whois": admin.call("GET", f"{ADMIN_V1}/whois/{part(name)}"),
        "joined_rooms": admin.call("GET", f"{ADMIN_V1}/users/{part(name)}/joined_rooms").get("joined_rooms"),
    }


def of_item(admin: Admin, item: str) -> Snapshot:
    """Keep a message with what was said around it, a room, or a file, as a report about it needs."""
    found = _item(admin, item)
    return _kept({"item": found}, [found.get("event")])


def _item(admin: Admin, item: str) -> dict[str, Any]:
    """Return what an item names. A removed message is still here whole, for as long as the homeserver keeps it."""
    if items.find_event_id(item):
        return _message(admin, items.event(admin, item))
    if item.strip().startswith("mxc://"):
        return {"files": [_file(admin, *one) for one in items.media(admin, item)]}
    return {"room": _room(admin, items.room_id(admin, item))}


def _message(admin: Admin, event: dict[str, Any]) -> dict[str, Any]:
    room, own = text_of(event, "room_id"), text_of(event, "event_id")
    around = admin.call("GET", f"{ADMIN_V1}/rooms/{part(room)}/context/{part(own)}?limit={AROUND}")
    listed = admin.call("GET", f"{ADMIN_V1}/event_reports?room_id={part(room)}&limit=100")
    return {
        "event": event,
        "before": around.get("events_before"),
        "after": around.get("events_after"),
        "reports": [one for one in list_of(listed, "event_reports") if one.get("event_id") == own],
        "room": _room(admin, room),
    }


def _room(admin: Admin, room: str) -> dict[str, Any]:
    return admin.call("GET", f"{ADMIN_V1}/rooms/{part(room)}")


def _file(admin: Admin, server: str, media: str) -> dict[str, Any]:
    return admin.call("GET", f"{ADMIN_V1}/media/{part(server)}/{part(media)}")


def _reports(admin: Admin, name: str) -> Iterable[dict[str, Any]]:
    """Give reports with the whole reported event: it stays readable here after the event is taken down."""
    listed = admin.call("GET", f"{ADMIN_V1}/event_reports?event_sender_user_id={part(name)}&limit={REPORTS_KEPT}")
    for one in list_of(listed, "event_reports"):
        try:
            yield admin.call("GET", f"{ADMIN_V1}/event_reports/{part(str(one.get('id', '')))}")
        except Absent:
            # Closed by somebody in between.
            yield one


def _kept(kept: dict[str, Any], events: Iterable[object]) -> Snapshot:
    content = json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True).encode()
    sealed = [one.get("type") == items.ENCRYPTED for one in events if isinstance(one, dict)]
    only = bool(sealed) and all(sealed)
    note = f"{NOTE} {CIPHERTEXT if only else SOME_CIPHERTEXT}"
    fingerprint = hashlib.sha256(content).hexdigest()
    return Snapshot(content, "application/json", clock.now(), fingerprint, note, ciphertext_only=only)


def check_author(event: dict[str, Any], name: str) -> None:
    """Refuse an act on a message that somebody else wrote than the account it is ordered for."""
    if event.get("sender") != name:
        raise Refused("matrix.other-author", "Another account wrote this message. Order it for that account.")
