"""The statements of reasons that were given in a case, for its staff: how each went out, and never its code."""

from uuid import UUID

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.remedy.models import Statement
from safeconduct.domains.remedy.papers import NOTICE_RECORD, place_of_record_key
from safeconduct.domains.remedy.rules import Delivery
from safeconduct.domains.remedy.views import GivenView
from safeconduct.vault import Opened
from safeconduct.vault import services as vault


def statements_in(case_id: UUID, desk: Desk) -> tuple[GivenView, ...]:
    """Return every statement given in a case, oldest first; of one that went by notice, what came of it."""
    cases.case_for(case_id, desk)
    rows = [*Statement.objects.filter(file__case_id=case_id).select_related("notice").order_by("given_at", "id")]
    envelopes = {row.notice.envelope for row in rows if hasattr(row, "notice")}
    opened = vault.open(envelopes, ring=desk.ring, why="see what came of a statement") if envelopes else {}
    return tuple(_view(row, opened) for row in rows)


def _view(row: Statement, opened: dict[UUID, Opened]) -> GivenView:
    notice = getattr(row, "notice", None)
    work = opened.get(notice.envelope) if notice else None
    if notice is None or work is None:
        return GivenView(row.given_at, opened=row.opened_at is not None)
    key = work.read(bytes(notice.sealed_record_key), place_of_record_key(notice.id))
    record = NOTICE_RECORD.read_under(notice.sealed_record, key, notice.id)
    delivery = Delivery(notice.state)
    return GivenView(row.given_at, row.opened_at is not None, record.account, delivery, record.act_record)
