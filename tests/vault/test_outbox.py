import os
import warnings
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.kernel import clock
from safeconduct.kernel.errors import Unavailable
from safeconduct.kernel.ids import new_id
from safeconduct.vault import DoesNotOpen, keypairs, outbox
from safeconduct.vault.models import OutboxKey

pytestmark = pytest.mark.django_db

ORDER = b"lock the account amina"
NEARLY, HOUR = timedelta(minutes=58), timedelta(hours=1)


@pytest.fixture(autouse=True)
def _an_empty_memory() -> None:
    outbox._held.clear()


def later(after: timedelta):  # noqa: ANN201 - a context manager of the clock
    moment = clock.now() + after
    return clock.use(lambda: moment)


def test_the_process_that_made_the_key_opens_the_order() -> None:
    made = outbox.make()

    key_id, sealed = outbox.seal_order(ORDER)

    assert key_id == made
    assert ORDER not in sealed
    assert outbox.open_order(key_id, sealed) == ORDER


@given(short=st.integers(0, 250), other=st.integers(0, 250))
def test_an_orders_size_does_not_tell_the_length_of_a_handle(short: int, other: int) -> None:
    outbox.keep_fresh()

    assert len(outbox.seal_order(b"a" * short)[1]) == len(outbox.seal_order(b"a" * other)[1])


def test_an_order_goes_to_the_newest_key() -> None:
    outbox.make()
    with later(timedelta(minutes=2)):
        newest = outbox.make()

        assert outbox.seal_order(ORDER)[0] == newest


def test_without_a_key_nothing_is_ordered() -> None:
    with pytest.raises(Unavailable):
        outbox.seal_order(ORDER)


def test_after_an_hour_an_order_does_not_open_even_where_it_was_made() -> None:
    outbox.make()
    key_id, sealed = outbox.seal_order(ORDER)

    with later(HOUR), pytest.raises(DoesNotOpen):
        outbox.open_order(key_id, sealed)

    with pytest.raises(DoesNotOpen):  # the key is forgotten, not only refused
        outbox.open_order(key_id, sealed)


def test_within_the_hour_an_order_still_opens() -> None:
    outbox.make()
    key_id, sealed = outbox.seal_order(ORDER)

    with later(NEARLY):
        assert outbox.open_order(key_id, sealed) == ORDER


def test_an_old_key_takes_no_order() -> None:
    outbox.make()

    with later(HOUR), pytest.raises(Unavailable):
        outbox.seal_order(ORDER)


def test_a_restarted_process_opens_nothing() -> None:
    outbox.make()
    key_id, sealed = outbox.seal_order(ORDER)

    outbox._held.clear()

    assert not outbox.holds(key_id)
    with pytest.raises(DoesNotOpen):
        outbox.open_order(key_id, sealed)


def test_a_forked_process_does_not_inherit_the_key() -> None:
    key_id = outbox.make()
    reading, writing = os.pipe()

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # newer Pythons warn of forks beside other tests' threads
        child = os.fork()
    if child == 0:
        os.write(writing, b"yes" if outbox.holds(key_id) else b"no")
        os._exit(0)
    os.waitpid(child, 0)
    answer = os.read(reading, 10)
    os.close(reading)
    os.close(writing)

    assert answer == b"no"
    assert outbox.holds(key_id)


def test_an_order_does_not_open_under_another_key() -> None:
    outbox.make()
    _, sealed = outbox.seal_order(ORDER)
    other = outbox.make()

    for key_id in (other, new_id()):
        with pytest.raises(DoesNotOpen):
            outbox.open_order(key_id, sealed)


def test_an_order_of_the_demonstration_does_not_open_in_a_programme(settings: object) -> None:
    settings.SAFECONDUCT_CONTEXT = "demonstration"
    outbox.make()
    key_id, sealed = outbox.seal_order(ORDER)

    settings.SAFECONDUCT_CONTEXT = "programme"

    with pytest.raises(DoesNotOpen):
        outbox.open_order(key_id, sealed)


def test_a_key_is_renewed_at_half_its_life_and_the_old_one_kept_to_its_end() -> None:
    first = outbox.keep_fresh()
    _, sealed = outbox.seal_order(ORDER)

    assert outbox.keep_fresh() == first
    with later(timedelta(minutes=31)):
        second = outbox.keep_fresh()
        assert second != first
        assert outbox.keep_fresh() == second
        assert outbox.open_order(first, sealed) == ORDER


def test_a_worker_that_stops_takes_no_more_orders() -> None:
    key_id = outbox.make()
    outbox.retire()

    assert not outbox.holds(key_id)
    with pytest.raises(Unavailable):
        outbox.seal_order(ORDER)


def test_the_only_worker_says_that_all_other_keys_are_gone() -> None:
    gone = outbox.make()
    outbox._held.clear()
    mine = outbox.make()

    assert outbox.retire_others() == 1
    assert (outbox.is_living(gone), outbox.is_living(mine)) == (False, True)
    assert outbox.seal_order(ORDER)[0] == mine


def test_a_key_lives_for_an_hour_wherever_it_is() -> None:
    key_id = outbox.make()
    outbox._held.clear()

    assert outbox.is_living(key_id)
    with later(HOUR):
        assert not outbox.is_living(key_id)
    assert not outbox.is_living(new_id())


def test_only_the_public_half_is_stored_and_its_time_to_the_minute() -> None:
    key_id = outbox.make()
    row = OutboxKey.objects.get(pk=key_id)

    assert bytes(row.public_key) == keypairs.public_key(outbox._held[key_id].seed)
    assert outbox._held[key_id].seed not in bytes(row.public_key)
    assert (row.made_at.second, row.made_at.microsecond) == (0, 0)
    assert "hidden" in repr(outbox._held)
