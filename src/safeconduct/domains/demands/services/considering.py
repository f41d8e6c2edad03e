"""Logging a demand as it comes, taking its steps, and choosing piece by piece what would be handed over."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import NOBODY_EXCLUDED, Desk
from safeconduct.audit import services as audit
from safeconduct.domains.cases.queries.linked import present_case
from safeconduct.domains.demands.models import Demand
from safeconduct.domains.demands.papers import KEPT, Kept
from safeconduct.domains.demands.pieces import contents_of
from safeconduct.domains.demands.queries import check_staff
from safeconduct.domains.demands.rules import Demanded, Stage, Steps, check_logged, check_proposal
from safeconduct.domains.demands.services.held import held_by_handler
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed
from safeconduct.kernel.ids import new_id
from safeconduct.vault import EnvelopeKind, Recipient
from safeconduct.vault import services as vault


@transaction.atomic
def log_demand(said: Demanded, desk: Desk, *, key: UUID) -> UUID:
    """Log a demand as it came. Whoever logs it works on it; the leads can read it. The same ``key`` is one demand."""
    check_staff(desk)
    if already := Demand.objects.filter(pk=key).first():
        if already.handler != desk.member_id:
            raise NotAllowed
        return key
    check_logged(said, today=clock.now().date())
    row = Demand(id=key, envelope=new_id(), stage=Stage.LOGGED.value, handler=desk.member_id)
    row.logged_at, row.received_on, row.due_on = clock.this_minute(), said.received_on, said.due_on
    opened = vault.wrap(row.envelope, EnvelopeKind.DEMAND, to=_readers(desk), reporter=None, by=desk.actor)
    row.sealed = KEPT.seal(Kept(said), opened, row.id, row.revision)
    row.save(force_insert=True)
    audit.record(desk.actor, "demand.logged", row.id)
    return key


@transaction.atomic
def consider(demand_id: UUID, steps: Steps, reading: str, desk: Desk) -> None:
    """Write down what was found at each step, and the narrowest reading. An earlier approval no longer counts."""
    demand = held_by_handler(demand_id, desk, why="consider a demand")
    demand.change(steps=dict(steps), reading=reading.strip())
    demand.row.stage, demand.row.second = Stage.LOGGED.value, None
    demand.save("demand.considered")


@transaction.atomic
def choose(demand_id: UUID, case_id: UUID, chosen: Collection[UUID], desk: Desk) -> None:
    """Choose the pieces of one case that would be handed over, in the place of those chosen of it before."""
    demand = held_by_handler(demand_id, desk, why="choose what a demand is answered with")
    found = [each.piece for each in contents_of(case_id, desk) if each.piece.id in chosen]
    if len(found) != len(set(chosen)):
        raise NotAllowed
    here = present_case(case_id)
    others = tuple(each for each in demand.kept.pieces if present_case(each.case_id) != here)
    demand.change(pieces=(*others, *found))
    demand.row.stage, demand.row.second = Stage.LOGGED.value, None
    demand.save("demand.chosen")


@transaction.atomic
def propose(demand_id: UUID, desk: Desk) -> None:
    """Ask a second person to look: refused without every step, a legal basis, a narrow reading, and chosen pieces."""
    demand = held_by_handler(demand_id, desk, why="propose an answer to a demand")
    check_proposal(
        demand.kept.steps, reading=demand.kept.reading, sizes=[each.size_bytes for each in demand.kept.pieces]
    )
    demand.kept = replace(demand.kept, sent_back="")
    demand.row.stage, demand.row.second = Stage.PROPOSED.value, None
    demand.save("demand.proposed")


def _readers(desk: Desk) -> list[Recipient]:
    leads = accounts.lead_recipients(NOBODY_EXCLUDED).recipients
    return [*{each.id: each for each in (desk.recipient, *leads)}.values()]
