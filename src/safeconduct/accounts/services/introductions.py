"""Coming in through an identity provider: it says who somebody is, and their own six words still unlock their keys."""

import json
import time
from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from safeconduct.accounts import desks, keys, second_factor
from safeconduct.accounts.models import Member, ProviderLink
from safeconduct.accounts.passkeys import PasskeyAnswer
from safeconduct.accounts.rules import LONGEST_PASSPHRASE
from safeconduct.accounts.services import sessions, sign_in
from safeconduct.accounts.services.taken_away import LINKS
from safeconduct.accounts.values import Desk, Introduction, MemberKind, NewSession, Role, ToUnlock
from safeconduct.audit import services as audit
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.vault import owed
from safeconduct.vault.labels import derived

LASTS = timedelta(minutes=10)
NOT_YOUR_WORDS = "These are not your six words. Nothing was linked; type them again."
LINKED_ALREADY = "This account at the provider, or you, is linked already. A lead can end that link first."


def greet(introduction: Introduction) -> NewSession:
    """Open the few minutes in which somebody who is linked may unlock. An unknown subject makes nobody."""
    if _member(introduction) is None:
        raise NotAllowed("provider.not-introduced", "There is nothing here for you.")
    return keep_introduction(introduction)


def keep_introduction(introduction: Introduction) -> NewSession:
    """Keep an introduction, sealed under the cookie that is returned, until it is used or ten minutes are over."""
    return sessions.open_introduction(_written(introduction), LASTS)


def introduction_in(cookie: str) -> Introduction | None:
    """Return whom a cookie introduces, or None."""
    said = sessions.introduction_said(cookie)
    return _read(said) if said else None


def to_unlock(cookie: str) -> ToUnlock | None:
    """Return who stands before the lock, and whether our own second factor is asked of them."""
    introduction = introduction_in(cookie)
    member = _member(introduction) if introduction else None
    if introduction is None or member is None:
        return None
    return ToUnlock(member.sign_in_name, needs_code=not introduction.second_factor)


def unlock(cookie: str, passphrase: str, proof: str | PasskeyAnswer) -> NewSession:
    """Let somebody introduced in with their six words, and with our second factor where the provider showed none.

    An introduction is good for one try, so guessing words costs a walk through the provider each time.
    """
    started = time.monotonic()
    introduction = introduction_in(cookie)
    member = _member(introduction) if introduction else None
    if member is not None and introduction is not None and not introduction.second_factor:
        member = sign_in.proved(Member.objects.filter(id=member.id), proof)
    try:
        made = sign_in.let_in_or_refuse(member, passphrase, started)
    except NotAllowed:
        sessions.end_session(cookie)
        raise
    sessions.end_session(cookie)
    return made


def link_provider(cookie: str, *, passphrase: str, by: Desk) -> None:
    """Let whoever sits at this desk come in through the provider that introduced them, and no other way.

    The six words are asked again, so that a session left open, or taken, links nobody. That spends a slow hash, so it
    comes before the transaction.
    """
    introduction = introduction_in(cookie)
    if introduction is None or by.kind not in introduction.serves:
        raise NotAllowed
    if keys.kek_of(Member.objects.get(id=by.member_id), passphrase[:LONGEST_PASSPHRASE]) is None:
        raise Refused("provider.words", NOT_YOUR_WORDS)
    _link(introduction, by)
    sessions.end_session(cookie)


def _link(introduction: Introduction, by: Desk) -> None:
    row = ProviderLink(member_id=by.member_id, provider=introduction.provider, made_at=clock.this_minute())
    row.mark = _mark(introduction)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            audit.record(desks.own_actor(by), "member.provider-linked", by.member_id)
    except IntegrityError:
        raise Refused("provider.linked", LINKED_ALREADY) from None


@transaction.atomic
def unlink_provider(member_id: UUID, *, by: Desk) -> None:
    """Let a colleague come in by name, words and code again, for a provider that is away or was left."""
    by.must(Role.LEAD)
    found = ProviderLink.objects.select_for_update().filter(member=member_id).first()
    if found is None:
        raise Refused("provider.not-linked", "They come in by name, words and code already. Nothing was changed.")
    owed.note_later(LINKS, found.id)
    found.delete()
    audit.record(desks.own_actor(by), "member.provider-unlinked", member_id)


def _member(introduction: Introduction) -> Member | None:
    linked = ProviderLink.objects.filter(mark=_mark(introduction), provider=introduction.provider)
    kinds = [kind.value for kind in introduction.serves]
    return Member.objects.filter(provider_link__in=linked, kind__in=kinds, removed_at__isnull=True).first()


def _mark(introduction: Introduction) -> bytes:
    # Under the key file, because subjects may be short numbers or addresses that somebody could try one by one.
    parts = (introduction.issuer, introduction.subject)
    return derived(second_factor.server_key(), "accounts: provider subject", *parts)


def _written(introduction: Introduction) -> str:
    return json.dumps(asdict(introduction) | {"serves": sorted(introduction.serves)})


def _read(said: str) -> Introduction:
    kept = json.loads(said)
    return Introduction(**kept | {"serves": frozenset(MemberKind(kind) for kind in kept["serves"])})
