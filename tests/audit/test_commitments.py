"""Facts are committed to, never kept; and the commitment can be made mute."""

import pytest
from django.db import connection

from safeconduct.audit import queries, services
from safeconduct.audit.models import Entry, Salt
from safeconduct.kernel.actors import OPERATOR
from tests.audit.making import CASE, OTHER, record

pytestmark = pytest.mark.django_db

FACTS = {"severity": "P0", "minutes": 12}


def test_facts_can_be_proved_by_whoever_has_them() -> None:
    record(facts=FACTS)
    entry = queries.entries_for(CASE)[0].id

    assert queries.facts_match(entry, FACTS)
    assert not queries.facts_match(entry, {"severity": "P1", "minutes": 12})
    services.sequence_pending()
    assert queries.facts_match(entry, FACTS)


def test_facts_are_nowhere_in_the_tables() -> None:
    record(facts={"handle": "amina_writes"})
    services.sequence_pending()

    with connection.cursor() as cursor:
        for table in ("entry", "waiting", "node", "checkpoint", "salt"):
            cursor.execute(f"SELECT * FROM audit_{table}")  # noqa: S608 - our own names
            assert "amina_writes" not in repr(cursor.fetchall())


def test_the_same_facts_never_look_the_same() -> None:
    record(facts=FACTS)
    record(facts=FACTS)
    services.sequence_pending()

    assert len(set(Entry.objects.values_list("commitment", flat=True))) == 2


def test_destroying_salts_makes_a_subjects_commitments_mute_and_leaves_the_tree_sound() -> None:
    record(facts=FACTS)
    services.sequence_pending()
    record(facts=FACTS)
    record("case.received", OTHER, facts=FACTS)
    before = queries.newest_checkpoint()

    assert services.destroy_salts(CASE, by=OPERATOR) == 2

    services.sequence_pending()
    assert not any(queries.facts_match(entry.id, FACTS) for entry in queries.entries_for(CASE))
    assert Salt.objects.count() == 1
    assert queries.verify(before).holds


def test_the_destroying_itself_is_on_record() -> None:
    record(facts=FACTS)

    services.destroy_salts(CASE, by=OPERATOR)

    assert queries.entries_for(CASE)[-1].action == "audit.salts-destroyed"


def test_an_entry_without_facts_commits_to_nothing() -> None:
    record()

    entry = queries.entries_for(CASE)[0].id

    assert not queries.facts_match(entry, {})
