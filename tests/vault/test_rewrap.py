import secrets
import threading

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import Keyring, Recipient, keypairs, queries, services
from tests.vault.makers import SOMEWHERE, WORDS, can_open, make_code, make_envelope, make_holder, reporter_ring

pytestmark = pytest.mark.django_db


def test_taking_adds_the_taker_and_drops_the_team() -> None:
    team, ines, code = make_holder(), make_holder(), make_code()
    made = make_envelope(team, reporter=code.reporter)

    services.rewrap(made.id, ring=team.ring, add=[ines.recipient], drop=[team.recipient.id], by=ines.actor)

    assert can_open(made.id, ines.ring)
    assert can_open(made.id, reporter_ring(code.reporter))
    assert not can_open(made.id, team.ring)


def test_dropped_wraps_are_gone_not_marked() -> None:
    team, ines = make_holder(), make_holder()
    made = make_envelope(team, ines)

    services.rewrap(made.id, ring=ines.ring, add=[], drop=[team.recipient.id], by=ines.actor)

    assert queries.recipients_of(made.id) == {ines.recipient.id}


def test_what_was_sealed_before_is_read_after_a_rewrap() -> None:
    team, ines = make_holder(), make_holder()
    sealed = (made := make_envelope(team)).seal_text(WORDS, SOMEWHERE)

    services.rewrap(made.id, ring=team.ring, add=[ines.recipient], drop=[team.recipient.id], by=ines.actor)

    assert services.open_one(made.id, ring=ines.ring, why="test").read_text(sealed, SOMEWHERE) == WORDS


def test_only_who_can_open_may_rewrap() -> None:
    ines, victor = make_holder(), make_holder()
    made = make_envelope(ines)

    for envelope in (made.id, new_id()):
        with pytest.raises(NotAllowed):
            services.rewrap(envelope, ring=victor.ring, add=[victor.recipient], drop=[], by=victor.actor)

    assert queries.recipients_of(made.id) == {ines.recipient.id}


def test_the_last_reader_of_the_staff_is_never_dropped() -> None:
    ines, code, partner = make_holder(), make_code(), make_holder(blind=True)
    made = make_envelope(ines, partner, reporter=code.reporter)

    with pytest.raises(Refused):
        services.rewrap(made.id, ring=ines.ring, add=[], drop=[ines.recipient.id], by=ines.actor)

    assert can_open(made.id, ines.ring)


def test_a_new_key_of_the_same_recipient_replaces_the_old_one() -> None:
    ines, seed = make_holder(), secrets.token_bytes(32)
    made = make_envelope(ines)
    renewed = Recipient(ines.recipient.id, keypairs.public_key(seed))

    services.rewrap(made.id, ring=ines.ring, add=[renewed], drop=[ines.recipient.id], by=ines.actor)

    assert can_open(made.id, Keyring(ines.actor, {renewed.id: seed}))
    assert not can_open(made.id, ines.ring)


STEP = st.tuples(st.integers(0, 3), st.sets(st.integers(0, 3)), st.sets(st.integers(0, 3)))


@settings(max_examples=25)
@given(first=st.sets(st.integers(0, 3), min_size=1), steps=st.lists(STEP, max_size=6))
def test_whatever_is_added_and_dropped_somebody_reads_and_only_who_should(
    first: set[int], steps: list[tuple[int, set[int], set[int]]]
) -> None:
    people = [make_holder() for _ in range(4)]
    made, readers = make_envelope(*(people[each] for each in first)), set(first)

    for who, add, drop in steps:
        expected = (readers - drop) | add
        try:
            services.rewrap(
                made.id,
                ring=people[who].ring,
                add=[people[each].recipient for each in add],
                drop={people[each].recipient.id for each in drop},
                by=people[who].actor,
            )
        except NotAllowed:
            assert who not in readers
        except Refused:
            assert not expected
        else:
            assert who in readers
            readers = expected
        assert {each for each in range(4) if can_open(made.id, people[each].ring)} == readers != set()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one transaction write at a time")
def test_two_people_who_drop_each_other_at_once_leave_one_reader() -> None:
    ines, idris = make_holder(), make_holder()
    made, answers = make_envelope(ines, idris), []

    def drop_ines() -> None:
        try:
            services.rewrap(made.id, ring=idris.ring, add=[], drop=[ines.recipient.id], by=idris.actor)
        except NotAllowed as refusal:
            answers.append(refusal)
        finally:
            connection.close()

    second = threading.Thread(target=drop_ines)
    with transaction.atomic():
        services.rewrap(made.id, ring=ines.ring, add=[], drop=[idris.recipient.id], by=ines.actor)
        second.start()
        second.join(timeout=0.5)  # it waits for this transaction
    second.join(timeout=60)

    assert len(answers) == 1
    assert queries.recipients_of(made.id) == {ines.recipient.id}
