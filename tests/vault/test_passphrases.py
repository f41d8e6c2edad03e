import threading
from contextlib import ExitStack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.kernel.errors import Unavailable
from safeconduct.vault import passphrases
from safeconduct.vault.passphrases import STANDARD, BoundedPool, Work, derive

LIGHT = Work(memory_kib=64, passes=1, lanes=1)
SALT = b"sixteen bytes..."
WORDS = "harbour kettle violin moss lantern t-shirt"


def test_a_passphrase_is_six_words_of_a_list_of_7776() -> None:
    drawn = passphrases.generate()

    assert len(drawn.split(" ")) == 6
    assert set(drawn.split(" ")) <= set(passphrases._word_list())
    assert len(set(passphrases._word_list())) == 7776


def test_two_passphrases_are_never_alike() -> None:
    assert len({passphrases.generate() for _ in range(50)}) == 50


def test_no_two_words_of_the_list_are_read_as_one() -> None:
    assert len({passphrases.settled(word) for word in passphrases._word_list()}) == 7776


def test_one_passphrase_gives_a_verifier_and_a_key_that_say_nothing_of_each_other() -> None:
    verifier, kek = derive(WORDS, SALT, LIGHT)

    assert (verifier, kek) == derive(WORDS, SALT, LIGHT)
    assert verifier != kek
    assert len(verifier) == len(kek) == 32


@pytest.mark.parametrize("typed", [WORDS.upper(), f"  {WORDS}\n", WORDS.replace(" ", "  "), WORDS.replace(" ", "-")])
def test_capitals_hyphens_and_spaces_make_no_difference(typed: str) -> None:
    assert derive(typed, SALT, LIGHT) == derive(WORDS, SALT, LIGHT)


@settings(max_examples=30)
@given(typed=st.text(max_size=60))
def test_other_words_give_other_keys(typed: str) -> None:
    found = derive(typed, SALT, LIGHT)

    assert found.kek != derive(WORDS, SALT, LIGHT).kek


def test_salt_and_work_are_part_of_the_key() -> None:
    found = derive(WORDS, SALT, LIGHT).kek

    assert derive(WORDS, passphrases.new_salt(), LIGHT).kek != found
    assert derive(WORDS, SALT, Work(memory_kib=64, passes=2, lanes=1)).kek != found


def test_the_standard_work_is_64_mib_three_times() -> None:
    assert (STANDARD.memory_kib, STANDARD.passes, STANDARD.lanes) == (65536, 3, 1)
    assert len(derive(WORDS, SALT).kek) == 32


def test_work_comes_back_from_json() -> None:
    assert passphrases.from_json(passphrases.as_json(LIGHT)) == LIGHT


def test_a_demonstration_derives_other_keys(settings: object) -> None:
    settings.SAFECONDUCT_CONTEXT = "demonstration"
    here = derive(WORDS, SALT, LIGHT)

    settings.SAFECONDUCT_CONTEXT = "programme"

    assert derive(WORDS, SALT, LIGHT).verifier != here.verifier
    assert derive(WORDS, SALT, LIGHT).kek != here.kek


def test_a_full_pool_refuses_at_once_and_recovers() -> None:
    pool = BoundedPool(at_once=2, waiting=0)

    with ExitStack() as seats:
        seats.enter_context(pool.seat())
        seats.enter_context(pool.seat())
        with pytest.raises(Unavailable):
            derive(WORDS, SALT, LIGHT, pool=pool)

    assert derive(WORDS, SALT, LIGHT, pool=pool)


def test_a_failure_inside_gives_the_seat_back() -> None:
    pool = BoundedPool(at_once=1, waiting=0)

    for _ in range(3):
        with pytest.raises(KeyError), pool.seat():
            raise KeyError

    assert derive(WORDS, SALT, LIGHT, pool=pool)


def test_never_more_than_two_are_at_work_and_those_who_wait_are_served() -> None:
    pool, watch, inside, most, served = BoundedPool(at_once=2, waiting=6), threading.Lock(), [0], [0], [0]
    full = threading.Barrier(2)

    def sign_in() -> None:
        with pool.seat():
            with watch:
                inside[0] += 1
                most[0] = max(most[0], inside[0])
            full.wait(timeout=60)  # passes only when two are inside together
            with watch:
                inside[0] -= 1
                served[0] += 1

    threads = [threading.Thread(target=sign_in) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert (most[0], served[0]) == (2, 8)


def test_those_who_come_when_too_many_wait_are_told_to_come_back() -> None:
    pool, entered, leave = BoundedPool(at_once=1, waiting=1), threading.Event(), threading.Event()

    def hold() -> None:
        with pool.seat():
            entered.set()
            leave.wait(timeout=60)

    threads = [threading.Thread(target=hold) for _ in range(2)]
    for thread in threads:
        thread.start()
    entered.wait(timeout=60)
    while pool._room._value:
        pass

    with pytest.raises(Unavailable) as told, pool.seat():
        pass

    leave.set()
    for thread in threads:
        thread.join(timeout=60)
    assert "try again" in told.value.sentence
