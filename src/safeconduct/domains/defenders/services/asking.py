"""Asking for one identity, and taking it back."""

from uuid import UUID

from django.db import transaction

from safeconduct.accounts.values import Desk
from safeconduct.audit import services as audit
from safeconduct.domains.defenders.models import Asking, Identity
from safeconduct.domains.defenders.queries.reach import check_may_ask, identity_called, tie_of
from safeconduct.domains.defenders.rules import OPEN_STAGES, Stage, check_reason, check_waits, lapses_at, to_the_hour
from safeconduct.domains.defenders.services.calling import call_benches
from safeconduct.domains.defenders.services.ending import end
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import Opened, slips


def ask_from(conversation: Opened, reason: str, *, by: Desk) -> UUID:
    """Ask who wrote in a conversation that this member has open."""
    found = tie_of(conversation)
    if found is None:
        raise NotAllowed
    return _ask(found[0].identity_id, reason, by)


def ask_for(pseudonym: str, reason: str, *, by: Desk) -> UUID:
    """Ask who stands behind a pseudonym."""
    check_may_ask(by)
    return _ask(identity_called(pseudonym).id, reason, by)


@transaction.atomic
def _ask(identity_id: UUID, reason: str, by: Desk) -> UUID:
    check_may_ask(by)
    check_reason(reason)
    identity = Identity.objects.select_for_update().get(pk=identity_id)
    _check_not_asked_yet(identity, by)

    now = clock.now()
    made = Asking(identity=identity, asker=by.member_id, stage=Stage.WAITING.value, asked_at=to_the_hour(now))
    made.lapses_at = lapses_at(now)
    made.sealed_reason = slips.put(identity.book, made.id, reason.encode(), public_key=bytes(identity.reasons_key))
    made.save(force_insert=True)
    call_benches(made)

    # By the day: at its minute it would stand beside the case that they read just before.
    with audit.by_the_day():
        audit.record(by.actor, "identity.asked", identity.id)
    return made.id


def _check_not_asked_yet(identity: Identity, by: Desk) -> None:
    for open_one in identity.askings.filter(asker=by.member_id, stage__in=[each.value for each in OPEN_STAGES]):
        if open_one.lapses_at > clock.now():
            raise Refused("asking.open", "You have asked for this one already. Look under Identities how it stands.")
        end(open_one, Stage.LAPSED)


@transaction.atomic
def withdraw(asking_id: UUID, *, by: Desk) -> None:
    """Take an asking back. What was handed over already is destroyed unread."""
    asking = Asking.objects.select_for_update().filter(pk=asking_id, asker=by.member_id).first()
    if asking is None:
        raise NotAllowed
    check_waits(Stage(asking.stage), lapses_at=asking.lapses_at, now=clock.now())

    end(asking, Stage.WITHDRAWN)

    audit.record(by.actor, "identity.asking-withdrawn", asking.identity_id)
