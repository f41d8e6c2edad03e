"""Acting from a case against what attacks its defender. The order is sealed to the work file: only staff read it."""

from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.connectors.port import AccountRef
from safeconduct.domains.cases.rules import Verb
from safeconduct.domains.cases.services.deeds import OpenCase, open_case, open_reports
from safeconduct.domains.cases.services.veil import write_down
from safeconduct.domains.cases.services.work import start_acting
from safeconduct.domains.safety import services as safety
from safeconduct.domains.safety.views import Restraint, RestraintCost


def cost(case_id: UUID, wanted: Restraint, desk: Desk) -> RestraintCost:
    """Return what a restraint would do, before anyone orders it. Asks the platform, so it holds no lock meanwhile."""
    with transaction.atomic():
        held = open_case(case_id, desk, why="act against an attack")
        held.must(Verb.ACT)
        protected = _protected(held)
    return safety.cost_of_restraint(wanted, protected=protected)


@transaction.atomic
def look_at_words(case_id: UUID, desk: Desk) -> None:
    """Record that this person reads what an act would be on, and count it."""
    held = open_case(case_id, desk, why="act against an attack")
    held.must(Verb.ACT)
    write_down(held.case.id, desk)


@transaction.atomic
def order(case_id: UUID, wanted: Restraint, *, reason: str, cost_shown: str, desk: Desk, key: UUID) -> UUID:
    """Order a restraint. The same ``key`` twice is one order."""
    held = open_case(case_id, desk, why="act against an attack")
    held.must(Verb.ACT)
    placed = safety.order_restraint(
        wanted,
        case_id=held.case.id,
        work=held.work,
        protected=_protected(held),
        reason=reason,
        cost_shown=cost_shown,
        by=desk.actor,
        key=key,
    )
    start_acting(held)
    held.save()
    return placed


def _protected(held: OpenCase) -> frozenset[AccountRef]:
    opened = open_reports(held.reports, held.desk.ring, why="act against an attack")
    named = (each for one in opened for each in one.told.answers.accounts if each.mine)
    return frozenset(AccountRef(each.platform, each.handle) for each in named)
