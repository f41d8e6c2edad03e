"""Signing in: the second factor first, because it is cheap; then one slow hash; one refusal for every wrong part."""

import time
from functools import cache
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from safeconduct.accounts import desks, keys, patience, second_factor
from safeconduct.accounts.models import KeyPair, Member
from safeconduct.accounts.passkeys import PasskeyAnswer
from safeconduct.accounts.rules import LONGEST_PASSPHRASE, sign_in_word
from safeconduct.accounts.services import passkeys, sessions, teams
from safeconduct.accounts.values import NewSession
from safeconduct.audit import services as audit
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed
from safeconduct.kernel.ids import new_id
from safeconduct.vault.values import DoesNotOpen

WRONG = (
    "This name, these words and this second factor do not belong together. "
    "Each code works once: if yours was used before, wait for the next one."
)


def sign_in(name: str, passphrase: str, proof: str | PasskeyAnswer, *, in_person: bool = False) -> NewSession:
    """Let someone in who has all three parts; the proof is a code of their app or an answer of their passkey.

    A right code is never refused for other people's wrong ones, so nobody can lock a colleague out; a wrong code
    costs no slow hash, so a flood of them costs little. Whoever comes in through a provider is a stranger here, unless
    they are there ``in_person``: at the operator's machine, or at a colleague's screen for one act.
    """
    started = time.monotonic()
    return let_in_or_refuse(proved(_named(name, in_person=in_person), proof), passphrase, started)


def let_in_or_refuse(member: Member | None, passphrase: str, started: float) -> NewSession:
    """Let a member in whose second factor was right, if these are their words; else refuse, in the same time."""
    seed = _opened(member, passphrase) if member else None
    if member is None or seed is None:
        patience.wait_out(started)
        raise NotAllowed("sign-in.wrong", WRONG)
    return let_in(member, seed)


def refuse_wrong_code(name: str, code: str) -> None:
    """Raise what ``sign_in`` raises for a code that is none of this name's now, in the same time. Changes nothing."""
    started = time.monotonic()
    if _holder_and_step(_asked_fast(name), code) is None:
        patience.wait_out(started)
        raise NotAllowed("sign-in.wrong", WRONG)


def proved(named: "QuerySet[Member]", proof: str | PasskeyAnswer) -> Member | None:
    """Return the one member named, if the proof is theirs, and use it up."""
    return _through_passkey(named, proof) if isinstance(proof, PasskeyAnswer) else _through_code(named, proof)


def _through_code(named: "QuerySet[Member]", code: str) -> Member | None:
    fitting = _holder_and_step(next(iter(named.values_list("id", "sealed_second_factor")), None), code)
    if fitting is None:
        return None
    holder, step = fitting
    # Compare and set in one statement: of two requests with the same code, one is let on.
    # A last code from further ahead than any that fits was typed while the clock ran ahead: it must keep nobody out.
    unused = Q(last_step__lt=step) | Q(last_step__gt=step + 2 * second_factor.DRIFT_STEPS)
    fresh = Member.objects.filter(unused, id=holder).update(last_step=step)
    return Member.objects.get(id=holder) if fresh else None


def _holder_and_step(found: tuple[UUID, bytes | memoryview] | None, code: str) -> tuple[UUID, int] | None:
    known = found is not None and bool(found[1])
    holder, sealed = (found[0], bytes(found[1])) if found and known else _nobody()
    step = _step(holder, sealed, code)
    return (holder, step) if known and step is not None else None


def _asked_fast(name: str) -> tuple[UUID, bytes | memoryview] | None:
    # The statement is made once: a flood of wrong codes comes as far as this, and a reporter waits behind it.
    with connection.cursor() as cursor:
        cursor.execute(_question(connection.vendor), [sign_in_word(name)])
        found = cursor.fetchone()
    return (UUID(str(found[0])), found[1]) if found else None


@cache
def _question(_vendor: str) -> str:
    wanted = _named("anybody", in_person=False).values_list("id", "sealed_second_factor")
    statement, parameters = wanted.query.sql_with_params()
    if parameters != ("anybody",):
        raise ValueError("The name must be all that this statement is asked with.")
    return statement


def _through_passkey(named: "QuerySet[Member]", answer: PasskeyAnswer) -> Member | None:
    holder = next(iter(named.values_list("id", flat=True)), None)
    # A name that nobody has asks the same of the database and of the processor as one that somebody has.
    proved = passkeys.holder_through(holder or _nobody()[0], answer)
    return Member.objects.get(id=holder) if holder and proved else None


def _named(name: str, *, in_person: bool) -> "QuerySet[Member]":
    found = Member.objects.filter(sign_in_name=sign_in_word(name), removed_at__isnull=True)
    return found if in_person else found.filter(provider_link__isnull=True)


def _step(holder: UUID, sealed: bytes, code: str) -> int | None:
    try:
        return second_factor.step_of(second_factor.opened(holder, sealed), code)
    except DoesNotOpen:
        return None


@cache
def _nobody() -> tuple[UUID, bytes]:
    """Return a second factor that nobody has: an unknown name must cost what a known one costs."""
    holder = new_id()
    return holder, second_factor.sealed(holder, second_factor.new_secret())


def _opened(member: Member, passphrase: str) -> bytes | None:
    kek = keys.kek_of(member, passphrase[:LONGEST_PASSPHRASE])
    if kek is None:
        # The second factor was right: someone may hold a colleague's phone. That is worth an entry.
        with transaction.atomic():
            audit.record(desks.actor_of(member), "member.passphrase-refused", member.id)
        return None
    return keys.opened_seed(KeyPair.objects.get(member=member, superseded_at__isnull=True), kek)


@transaction.atomic
def let_in(member: Member, seed: bytes) -> NewSession:
    """Open a session around an opened seed, and serve colleagues who wait for keys that this member holds."""
    if member.confirmed_at is None:
        Member.objects.filter(id=member.id).update(confirmed_at=clock.this_minute())
        member.invitations.all().delete()
    audit.record(desks.actor_of(member), "member.signed-in", member.id)
    if desk := desks.desk_for(member.id, seed):
        teams.share_team_keys(by=desk)
    return sessions.open_desk(member, seed)
