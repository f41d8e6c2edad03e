"""Copies of single messages, and what a reporter sends to be read beside one that is ciphertext only."""

from collections.abc import Iterator
from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.connectors.incoming import ShowsItems
from safeconduct.connectors.registry import connector_for, platforms
from safeconduct.domains.cases.papers import Copy, WorkKind
from safeconduct.domains.cases.queries.cases import case_for
from safeconduct.domains.cases.rules import EvidenceKind
from safeconduct.domains.cases.rules.deeds import Deed
from safeconduct.domains.cases.services.evidence import keep_copy, open_to_keep
from safeconduct.domains.cases.views import CaseView
from safeconduct.kernel.errors import NotAllowed, Refused


def copy_message(case_id: UUID, platform: str, item: str, *, note: str, desk: Desk) -> UUID:
    """Keep a copy of one message with what stands around it, if its link or id was written to us in this case.

    Asks the platform, so it holds no lock meanwhile. ``Refused`` where the platform knows no such message.
    """
    with transaction.atomic():
        open_to_keep(case_id, desk)
        _check_written(case_for(case_id, desk), item.strip())
    connector = connector_for(platform)
    if not isinstance(connector, ShowsItems):
        sentence = "This platform gives us no copies of single messages. Keep a screenshot or words in place of one."
        raise Refused("evidence.no-message-copies", sentence)
    taken = connector.item(item.strip())
    return keep_copy(case_id, taken, EvidenceKind.MESSAGE, name=item.strip(), note=note, desk=desk)


def platforms_that_copy() -> list[str]:
    """Return the short ids of the platforms that give a copy of one message."""
    return [each for each in platforms() if isinstance(connector_for(each), ShowsItems)]


def _check_written(case: CaseView, item: str) -> None:
    """Refuse to copy a message that nobody named to us: a case is no licence to read along just anywhere."""
    if not item or not any(item in text for text in _written(case)):
        sentence = "Only a message whose link or id was written to us here can be copied. Ask the reporter for it."
        raise Refused("evidence.message-not-named", sentence)


def _written(case: CaseView) -> Iterator[str]:
    for report in case.reports:
        yield from (report.answers.text, *report.answers.links)
        yield from (message.text for message in report.messages if not message.mine)


@transaction.atomic
def put_beside(case_id: UUID, piece: UUID, sent: UUID, desk: Desk) -> None:
    """Note that what a reporter sent shows what a piece of evidence holds as ciphertext alone."""
    held = open_to_keep(case_id, desk)
    case = case_for(case_id, desk)
    if piece not in {each.id for each in case.evidence if each.ciphertext_only}:
        raise NotAllowed
    if sent not in {each.id for each in case.sent}:
        raise Refused("evidence.nothing-sent", "Choose one of the things that the reporter sent.")
    held.write(WorkKind.COPY, copy=Copy(piece, sent))
    held.tell(Deed.CASE_COPY_PUT_BESIDE)
