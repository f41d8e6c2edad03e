"""One's own open cases in which words stand. They are opened for the search and nothing of it is kept."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from safeconduct.accounts.values import Desk
from safeconduct.domains.cases.models import Case, Report
from safeconduct.domains.cases.papers import COVER, ENTRY, LETTER, told_in
from safeconduct.domains.cases.queries.queue import BY_URGENCY, row_of_each
from safeconduct.domains.cases.queries.reach import check_staff, reachable_cases
from safeconduct.domains.cases.rules import Rank
from safeconduct.domains.cases.values import Answers
from safeconduct.domains.cases.views import QueueRow
from safeconduct.domains.early_warning.rules import plain_words
from safeconduct.vault import DoesNotOpen, Opened
from safeconduct.vault import services as vault

MOST_SEARCHED = 200


def my_cases_saying(words: str, desk: Desk) -> list[QueueRow]:
    """Return one's own open cases in which all of these words stand, whoever wrote them; at most 200 are read."""
    check_staff(desk)
    wanted = plain_words(words).split()
    mine = reachable_cases(desk.ring).filter(assignee=desk.member_id, rank__lt=Rank.CLOSED.value).order_by(*BY_URGENCY)
    cases = [*mine.prefetch_related("entries", "reports__messages")[:MOST_SEARCHED]] if wanted else []
    if not cases:
        return []
    envelopes = [each for case in cases for each in (case.work, *(one.conversation for one in case.reports.all()))]
    opened = vault.open(envelopes, ring=desk.ring, why="look for words in one's own cases")
    return row_of_each([case for case in cases if _says(case, opened, wanted)], opened)


def _says(case: Case, opened: Mapping[UUID, Opened], wanted: list[str]) -> bool:
    try:
        said = plain_words(" ".join(_words_of(case, opened)), at_most=None)
    except DoesNotOpen:
        # One case that somebody damaged must not hide the others; the queue says what is wrong with it.
        return False
    return all(word in said for word in wanted)


def _words_of(case: Case, opened: Mapping[UUID, Opened]) -> Iterator[str]:
    work = opened[case.work]
    yield COVER.read(case.sealed_cover, work, case.id, case.revision).line
    for row in case.entries.all():
        entry = ENTRY.read(row.sealed, work, row.id)
        yield from (entry.text, entry.decided.words if entry.decided else "")
    for report in case.reports.all():
        if report.conversation in opened:
            yield from _words_told(report, opened[report.conversation])


def _words_told(report: Report, opened: Opened) -> Iterator[str]:
    told = told_in(report, opened)
    yield from (told.reference, told.partner_name, *_answers(told.answers))
    for row in report.messages.all():
        if row.sealed:
            yield LETTER.read(row.sealed, opened, row.id, row.revision).text


def _answers(answers: Answers) -> Iterator[str]:
    yield from (answers.text, answers.who_in_danger, *answers.links)
    for account in answers.accounts:
        yield from (account.handle, account.platform)
