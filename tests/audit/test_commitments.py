"""Facts are committed to and kept sealed; and the commitment can be made mute."""

import pytest
from django.db import connection

from safeconduct.audit import queries, services
from safeconduct.audit.models import Entry, SealedFacts
from safeconduct.vault import confiding
from tests.audit.making import CASE, KEY, OTHER, record

pytestmark = pytest.mark.django_db

FACTS = {"severity": "P0", "minutes": 12}
UNSEAL = confiding.reading(KEY)


def test_facts_can_be_proved_by_those_for_whom_they_were_sealed_and_by_nobody_else() -> None:
    record(facts=FACTS)
    entry = queries.entries_for(CASE)[0].id

    assert queries.facts_of(entry, UNSEAL) == FACTS
    services.sequence_pending()
    assert queries.facts_of(entry, UNSEAL) == FACTS
    assert queries.facts_of(entry, confiding.reading(bytes(32))) is None


def test_facts_that_were_put_in_the_place_of_others_prove_nothing() -> None:
    record(facts=FACTS)
    record("case.received", OTHER, facts={"severity": "P3"})
    mine, other = queries.entries_for(CASE)[0].id, queries.entries_for(OTHER)[0].id
    kept = SealedFacts.objects.get(entry_id=other)
    opened = UNSEAL(other, bytes(kept.sealed))
    assert opened is not None

    SealedFacts.objects.filter(entry_id=mine).update(sealed=confiding.under_key(KEY).seal(mine, opened))

    assert queries.facts_of(mine, UNSEAL) is None


def test_facts_are_nowhere_in_the_tables() -> None:
    record(facts={"handle": "amina_writes"})
    services.sequence_pending()

    with connection.cursor() as cursor:
        for table in ("entry", "waiting", "node", "checkpoint", "sealedfacts"):
            cursor.execute(f"SELECT * FROM audit_{table}")  # noqa: S608 - our own names
            assert "amina_writes" not in repr(cursor.fetchall())


def test_the_same_facts_never_look_the_same() -> None:
    record(facts=FACTS)
    record(facts=FACTS)
    services.sequence_pending()

    assert len(set(Entry.objects.values_list("commitment", flat=True))) == 2
    assert len({bytes(each.sealed) for each in SealedFacts.objects.all()}) == 2


def test_many_facts_and_few_have_one_size() -> None:
    record(facts={"kept": 1})
    record(facts={"severity": "P0", "reply_due": "2026-11-20T09:15Z", "settle_due": "2026-11-20T09:45Z"})

    assert len({len(each.sealed) for each in SealedFacts.objects.all()}) == 1


def test_destroying_facts_makes_a_subjects_commitments_mute_and_leaves_the_tree_sound() -> None:
    record(facts=FACTS)
    services.sequence_pending()
    record(facts=FACTS)
    record("case.received", OTHER, facts=FACTS)
    before = queries.newest_checkpoint()

    assert services.mute([CASE]) == 2

    services.sequence_pending()
    assert not any(queries.facts_of(entry.id, UNSEAL) for entry in queries.entries_for(CASE))
    assert SealedFacts.objects.count() == 1
    assert queries.verify(before).holds


def test_an_entry_without_facts_commits_to_nothing() -> None:
    record()

    entry = queries.entries_for(CASE)[0].id

    assert queries.facts_of(entry, UNSEAL) is None
    assert not SealedFacts.objects.exists()
