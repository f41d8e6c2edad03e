"""One's own sessions: seen and ended by whoever they belong to, with their words, and by nobody else."""

from datetime import UTC, datetime, timedelta

import pytest

from safeconduct.accounts import queries, services
from safeconduct.accounts.models import Session
from safeconduct.accounts.values import Desk
from safeconduct.audit.models import Waiting
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Refused
from safeconduct.kernel.ids import new_id
from tests.programme import Programme

NOON = datetime(2026, 3, 2, 12, 0, 40, tzinfo=UTC)
ENDED = ("member.session-ended", "member.other-sessions-ended")


def another(programme: Programme, name: str = "ines") -> str:
    who = programme.founded.person(name)
    return services.enter_as(name, who.passphrase, who.second_factor_secret).cookie


def words(programme: Programme, name: str = "ines") -> str:
    return programme.founded.person(name).passphrase


def opens(cookie: str) -> bool:
    return isinstance(services.session_from(cookie), Desk)


def recorded() -> list[str]:
    return list(Waiting.objects.filter(action__in=ENDED).values_list("action", flat=True))


@pytest.mark.parametrize("name", ["ines", "tomas"])
def test_a_member_sees_their_sessions_which_is_this_and_when_each_was_seen(programme: Programme, name: str) -> None:
    with clock.use(lambda: NOON):
        elsewhere = another(programme, name)
    with clock.use(lambda: NOON + timedelta(minutes=5)):
        services.session_from(elsewhere)
    with clock.use(lambda: NOON + timedelta(minutes=7)):
        seen = queries.sessions_for(programme.desk(name))

    (other,) = seen.others
    noon = NOON.replace(second=0)
    assert (other.made_at, other.seen_at) == (noon, noon + timedelta(minutes=5))
    assert seen.this
    assert (seen.this.made_at, seen.this.seen_at) == (noon + timedelta(minutes=7),) * 2


def test_a_session_that_is_over_is_not_listed(programme: Programme) -> None:
    with clock.use(lambda: NOON):
        another(programme)

    with clock.use(lambda: NOON + timedelta(minutes=30)):
        assert queries.sessions_for(programme.desk("ines")).others == ()


def test_nobody_is_shown_a_colleagues_session(programme: Programme) -> None:
    another(programme, "leyla")
    services.open_joining(programme.member_id("ines"), "SECRET", timedelta(minutes=10))

    assert queries.sessions_for(programme.desk("ines")).others == ()


def test_one_session_ends_and_every_other_stays(programme: Programme) -> None:
    desk, first = programme.desk("ines"), another(programme)
    (chosen,) = queries.sessions_for(desk).others
    mine, second = programme.cookie("ines"), another(programme)

    services.end_own_session(chosen.id, passphrase=words(programme), by=desk)

    assert [opens(each) for each in (first, second, mine)] == [False, True, True]
    assert recorded() == ["member.session-ended"]


def test_all_others_end_and_this_one_and_colleagues_stay(programme: Programme) -> None:
    desk, others = programme.desk("ines"), [another(programme), another(programme)]
    mine, leyla = programme.cookie("ines"), programme.cookie("leyla")

    services.end_other_sessions(passphrase=words(programme), by=desk)

    assert [opens(each) for each in (*others, mine, leyla)] == [False, False, True, True]
    assert recorded() == ["member.other-sessions-ended"]


def test_where_there_is_no_other_nothing_is_recorded(programme: Programme) -> None:
    services.end_other_sessions(passphrase=words(programme), by=programme.desk("ines"))

    assert recorded() == []


def test_a_colleagues_session_is_refused_like_one_that_is_over(programme: Programme) -> None:
    theirs = another(programme, "leyla")
    row = Session.objects.get(holder_id=programme.member_id("leyla"))

    refused = []
    for session_id in (row.id, new_id()):
        with pytest.raises(Refused) as fault:
            services.end_own_session(session_id, passphrase=words(programme), by=programme.desk("ines"))
        refused.append((fault.value.code, str(fault.value)))

    assert refused[0] == refused[1]
    assert opens(theirs)
    assert recorded() == []


@pytest.mark.parametrize("typed", ["", "words of somebody else"])
def test_whoever_took_a_session_ends_no_other_without_the_six_words(programme: Programme, typed: str) -> None:
    desk, first = programme.desk("ines"), another(programme)
    (chosen,) = queries.sessions_for(desk).others

    with pytest.raises(Refused, match="not your six words"):
        services.end_own_session(chosen.id, passphrase=typed, by=desk)
    with pytest.raises(Refused, match="not your six words"):
        services.end_other_sessions(passphrase=typed, by=desk)

    assert opens(first)


def test_the_record_says_who_ended_a_session_and_not_which(programme: Programme) -> None:
    desk = programme.desk("ines")
    another(programme)
    (chosen,) = queries.sessions_for(desk).others

    services.end_own_session(chosen.id, passphrase=words(programme), by=desk)

    (entry,) = Waiting.objects.filter(action__in=ENDED)
    assert (entry.actor, entry.subject) == (str(desk.actor), desk.member_id)
    assert str(chosen.id) not in str(vars(entry))
