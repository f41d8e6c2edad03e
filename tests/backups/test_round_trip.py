"""A backup brings everything back, of either database, and nothing of it can be read without the cards."""

from pathlib import Path
from typing import Any

import pytest

from safeconduct.audit import queries as record
from safeconduct.backups import rows
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.services import intake
from safeconduct.domains.cases.values import ANONYMOUS, Answers
from safeconduct.domains.remedy import operator as remedy
from safeconduct.project import helpdesk, platforms, providers
from safeconduct.vault.streams import SealedReader, SealedWriter
from safeconduct.web.portal import service as portal
from tests.backups.making import back_up, bring_back, lose_everything, make_cards
from tests.domains.cases.making import ANSWERS, make_case, make_programme

pytestmark = pytest.mark.django_db(transaction=True)

PICTURE = b"\x89PNG\r\n\x1a\n the gate " * 9000


def everything() -> dict[str, list[Any]]:
    return {rows.label(model): [row for batch in rows.batches(model) for row in batch] for model in rows.tables()}


def test_every_row_and_file_comes_back_as_it_was_and_opens_for_those_it_was_for(
    data_folder: Path, settings: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    away = tmp_path_factory.mktemp("away")
    programme = make_programme()
    made = make_case(programme, stage=Stage.ACTING)
    with SealedWriter(name="gate.png", kind="image/png") as writer:
        writer.write(PICTURE)
        sealed = writer.finish()
    sent = intake.file_report(Answers(text="And this."), nonce=b"n" * 32, files=[sealed], by=ANONYMOUS)
    backed = back_up(make_cards(), away / "backup")
    before = everything()

    kept = lose_everything(settings, away / "data")
    done = bring_back(backed, kept)

    after = everything()
    assert {label: found for label, found in after.items() if label not in {"audit.Waiting", "audit.SealedFacts"}} == {
        label: found for label, found in before.items() if label not in {"audit.Waiting", "audit.SealedFacts"}
    }
    assert (done.files, b"".join(SealedReader(sealed))) == (1, PICTURE)
    programme.cookies.clear()
    assert queries.case_for(made.id, programme.desk("ines")).reports[0].answers.text == ANSWERS.text
    assert sent.number
    assert record.verify().holds


def test_whoever_helps_in_an_emergency_is_still_named_after_a_restore(
    data_folder: Path, settings: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    away, written = tmp_path_factory.mktemp("away"), {}
    make_programme()
    for name in (portal.FILE, remedy.FILE, platforms.FILE, providers.FILE, helpdesk.FILE):
        written[name] = f"settings of {name}"
        (data_folder / name).write_text(written[name])

    backed = back_up(make_cards(), away / "backup")
    bring_back(backed, lose_everything(settings, away / "data"))

    assert {name: (away / "data" / name).read_text() for name in written} == written
