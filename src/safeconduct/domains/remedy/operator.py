"""What the operator says about remedy: when reviewers work, and who helps outside. Kept in ``remedy.json``.

A slip in the file breaks no page: what cannot be read is logged and left out, the ordinary week holds, and nobody is
listed who was not verified.
"""

from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import structlog
from django.conf import settings
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from safeconduct.domains.remedy.rules import EVERY_DAY, Week
from safeconduct.kernel import clock
from safeconduct.kernel.operator_file import is_verified, said_in

FILE = "remedy.json"
SIMULATED = Path(__file__).with_name("simulated.json")
WAY_IN_LASTS = timedelta(hours=12)

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
        today = clock.now().date()
        return is_verified(self.verified_on, today=today, simulated=settings.DEMONSTRATION)


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
    return said_in(Path(settings.DATA) / FILE, simulated=SIMULATED if settings.DEMONSTRATION else None)
