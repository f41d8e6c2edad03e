"""Acting against what attacks somebody: one act, by a person, with its cost shown before and a way back where there is.

Such an order is sealed to the work file. Neither reporter nor partner reads it: it holds what a platform knows of
somebody else.
"""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from safeconduct.connectors import wording
from safeconduct.connectors.port import AccountRef, ActOrder, Result
from safeconduct.connectors.registry import connector_for
from safeconduct.domains.safety import rules
from safeconduct.domains.safety.models import BundleOrder
from safeconduct.domains.safety.records import Asked, StepRecord
from safeconduct.domains.safety.rules import Bundle, By, WhoElse
from safeconduct.domains.safety.sealing import place_of
from safeconduct.domains.safety.services.costs import check_shown, sign_shown
from safeconduct.domains.safety.services.ordering import already_ordered, place_order
from safeconduct.domains.safety.services.whose import look_whose
from safeconduct.domains.safety.views import Restraint, RestraintCost
from safeconduct.kernel import clock
from safeconduct.kernel.actors import Actor
from safeconduct.kernel.errors import NotAllowed
from safeconduct.kernel.ids import new_id
from safeconduct.vault import Opened


def cost_of_restraint(wanted: Restraint, *, protected: Collection[AccountRef]) -> RestraintCost:
    """Ask the platform whose it is and what it costs, and rehearse it. Changes nothing; ``Unavailable`` if silent.

    Nothing that belongs to an account in ``protected``, or to another than the one named, can be ordered from there.
    """
    rules.check_not_protected(wanted.account, protected)
    rules.check_restraint(wanted.act, item=wanted.item, until=wanted.until, now=clock.now())
    connector = connector_for(wanted.account.platform)
    cost = connector.cost(wanted.act, wanted.account.handle)
    if not cost.possible:
        return RestraintCost(wanted, cost, (), cost.why_not, shown="")
    order = ActOrder(wanted.act, wanted.account.handle, new_id(), dry_run=True, item=wanted.item, until=wanted.until)
    whose = look_whose(connector, order, protected)
    if whose.hindrance:
        return RestraintCost(wanted, cost, (), whose.hindrance, shown="", item=whose.seen)
    rehearsed = connector.perform(order)
    left_open = tuple(dict.fromkeys((*rehearsed.residual, *wording.still_open(order, None))))
    hindrance = None if rehearsed.result is Result.TRIAL else rehearsed.sentence
    shown = "" if hindrance else sign_shown(Bundle.RESTRAIN, wanted.account, _about(wanted))
    return RestraintCost(wanted, cost, left_open, hindrance, shown, whose.seen)


@transaction.atomic
def order_restraint(
    wanted: Restraint,
    *,
    case_id: UUID,
    work: Opened,
    protected: frozenset[AccountRef],
    reason: str,
    cost_shown: str,
    by: Actor,
    key: UUID,
) -> UUID:
    """Order one act against what attacks somebody. The same ``key`` again is the same order.

    ``protected`` are the accounts that the case asks us to protect: on them it is refused.
    """
    if rules.part_of(by) is not By.PERSON:
        raise NotAllowed
    if already_ordered(key, case_id, work):
        return key
    check_ready(wanted, protected=protected, reason=reason, cost_shown=cost_shown)
    asked = Asked(
        wanted.account,
        Bundle.RESTRAIN,
        (),
        WhoElse.UNSAID,
        reason,
        at=clock.now(),
        until=wanted.until,
        item=wanted.item.strip(),
    )
    return place_order(key, case_id, work, asked, [StepRecord(wanted.act)], by=by, protected=protected)


def check_ready(wanted: Restraint, *, protected: Collection[AccountRef], reason: str, cost_shown: str) -> None:
    """Refuse what could not be ordered as it stands, before anybody is asked to agree to it."""
    rules.check_not_protected(wanted.account, protected)
    rules.check_restraint(wanted.act, item=wanted.item, until=wanted.until, now=clock.now())
    rules.check_reason(reason)
    check_shown(cost_shown, bundle=Bundle.RESTRAIN, account=wanted.account, about=_about(wanted))


def _about(wanted: Restraint) -> str:
    return f"{wanted.act}\n{wanted.item}\n{wanted.until}"


@transaction.atomic
def move_restraints(case_id: UUID, into: UUID, *, work: Opened, into_work: Opened) -> None:
    """Seal the restraints of a case to the work file of the one that it joins."""
    for row in BundleOrder.objects.select_for_update().filter(case_id=case_id, envelope_id=work.id):
        for field in ("sealed_order", "sealed_record_key"):
            place = place_of("bundleorder", row.id, field)
            setattr(row, field, into_work.seal(work.read(bytes(getattr(row, field)), place), place))
        row.case_id, row.envelope_id = into, into_work.id
        row.save(update_fields=["case_id", "envelope_id", "sealed_order", "sealed_record_key"])
