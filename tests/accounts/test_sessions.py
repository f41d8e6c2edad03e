"""Sessions: the cookie and the row together open what neither opens alone, and not for long."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from safeconduct.accounts import services
from safeconduct.accounts.models import Session
from safeconduct.accounts.values import Desk, WayIn
from safeconduct.kernel import clock
from safeconduct.kernel.actors import Actor, ActorKind
from safeconduct.kernel.ids import new_id
from safeconduct.vault import CaseCode
from tests.programme import Programme

NOON = datetime(2026, 3, 2, 12, 0, 40, tzinfo=UTC)
REPORT = UUID("6c3b2f6e-1111-4a5e-9d8f-0a0a0a0a0a0a")


def session_at_noon(programme: Programme) -> str:
    with clock.use(lambda: NOON):
        return programme.cookie("ines")


def opened_after(cookie: str, passed: timedelta) -> object:
    with clock.use(lambda: NOON + passed):
        return services.session_from(cookie)


def test_a_session_ends_after_half_an_hour_without_a_request(programme: Programme) -> None:
    cookie = session_at_noon(programme)

    assert opened_after(cookie, timedelta(minutes=30)) is None
    assert not Session.objects.exists()


def test_a_request_keeps_a_session_alive(programme: Programme) -> None:
    cookie = session_at_noon(programme)

    assert isinstance(opened_after(cookie, timedelta(minutes=25)), Desk)
    assert isinstance(opened_after(cookie, timedelta(minutes=50)), Desk)


def test_no_session_outlives_twelve_hours(programme: Programme) -> None:
    cookie = session_at_noon(programme)
    for minutes in range(20, 12 * 60, 20):
        assert isinstance(opened_after(cookie, timedelta(minutes=minutes)), Desk)

    assert opened_after(cookie, timedelta(hours=12)) is None


def test_the_row_keeps_no_time_finer_than_a_minute(programme: Programme) -> None:
    session_at_noon(programme)

    row = Session.objects.get()

    assert {moment.second for moment in (row.made_at, row.seen_at, row.ends_at)} == {0}


def test_a_cookie_opens_nothing_with_another_row(programme: Programme) -> None:
    cookie, _ = programme.cookie("ines"), programme.cookie("leyla")
    leyla = Session.objects.get(holder_id=programme.member_id("leyla"))
    Session.objects.filter(holder_id=programme.member_id("ines")).update(sealed_secret=leyla.sealed_secret)

    assert services.session_from(cookie) is None


def test_a_row_given_to_someone_else_opens_none_of_their_keys(programme: Programme) -> None:
    cookie = programme.cookie("ines")
    Session.objects.all().update(holder_id=programme.member_id("leyla"))

    desk = services.session_from(cookie)

    assert desk is None


@pytest.mark.parametrize("cookie", ["", "x", "ÿ", "A" * 44, "A" * 4000])
def test_nonsense_opens_nothing(programme: Programme, cookie: str) -> None:
    programme.cookie("ines")

    assert services.session_from(cookie) is None


def test_signing_out_ends_one_session_and_removal_ends_all(programme: Programme) -> None:
    first = programme.cookie("ines")
    who = programme.founded.person("ines")
    second = services.enter_as("ines", who.passphrase, who.second_factor_secret).cookie

    services.end_session(first)

    assert services.session_from(first) is None
    assert isinstance(services.session_from(second), Desk)
    assert services.end_sessions_of(who.member_id) == 1


@pytest.mark.django_db
def test_a_reporters_way_in_holds_the_key_of_their_code() -> None:
    key = CaseCode.from_nonce(bytes(range(32))).reporter

    way_in = services.session_from(services.open_way_in(REPORT, key, timedelta(minutes=30)))

    assert isinstance(way_in, WayIn)
    assert way_in.holder_id == REPORT
    assert way_in.ring.recipient_ids == {key.recipient_id}
    assert way_in.ring.actor == Actor(ActorKind.REPORTER, REPORT)


@pytest.mark.django_db
def test_someone_who_is_joining_has_no_desk() -> None:
    member_id = new_id()

    session = services.open_joining(member_id, "SECRET", timedelta(minutes=10))

    assert services.session_from(session.cookie) is None
    assert services.joining_secret(session.cookie) == (member_id, "SECRET")


def test_old_rows_are_swept(programme: Programme) -> None:
    session_at_noon(programme)

    with clock.use(lambda: NOON + timedelta(hours=1)):
        assert services.forget_old_sessions() == 1


def test_a_desk_shows_no_key_when_printed(programme: Programme) -> None:
    assert "ring" not in repr(programme.desk("ines"))
