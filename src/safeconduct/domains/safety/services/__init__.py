"""The verbs of safety: show the cost, prove, order, restrain, carry out, undo, look again."""

from safeconduct.domains.safety.services.carrying import carry_out
from safeconduct.domains.safety.services.codes import check_code, send_code
from safeconduct.domains.safety.services.costs import cost_of
from safeconduct.domains.safety.services.endings import lapse_due, mark_lost_orders
from safeconduct.domains.safety.services.looking import look_again
from safeconduct.domains.safety.services.ordering import already_ordered, confirm_lock, order_bundle, order_undo
from safeconduct.domains.safety.services.proofs import record_check, record_vouch
from safeconduct.domains.safety.services.restraining import (
    check_ready,
    cost_of_restraint,
    move_restraints,
    order_restraint,
)

__all__ = [
    "already_ordered",
    "carry_out",
    "check_code",
    "check_ready",
    "confirm_lock",
    "cost_of",
    "cost_of_restraint",
    "lapse_due",
    "look_again",
    "mark_lost_orders",
    "move_restraints",
    "order_bundle",
    "order_restraint",
    "order_undo",
    "record_check",
    "record_vouch",
    "send_code",
]
