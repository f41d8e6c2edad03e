"""What the operator says about the service: its hours, and who helps in an emergency. Only what was verified is shown.

The operator keeps it in ``portal.json`` in the data folder (docs/guides/portal.md). A file that cannot be read
shows nothing rather than something wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeGuard

from django.conf import settings

from safeconduct.kernel import clock
from safeconduct.kernel.operator_file import is_verified, said_in

FILE = "portal.json"
SIMULATED = Path(__file__).with_name("simulated.json")


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
    said = said_in(Path(settings.DATA) / FILE, simulated=SIMULATED if settings.DEMONSTRATION else None)
    listed = said.get("emergency")
    return Service(
        hours=_in(said.get("hours"), language),
        emergency=tuple(
            Emergency(entry["name"], entry["reach"], _in(entry.get("words"), language))
            for entry in (listed if isinstance(listed, list) else [])
            if _may_be_shown(entry)
        ),
    )


def _may_be_shown(entry: object) -> TypeGuard[Mapping[str, Any]]:
    if not isinstance(entry, dict):
        return False
    complete = all(entry.get(word) and isinstance(entry[word], str) for word in ("name", "reach"))
    today = clock.now().date()
    return complete and is_verified(entry.get("verified_on"), today=today, simulated=settings.DEMONSTRATION)


def _in(words: object, language: str) -> str:
    if not isinstance(words, dict):
        return ""
    return str(words.get(language) or words.get("en", ""))
