"""The door: all three parts or one refusal; floods cost little; nobody can lock a colleague out."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from safeconduct.accounts import patience, second_factor, services
from safeconduct.accounts.models import Member
from safeconduct.accounts.values import Desk, Joining
from safeconduct.audit import queries as audit
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Unavailable
from safeconduct.vault.passphrases import POOL
from tests.programme import Programme

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def code(who: Joining) -> str:
    return second_factor.code_now(who.second_factor_secret)


def refusal(name: str, passphrase: str, code: str) -> tuple[str, str]:
    with pytest.raises(NotAllowed) as refused:
        services.sign_in(name, passphrase, code)
    return refused.value.code, refused.value.sentence


@contextmanager
def no_slow_hash() -> Iterator[None]:
    """Leave no room in the pool, so that any slow hash raises."""
    taken = 0
    while POOL._room.acquire(blocking=False):
        taken += 1
    try:
        yield
    finally:
        POOL._room.release(taken)


def test_the_right_three_parts_open_a_desk(programme: Programme) -> None:
    ines = programme.founded.person("ines")

    session = services.sign_in(" INES ", ines.passphrase.upper().replace(" ", "-"), code(ines))

    desk = services.session_from(session.cookie)
    assert isinstance(desk, Desk)
    assert desk.member_id == ines.member_id


def test_every_wrong_part_gets_the_same_refusal(programme: Programme) -> None:
    ines = programme.founded.person("ines")
    wrong_code = f"{(int(code(ines)) + 1) % 1_000_000:06}"

    refusals = {
        refusal("nobody", ines.passphrase, code(ines)),
        refusal("ines", ines.passphrase, wrong_code),
        refusal("ines", ines.passphrase, ""),
        refusal("ines", "wrong words", code(ines)),
    }

    assert len(refusals) == 1


def test_a_wrong_code_or_name_spends_no_slow_hash(programme: Programme) -> None:
    ines = programme.founded.person("ines")

    with no_slow_hash():
        refusal("ines", ines.passphrase, "000000x")
        refusal("nobody", ines.passphrase, code(ines))
        with pytest.raises(Unavailable):
            services.sign_in("ines", ines.passphrase, code(ines))


def test_a_code_is_accepted_once(programme: Programme) -> None:
    ines = programme.founded.person("ines")
    with clock.use(lambda: NOON):
        shown = code(ines)
        services.sign_in("ines", ines.passphrase, shown)

        refusal("ines", ines.passphrase, shown)


def test_a_code_older_than_the_last_one_is_refused(programme: Programme) -> None:
    ines = programme.founded.person("ines")
    with clock.use(lambda: NOON):
        older = code(ines)
    with clock.use(lambda: NOON + timedelta(seconds=30)):
        services.sign_in("ines", ines.passphrase, code(ines))

        refusal("ines", ines.passphrase, older)


def test_a_code_with_wrong_words_is_used_up_so_that_it_cannot_buy_slow_hashes(programme: Programme) -> None:
    ines = programme.founded.person("ines")
    with clock.use(lambda: NOON):
        refusal("ines", "wrong words", code(ines))

        with no_slow_hash():
            refusal("ines", ines.passphrase, code(ines))


@pytest.mark.parametrize("off", [-30, 0, 30])
def test_a_phone_may_be_half_a_minute_off(programme: Programme, off: int) -> None:
    ines = programme.founded.person("ines")
    with clock.use(lambda: NOON + timedelta(seconds=off)):
        shown = code(ines)

    with clock.use(lambda: NOON):
        assert services.sign_in("ines", ines.passphrase, shown)


def test_a_flood_of_wrong_attempts_locks_nobody_out_and_leaves_no_trace(programme: Programme) -> None:
    ines = programme.founded.person("ines")
    for guess in range(200):
        refusal("ines", "wrong words", f"x{guess}")

    assert services.sign_in("ines", ines.passphrase, code(ines))
    assert [one.action for one in audit.entries_for(ines.member_id)].count("member.passphrase-refused") == 0


def test_wrong_words_after_a_right_code_are_recorded(programme: Programme) -> None:
    ines = programme.founded.person("ines")

    refusal("ines", "wrong words", code(ines))

    assert "member.passphrase-refused" in [one.action for one in audit.entries_for(ines.member_id)]


def test_digits_of_any_script_and_spacing_are_understood() -> None:
    assert second_factor.digits_of("١٢٣ ٤٥٦") == "123456"


def test_a_second_factor_put_in_from_another_row_is_a_plain_refusal(programme: Programme) -> None:
    other = Member.objects.get(sign_in_name="idris")
    Member.objects.filter(sign_in_name="ines").update(sealed_second_factor=other.sealed_second_factor)
    idris = programme.founded.person("idris")

    refusal("ines", programme.founded.person("ines").passphrase, code(idris))


def test_a_removed_member_is_refused_like_a_stranger(programme: Programme) -> None:
    idris = programme.founded.person("idris")
    colleague = programme.founded.person("ines")
    Member.objects.filter(id=idris.member_id).update(removed_at=NOON)

    assert refusal("idris", idris.passphrase, code(idris)) == refusal("nobody", colleague.passphrase, "1")


def test_a_refusal_waits_out_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "REFUSAL_SECONDS", 0.05)
    started = time.monotonic()

    patience.wait_out(started)

    assert time.monotonic() >= started + 0.05


def test_refusals_that_find_no_seat_do_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "REFUSAL_SECONDS", 3600.0)
    while patience._seats.acquire(blocking=False):
        pass
    try:
        patience.wait_out(time.monotonic())
    finally:
        patience._seats.release(patience.SEATS)
