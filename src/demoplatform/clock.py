"""The invented platform's own clock."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the current moment in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - this platform is apart from Safeconduct and has its own clock


def text(moment: datetime) -> str:
    """Return a moment as it is stored and sent."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def shown(stored: str) -> str:
    """Return a stored moment as a page shows it."""
    moment = datetime.fromisoformat(stored)
    return f"{moment.day} {moment:%b}, {moment:%H:%M} UTC"
