"""The machine's clock jumps ahead and is set right again: nobody is kept out, and nobody sleeps through."""

import secrets
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from safeconduct.accounts import second_factor, services
from safeconduct.accounts.rules import IDLE
from safeconduct.accounts.values import Desk, Joining
from safeconduct.audit import queries as audit
from safeconduct.audit.checks import ClockNotBehind
from safeconduct.audit.services import sequence_pending
from safeconduct.domains.cases.models import Page
from safeconduct.domains.cases.rules import Danger
from safeconduct.domains.cases.services import escalation, intake
from safeconduct.domains.cases.values import ANONYMOUS, Receipt
from safeconduct.kernel.errors import NotAllowed
from tests.domains.cases.making import ANSWERS, KeptPages, escalate_due, make_programme
from tests.domains.cases.waking import MINUTE, pager
from tests.programme import Programme
from tests.standing import Clock, time

__all__ = ["pager", "time"]

A_YEAR = timedelta(days=365)
JUMPS = [A_YEAR, timedelta(days=1), timedelta(hours=1)]


@pytest.fixture
def programme(db: None, data_folder: Path, time: Clock) -> Programme:
    return make_programme()


def report(danger: Danger = Danger.SOON) -> Receipt:
    return intake.file_report(replace(ANSWERS, danger=danger), nonce=secrets.token_bytes(32), by=ANONYMOUS)


def signed_in(who: Joining, code: str = "") -> str:
    typed = code or second_factor.code_now(who.second_factor_secret)
    return services.sign_in(who.sign_in_name, who.passphrase, typed).cookie


@pytest.mark.parametrize("jump", JUMPS)
def test_whoever_signed_in_while_the_clock_ran_ahead_signs_in_again_once_it_is_right(
    programme: Programme, time: Clock, jump: timedelta
) -> None:
    ines = programme.founded.person("ines")
    time.move(jump)
    signed_in(ines)
    time.move(-jump)

    assert isinstance(services.session_from(signed_in(ines)), Desk)


@pytest.mark.parametrize("jump", JUMPS)
def test_a_code_still_works_once_whatever_the_clock_did(programme: Programme, time: Clock, jump: timedelta) -> None:
    ines = programme.founded.person("ines")
    time.move(jump)
    signed_in(ines)
    time.move(-jump)
    code = second_factor.code_now(ines.second_factor_secret)
    signed_in(ines, code)

    with pytest.raises(NotAllowed):
        signed_in(ines, code)


@pytest.mark.parametrize("jump", [*JUMPS, -timedelta(hours=1), -A_YEAR])
def test_a_session_outlives_no_jump_that_is_longer_than_it_may_stand_idle(
    programme: Programme, time: Clock, jump: timedelta
) -> None:
    cookie = signed_in(programme.founded.person("ines"))

    time.move(jump)

    assert abs(jump) >= IDLE
    assert services.session_from(cookie) is None


def test_a_few_minutes_more_or_less_end_no_session(programme: Programme, time: Clock) -> None:
    cookie = signed_in(programme.founded.person("ines"))
    seen = []
    for jump in (10 * MINUTE, -20 * MINUTE):
        time.move(jump)
        seen.append(services.session_from(cookie))

    assert all(isinstance(each, Desk) for each in seen)


@pytest.mark.parametrize("jump", JUMPS)
def test_who_was_in_danger_while_the_clock_ran_ahead_wakes_everyone_once_it_is_right(
    programme: Programme, time: Clock, pager: KeptPages, jump: timedelta
) -> None:
    time.move(jump)
    report(danger=Danger.NOW)
    time.move(-jump)

    escalate_due()
    first = {page.address for page in pager.pages}
    pager.pages.clear()
    time.move(5 * MINUTE)
    escalate_due()

    assert first == {page.address for page in pager.pages} == {"ines", "idris", "leyla"}


def test_a_call_put_off_while_the_clock_ran_ahead_is_repeated_once_it_is_right(
    programme: Programme, time: Clock, pager: KeptPages
) -> None:
    report(danger=Danger.NOW)
    time.move(A_YEAR)
    escalate_due()
    time.move(-A_YEAR)
    pager.pages.clear()

    escalate_due()

    assert {page.address for page in pager.pages} == {"ines", "idris", "leyla"}


def test_rounds_that_turn_while_the_clock_stands_behind_raise_no_rung_twice(
    programme: Programme, time: Clock, pager: KeptPages
) -> None:
    time.move(A_YEAR)
    report(danger=Danger.NOW)
    time.move(-A_YEAR)
    for _ in range(3):
        escalation.raise_due_rungs()

    assert Page.objects.count() == 3


def test_the_record_keeps_its_order_and_holds_whatever_the_clock_did(programme: Programme, time: Clock) -> None:
    first = report()
    time.move(A_YEAR)
    ahead = report()
    sequence_pending()
    time.move(-A_YEAR - timedelta(days=1))
    behind = report()
    sequence_pending()

    places = [audit.entries_for(made.report_id)[0].index for made in (first, ahead, behind)]
    assert places == sorted(places, key=lambda place: place or -1)
    assert audit.verify().holds


def test_doctor_says_that_the_clock_is_behind_what_is_recorded(programme: Programme, time: Clock) -> None:
    well = ClockNotBehind().run().well
    time.move(A_YEAR)
    report()
    time.move(-A_YEAR)

    found = ClockNotBehind().run()

    assert well
    assert "behind the record" in found.what
    assert "time server" in found.mend
