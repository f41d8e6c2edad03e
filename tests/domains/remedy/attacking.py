"""Every way into an appeal, tried by somebody who must find nothing there."""

import secrets
from uuid import UUID

import pytest

from safeconduct.accounts.models import Member
from safeconduct.accounts.values import Desk, Role
from safeconduct.domains.remedy import queries, services
from safeconduct.domains.remedy.models import Appeal
from safeconduct.kernel.errors import NotAllowed
from tests.domains.remedy.making import (
    UPHELD,
    opens,
)

EVERY_VERB = {
    "read": queries.review_for,
    "read as an appellant": lambda appeal_id, desk: queries.appeal_for(appeal_id, desk.ring),
    "take": services.take_appeal,
    "step back": services.step_back,
    "write": lambda appeal_id, desk: services.write_as_reviewer(appeal_id, "Drop it.", desk, key=secrets_id()),
    "write as the appellant": lambda appeal_id, desk: services.write_as_appellant(
        appeal_id, "I withdraw.", ring=desk.ring, key=secrets_id()
    ),
    "decide": lambda appeal_id, desk: services.decide_appeal(appeal_id, UPHELD, desk),
    "confirm": services.confirm_carried_out,
    "a file": lambda appeal_id, desk: queries.file_under_review(appeal_id, secrets_id(), desk),
}


def secrets_id() -> UUID:
    return UUID(bytes=secrets.token_bytes(16), version=4)


def finds_nothing(desk: Desk, appeal_id: UUID) -> None:
    """No list, no verb and no key of this desk reaches an appeal."""
    assert appeal_id not in {row.id for decided in (True, False) for row in queued(desk, decided=decided)}
    for verb in EVERY_VERB.values():
        with pytest.raises(NotAllowed):
            verb(appeal_id, desk)


def queued(desk: Desk, *, decided: bool) -> list:  # type: ignore[type-arg] # rows of the queue
    return queries.queue_for(desk, decided=decided) if desk.may(Role.APPEAL_REVIEWER) else []


def envelopes(appeal_id: UUID) -> tuple[UUID, UUID]:
    row = Appeal.objects.select_related("file").get(pk=appeal_id)
    return row.envelope, row.file.envelope


def no_key(desk: Desk, appeal_id: UUID) -> None:
    assert not any(opens(desk, envelope) for envelope in envelopes(appeal_id))


def write_role_into_the_table(sign_in_name: str, role: Role) -> None:
    """Write a role into the database, as an intruder would."""
    member = Member.objects.get(sign_in_name=sign_in_name)
    member.roles = [*member.roles, role.value]
    member.save(update_fields=["roles"])
