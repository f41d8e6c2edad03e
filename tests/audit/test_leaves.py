"""What a leaf says, and commitments to facts."""

import json
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.audit.leaves import Leaf, check_action, committed, leaf_from
from safeconduct.kernel.actors import BY_RULE, Actor, ActorKind
from safeconduct.kernel.errors import Refused

pytestmark = pytest.mark.one_database

INES = Actor(ActorKind.MEMBER, UUID("33333333-3333-4333-8333-333333333333"))
LEAF = Leaf(UUID(int=1), datetime(2026, 3, 1, 10, 5, tzinfo=UTC), "case.received", INES, UUID(int=2))


def test_a_leaf_is_written_in_one_way_for_ever() -> None:
    assert LEAF.text == (
        '{"action":"case.received","at":"2026-03-01T10:05Z",'
        '"by":"member:33333333-3333-4333-8333-333333333333","commitment":"",'
        '"id":"00000000-0000-0000-0000-000000000001","subject":"00000000-0000-0000-0000-000000000002","v":1}'
    )


@given(
    at=st.datetimes(min_value=datetime(2000, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - Hypothesis adds the zone
    by=st.builds(Actor, st.sampled_from(ActorKind), st.none() | st.uuids()),
    entry=st.uuids(),
    subject=st.uuids(),
    facts=st.dictionaries(st.text(), st.text() | st.integers()),
)
def test_every_leaf_can_be_read_back(
    at: datetime, by: Actor, entry: UUID, subject: UUID, facts: dict[str, str | int]
) -> None:
    leaf = Leaf(entry, at.replace(second=0, microsecond=0), "case.received", by, subject, committed(b"salt", facts))

    assert leaf_from(leaf.text) == leaf


def test_the_zone_a_time_is_told_in_changes_nothing() -> None:
    cairo = LEAF.at.astimezone(timezone(timedelta(hours=2)))

    assert Leaf(LEAF.id, cairo, LEAF.action, LEAF.by, LEAF.subject).text == LEAF.text


@pytest.mark.parametrize(
    "spoilt",
    [
        "",
        "[]",
        "null",
        "{}",
        "[" * 100_000,
        LEAF.text.replace(":1}", ":2}"),
        LEAF.text.replace(",", ", "),
        LEAF.text.replace("case.received", "Case \\u001b[31m"),
        LEAF.text.replace("Z", ""),
        LEAF.text.replace("member:", "stranger:"),
        LEAF.text.replace('"commitment":""', '"commitment":"short"'),
        json.dumps(json.loads(LEAF.text) | {"more": 1}, sort_keys=True, separators=(",", ":")),
    ],
)
def test_a_text_that_is_not_a_leaf_to_the_byte_is_refused(spoilt: str) -> None:
    with pytest.raises(Refused):
        leaf_from(spoilt)


@pytest.mark.parametrize("action", ["", "case", "Case.received", "case.amina says", "case.received\n", "a." + "b" * 64])
def test_an_action_is_a_word_and_never_a_sentence(action: str) -> None:
    with pytest.raises(Refused):
        check_action(action)


def test_a_commitment_shows_nothing_without_its_salt() -> None:
    facts = {"severity": "P0"}

    assert committed(b"a" * 32, facts) != committed(b"b" * 32, facts)
    assert committed(b"a" * 32, facts) != committed(b"a" * 32, {"severity": "P1"})


def test_an_actor_without_an_id_is_kept_as_such() -> None:
    leaf = Leaf(LEAF.id, LEAF.at, LEAF.action, BY_RULE, LEAF.subject)

    assert leaf_from(leaf.text).by == BY_RULE
