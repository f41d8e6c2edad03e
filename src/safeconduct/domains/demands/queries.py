"""The register as staff read it: whoever logged a demand, and the leads. Of others not even a count."""

from datetime import date
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, QuerySet, When

from safeconduct.accounts import queries as accounts
from safeconduct.accounts.values import Desk, Role
from safeconduct.domains.demands.models import Demand
from safeconduct.domains.demands.papers import KEPT, Kept
from safeconduct.domains.demands.pieces import contents_of
from safeconduct.domains.demands.rules import ENDED, Stage, is_forbidden_to_tell, may_be_answered
from safeconduct.domains.demands.views import Choice, DemandRow, DemandView
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import Keyring
from safeconduct.vault import queries as vault_queries
from safeconduct.vault import services as vault

MOST_ROWS = 200
WHY = "read the register of demands"
_ENDED = [each.value for each in ENDED]


def reachable(ring: Keyring) -> "QuerySet[Demand]":
    """Return the demands that this ring opens. Every read and every change starts here."""
    return Demand.objects.filter(Exists(vault_queries.openable(ring).filter(envelope_id=OuterRef("envelope"))))


def check_staff(desk: Desk) -> None:
    """Refuse whoever does not work on cases here; the answer is the one for a demand that does not exist."""
    if not (desk.may(Role.RESPONDER) or desk.may(Role.LEAD)):
        raise NotAllowed


def demands_for(desk: Desk) -> list[DemandRow]:
    """Return the register, open demands first, by the day on which an answer is due."""
    check_staff(desk)
    # What still waits comes first: however long the register grows, it is never what is left out.
    waiting = Case(
        When(stage__in=_ENDED, told_on=None, ask_again_on__isnull=False, then=1),
        When(stage__in=_ENDED, then=2),
        default=0,
    )
    rows = [*reachable(desk.ring).order_by(waiting, "-logged_at", "id")[:MOST_ROWS]]
    opened = vault.open([row.envelope for row in rows], ring=desk.ring, why=WHY) if rows else {}
    names = accounts.names_for({row.handler for row in rows})
    read = [_row(row, KEPT.read(row.sealed, opened[row.envelope], row.id, row.revision), names, desk) for row in rows]
    return sorted(read, key=lambda row: (row.stage in ENDED, row.due_on or date.max))


def demand_for(demand_id: UUID, desk: Desk) -> DemandView:
    """Return one demand; ``NotAllowed`` alike when it is missing and when this desk cannot open it."""
    check_staff(desk)
    row = reachable(desk.ring).filter(pk=demand_id).first()
    if row is None:
        raise NotAllowed
    kept = KEPT.read(row.sealed, vault.open_one(row.envelope, ring=desk.ring, why=WHY), row.id, row.revision)
    names = accounts.names_for({each for each in (row.handler, row.second) if each})
    mine = row.handler == desk.member_id
    return DemandView(
        id=row.id,
        stage=Stage(row.stage),
        kept=kept,
        logged_at=row.logged_at,
        handler_name=names.get(row.handler, ""),
        second_name=names.get(row.second, "") if row.second else "",
        mine=mine,
        may_approve=row.stage == Stage.PROPOSED.value and not mine and desk.may(Role.LEAD),
        may_take_over=not mine and desk.may(Role.LEAD),
        may_be_answered=may_be_answered(kept.steps),
        silent=is_forbidden_to_tell(kept.steps),
        ended_on=row.ended_on,
        ask_again_on=row.ask_again_on,
        told_on=row.told_on,
    )


def choices_for(demand_id: UUID, case_id: UUID, desk: Desk) -> tuple[Choice, ...]:
    """Return the pieces of one case that could be chosen for a demand. There is no other way to find any."""
    chosen = {each.id for each in demand_for(demand_id, desk).kept.pieces}
    contents = contents_of(case_id, desk)
    return tuple(Choice(each.piece, each.name, each.piece.id in chosen) for each in contents)


def to_ask_again(today: date) -> int:
    """Return of how many demands the day has come on which to ask again whether people may be told."""
    return Demand.objects.filter(told_on__isnull=True, ask_again_on__lte=today).count()


def overdue(today: date) -> int:
    """Return how many demands are past the day that the authority named, with no answer."""
    return Demand.objects.filter(due_on__lt=today).exclude(stage__in=_ENDED).count()


def _row(row: Demand, kept: Kept, names: dict[UUID, str], desk: Desk) -> DemandRow:
    stage, mine = Stage(row.stage), row.handler == desk.member_id
    return DemandRow(
        id=row.id,
        authority=kept.said.authority,
        stage=stage,
        received_on=row.received_on,
        due_on=row.due_on,
        ask_again_on=None if row.told_on else row.ask_again_on,
        handler_name=names.get(row.handler, ""),
        mine=mine,
        waits_for_me=stage is Stage.PROPOSED and not mine and desk.may(Role.LEAD),
    )
