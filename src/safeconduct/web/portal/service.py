"""What the operator says about the service: its hours, and who helps in an emergency. Only what was verified is shown.

The operator keeps it in ``portal.json`` in the data folder (docs/guides/portal.md). A file that cannot be read
shows nothing rather than something wrong.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings

from safeconduct.kernel import clock

FILE = "portal.json"
SIMULATED = Path(__file__).with_name("simulated.json")
# A number nobody has called for half a year may ring in an empty room.
VERIFIED_FOR = timedelta(days=183)

log = structlog.get_logger()


@dataclass(frozen=True)
class Emergency:
    """Someone who can come: a name, how to reach them, and a few words in the page's language."""

    name: str
    reach: str
    words: str


@dataclass(frozen=True)
class Service:
    """What the start page says. ``hours`` is empty while the operator has not said."""

    hours: str = ""
    emergency: tuple[Emergency, ...] = field(default=())


def service(language: str) -> Service:
    """Return what the operator has said, in one language, without what is no longer verified."""
    said = _said()
    kept = [entry for entry in said.get("emergency", []) if _verified(entry)]
    return Service(
        hours=_in(said.get("hours", {}), language),
        emergency=tuple(
            Emergency(entry["name"], entry["reach"], _in(entry.get("words", {}), language)) for entry in kept
        ),
    )


def _said() -> dict[str, Any]:
    path = Path(settings.DATA) / FILE
    if not path.exists() and settings.DEMONSTRATION:
        path = SIMULATED
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        log.warning("portal.service-file-unreadable")
        return {}
    return said if isinstance(said, dict) else {}


def _verified(entry: Mapping[str, Any]) -> bool:
    if entry.get("verified_on") == "simulated":
        return bool(settings.DEMONSTRATION)
    try:
        verified = date.fromisoformat(str(entry.get("verified_on", "")))
    except ValueError:
        return False
    complete = isinstance(entry.get("name"), str) and isinstance(entry.get("reach"), str)
    return complete and verified >= clock.now().date() - VERIFIED_FOR


def _in(words: Mapping[str, str], language: str) -> str:
    return words.get(language) or words.get("en", "")
