"""Promises about reports under way."""

import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from safeconduct.domains.cases import queries
from safeconduct.domains.cases.models import Draft, Report, StoredFile
from safeconduct.domains.cases.services import intake
from safeconduct.domains.cases.values import ANONYMOUS
from safeconduct.kernel.errors import NotAllowed, Refused
from tests.domains.cases.making import ANSWERS
from tests.domains.cases.test_conversation import picture
from tests.programme import Programme
from tests.standing import Clock

NONCE = secrets.token_bytes(32)
STEP = {"happened": ["T5"], "text": "the blue gate behind the mill"}


def on_disk(folder: Path) -> int:
    return len([path for path in (folder / "files").rglob("*") if path.is_file()])


def test_a_draft_comes_back_with_the_form_s_own_nonce_and_no_other(programme: Programme) -> None:
    sent = picture()
    intake.keep_draft(NONCE, STEP, [sent])

    draft = queries.draft_for(NONCE)

    assert draft is not None
    assert draft.answers == STEP
    assert [file.id for file in draft.files] == [sent.id]
    assert queries.draft_for(secrets.token_bytes(32)) is None


def test_a_draft_is_sealed(programme: Programme) -> None:
    intake.keep_draft(NONCE, STEP, [])

    assert b"blue gate" not in bytes(Draft.objects.get().sealed)


def test_after_two_hours_a_draft_and_its_files_are_gone(
    programme: Programme, time: Clock, data_folder: Path, django_capture_on_commit_callbacks: object
) -> None:
    intake.keep_draft(NONCE, STEP, [picture()])
    time.move(timedelta(hours=2))

    assert queries.draft_for(NONCE) is None
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator] # a fixture of pytest-django
        assert intake.sweep_drafts() == 1
    assert on_disk(data_folder) == 0
    assert not StoredFile.objects.exists()


def test_keeping_a_draft_again_drops_the_files_it_no_longer_names(programme: Programme) -> None:
    first, second = picture(), picture()
    intake.keep_draft(NONCE, STEP, [first, second])

    intake.keep_draft(NONCE, STEP, [second])

    assert set(StoredFile.objects.values_list("id", flat=True)) == {second.id}


def test_sending_a_draft_moves_its_files_to_the_report_and_forgets_it(programme: Programme) -> None:
    sent = picture()
    intake.keep_draft(NONCE, STEP, [sent])

    receipt = intake.file_report(ANSWERS, nonce=NONCE, files=[sent], by=ANONYMOUS)

    assert queries.draft_for(NONCE) is None
    assert queries.file_for(receipt.case_id, sent.id, programme.desk("ines")).sha256 == sent.sha256
    assert queries.listed_files() == {sent.id}


def test_nobody_claims_a_file_of_somebody_else_s_draft(programme: Programme) -> None:
    sent = picture()
    intake.keep_draft(NONCE, STEP, [sent])

    with pytest.raises(NotAllowed):
        intake.file_report(ANSWERS, nonce=secrets.token_bytes(32), files=[sent], by=ANONYMOUS)


def test_a_dropped_draft_is_forgotten(programme: Programme) -> None:
    intake.keep_draft(NONCE, STEP, [])

    intake.drop_draft(NONCE)

    assert queries.draft_for(NONCE) is None


def test_a_form_whose_draft_is_gone_files_nothing(programme: Programme) -> None:
    with pytest.raises(Refused, match="sent before"):
        intake.file_report(ANSWERS, nonce=NONCE, by=ANONYMOUS, of_draft=True)

    assert not Report.objects.exists()


def test_a_form_that_was_sent_gets_no_draft_again(programme: Programme) -> None:
    intake.keep_draft(NONCE, STEP, [])
    intake.file_report(ANSWERS, nonce=NONCE, by=ANONYMOUS, of_draft=True)

    with pytest.raises(Refused, match="sent before"):
        intake.keep_draft(NONCE, STEP, [])


def test_a_picture_that_gave_way_is_counted_and_keeps_the_words_from_nobody(
    programme: Programme, data_folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    first, second = picture(b"first"), picture(b"second")
    intake.keep_draft(NONCE, STEP, [first, second])

    with django_capture_on_commit_callbacks(execute=True):
        intake.delete_unsent([first.id])

    draft = queries.draft_for(NONCE)
    assert draft is not None
    assert (draft.answers, draft.gone, [file.id for file in draft.files]) == (STEP, 1, [second.id])
    assert on_disk(data_folder) == 1


def test_a_report_never_names_a_picture_that_gave_way_a_moment_before(programme: Programme) -> None:
    sent = picture()
    intake.keep_draft(NONCE, STEP, [sent])
    intake.delete_unsent([sent.id])

    with pytest.raises(Refused, match="could not wait"):
        intake.file_report(ANSWERS, nonce=NONCE, files=[sent], by=ANONYMOUS, of_draft=True)

    assert not Report.objects.exists()


def test_a_picture_of_a_report_gives_way_to_nobody(programme: Programme) -> None:
    sent = picture()
    intake.keep_draft(NONCE, STEP, [sent])
    intake.file_report(ANSWERS, nonce=NONCE, files=[sent], by=ANONYMOUS, of_draft=True)

    intake.delete_unsent([sent.id])

    assert [row.id for row in StoredFile.objects.all()] == [sent.id]
