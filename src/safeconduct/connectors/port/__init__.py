"""What a platform can do for someone, and the record of what came of it: the words every connector speaks."""

from safeconduct.connectors.port.acts import EFFECTS, OF_SOMEBODY, ON_AN_ITEM, UNDONE_BY, ActKind, Fact
from safeconduct.connectors.port.capabilities import Capabilities, Capability
from safeconduct.connectors.port.connector import Connector
from safeconduct.connectors.port.handles import local_name, plain_handle, same_handle, seen_handle
from safeconduct.connectors.port.orders import ActOrder, ActRecord, Cost, Result
from safeconduct.connectors.port.seen import AccountRef, AccountState, ItemSeen, SessionSeen, Snapshot

__all__ = [
    "EFFECTS",
    "OF_SOMEBODY",
    "ON_AN_ITEM",
    "UNDONE_BY",
    "AccountRef",
    "AccountState",
    "ActKind",
    "ActOrder",
    "ActRecord",
    "Capabilities",
    "Capability",
    "Connector",
    "Cost",
    "Fact",
    "ItemSeen",
    "Result",
    "SessionSeen",
    "Snapshot",
    "local_name",
    "plain_handle",
    "same_handle",
    "seen_handle",
]
