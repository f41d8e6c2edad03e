"""What was taken away from partners stays so after a restore: revoked tokens, organisations that may not in."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from safeconduct.audit.services import record
from safeconduct.domains.partners.models import Hook, Organisation, Token
from safeconduct.domains.partners.rules import State
from safeconduct.kernel import clock
from safeconduct.kernel.actors import OPERATOR
from safeconduct.vault import owed

TOKENS, SUSPENDED, LEFT = "partners.tokens-ended", "partners.suspended", "partners.left"


@transaction.atomic
def end_tokens_again(ids: Collection[UUID]) -> None:
    """Revoke tokens that had been revoked since."""
    for row in Token.objects.filter(pk__in=ids, revoked_at=None):
        revoke(row.organisation_id, only=row.id)
        record(OPERATOR, "partner.token-revoked-again", row.organisation_id)


@transaction.atomic
def suspend_again(ids: Collection[UUID]) -> None:
    """Suspend organisations that had been suspended since, until they are vetted again."""
    for row in Organisation.objects.filter(pk__in=ids, state=State.VETTED.value):
        row.state = State.SUSPENDED.value
        row.save(update_fields=["state"])
        record(OPERATOR, "partner.suspended-again", row.id)


@transaction.atomic
def part_again(ids: Collection[UUID]) -> None:
    """Part with organisations that had left since."""
    for row in Organisation.objects.filter(pk__in=ids).exclude(state=State.LEFT.value):
        leave(row)
        record(OPERATOR, "partner.left-again", row.id)


def leave(row: Organisation) -> None:
    """End what an organisation could come in with."""
    row.state = State.LEFT.value
    row.save(update_fields=["state"])
    revoke(row.id)
    Hook.objects.filter(organisation=row).delete()


def revoke(organisation_id: UUID, *, only: UUID | None = None) -> int:
    """Revoke an organisation's tokens, or one of them, and return how many."""
    ended = Token.objects.filter(organisation_id=organisation_id, revoked_at=None)
    going = [*(ended.filter(pk=only) if only else ended).values_list("id", flat=True)]
    Token.objects.filter(pk__in=going).update(revoked_at=clock.this_minute(), sealed_seed=b"")
    if going:
        owed.note_later(TOKENS, *going)
    return len(going)
