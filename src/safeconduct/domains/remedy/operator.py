"""What the operator says about remedy: when reviewers work, and who helps outside. Kept in ``remedy.json``.

A file that cannot be read changes nothing: the ordinary week holds, and nobody is listed who was not verified.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings

from safeconduct.domains.remedy.rules import EVERY_DAY, Week
from safeconduct.kernel import clock

FILE = "remedy.json"
SIMULATED = Path(__file__).with_name("simulated.json")
WAY_IN_LASTS = timedelta(hours=12)
# Whoever has not been called for half a year may not be there any more.
VERIFIED_FOR = timedelta(days=183)

log = structlog.get_logger()


class StepKind(StrEnum):
    """What sort of help somebody outside gives."""

    SETTLEMENT = "settlement"
    REGULATOR = "regulator"
    COURT = "court"
    HELPLINE = "helpline"


@dataclass(frozen=True)
class NextStep:
    """Somewhere to go outside: a name, how to reach it, and a few words in the page's language."""

    kind: StepKind
    name: str
    reach: str
    words: str


def next_steps(language: str) -> tuple[NextStep, ...]:
    """Return where else somebody can turn, in one language, without what is no longer verified."""
    listed = _said().get("next_steps", [])
    kept = [entry for entry in listed if isinstance(entry, dict) and _is_whole(entry)]
    return tuple(
        NextStep(StepKind(entry["kind"]), entry["name"], entry["reach"], _in(entry.get("words", {}), language))
        for entry in kept
    )


def week() -> Week:
    """Return when reviewers work."""
    said = _said().get("working_time")
    try:
        return EVERY_DAY if said is None else _week(said)
    except (KeyError, TypeError, ValueError):
        log.warning("remedy.working-time-unreadable")
        return EVERY_DAY


def _week(said: Mapping[str, Any]) -> Week:
    days = frozenset(int(day) for day in said["days"])
    if not days <= frozenset(range(7)):
        raise ValueError("Monday is 0 and Sunday is 6.")
    return Week(days, time.fromisoformat(said["from"]), time.fromisoformat(said["to"]))


def _said() -> dict[str, Any]:
    path = Path(settings.DATA) / FILE
    if not path.exists() and settings.DEMONSTRATION:
        path = SIMULATED
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        log.warning("remedy.file-unreadable")
        return {}
    return said if isinstance(said, dict) else {}


def _is_whole(entry: Mapping[str, Any]) -> bool:
    whole = isinstance(entry.get("name"), str) and isinstance(entry.get("reach"), str)
    return whole and entry.get("kind") in set(StepKind) and _is_verified(entry)


def _is_verified(entry: Mapping[str, Any]) -> bool:
    if entry.get("verified_on") == "simulated":
        return bool(settings.DEMONSTRATION)
    try:
        return date.fromisoformat(str(entry.get("verified_on", ""))) >= clock.now().date() - VERIFIED_FOR
    except ValueError:
        return False


def _in(words: Mapping[str, str], language: str) -> str:
    return words.get(language) or words.get("en", "")
