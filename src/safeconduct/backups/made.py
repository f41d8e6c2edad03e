"""Which backups were made here, and until when each may exist: an erasure is complete once all before it are gone."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

from safeconduct.kernel import clock
from safeconduct.kernel.keyfile import replace_file

LASTS = timedelta(days=30)
FILE = "backups.json"


@dataclass(frozen=True)
class Made:
    """A backup that was made here: where it was written, and when."""

    id: str
    made_on: str
    path: str

    @property
    def destroy_by(self) -> date:
        """Return the last day on which it may exist."""
        return last_day(date.fromisoformat(self.made_on))


def last_day(made_on: date) -> date:
    """Return the last day on which a backup made on that day may exist."""
    return made_on + LASTS


def expired(made_on: date) -> bool:
    """Answer whether a backup should have been destroyed."""
    return clock.now().date() > last_day(made_on)


def remember(made: Made) -> None:
    """Add one to the list, and forget those that are gone from where they were written."""
    listed = [each for each in backups_made() if Path(each.path).exists()]
    replace_file(_file(), json.dumps([asdict(each) for each in [*listed, made]], indent=1).encode())


def backups_made() -> list[Made]:
    """Return those on the list."""
    try:
        return [*_parsed(_file().read_text("utf-8"))]
    except FileNotFoundError:
        return []


def too_old() -> list[Made]:
    """Return those that still lie where they were written although their time is over."""
    return [each for each in backups_made() if clock.now().date() > each.destroy_by and Path(each.path).exists()]


def _parsed(text: str) -> Iterator[Made]:
    try:
        yield from (Made(**each) for each in json.loads(text))
    except (ValueError, TypeError):
        return


def _file() -> Path:
    return Path(settings.DATA) / FILE
