"""What the operator says in a small JSON file of the data folder. A slip in one breaks no page."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import structlog

# Whoever has not been called for half a year may not be there any more.
VERIFIED_FOR = timedelta(days=183)
SIMULATED = "simulated"

log = structlog.get_logger()


def said_in(path: Path, *, simulated: Path | None = None) -> dict[str, Any]:
    """Return what a file says, or ``simulated`` where there is no file, or nothing where it cannot be read."""
    if simulated is not None and not path.exists():
        path = simulated
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError):
        log.warning("operator-file.unreadable", where=path.stem)
        return {}
    return said if isinstance(said, dict) else {}


def is_verified(verified_on: object, *, today: date, simulated: bool) -> bool:
    """Answer whether somebody was called lately. What is simulated counts only where all is."""
    if verified_on == SIMULATED:
        return simulated
    try:
        return date.fromisoformat(str(verified_on)) >= today - VERIFIED_FOR
    except ValueError:
        return False
