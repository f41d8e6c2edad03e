"""Pieces of a case, each by itself: what can be chosen of it, and the bytes of one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from uuid import UUID

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases import queries as cases
from safeconduct.domains.cases.queries.evidence import piece_for
from safeconduct.domains.cases.queries.linked import present_case
from safeconduct.domains.cases.rules import Showing, check_showing
from safeconduct.domains.cases.views import CaseView, ReportView
from safeconduct.domains.demands.papers import Piece, PieceKind
from safeconduct.kernel.errors import NotAllowed


@dataclass(frozen=True)
class Content:
    """One piece, a name for whoever chooses, and its bytes, read only when they are asked for."""

    piece: Piece
    name: str = field(repr=False)
    read: Callable[[], bytes] = field(repr=False)


def contents_of(case_id: UUID, desk: Desk) -> tuple[Content, ...]:
    """Return every piece of a case that can be chosen, for somebody who can open it, wherever it was linked to."""
    case = cases.case_for(present_case(case_id), desk)
    check_showing(Showing.ORIGINAL, restricted=case.restricted)
    return (*_words(case), *_evidence(case, desk))


def raw_of(pieces: tuple[Piece, ...], desk: Desk) -> dict[UUID, bytes]:
    """Return the bytes of these pieces as they are now; ``NotAllowed`` unless this desk opens every one."""
    opened = (contents_of(case_id, desk) for case_id in present_cases(pieces))
    found = {content.piece.id: content for contents in opened for content in contents}
    if not {each.id for each in pieces} <= found.keys():
        raise NotAllowed
    return {each.id: found[each.id].read() for each in pieces}


def present_cases(pieces: tuple[Piece, ...]) -> tuple[UUID, ...]:
    """Return the cases in which these pieces are now, each once."""
    return tuple(dict.fromkeys(present_case(each.case_id) for each in pieces))


def _words(case: CaseView) -> Iterator[Content]:
    for report in case.reports:
        first = (PieceKind.REPORT, report.id, report.received_at, report.answers.text)
        letters = ((PieceKind.MESSAGE, letter.id, letter.at, letter.text) for letter in report.messages if letter.text)
        for kind, item, at, text in (first, *letters):
            raw = text.encode()
            piece = Piece(case.id, case.number, (report.id,), kind, item, at, len(raw), sha256(raw).hexdigest())
            yield Content(piece, "", partial(bytes, raw))


def _evidence(case: CaseView, desk: Desk) -> Iterator[Content]:
    of_report = {item: (report.id,) for report in case.reports for item in _belonging_to(report)}
    everybody = tuple(report.id for report in case.reports)
    for kept in case.evidence:
        facts = (PieceKind.EVIDENCE, kept.id, kept.captured_at, kept.size_bytes, kept.sha256)
        # What a colleague brought is of no one report, so it concerns all whose case it is when it is chosen.
        piece = Piece(case.id, case.number, of_report.get(kept.id, everybody), *facts)
        yield Content(piece, kept.name, partial(_bytes, case.id, kept.id, desk))


def _belonging_to(report: ReportView) -> Iterator[UUID]:
    """Yield what of the evidence came in one report's conversation, or was kept when its account was secured."""
    yield from (each.id for each in report.files)
    yield from (each.id for letter in report.messages for each in letter.files)
    yield from (each.id for each in report.acts)


def _bytes(case_id: UUID, item: UUID, desk: Desk) -> bytes:
    return b"".join(piece_for(case_id, item, desk))
