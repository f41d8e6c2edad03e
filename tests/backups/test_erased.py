"""A restored backup after an erasure serves nothing that was erased: not by code, not by keys, not by its bytes."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from safeconduct.accounts.values import Desk
from safeconduct.backups import restoring, rows
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.models import Case, Message, Report
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.services import conversation, erasing, keeping
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed
from safeconduct.vault import queries as vault_queries
from safeconduct.vault.models import Envelope, Wrap
from tests.backups.making import back_up, bring_back, lose_everything, make_cards
from tests.domains.cases.making import MadeCase, make_case, make_programme
from tests.domains.cases.making import _close as close
from tests.domains.remedy.making import make_decided
from tests.programme import Programme

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Story:
    """Two decided cases are backed up. Then one is closed and erased; of the other a letter goes, and the way in."""

    programme: Programme
    erased: MadeCase
    stays: MadeCase
    letter: Any
    bytes_of_erased: list[bytes] = field(default_factory=list)


def desk(story: Story, name: str) -> Desk:
    story.programme.cookies.clear()
    return story.programme.desk(name)


@pytest.fixture
def story(data_folder: Path, settings: Any, tmp_path_factory: pytest.TempPathFactory) -> Story:
    away = tmp_path_factory.mktemp("away")
    programme = make_programme()
    erased, stays = make_case(programme, stage=Stage.DECIDED), make_decided(programme)
    backed = back_up(make_cards(), away / "backup")
    sealed = [bytes(row.sealed) for row in Wrap.objects.filter(envelope_id__in=envelopes_of(erased))]
    sealed += [bytes(Report.objects.get(pk=erased.report_id).sealed)]
    told = Story(programme, erased, stays, Message.objects.filter(report=stays.report_id).latest("ordinal").id, sealed)

    close(erased.id, programme.desk("ines"))
    wish = keeping.ask_erasure(erased.id, programme.desk("ines"), reason="She asks for it.")
    keeping.agree_erasure(wish, programme.desk("leyla"))
    conversation.forget(told.letter, ring=stays.ring, by=stays.reporter)
    conversation.close_the_way_in(stays.report_id, ring=stays.ring, by=stays.reporter)

    kept = lose_everything(settings, away / "data")
    assert bring_back(backed, kept).erasures == 3
    return told


def envelopes_of(made: MadeCase) -> set[Any]:
    return {Case.objects.get(pk=made.id).work, Report.objects.get(pk=made.report_id).conversation}


def test_what_was_erased_opens_for_nobody_and_has_no_key_left(story: Story) -> None:
    for name in ("ines", "leyla", "idris"):
        with pytest.raises(NotAllowed):
            queries.case_for(story.erased.id, desk(story, name))
    with pytest.raises(NotAllowed):
        conversation.enter(story.erased.code)

    case = Case.objects.get(pk=story.erased.id)
    assert not Envelope.objects.filter(pk=case.work).exists()
    assert not Report.objects.filter(pk=story.erased.report_id).exists()
    assert (bytes(case.sealed_cover), case.erased_on) == (b"", clock.now().date())
    assert (case.stage, case.due_at, case.escalate_at) == ("closed", None, None)
    assert queries.case_for(story.stays.id, desk(story, "ines")).number


def test_a_letter_its_writer_deleted_and_a_way_in_they_closed_stay_so(story: Story) -> None:
    letter = Message.objects.get(pk=story.letter)
    report = Report.objects.get(pk=story.stays.report_id)

    assert (bytes(letter.sealed), report.reporter) == (b"", None)
    assert not vault_queries.openable(story.stays.ring).exists()
    with pytest.raises(NotAllowed):
        conversation.enter(story.stays.code)


def test_no_byte_of_its_keys_or_its_report_lies_in_the_restored_database(story: Story) -> None:
    assert len(story.bytes_of_erased) > 3

    restoring.leave_nothing_on_the_disk()

    raw = _pages()
    # Their beginnings: what is longer than a page lies in pieces.
    assert not [each for each in story.bytes_of_erased if each[:1000] in raw]
    assert bytes(Report.objects.get(pk=story.stays.report_id).sealed)[:1000] in raw


def _pages() -> bytes:
    """Return every byte of the tables that held them, dead rows and what lies beside a table with them."""
    if connection.vendor == "postgresql":
        return b"".join(_relation(table) for table in ("vault_wrap", "cases_report"))
    path = Path(connection.settings_dict["NAME"])
    return path.read_bytes() + path.with_name(f"{path.name}-wal").read_bytes()


def _relation(table: str) -> bytes:
    asked = "SELECT pg_relation_filepath(c.oid), pg_relation_filepath(nullif(c.reltoastrelid, 0)) FROM pg_class c"
    with connection.cursor() as cursor:
        cursor.execute(f"{asked} WHERE c.oid = %s::regclass", [table])
        paths = [each for each in cursor.fetchone() if each]
        cursor.execute("SELECT current_setting('data_directory')")
        folder = Path(cursor.fetchone()[0])
        cursor.execute("CHECKPOINT")
    return b"".join((folder / path).read_bytes() for path in paths)


def test_what_became_due_meanwhile_is_erased_by_the_next_round(story: Story) -> None:
    later = clock.now() + timedelta(days=401)
    programme = story.programme
    programme.cookies.clear()
    closed = make_case(programme, stage=Stage.CLOSED)

    with clock.use(lambda: later):
        assert erasing.erase_due() == 1

    assert not Report.objects.filter(pk=closed.report_id).exists()


def test_everybody_must_sign_in_again(story: Story) -> None:
    from safeconduct.accounts.models import Session  # noqa: PLC0415 - after the restore

    assert rows.label(Session) in rows.PASSING
    assert not Session.objects.exists()
    assert rows.label(Wrap) == restoring.WRAPS
