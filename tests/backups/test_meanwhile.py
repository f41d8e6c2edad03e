"""What was erased while a backup was being made stays erased after its restore."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from safeconduct.domains.cases.models import Message, Report
from safeconduct.domains.cases.services import conversation
from safeconduct.kernel.ids import new_id
from safeconduct.vault import ledger
from tests.backups.making import back_up, bring_back, lose_everything, make_cards
from tests.domains.cases.making import MadeCase, make_case, make_programme

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # SQLite has one writer: no second line follows one whose transaction still runs.
    pytest.mark.skipif("connection.vendor != 'postgresql'"),
]


def letter(made: MadeCase, words: str) -> UUID:
    return conversation.say(made.report_id, words, ring=made.ring, by=made.reporter, key=new_id())


@contextmanager
def committing_slowly(deed: Callable[[], None]) -> Iterator[None]:
    """Do it on another thread, whose transaction ends only when the block does."""
    written, go = threading.Event(), threading.Event()

    def run() -> None:
        try:
            with transaction.atomic():
                deed()
                written.set()
                go.wait(60)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    assert written.wait(60)
    try:
        yield
    finally:
        go.set()
        thread.join()


def test_a_letter_and_a_way_in_that_were_ending_while_the_backup_began_do_not_come_back(
    data_folder: Path, settings: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    away, programme = tmp_path_factory.mktemp("away"), make_programme()
    one, other, printed = make_case(programme), make_case(programme), make_cards()
    hers, theirs = letter(one, "I sleep at my aunt's."), letter(other, "Hello.")
    ledger.begin()

    def she_ends_it() -> None:
        conversation.forget(hers, ring=one.ring, by=one.reporter)
        conversation.close_the_way_in(one.report_id, ring=one.ring, by=one.reporter)

    with committing_slowly(she_ends_it):
        conversation.forget(theirs, ring=other.ring, by=other.reporter)
        backed = back_up(printed, away / "backup")
    bring_back(backed, lose_everything(settings, away / "data"))

    assert bytes(Message.objects.get(pk=hers).sealed) == b""
    assert Report.objects.get(pk=one.report_id).reporter is None
