"""Ending one's own sessions from another: one of them, or all but the one in use."""

from uuid import UUID

from django.db import transaction

from safeconduct.accounts import desks, keys
from safeconduct.accounts.models import Member, Session
from safeconduct.accounts.rules import LONGEST_PASSPHRASE
from safeconduct.accounts.values import Desk
from safeconduct.audit import services as audit
from safeconduct.kernel.errors import Refused

NOT_YOUR_WORDS = "These are not your six words. No session was ended; type them again."


def end_own_session(session_id: UUID, *, passphrase: str, by: Desk) -> None:
    """End one session of whoever sits at this desk. Somebody else's is refused like one that is over."""
    _check_words(passphrase, by)
    _end_one(session_id, by)


def end_other_sessions(*, passphrase: str, by: Desk) -> None:
    """End every session of whoever sits at this desk but the one they sit at."""
    _check_words(passphrase, by)
    _end_others(by)


def _check_words(passphrase: str, by: Desk) -> None:
    # A session that was taken must not throw out whom it was taken from. The slow hash comes before the transaction.
    if keys.kek_of(Member.objects.get(id=by.member_id), passphrase[:LONGEST_PASSPHRASE]) is None:
        raise Refused("session.words", NOT_YOUR_WORDS)


@transaction.atomic
def _end_one(session_id: UUID, by: Desk) -> None:
    member = Member.objects.select_for_update().get(id=by.member_id)
    ended, _ = Session.objects.filter(id=session_id, holder_id=member.id).delete()
    if not ended:
        raise Refused("session.over", "This session is over already.")
    audit.record(desks.own_actor(by), "member.session-ended", member.id)


@transaction.atomic
def _end_others(by: Desk) -> None:
    member = Member.objects.select_for_update().get(id=by.member_id)
    # Of any kind: the minutes in which a second factor may still be looked at end too.
    others = Session.objects.filter(holder_id=member.id)
    if by.session_id:
        others = others.exclude(id=by.session_id)
    if others.delete()[0]:
        audit.record(desks.own_actor(by), "member.other-sessions-ended", member.id)
