"""What one person alone can open: counted before they lose their keys, so that nothing is lost unseen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from safeconduct.accounts.models import KeyPair, Member, TeamKeyShare
from safeconduct.vault import queries as vault
from safeconduct.vault.values import EnvelopeKind


@dataclass(frozen=True)
class OpenedAlone:
    """How much nobody here could open any more without one person. It names no case."""

    cases: int
    others: int

    def __bool__(self) -> bool:
        """Answer whether it is anything at all."""
        return bool(self.cases or self.others)


def opened_by_them_alone(member_id: UUID) -> OpenedAlone:
    """Count what this person can open, by their own key or a team's, and nobody else who can still come in."""
    held = live_holders()
    mine = {key for key, who in held.items() if member_id in who}
    others = {key for key, who in held.items() if who - {member_id}}
    counted = vault.opened_by_these_alone(mine, others)
    # Whoever reads a case's conversations reads its work file too, so the work files tell how many cases.
    cases = counted.pop(EnvelopeKind.WORK, 0)
    counted.pop(EnvelopeKind.CONVERSATION, None)
    return OpenedAlone(cases, sum(counted.values()))


def live_holders() -> Mapping[UUID, frozenset[UUID]]:
    """Return, for each key of a person or a team, the members who can come in and open it."""
    here = Member.objects.filter(removed_at__isnull=True).exclude(verifier=b"")
    own = dict(KeyPair.objects.filter(member__in=here, superseded_at__isnull=True).values_list("id", "member_id"))
    shares = TeamKeyShare.objects.filter(wrapped_to__in=own).values_list("key_id", "member_id")
    return _gathered((*own.items(), *shares))


def _gathered(pairs: Iterable[tuple[UUID, UUID | None]]) -> dict[UUID, frozenset[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    for key, member in pairs:
        if member is not None:
            found.setdefault(key, set()).add(member)
    return {key: frozenset(who) for key, who in found.items()}
