"""Child-abuse material: closed to everybody, kept as it came, handed on by a lead to the body that the law names."""

from uuid import UUID

from django.conf import settings
from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases.papers import WorkKind
from safeconduct.domains.cases.queries.evidence import Piece, piece_by_law
from safeconduct.domains.cases.rules import Verb
from safeconduct.domains.cases.rules.deeds import Deed
from safeconduct.domains.cases.services.channel import check_lead
from safeconduct.domains.cases.services.deeds import OpenCase, open_case
from safeconduct.domains.cases.services.holding import give_to, readers_of
from safeconduct.kernel.errors import NotAllowed, Refused


@transaction.atomic
def restrict(case_id: UUID, desk: Desk, *, reason: str) -> None:
    """Mark a case as holding child-abuse material: nothing is previewed or copied from here on, by anybody.

    What was sent stays sealed as it came. A case that nobody has taken is the leads' alone from now on.
    """
    held = open_case(case_id, desk, why="restrict the case")
    held.must(Verb.RESTRICT)
    held.case.restricted = True
    held.write(WorkKind.RESTRICTED, reason)
    give_to(held, readers_of(held.case, held.cover))
    held.save()
    held.tell(Deed.CASE_RESTRICTED)


@transaction.atomic
def hand_out(case_id: UUID, item: UUID, desk: Desk) -> Piece:
    """Return one original, unchanged and unseen, for the body that the law names. Only a lead may."""
    held = _restricted(case_id, desk)
    piece = piece_by_law(case_id, item, desk)
    held.tell(Deed.CASE_HANDED_OUT_BY_LAW, item=str(item))
    return piece


@transaction.atomic
def note_told(case_id: UUID, reference: str, desk: Desk) -> None:
    """Write down that the body was told, under which reference."""
    held = _restricted(case_id, desk)
    if not reference.strip():
        raise Refused("by-law.no-reference", "Write the reference that the body gave you, or how it was told.")
    held.write(WorkKind.BY_LAW, f"{settings.CHILD_PROTECTION}\n{reference.strip()}")
    held.tell(Deed.CASE_TOLD_BY_LAW)


def _restricted(case_id: UUID, desk: Desk) -> OpenCase:
    check_lead(desk)
    held = open_case(case_id, desk, why="hand on by law")
    if not held.case.restricted:
        raise NotAllowed
    if not settings.CHILD_PROTECTION:
        sentence = "This service names no body to hand it to. Ask whoever runs it to set SAFECONDUCT_CHILD_PROTECTION."
        raise Refused("by-law.nobody-named", sentence)
    return held
