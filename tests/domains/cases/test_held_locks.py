"""Promises about a lock that was ordered and waits for a person: nobody is left alone with it."""

from datetime import timedelta

import pytest

from safeconduct.connectors import paging
from safeconduct.domains.cases import queries
from safeconduct.domains.cases.rules import Danger, Severity, Stage
from safeconduct.domains.cases.services import channel, held_locks, protection, work
from safeconduct.domains.safety import services as safety
from safeconduct.domains.safety.events import LockHeld
from safeconduct.domains.safety.rules import Bundle, WhoElse
from safeconduct.kernel import clock
from safeconduct.kernel.ids import new_id
from tests.domains.cases.making import KeptPages, MadeCase, escalate_due, make_case
from tests.domains.cases.test_securing_alone import HERS, PROTECTED, platform
from tests.domains.safety.conftest import code_in
from tests.domains.safety.platform import FakePlatform
from tests.programme import Programme
from tests.standing import Clock

__all__ = ["platform"]


def lock_by_code(made: MadeCase, platform: FakePlatform) -> None:
    who = {"account": HERS, "bundle": Bundle.SECURE_NOW, "ring": made.ring, "by": made.reporter}
    sent = protection.send_code(made.report_id, who_else_sees=WhoElse.NOBODY, **who)  # type: ignore[arg-type]
    typed = code_in(platform.notices[-1])
    protection.check_code(made.report_id, code_id=sent.code_id, typed=typed, **who)  # type: ignore[arg-type]
    shown = protection.cost_for_reporter(made.report_id, HERS, Bundle.SECURE_NOW, ring=made.ring, by=made.reporter)
    more = {"who_else_sees": WhoElse.NOBODY, "reason": "", "cost_shown": shown.shown, "key": new_id()}
    protection.order_by_reporter(made.report_id, **who, **more)  # type: ignore[arg-type]


def severity(programme: Programme, made: MadeCase) -> Severity:
    return queries.case_for(made.id, programme.desk("ines")).severity


@pytest.mark.django_db(transaction=True)
def test_a_lock_that_waits_for_a_person_makes_its_case_grave_and_calls(
    programme: Programme, platform: FakePlatform, time: Clock
) -> None:
    pager = KeptPages()
    made = make_case(programme, danger=Danger.NO, happened=(), wants=(), stage=Stage.TRIAGE, accounts=(PROTECTED,))
    work.answer(made.id, made.report_id, "I am here.", programme.desk("ines"), key=new_id())
    platform.last_locked_at = clock.now()
    before = severity(programme, made)

    lock_by_code(made, platform)
    safety.carry_out()

    assert (before.above(Severity.P1), severity(programme, made)) == (False, Severity.P1)
    with paging.registered(pager):
        channel.set_pager_address(programme.desk("ines"), pager.name, "ines")
        time.move(timedelta(hours=4))
        escalate_due()
    assert pager.pages


def test_a_graver_case_stays_what_it_is(programme: Programme) -> None:
    made = make_case(programme, danger=Danger.NOW)

    held_locks.raise_its_case(LockHeld(made.report_id, new_id()))

    assert severity(programme, made) is Severity.P0
