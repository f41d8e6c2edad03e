"""Sessions: the cookie holds 32 random bytes, the row holds the secret sealed under them; neither alone opens."""

import binascii
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.db import InternalError, OperationalError, transaction
from django.db.models import Q

from safeconduct.accounts import desks
from safeconduct.accounts.models import Member, Session, SpentChallenge
from safeconduct.accounts.rules import IDLE, LONGEST_SESSION, session_is_over
from safeconduct.accounts.values import Desk, MemberKind, NewSession, WayIn
from safeconduct.kernel import clock
from safeconduct.kernel.actors import Actor, ActorKind
from safeconduct.kernel.ids import new_id
from safeconduct.vault import boxes
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.labels import derived
from safeconduct.vault.values import DoesNotOpen, Place, ReporterKey

REPORTER = "reporter"
JOINING = "joining"
INTRODUCED = "introduced"
_AT_A_DESK = frozenset(kind.value for kind in MemberKind)
COOKIE_BYTES = 32
ID_BYTES = 16


def open_desk(member: Member, seed: bytes) -> NewSession:
    """Start a member's session around the seed that their passphrase opened."""
    return _open(member.kind, member.id, seed, LONGEST_SESSION)


def open_way_in(report_id: UUID, key: ReporterKey, lasts: timedelta) -> str:
    """Return the cookie of a reporter whose code opened their report."""
    return _open(REPORTER, report_id, key.recipient_id.bytes + key.key, lasts).cookie


def open_joining(member_id: UUID, second_factor_secret: str, lasts: timedelta) -> NewSession:
    """Start the few minutes in which someone who accepted an invitation may look at their second factor's picture."""
    return _open(JOINING, member_id, second_factor_secret.encode(), lasts)


def open_introduction(said: str, lasts: timedelta) -> NewSession:
    """Start the few minutes in which someone whom a provider introduced may unlock, or link, who they are here."""
    return _open(INTRODUCED, new_id(), said.encode(), lasts)


def _open(kind: str, holder_id: UUID, secret: bytes, lasts: timedelta) -> NewSession:
    cookie = secrets.token_bytes(COOKIE_BYTES)
    now = clock.this_minute()
    row = Session(id=new_id(), tag=_tag(cookie), kind=kind, holder_id=holder_id, made_at=now, seen_at=now)
    row.ends_at = now + min(lasts, LONGEST_SESSION)
    row.sealed_secret = boxes.sealed_under(_key(cookie, row), secret, _place(row.id))
    with transaction.atomic():
        row.save()
    return NewSession(urlsafe_b64encode(cookie).decode(), row.ends_at)


def session_from(cookie: str) -> Desk | WayIn | None:
    """Return what a cookie opens now, or None when it opens nothing, whatever the reason."""
    found = _found(cookie)
    if found is None:
        return None
    row, secret = found
    if row.kind == REPORTER:
        return _way_in(row.holder_id, UUID(bytes=secret[:ID_BYTES]), secret[ID_BYTES:])
    return _desk(row, secret) if row.kind in _AT_A_DESK else None


def joining_secret(cookie: str) -> tuple[UUID, str] | None:
    """Return whose second factor is being set up, and its secret, while that may still be looked at."""
    found = _found(cookie)
    if found is None or found[0].kind != JOINING:
        return None
    return found[0].holder_id, found[1].decode()


def introduction_said(cookie: str) -> str | None:
    """Return what a provider said of whoever holds this cookie, while that still counts."""
    found = _found(cookie)
    return found[1].decode() if found and found[0].kind == INTRODUCED else None


def _found(cookie: str) -> tuple[Session, bytes] | None:
    held = _bytes_of(cookie)
    row = Session.objects.filter(tag=_tag(held)).first() if held else None
    if held is None or row is None:
        return None
    if session_is_over(now=clock.now(), seen_at=row.seen_at, ends_at=row.ends_at):
        with transaction.atomic():
            row.delete()
        return None
    _seen(row)
    try:
        return row, boxes.opened_under(_key(held, row), bytes(row.sealed_secret), _place(row.id))
    except DoesNotOpen:
        return None


def _seen(row: Session) -> None:
    # One write a minute at most; the row keeps no finer time.
    if row.seen_at < (now := clock.this_minute()):
        # While nothing can be written people must still read. A session that is not seen only ends the sooner.
        with suppress(OperationalError, InternalError), transaction.atomic():
            Session.objects.filter(id=row.id).update(seen_at=now)


def _desk(row: Session, seed: bytes) -> Desk | None:
    if desk := desks.desk_for(row.holder_id, seed):
        desk.session_id = row.id
    return desk


def _way_in(report_id: UUID, recipient_id: UUID, key: bytes) -> WayIn:
    ring = Keyring(Actor(ActorKind.REPORTER, report_id), {recipient_id: key})
    return WayIn(holder_id=report_id, secret=key, ring=ring)


@transaction.atomic
def end_session(cookie: str) -> None:
    """Make a cookie open nothing from now on."""
    if held := _bytes_of(cookie):
        Session.objects.filter(tag=_tag(held)).delete()


@transaction.atomic
def end_sessions_of(holder_id: UUID) -> int:
    """End every session of a member or a report, and return how many there were."""
    return Session.objects.filter(holder_id=holder_id).delete()[0]


@transaction.atomic
def forget_old_sessions() -> int:
    """Delete the rows of sessions, and of passkeys' challenges, that are over; return how many sessions there were.

    A job calls this; a late one opens nothing either way.
    """
    now = clock.now()
    SpentChallenge.objects.filter(ends_at__lte=now).delete()
    return Session.objects.filter(Q(ends_at__lte=now) | Q(seen_at__lte=now - IDLE)).delete()[0]


def _bytes_of(cookie: str) -> bytes | None:
    try:
        held = urlsafe_b64decode(cookie.encode("ascii"))
    except (UnicodeEncodeError, binascii.Error, ValueError):
        return None
    return held if len(held) == COOKIE_BYTES else None


def _tag(cookie: bytes) -> bytes:
    return derived(cookie, "accounts: session tag")


def _key(cookie: bytes, row: Session) -> bytes:
    # Bound to its holder: someone who can write to the database cannot turn their own session into a colleague's.
    return derived(cookie, "accounts: session key", row.kind, row.holder_id)


def _place(row_id: UUID) -> Place:
    return Place("accounts_session", row_id, "sealed_secret")
