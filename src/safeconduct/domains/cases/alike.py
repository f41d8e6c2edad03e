"""Groups of reports whose words are alike. Tags live in memory for a day; a case keeps a random id."""

from uuid import UUID

from safeconduct.domains.cases.daily import DailyKey, end_of
from safeconduct.domains.cases.rules.likeness import likeness_tags
from safeconduct.kernel.ids import new_id
from safeconduct.kernel.slate import Slate, slate

AT_MOST = 100_000


class Groups:
    """Remembers which tags were seen today, and in which group."""

    def __init__(self, slate: Slate | None = None) -> None:
        self._slate = slate or Slate()
        self._key = DailyKey(self._slate, name="alike")

    def group_of(self, text: str) -> UUID | None:
        """Return the group a text falls in, a new one if it is like nothing seen today; None for a few words."""
        day, key = self._key.today()
        tags = likeness_tags(text, key=key)
        if not tags:
            return None
        # A bounded memory: beyond it new reports still come in, only no longer grouped with later ones.
        kept = self._slate.first(f"alike: {day}", tags, new_id().bytes, ends=end_of(day), most=AT_MOST)
        return UUID(bytes=kept)


groups = Groups(slate)
