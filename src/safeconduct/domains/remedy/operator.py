"""What the operator says about remedy: when reviewers work, and who helps outside. Kept in ``remedy.json``.

A slip in the file breaks no page: what cannot be read is logged and left out, the ordinary week holds, and nobody is
listed who was not verified.
"""

import json
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import structlog
from django.conf import settings
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

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


class _Listed(BaseModel):
    """One next step as the operator writes it."""

    kind: StepKind
    name: str = Field(min_length=1)
    reach: str = Field(min_length=1)
    verified_on: str
    words: dict[str, str] = {}

    def in_language(self, language: str) -> NextStep:
        return NextStep(self.kind, self.name, self.reach, self.words.get(language) or self.words.get("en", ""))

    @property
    def is_verified(self) -> bool:
        if self.verified_on == "simulated":
            return bool(settings.DEMONSTRATION)
        try:
            return date.fromisoformat(self.verified_on) >= clock.now().date() - VERIFIED_FOR
        except ValueError:
            return False


class _Hours(BaseModel):
    """The working week as the operator writes it. Monday is 0 and Sunday is 6."""

    days: frozenset[Annotated[int, Field(ge=0, le=6)]]
    begins: time = Field(alias="from")
    ends: time = Field(alias="to")


_LISTED, _HOURS = TypeAdapter(_Listed), TypeAdapter(_Hours)


def next_steps(language: str) -> tuple[NextStep, ...]:
    """Return where else somebody can turn, in one language, without what is no longer verified."""
    listed = _said().get("next_steps", [])
    if not isinstance(listed, list):
        log.warning("remedy.next-steps-unreadable")
        return ()
    read = (_step(entry, place) for place, entry in enumerate(listed))
    return tuple(each.in_language(language) for each in read if each is not None and each.is_verified)


def _step(entry: object, place: int) -> _Listed | None:
    try:
        return _LISTED.validate_python(entry)
    except ValidationError:
        log.warning("remedy.next-step-unreadable", place=place)
        return None


def week() -> Week:
    """Return when reviewers work."""
    said = _said().get("working_time")
    if said is None:
        return EVERY_DAY
    try:
        hours = _HOURS.validate_python(said)
        return Week(hours.days, hours.begins, hours.ends)
    except ValueError:
        log.warning("remedy.working-time-unreadable")
        return EVERY_DAY


def _said() -> dict[str, Any]:
    path = Path(settings.DATA) / FILE
    if not path.exists() and settings.DEMONSTRATION:
        path = SIMULATED
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError):
        log.warning("remedy.file-unreadable")
        return {}
    return said if isinstance(said, dict) else {}
