"""Time zones by the names of the zone database. The record, exports and programs know UTC alone."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from safeconduct.kernel.errors import Refused

UNKNOWN = "No time zone has this name. Choose one from the list."


def zone_named(name: str) -> ZoneInfo:
    """Return a zone by its name, such as Africa/Nairobi, or raise ``Refused``."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # A folder's name, or one that leads out of the database, fails in the other two ways.
        raise Refused("zone.unknown", UNKNOWN) from None
