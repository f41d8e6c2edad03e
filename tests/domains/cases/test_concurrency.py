"""Promises that hold when two hands move at the same moment."""

import secrets
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import sleep
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections, transaction

from safeconduct.audit import queries as audit
from safeconduct.connectors import registry
from safeconduct.connectors.port import AccountRef, ActKind
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.models import Case, Draft, Hold, Report
from safeconduct.domains.cases.rules import Stage
from safeconduct.domains.cases.rules.deeds import Deed
from safeconduct.domains.cases.services import channel, erasing, intake, keeping, restraining, seconding, work
from safeconduct.domains.cases.values import ANONYMOUS, AccountNamed, Origin, Receipt
from safeconduct.domains.safety.views import Restraint
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused, SafeconductError
from safeconduct.kernel.ids import new_id
from safeconduct.vault import outbox
from tests.domains.cases.making import ANSWERS, make_case, make_programme
from tests.domains.safety.platform import THE_STRANGER, FakePlatform
from tests.standing import Clock

ATTACKER = AccountNamed("juniper-square", THE_STRANGER, mine=False)

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


def meanwhile(case_id: UUID, waiting: Callable[[], Any], done: Callable[[], object]) -> Any:
    """Make a call that has to wait for a case, do something else before it gets it, and return what it answers."""
    answers: list[Any] = []
    thread = threading.Thread(target=lambda: answers.extend(at_once(waiting)))
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=case_id)
        thread.start()
        _until_somebody_waits()
        done()
    thread.join()
    return answers[0]


def _until_somebody_waits() -> None:
    # SQLite lets one connection write: the other waits before it has read anything, whenever it comes.
    if connection.vendor != "postgresql":
        return
    for _ in range(6000):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        sleep(0.02)
    pytest.fail("Nobody waits for the case.")


def test_a_case_is_not_erased_by_whoever_agrees_while_the_wish_is_withdrawn(data_folder: Path) -> None:
    programme = make_programme()
    made = make_case(programme, stage=Stage.CLOSED)
    ines, leyla = programme.desk("ines"), programme.desk("leyla")
    wish = keeping.ask_erasure(made.id, ines, reason="She asks for it, by law.")

    answer = meanwhile(
        made.id, lambda: keeping.agree_erasure(wish, leyla), lambda: keeping.withdraw_erasure(wish, ines)
    )

    assert isinstance(answer, NotAllowed)
    assert Case.objects.get(pk=made.id).erased_on is None


def test_a_case_is_not_erased_by_the_round_while_somebody_asks_to_hold_it(data_folder: Path, time: Clock) -> None:
    programme = make_programme()
    made = make_case(programme, stage=Stage.CLOSED)
    time.move(timedelta(days=401))
    ines, review_on = programme.desk("ines"), time.now.date() + timedelta(days=9)

    erased = meanwhile(
        made.id,
        erasing.erase_due,
        lambda: keeping.ask_hold(made.id, ines, reason="A court asked us to.", review_on=review_on),
    )

    assert erased == 0
    assert Case.objects.get(pk=made.id).erased_on is None


def test_a_hold_that_is_lifted_meanwhile_is_not_agreed_to(data_folder: Path) -> None:
    programme = make_programme()
    made = make_case(programme)
    ines, leyla = programme.desk("ines"), programme.desk("leyla")
    review_on = clock.now().date() + timedelta(days=9)
    hold = keeping.ask_hold(made.id, ines, reason="A court asked us to.", review_on=review_on)

    answer = meanwhile(
        made.id,
        lambda: keeping.agree_hold(hold, leyla),
        lambda: keeping.lift_hold(hold, ines, reason="The court took it back."),
    )

    assert isinstance(answer, NotAllowed)
    assert Hold.objects.get().agreed_on is None


def test_two_who_agree_to_a_hold_at_the_same_moment_agree_once(data_folder: Path) -> None:
    programme = make_programme()
    made = make_case(programme)
    review_on = clock.now().date() + timedelta(days=9)
    hold = keeping.ask_hold(made.id, programme.desk("ines"), reason="A court asked us to.", review_on=review_on)
    leyla = programme.desk("leyla")

    at_once(*[lambda: keeping.agree_hold(hold, leyla)] * 3)

    assert Hold.objects.get().agreed_by == leyla.member_id
    said = [entry.action for entry in audit.entries_for(made.id)]
    assert said.count(Deed.HOLD_AGREED) == 1


def test_two_who_agree_to_an_act_at_the_same_moment_order_it_once(data_folder: Path) -> None:
    programme = make_programme()
    made = make_case(programme, stage=Stage.TRIAGE, accounts=(ATTACKER,))
    make_case(programme, stage=Stage.TRIAGE, accounts=(replace(ATTACKER, mine=True),))
    wanted = Restraint(ActKind.SESSIONS_REVOKE, AccountRef("juniper-square", THE_STRANGER))
    outbox.keep_fresh()
    with registry.registered(FakePlatform()):
        shown = restraining.cost(made.id, wanted, programme.desk("ines")).shown

        def order(who: str) -> object:
            desk = programme.desk(who)
            return restraining.order(made.id, wanted, reason="Rule 4.", cost_shown=shown, desk=desk, key=new_id())

        first = at_once(lambda: order("ines"))
        answers = at_once(lambda: order("leyla"), lambda: order("leyla"))
    outbox.retire()

    assert isinstance(first[0], Refused)
    assert sorted(isinstance(answer, Refused) for answer in answers) == [False, True]
    assert len(queries.case_for(made.id, programme.desk("ines")).acts) == 1


def test_an_act_is_not_agreed_to_while_the_asking_is_taken_back(data_folder: Path) -> None:
    programme = make_programme()
    made = make_case(programme, stage=Stage.TRIAGE, accounts=(ATTACKER,))
    make_case(programme, stage=Stage.TRIAGE, accounts=(replace(ATTACKER, mine=True),))
    wanted = Restraint(ActKind.SESSIONS_REVOKE, AccountRef("juniper-square", THE_STRANGER))
    ines, leyla = programme.desk("ines"), programme.desk("leyla")
    with registry.registered(FakePlatform()):
        shown = restraining.cost(made.id, wanted, ines).shown
        with pytest.raises(Refused):
            restraining.order(made.id, wanted, reason="Rule 4.", cost_shown=shown, desk=ines, key=new_id())
        asked = queries.case_for(made.id, ines).seconds[0].id

        answer = meanwhile(
            made.id,
            lambda: restraining.order(made.id, wanted, reason="4.", cost_shown=shown, desk=leyla, key=new_id()),
            lambda: seconding.take_back(made.id, asked, ines),
        )

    assert isinstance(answer, Refused)
    assert queries.case_for(made.id, ines).acts == ()
