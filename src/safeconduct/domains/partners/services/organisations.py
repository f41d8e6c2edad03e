"""Taking in an organisation, vetting it, agreeing on terms, suspending it, and parting."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from safeconduct.accounts.values import Desk, Role
from safeconduct.audit.services import record
from safeconduct.domains.partners import rules
from safeconduct.domains.partners.models import Agreement, Organisation
from safeconduct.domains.partners.rules import Grounds, State, Term
from safeconduct.domains.partners.services.taken_away import LEFT, SUSPENDED, leave
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import owed


@transaction.atomic
def take_in(organisation_id: UUID, *, name: str, by: Desk) -> None:
    """Write down an organisation whose team exists in accounts under the same id. It can do nothing until vetted."""
    by.must(Role.LEAD)
    try:
        with transaction.atomic():
            Organisation.objects.create(id=organisation_id, name=name.strip(), made_at=clock.this_minute())
    except IntegrityError:
        raise Refused("partner.known", "There is an organisation of this name already. Open that one.") from None
    record(by.actor, "partner.taken-in", organisation_id)


@transaction.atomic
def vet(organisation_id: UUID, *, grounds: Grounds, by: Desk) -> None:
    """Say that we looked and trust them, for a year; again before the year is over."""
    row = _for_lead(organisation_id, by)
    rules.check_move(State(row.state), State.VETTED)
    row.state, row.grounds = State.VETTED.value, grounds.value
    row.vetted_until = clock.now().date() + rules.VETTED_FOR
    row.save(update_fields=["state", "grounds", "vetted_until"])
    record(by.actor, "partner.vetted", organisation_id)


@transaction.atomic
def agree(organisation_id: UUID, *, terms: Collection[Term], signed_on: date, ends_on: date, by: Desk) -> None:
    """Write down an agreement: what the organisation may do from one day to another."""
    row = _for_lead(organisation_id, by)
    rules.check_days(signed_on, ends_on)
    words = sorted(term.value for term in terms)
    Agreement.objects.create(organisation=row, terms=words, signed_on=signed_on, ends_on=ends_on)
    record(by.actor, "partner.agreed", organisation_id)


@transaction.atomic
def suspend(organisation_id: UUID, *, by: Desk) -> None:
    """Let nobody of the organisation in until it is vetted again. Its cases stay where they are."""
    row = _for_lead(organisation_id, by)
    rules.check_move(State(row.state), State.SUSPENDED)
    row.state = State.SUSPENDED.value
    row.save(update_fields=["state"])
    record(by.actor, "partner.suspended", organisation_id)
    owed.note_later(SUSPENDED, organisation_id)


@transaction.atomic
def part_with(organisation_id: UUID, *, by: Desk) -> None:
    """End the partnership: tokens and bells go at once. Remove its members in accounts, so that their keys go too."""
    row = _for_lead(organisation_id, by)
    rules.check_move(State(row.state), State.LEFT)
    leave(row)
    record(by.actor, "partner.left", organisation_id)
    owed.note_later(LEFT, organisation_id)


def _for_lead(organisation_id: UUID, by: Desk) -> Organisation:
    by.must(Role.LEAD)
    row = Organisation.objects.select_for_update().filter(pk=organisation_id).first()
    if row is None:
        raise NotAllowed
    return row
