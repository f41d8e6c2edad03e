"""Whoever opens unusually many identities raises an alarm, and pages say only that something waits."""

import pytest

from safeconduct.audit import queries as audit
from safeconduct.connectors import paging
from safeconduct.domains.cases.services import channel
from safeconduct.domains.defenders import queries, services
from safeconduct.domains.defenders.models import Asking, Call
from safeconduct.domains.defenders.rules import CALL_AGAIN, MOST_BY_A_BENCH, MOST_BY_ONE
from safeconduct.kernel.errors import NotAllowed
from tests.domains.cases.making import KeptPages
from tests.domains.defenders.making import approved, ask, enrol
from tests.programme import Programme
from tests.standing import Clock


def read(programme: Programme, times: int) -> None:
    enrolled = enrol(programme)
    for _ in range(times):
        services.read_once(approved(enrolled), by=programme.desk("ines"))


def test_one_asker_who_opens_too_many_in_a_day_raises_an_alarm(programme: Programme) -> None:
    read(programme, MOST_BY_ONE)
    assert queries.alarms_for(programme.desk("leyla")) == ()

    read(programme, 1)

    assert [each.who for each in queries.alarms_for(programme.desk("leyla"))] == ["Ines"]
    told = [entry.action for entry in audit.entries_for(programme.member_id("ines"))]
    assert "identity.unusual" in told


def hand_over_too_often(programme: Programme) -> None:
    for each in [enrol(programme) for _ in range(MOST_BY_A_BENCH + 1)]:
        services.approve(ask(each), by=programme.desk("yara"))


def test_a_bench_that_hands_over_too_often_raises_an_alarm(programme: Programme) -> None:
    hand_over_too_often(programme)

    assert [each.who for each in queries.alarms_for(programme.desk("kofi"))] == ["Bench A"]


@pytest.mark.parametrize("who", ["yara", "chiara"])
def test_nobody_on_a_bench_puts_the_alarm_about_it_away(programme: Programme, who: str) -> None:
    hand_over_too_often(programme)
    [alarm] = queries.alarms_for(programme.desk("leyla"))

    assert queries.alarms_for(programme.desk(who)) == ()
    with pytest.raises(NotAllowed):
        services.see_alarm(alarm.id, by=programme.desk(who))
    assert programme.member_id(who) not in {each.member for each in alarm_calls()}


def alarm_calls() -> list[Call]:
    return [*Call.objects.filter(alarm__isnull=False)]


def test_openings_of_another_day_do_not_count(programme: Programme, time: Clock) -> None:
    read(programme, MOST_BY_ONE)
    time.move(4 * services.ASKING_LASTS)
    programme.cookies.clear()
    read(programme, 1)

    assert queries.alarms_for(programme.desk("leyla")) == ()


def test_leads_and_custodians_are_called_until_one_of_them_looks(programme: Programme, time: Clock) -> None:
    read(programme, MOST_BY_ONE + 1)
    called: list[str] = []
    names = {programme.member_id(name): name for name in ("leyla", "chiara", "kofi", "yara", "joon", "ines")}

    def woke() -> list[str]:
        called.clear()
        services.send_waiting_calls(lambda member: not called.append(names[member]))
        return sorted(called)

    assert woke() == ["chiara", "joon", "kofi", "leyla", "yara"]
    time.move(CALL_AGAIN)
    assert len(woke()) == 5
    programme.cookies.clear()
    [alarm] = queries.alarms_for(programme.desk("kofi"))
    services.see_alarm(alarm.id, by=programme.desk("kofi"))
    time.move(CALL_AGAIN)
    assert woke() == []


@pytest.mark.parametrize("who", ["ines", "idris", "tomas"])
def test_nobody_else_says_that_an_alarm_was_seen(programme: Programme, who: str) -> None:
    read(programme, MOST_BY_ONE + 1)
    [alarm] = queries.alarms_for(programme.desk("leyla"))

    with pytest.raises(NotAllowed):
        services.see_alarm(alarm.id, by=programme.desk(who))


def test_an_asking_calls_both_benches_and_the_page_says_nothing_of_it(programme: Programme) -> None:
    pager = KeptPages()
    with paging.registered(pager):
        channel.set_pager_address(programme.desk("joon"), pager.name, "joon")
        ask(enrol(programme))
        services.send_waiting_calls(channel.wake)

    [page] = pager.pages
    assert (page.address, page.step, page.number.isdigit()) == ("joon", 1, True)


def test_a_bench_that_answered_is_not_called_again(programme: Programme) -> None:
    services.approve(ask(enrol(programme)), by=programme.desk("chiara"))

    called = {call.member for call in Call.objects.all()}

    assert called == {programme.member_id("kofi"), programme.member_id("joon")}


def test_after_a_day_only_the_day_of_an_asking_is_kept(programme: Programme, time: Clock) -> None:
    read(programme, 1)
    time.move(4 * services.ASKING_LASTS)
    services.tidy_askings()

    asked = Asking.objects.get().asked_at

    assert (asked.hour, asked.minute) == (0, 0)
