"""Facts that remedy announces after commit."""

from dataclasses import dataclass
from uuid import UUID

from safeconduct.domains.remedy.rules import Conclusion, Lane, Side


@dataclass(frozen=True)
class AppealDecided:
    """An appeal ended. ``side`` tells a reporter's or a partner's from one of the person acted on."""

    appeal_id: UUID
    side: Side
    lane: Lane
    conclusion: Conclusion
    in_time: bool
