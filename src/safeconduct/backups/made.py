"""Which backups were made here, and until when each may exist: an erasure is complete once all before it are gone."""

import json
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

from safeconduct.kernel import clock
from safeconduct.kernel.errors import Refused
from safeconduct.kernel.keyfile import replace_file

LASTS = timedelta(days=30)
# A file that cannot be seen may lie on a disk that is not there just now, so it stays on the list past its day.
REMEMBERED = timedelta(days=30)
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
    """Add one to the list, and forget those that cannot be seen and whose day is long over."""
    listed = [each for each in backups_made() if Path(each.path).exists() or not _long_over(each)]
    replace_file(_file(), json.dumps([asdict(each) for each in [*listed, made]], indent=1).encode())


def backups_made() -> list[Made]:
    """Return those on the list. Raises ``Refused`` where it is damaged, which is not the same as none."""
    try:
        return _parsed(json.loads(_file().read_text("utf-8")))
    except FileNotFoundError:
        return []
    except (ValueError, TypeError) as fault:
        sentence = (
            f"The list of backups {_file()} is damaged, so it no longer says which copies exist. Put it back, or note "
            "where your backups lie and until when each may exist, and move the file away."
        )
        raise Refused("backup.list-damaged", sentence) from fault


def too_old() -> list[Made]:
    """Return those that still lie where they were written although their time is over."""
    return [each for each in backups_made() if clock.now().date() > each.destroy_by and Path(each.path).exists()]


def _long_over(each: Made) -> bool:
    return clock.now().date() > each.destroy_by + REMEMBERED


def _parsed(said: object) -> list[Made]:
    if not isinstance(said, list):
        raise TypeError
    listed = [Made(**each) for each in said]
    for each in listed:
        date.fromisoformat(each.made_on)
    return listed


def _file() -> Path:
    return Path(settings.DATA) / FILE
