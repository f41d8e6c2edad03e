"""The second person: a lead who did not propose it, and who can open every piece themselves."""

from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk, Role
from safeconduct.domains.demands.pieces import raw_of
from safeconduct.domains.demands.rules import Stage, check_proposal, check_second, check_unchanged, check_words
from safeconduct.domains.demands.services.held import Held, held
from safeconduct.domains.demands.services.packing import is_same
from safeconduct.kernel.errors import NotAllowed, Refused

NOT_YOURS_TO_SEE = "You cannot open every case this is chosen from, so you cannot approve it. Ask another lead."


@transaction.atomic
def approve(demand_id: UUID, desk: Desk) -> None:
    """Approve exactly these pieces. Whoever is kept out of one of their cases cannot."""
    demand = _second(demand_id, desk)
    check_proposal(
        demand.kept.steps, reading=demand.kept.reading, sizes=[each.size_bytes for each in demand.kept.pieces]
    )
    try:
        raw = raw_of(demand.kept.pieces, desk)
    except NotAllowed:
        raise Refused("demand.not-seen", NOT_YOURS_TO_SEE) from None
    check_unchanged(same=is_same(demand.kept.pieces, raw))
    demand.row.stage, demand.row.second = Stage.APPROVED.value, desk.member_id
    demand.save("demand.approved")


@transaction.atomic
def send_back(demand_id: UUID, why: str, desk: Desk) -> None:
    """Give a proposal back to whoever works on it, with the reason."""
    demand = _second(demand_id, desk)
    check_words(why)
    demand.change(sent_back=why.strip())
    demand.row.stage = Stage.LOGGED.value
    demand.save("demand.sent-back")


def _second(demand_id: UUID, desk: Desk) -> Held:
    desk.must(Role.LEAD)
    demand = held(demand_id, desk, why="look at a demand as the second person")
    check_second(stage=demand.stage, handler=demand.row.handler, second=desk.member_id)
    return demand
