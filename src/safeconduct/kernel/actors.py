"""Who is acting, as an opaque value that every service takes and the audit record keeps."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class ActorKind(StrEnum):
    """What sort of hand is at work. It says nothing about who the person is."""

    MEMBER = "member"
    PARTNER_MEMBER = "partner-member"
    PARTNER_PROGRAM = "partner-program"
    REPORTER = "reporter"
    OPERATOR = "operator"
    RULE = "rule"


@dataclass(frozen=True)
class Actor:
    """Someone, or a rule, that does something.

    ``id`` is a member's id, a partner token's id, or for a reporter the id of their report; a rule and the
    operator's command line have none.
    """

    kind: ActorKind
    id: UUID | None = None

    def __str__(self) -> str:
        """Return ``kind`` or ``kind:id``, the form the audit record keeps."""
        return self.kind.value if self.id is None else f"{self.kind.value}:{self.id}"


BY_RULE = Actor(ActorKind.RULE)
OPERATOR = Actor(ActorKind.OPERATOR)
