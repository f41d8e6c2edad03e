"""What a homeserver says about an account, in the words every connector speaks."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from safeconduct.connectors.port import AccountState, Fact, SessionSeen
from safeconduct.connectors.synapse import endings
from safeconduct.connectors.synapse.admin import Absent, Admin, list_of, part
from safeconduct.connectors.synapse.paths import ADMIN_V1, ADMIN_V2
from safeconduct.kernel import clock

# Holds the backup's key, locked with a recovery key that only the owner has.
BACKUP_KEY = "m.megolm_backup.v1"


def is_local(name: str, own_name: str) -> bool:
    """Tell whether an account belongs to the homeserver that ours belongs to."""
    return name.partition(":")[2] == own_name.partition(":")[2]


def user(admin: Admin, name: str) -> dict[str, Any] | None:
    """Return what the homeserver holds of an account, or nothing if there is none."""
    try:
        return admin.call("GET", f"{ADMIN_V2}/users/{part(name)}")
    except Absent:
        return None


def devices(admin: Admin, name: str) -> list[dict[str, Any]]:
    """Return the devices that an account is signed in on."""
    return list_of(admin.call("GET", f"{ADMIN_V2}/users/{part(name)}/devices"), "devices")


def state(admin: Admin, name: str, *, own_name: str) -> AccountState:
    """Read an account's state from the homeserver. Of an account elsewhere it knows only what was written here."""
    if not is_local(name, own_name):
        return AccountState(name, exists=True, read_at=clock.now())
    found = user(admin, name)
    if found is None:
        return AccountState(name, exists=False, read_at=clock.now())
    seen = tuple(_session(device) for device in devices(admin, name))
    facts = {fact: found.get(fact.value) is True for fact in (Fact.LOCKED, Fact.SUSPENDED, Fact.DEACTIVATED)}
    ends = endings.end_of(admin, own_name, name) if facts[Fact.SUSPENDED] else None
    facts[Fact.SIGNED_OUT] = not seen
    return AccountState(name, exists=True, read_at=clock.now(), facts=facts, sessions=seen, suspended_until=ends)


def has_key_backup(admin: Admin, name: str) -> bool:
    """Tell whether the account keeps a backup of its message keys that a recovery key opens."""
    held = admin.call("GET", f"{ADMIN_V1}/users/{part(name)}/accountdata").get("account_data")
    kept = held.get("global") if isinstance(held, dict) else None
    # An emptied entry is how clients switch a backup off.
    return isinstance(kept, dict) and bool(kept.get(BACKUP_KEY))


def _session(device: Mapping[str, Any]) -> SessionSeen:
    # The address a device was last seen from is kept with the evidence, not in the state that pages show.
    last = device.get("last_seen_ts")
    seen_at = datetime.fromtimestamp(last / 1000, UTC) if isinstance(last, int) else None
    label = device.get("display_name") or device.get("last_seen_user_agent") or "A device without a name"
    return SessionSeen(str(device.get("device_id", "")), str(label), seen_at)
