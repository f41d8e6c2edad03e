"""Taking a demand over from whoever worked on it: people leave, and the people concerned must still be told."""

from uuid import UUID

from django.db import transaction

from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import NOBODY_EXCLUDED, Desk, Role
from safeconduct.domains.demands.rules import ENDED, Stage
from safeconduct.domains.demands.services.held import Held, held
from safeconduct.vault import queries as vault_queries
from safeconduct.vault import services as vault


@transaction.atomic
def take_over(demand_id: UUID, desk: Desk) -> None:
    """Work on a demand from now on, as a lead. An approval no longer counts: it was given to somebody else."""
    desk.must(Role.LEAD)
    demand = held(demand_id, desk, why="take a demand over")
    if demand.row.handler == desk.member_id:
        return
    demand.row.handler = desk.member_id
    if demand.stage not in ENDED:
        demand.row.stage, demand.row.second = Stage.LOGGED.value, None
    demand.save("demand.taken-over")
    _leave_to_leads(demand)


def _leave_to_leads(demand: Held) -> None:
    """Take its key from whoever worked on it, unless they lead."""
    leads = {each.id: each for each in accounts.lead_recipients(NOBODY_EXCLUDED).recipients}
    readers = leads | {demand.desk.recipient.id: demand.desk.recipient}
    now = vault_queries.recipients_of(demand.row.envelope)
    added = [each for each in readers.values() if each.id not in now]
    if added or now - readers.keys():
        ring, by = demand.desk.ring, demand.desk.actor
        vault.rewrap(demand.row.envelope, ring=ring, add=added, drop=now - readers.keys(), by=by)
