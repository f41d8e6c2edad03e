"""Reads letters and files out of an opened conversation."""

from collections.abc import Iterable

from safeconduct.domains.cases.models import Message, Report
from safeconduct.domains.cases.papers import LETTER, TIMES, Decided, Letter, Times
from safeconduct.domains.cases.queries.clocks import clocks_of
from safeconduct.domains.cases.rules import Sender
from safeconduct.domains.cases.views import DecisionView, FileView, MessageView
from safeconduct.vault import Opened
from safeconduct.vault.papers import KeptFile, sealed_files

Letters = list[tuple[Message, Letter | None]]


def letters_of(report: Report, opened: Opened) -> Letters:
    """Return every letter in order; a forgotten one without its paper."""
    rows = report.messages.order_by("ordinal")
    return [(row, LETTER.read(row.sealed, opened, row.id, row.revision) if row.sealed else None) for row in rows]


def messages_of(letters: Letters, side: Sender) -> tuple[MessageView, ...]:
    """Return the letters as one side reads them. Decisions and closing questions have their own place on the page."""
    shown = [(row, letter) for row, letter in letters if letter is None or not (letter.decided or letter.asks_feedback)]
    return tuple(_message(row, letter, side) for row, letter in shown)


def _message(row: Message, letter: Letter | None, side: Sender) -> MessageView:
    if letter is None:
        return MessageView(row.id, row.at, side, "", "", (), row.revision, forgotten=True, mine=False)
    return MessageView(
        id=row.id,
        at=letter.at,
        sender=letter.sender,
        sender_name=letter.sender_name,
        text=letter.text,
        files=files_of(letter.files),
        revision=row.revision,
        forgotten=False,
        mine=letter.sender is side,
        asks=letter.asks,
    )


def files_of(kept: Iterable[KeptFile]) -> tuple[FileView, ...]:
    """Return files without their keys."""
    return tuple(FileView(each.id, each.name, each.kind, each.size_bytes) for each in sealed_files(tuple(kept)))


def decisions_in(letters: Letters) -> tuple[DecisionView, ...]:
    """Return every decision a conversation holds, as the reporter reads it; the last one stands."""
    told = (letter.decided for _, letter in letters if letter is not None)
    return tuple(decision_view(each) for each in told if each is not None)


def decision_view(decided: Decided) -> DecisionView:
    """Return a decision as it is shown."""
    return DecisionView(
        outcome=decided.outcome,
        reason=decided.reason,
        words=decided.words,
        decided_by_name=decided.by_name,
        decided_at=decided.at,
        words_for_acted_on=decided.words_for_acted_on,
        evidence=decided.evidence,
        consent=decided.consent,
    )


def asks_feedback(letters: Letters) -> bool:
    """Answer whether the reporter was asked how it ended."""
    return any(letter is not None and letter.asks_feedback for _, letter in letters)


def times_of(report: Report, opened: Opened) -> Times:
    """Return the times and promises of a report: exact ones out of the seal once its case is closed."""
    if report.sealed_times:
        return TIMES.read(report.sealed_times, opened, report.id)
    return Times(report.received_at, clocks_of(report, report.case))
