"""What is kept as evidence on a case: sent, brought, copied, and what acts kept by themselves."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from safeconduct.accounts.values import Desk
from safeconduct.connectors.port import Snapshot
from safeconduct.domains.cases.models import Case
from safeconduct.domains.cases.papers import Entry
from safeconduct.domains.cases.queries.acts import opened_whole
from safeconduct.domains.cases.queries.conversations import OpenedReport
from safeconduct.domains.cases.queries.files import stored_file
from safeconduct.domains.cases.queries.reach import check_staff, reachable_cases
from safeconduct.domains.cases.rules import EvidenceKind, Sender, Showing, check_showing
from safeconduct.domains.cases.views import EvidenceView, SentView
from safeconduct.domains.safety import queries as safety
from safeconduct.domains.safety.views import SnapshotView
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault.papers import KeptFile, sealed_files
from safeconduct.vault.streams import SealedReader

Named = Callable[[UUID | None], str]


@dataclass(frozen=True)
class Piece:
    """The bytes of one piece of evidence, read as they are asked for."""

    kind: str
    size_bytes: int
    pieces: Iterable[bytes] = field(repr=False)

    def __iter__(self) -> Iterator[bytes]:
        """Yield the bytes, unchanged."""
        return iter(self.pieces)


def evidence_in(
    reports: Iterable[OpenedReport],
    entries: Iterable[tuple[UUID, Entry]],
    snapshots: Iterable[SnapshotView],
    name: Named,
) -> Iterator[EvidenceView]:
    """Yield everything that is kept of a case, what was sent first."""
    entries = [*entries]
    reports = [*reports]
    sent = _sent_by(reports)
    copies = [entry.copy for _, entry in entries if entry.copy is not None]
    for each in _kept_in(reports, entries, snapshots, name):
        beside = tuple(sent[copy.sent] for copy in copies if copy.of == each.id and copy.sent in sent)
        yield replace(each, copies=beside) if beside else each


def _sent_by(reports: Iterable[OpenedReport]) -> dict[UUID, SentView]:
    """Return each letter and file of the reporters' and partners' sides, by its id."""
    found = {}
    for report in reports:
        kept = list(sealed_files(report.told.files))
        for row, letter in report.letters:
            if letter is not None and letter.sender is not Sender.US:
                found[row.id] = SentView(row.id, letter.at)
                kept += sealed_files(letter.files)
        found |= {each.id: SentView(each.id, report.times.received_at, each.name, each.sha256) for each in kept}
    return found


def _kept_in(
    reports: Iterable[OpenedReport],
    entries: Iterable[tuple[UUID, Entry]],
    snapshots: Iterable[SnapshotView],
    name: Named,
) -> Iterator[EvidenceView]:
    for report in reports:
        source = Sender.PARTNER if report.told.partner_name else Sender.REPORTER
        yield from _sent(report.told.files, report.times.received_at, report.told.partner_name, source)
        for _, letter in report.letters:
            if letter is not None:
                yield from _sent(letter.files, letter.at, letter.sender_name, letter.sender)
    yield from (_brought(entry, entry.file, name) for _, entry in entries if entry.file is not None)
    yield from (_before_an_act(each) for each in snapshots)


def _sent(files: tuple[KeptFile, ...], at: datetime, by_name: str, source: Sender) -> Iterator[EvidenceView]:
    return (
        EvidenceView(each.id, each.name, each.kind, each.size_bytes, each.sha256, at, by_name, source.value)
        for each in sealed_files(files)
    )


def _brought(entry: Entry, file: KeptFile, name: Named) -> EvidenceView:
    (kept,) = sealed_files((file,))
    return EvidenceView(
        id=kept.id,
        name=kept.name,
        kind=kept.kind,
        size_bytes=kept.size_bytes,
        sha256=kept.sha256,
        captured_at=entry.at,
        by_name=name(entry.by),
        source=Sender.US.value,
        what=entry.what,
        note=entry.text,
        caution=entry.caution,
        ciphertext_only=entry.ciphertext_only,
    )


def _before_an_act(kept: SnapshotView) -> EvidenceView:
    return EvidenceView(
        id=kept.order_id,
        name=kept.account.handle,
        kind=kept.media_type,
        size_bytes=kept.size_bytes,
        sha256=kept.sha256,
        captured_at=kept.taken_at,
        by_name="",
        source=Sender.US.value,
        what=EvidenceKind.BEFORE_AN_ACT,
        caution=kept.caution,
        ciphertext_only=kept.ciphertext_only,
    )


def piece_for(case_id: UUID, item: UUID, desk: Desk) -> Piece:
    """Return a piece of evidence of a case; refused for a case that holds child-abuse material."""
    check_staff(desk)
    case = reachable_cases(desk.ring).filter(pk=case_id).first()
    if case is None:
        raise NotAllowed
    check_showing(Showing.ORIGINAL, restricted=case.restricted)
    return _piece(case, item, desk)


def piece_by_law(case_id: UUID, item: UUID, desk: Desk) -> Piece:
    """Return a piece of a restricted case for the body that the law names; only ``services.by_law`` asks for it."""
    case = reachable_cases(desk.ring).filter(pk=case_id, restricted=True).first()
    if case is None:
        raise NotAllowed
    return _piece(case, item, desk)


def _piece(case: Case, item: UUID, desk: Desk) -> Piece:
    if safety.has_snapshot(item, [case.id, *case.reports.values_list("id", flat=True)]):
        taken = _snapshot(case.id, item, desk)
        return Piece(taken.media_type, len(taken.content), (taken.content,))
    kept = stored_file(case, item, desk)
    return Piece(kept.kind, kept.size_bytes, SealedReader(kept))


def _snapshot(case_id: UUID, order_id: UUID, desk: Desk) -> Snapshot:
    return safety.evidence_for(order_id, opened_whole(case_id, desk, why="open evidence"))
