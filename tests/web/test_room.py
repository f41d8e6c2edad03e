"""Room for unsent pictures: one stranger crowds out only pictures of their own."""

import ipaddress
from collections.abc import Iterator
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.domains.cases.daily import DailyKey
from safeconduct.kernel.ids import new_id
from safeconduct.vault.values import SealedFile
from safeconduct.web import room
from safeconduct.web.room import MEGABYTE, Unsent

AMINA, STRANGER = b"her place", b"a stranger's place"


def sealed(megabytes: int) -> SealedFile:
    return SealedFile(
        id=new_id(), key=b"k" * 32, size_bytes=megabytes * MEGABYTE, name="", kind="image/jpeg", sha256="0" * 64
    )


@pytest.fixture
def deleted() -> Iterator[list[UUID]]:
    gone: list[UUID] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "UNSENT_BYTES", 100 * MEGABYTE)
        patch.setattr(room.intake, "delete_unsent", gone.extend)
        yield gone


def added(unsent: Unsent, megabytes: int, place: bytes) -> UUID | None:
    file = sealed(megabytes)
    if not unsent.takes([file], place):
        return None
    unsent.keep([file], place)
    return file.id


def test_a_reporter_with_one_picture_gets_in_when_one_stranger_has_taken_all_room(deleted: list[UUID]) -> None:
    unsent = Unsent()
    strangers = [added(unsent, 10, STRANGER) for _ in range(10)]

    assert added(unsent, 10, AMINA)
    assert deleted == [strangers[0]]


def test_a_stranger_who_goes_on_pushes_out_only_their_own(deleted: list[UUID]) -> None:
    unsent = Unsent()
    hers = added(unsent, 25, AMINA)

    for _ in range(50):
        assert added(unsent, 10, STRANGER)

    assert hers not in deleted
    assert len(deleted) == 43


def test_nobody_gives_way_to_whoever_would_then_hold_more(deleted: list[UUID]) -> None:
    unsent = Unsent()
    for number in range(4):
        added(unsent, 25, bytes([number]))

    assert added(unsent, 26, STRANGER) is None
    assert deleted == []


def test_what_does_not_fit_even_then_pushes_nobody_out(deleted: list[UUID]) -> None:
    unsent = Unsent()
    added(unsent, 90, STRANGER)

    assert added(unsent, 101, AMINA) is None
    assert deleted == []


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 25)), max_size=60))
@settings(deadline=None)
def test_a_modest_picture_survives_whatever_a_few_strangers_send(sent: list[tuple[int, int]]) -> None:
    gone: list[UUID] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "UNSENT_BYTES", 100 * MEGABYTE)
        patch.setattr(room.intake, "delete_unsent", gone.extend)
        unsent = Unsent()
        hers = added(unsent, 5, AMINA)
        for place, megabytes in sent:
            added(unsent, megabytes, bytes([place]))

        assert hers not in gone
        assert unsent._all() <= room.UNSENT_BYTES


def test_many_tiny_files_take_room_too(deleted: list[UUID]) -> None:
    unsent = Unsent()

    for _ in range(3000):
        added(unsent, 0, STRANGER)

    assert len(unsent._lying) == room.UNSENT_BYTES // room.LEAST_BYTES


def test_one_household_of_the_newer_addresses_is_one_place() -> None:
    key = DailyKey()
    net = ipaddress.ip_network("2001:db8:1:2::/64")

    assert key.tag(str(net[1])) == key.tag(str(net[2**40]))
    assert key.tag(str(net[1])) != key.tag("2001:db8:1:3::1")
    assert key.tag("192.0.2.1") != key.tag("192.0.2.2")
    assert key.tag("no address") != key.tag("")
