"""Groups of reports whose words are alike. Tags live in this process's memory for a day; a case keeps a random id."""

import threading
from datetime import date
from uuid import UUID

from safeconduct.domains.cases.daily import DailyKey
from safeconduct.domains.cases.rules.likeness import likeness_tags
from safeconduct.kernel.ids import new_id

AT_MOST = 100_000


class Groups:
    """Remembers which tags were seen today, and in which group."""

    def __init__(self) -> None:
        self._key = DailyKey()
        self._lock = threading.Lock()
        self._day: date | None = None
        self._groups: dict[bytes, UUID] = {}

    def group_of(self, text: str) -> UUID | None:
        """Return the group a text falls in, a new one if it is like nothing seen today; None for a few words."""
        day, key = self._key.today()
        tags = likeness_tags(text, key=key)
        if not tags:
            return None
        with self._lock:
            if day != self._day:
                self._day, self._groups = day, {}
            group = next((self._groups[tag] for tag in sorted(tags) if tag in self._groups), None) or new_id()
            # A bounded memory: beyond it new reports still come in, only no longer grouped with later ones.
            if len(self._groups) < AT_MOST:
                self._groups.update(dict.fromkeys(tags, group))
            return group


groups = Groups()
