"""Acting from a case against what attacks its defender. The order is sealed to the work file: only staff read it."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.connectors.port import AccountRef
from safeconduct.domains.cases.queries.elsewhere import is_protected_elsewhere
from safeconduct.domains.cases.rules import Verb
from safeconduct.domains.cases.services.deeds import OpenCase, open_case, open_reports
from safeconduct.domains.cases.services.seconding import has_second
from safeconduct.domains.cases.services.veil import write_down
from safeconduct.domains.cases.services.work import start_acting
from safeconduct.domains.safety import services as safety
from safeconduct.domains.safety.views import Restraint, RestraintCost
from safeconduct.kernel.errors import Refused

SECOND_PERSON = (
    "A second person must agree before this is done: a report of another case asks us to protect this account. "
    "They are asked in the work file of this case; a lead or a colleague who can open it agrees there, "
    "within a day."
)


@dataclass(frozen=True)
class _Wish:
    wanted: Restraint
    reason: str
    cost_shown: str
    key: UUID
    takes_two: bool


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


def order(case_id: UUID, wanted: Restraint, *, reason: str, cost_shown: str, desk: Desk, key: UUID) -> UUID:
    """Order a restraint. The same ``key`` twice is one order.

    Refused until a second person agrees, where another open case asks to protect the account; that they are asked
    is kept in the work file all the same.
    """
    # Read before anything is locked: it can take opening many conversations.
    elsewhere = is_protected_elsewhere(wanted.account, case_id, desk)
    placed = _order(_Wish(wanted, reason, cost_shown, key, takes_two=elsewhere), case_id, desk)
    if placed is None:
        raise Refused("restraint.second-person", SECOND_PERSON)
    return placed


@transaction.atomic
def _order(wish: "_Wish", case_id: UUID, desk: Desk) -> UUID | None:
    held = open_case(case_id, desk, why="act against an attack")
    held.must(Verb.ACT)
    # First of all: a key that belongs elsewhere must be refused alike, whatever is known of the account.
    before = safety.already_ordered(wish.key, held.case.id, held.work)
    protected = _protected(held)
    if wish.takes_two and not before:
        safety.check_ready(wish.wanted, protected=protected, reason=wish.reason, cost_shown=wish.cost_shown)
        if not has_second(held, wish.wanted, wish.reason):
            return None
    placed = safety.order_restraint(
        wish.wanted,
        case_id=held.case.id,
        work=held.work,
        protected=protected,
        reason=wish.reason,
        cost_shown=wish.cost_shown,
        by=desk.actor,
        key=wish.key,
    )
    start_acting(held)
    held.save()
    return placed


def _protected(held: OpenCase) -> frozenset[AccountRef]:
    opened = open_reports(held.reports, held.desk.ring, why="act against an attack")
    named = (each for one in opened for each in one.told.answers.accounts if each.mine)
    return frozenset(AccountRef(each.platform, each.handle) for each in named)
