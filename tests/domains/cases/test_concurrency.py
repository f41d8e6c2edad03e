"""Promises that hold when two hands move at the same moment."""

import secrets
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from safeconduct.domains.cases import queries
from safeconduct.domains.cases.models import Case, Draft, Report
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.services import channel, intake, work
from safeconduct.domains.cases.values import ANONYMOUS, Origin, Receipt
from safeconduct.kernel.errors import NotAllowed, Refused, SafeconductError
from tests.domains.cases.making import ANSWERS, make_case, make_programme

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Make several calls at the same moment, each on a connection of its own; return answers and refusals."""
    ready, answers = threading.Barrier(len(calls)), [None] * len(calls)

    def make(number: int, call: Callable[[], Any]) -> None:
        ready.wait()
        try:
            answers[number] = call()
        except SafeconductError as refused:
            answers[number] = refused  # type: ignore[call-overload] # either of two kinds
        finally:
            connections.close_all()

    threads = [threading.Thread(target=make, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_the_same_form_sent_at_the_same_moment_is_one_report(data_folder: Path) -> None:
    programme = make_programme()
    nonce = secrets.token_bytes(32)

    receipts: list[Receipt] = at_once(
        *[lambda: intake.file_report(ANSWERS, nonce=nonce, by=ANONYMOUS) for _ in range(5)]
    )

    assert len({receipt.code for receipt in receipts}) == 1
    assert len({receipt.report_id for receipt in receipts}) == 1
    assert [receipt.first for receipt in receipts].count(True) == 1
    assert (Report.objects.count(), Case.objects.count()) == (1, 1)
    assert len(queries.queue_for(programme.desk("ines"))) == 1


def test_a_form_with_its_draft_sent_at_the_same_moment_is_one_report(data_folder: Path) -> None:
    make_programme()
    nonce = secrets.token_bytes(32)
    intake.keep_draft(nonce, {}, [])

    receipts: list[Receipt] = at_once(
        *[lambda: intake.file_report(ANSWERS, nonce=nonce, by=ANONYMOUS, of_draft=True) for _ in range(5)]
    )

    assert len({receipt.report_id for receipt in receipts}) == 1
    assert (Report.objects.count(), Draft.objects.count()) == (1, 0)


def test_the_form_of_an_invited_reporter_sent_at_the_same_moment_is_one_report(data_folder: Path) -> None:
    programme = make_programme("invited")
    nonce, origin = secrets.token_bytes(32), Origin.invited(channel.invite(programme.desk("ines")))

    receipts: list[Receipt] = at_once(*[lambda: intake.file_report(ANSWERS, nonce=nonce, by=origin) for _ in range(4)])

    assert len({receipt.code for receipt in receipts}) == 1


def test_two_who_take_a_case_at_the_same_moment_do_not_both_have_it(data_folder: Path) -> None:
    programme = make_programme()
    made = make_case(programme)
    ines, idris = programme.desk("ines"), programme.desk("idris")

    answers = at_once(lambda: work.take_case(made.id, ines), lambda: work.take_case(made.id, idris))

    assert sorted(type(each) for each in answers if each is not None) in ([NotAllowed], [Refused])
    holder = Case.objects.get(pk=made.id).assignee
    assert holder in {ines.member_id, idris.member_id}
    opens = [len(queries.queue_for(desk)) for desk in (programme.desk("ines"), programme.desk("idris"))]
    assert sorted(opens) == [0, 1]


def test_two_who_link_the_same_cases_the_other_way_round_do_not_lose_a_report(data_folder: Path) -> None:
    programme = make_programme()
    one, other = make_case(programme, stage=Stage.TRIAGE), make_case(programme, stage=Stage.TRIAGE)
    leyla, ines = programme.desk("leyla"), programme.desk("ines")

    at_once(
        lambda: work.link_reports(one.id, other.id, leyla),
        lambda: work.link_reports(other.id, one.id, ines),
    )

    assert Report.objects.values("case_id").distinct().count() == 1
    assert Case.objects.exclude(stage="closed").count() == 1
