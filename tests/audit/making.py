"""Records to test with, and the means to damage them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction

from safeconduct.audit import queries, services, triggers
from safeconduct.kernel.actors import OPERATOR, Actor

CASE = UUID("11111111-1111-4111-8111-111111111111")
OTHER = UUID("22222222-2222-4222-8222-222222222222")


def record(
    action: str = "case.received",
    subject: UUID = CASE,
    *,
    by: Actor = OPERATOR,
    facts: Mapping[str, str | int] | None = None,
) -> None:
    with transaction.atomic():
        services.record(by, action, subject, facts=facts)


def make_record(size: int) -> list[UUID]:
    """Record, one signature each, ``size`` entries called step.a, step.b ...; return their ids in order."""
    for number in range(size):
        record(f"step.{chr(ord('a') + number)}")
        services.sequence_pending()
    return [entry.id for entry in queries.entries_for(CASE)]


@contextmanager
def unguarded() -> Iterator[None]:
    """Be someone who may drop triggers."""
    triggers.take_down(connection)
    yield
    triggers.put_up(connection)


def plant(sql: str, *values: object) -> None:
    """Change the database behind everyone's back."""
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(sql, list(values))
