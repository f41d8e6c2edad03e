"""What a homeserver says about an account, in the words every connector speaks."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from safeconduct.connectors.outside import NoAnswer
from safeconduct.connectors.port import AccountState, Fact, SessionSeen, Snapshot
from safeconduct.connectors.synapse.admin import Absent, Admin, part
from safeconduct.kernel import clock

ADMIN_V1, ADMIN_V2 = "_synapse/admin/v1", "_synapse/admin/v2"
REPORTS_KEPT = 50
NOTE = (
    "As the homeserver's administrators see it. Content of type m.room.encrypted is ciphertext; only devices read it."
)


def user(admin: Admin, name: str) -> dict[str, Any] | None:
    """Return what the homeserver holds of an account, or nothing if there is none."""
    try:
        return admin.call("GET", f"{ADMIN_V2}/users/{part(name)}")
    except Absent:
        return None


def devices(admin: Admin, name: str) -> list[dict[str, Any]]:
    """Return the devices that an account is signed in on."""
    listed = admin.call("GET", f"{ADMIN_V2}/users/{part(name)}/devices").get("devices")
    if not isinstance(listed, list):
        raise NoAnswer("matrix.nonsense", "The homeserver's list of devices cannot be read.")
    return listed


def state(admin: Admin, name: str) -> AccountState:
    """Read an account's state from the homeserver."""
    found = user(admin, name)
    if found is None:
        return AccountState(name, exists=False, read_at=clock.now())
    seen = tuple(_session(device) for device in devices(admin, name))
    facts = {Fact.LOCKED: found.get("locked") is True, Fact.SIGNED_OUT: not seen}
    return AccountState(name, exists=True, read_at=clock.now(), facts=facts, sessions=seen)


def snapshot(admin: Admin, name: str) -> Snapshot:
    """Keep what the homeserver holds of an account, and the reports about what it wrote."""
    kept = {
        "user": user(admin, name),
        "devices": devices(admin, name),
        "whois": admin.call("GET", f"{ADMIN_V1}/whois/{part(name)}"),
        "joined_rooms": admin.call("GET", f"{ADMIN_V1}/users/{part(name)}/joined_rooms").get("joined_rooms"),
        "reports": _reports(admin, name),
    }
    content = json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True).encode()
    return Snapshot(content, "application/json", clock.now(), hashlib.sha256(content).hexdigest(), NOTE)


def _reports(admin: Admin, name: str) -> list[dict[str, Any]]:
    """Return reports with the whole reported event: it stays readable here after the event is taken down."""
    listed = admin.call("GET", f"{ADMIN_V1}/event_reports?event_sender_user_id={part(name)}&limit={REPORTS_KEPT}")
    return [admin.call("GET", f"{ADMIN_V1}/event_reports/{int(one['id'])}") for one in listed.get("event_reports", [])]


def _session(device: Mapping[str, Any]) -> SessionSeen:
    # The address a device was last seen from is kept with the evidence, not in the state that pages show.
    last = device.get("last_seen_ts")
    seen_at = datetime.fromtimestamp(last / 1000, UTC) if isinstance(last, int) else None
    label = device.get("display_name") or device.get("last_seen_user_agent") or "A device without a name"
    return SessionSeen(str(device.get("device_id", "")), str(label), seen_at)
