"""A member's passkeys: adding and removing one's own, and the way through the door with one."""

from uuid import UUID

from django.db import IntegrityError, transaction

from safeconduct.accounts import desks, keys, passkeys
from safeconduct.accounts.kept_passkeys import opened, sealed
from safeconduct.accounts.models import Member, Passkey, SpentChallenge
from safeconduct.accounts.passkeys import PasskeyAnswer, Shown
from safeconduct.accounts.rules import LONGEST_PASSPHRASE
from safeconduct.accounts.services.taken_away import PASSKEYS
from safeconduct.accounts.values import Desk
from safeconduct.audit import services as audit
from safeconduct.kernel import clock
from safeconduct.kernel.errors import NotAllowed, Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault import owed
from safeconduct.vault.values import DoesNotOpen

MOST = 10
LONGEST_NAME = 40
NOT_YOUR_WORDS = "These are not your six words. No passkey was added; type them again."
NOT_ADDED = "This passkey was not added. Load the page again and try once more."


def add_passkey(name: str, given: PasskeyAnswer, *, passphrase: str, by: Desk) -> None:
    """Let a passkey that was just made open the door for whoever sits at this desk.

    The six words are asked again, so that a session left open, or taken, adds no second factor that stays. That spends
    a slow hash, so it comes before the transaction.
    """
    if keys.kek_of(Member.objects.get(id=by.member_id), passphrase[:LONGEST_PASSPHRASE]) is None:
        raise Refused("passkey.words", NOT_YOUR_WORDS)
    _add(name, given, by)


@transaction.atomic
def _add(name: str, given: PasskeyAnswer, by: Desk) -> None:
    member = Member.objects.select_for_update().get(id=by.member_id)
    made = passkeys.enrolled(given, " ".join(name.split())[:LONGEST_NAME])
    if made is None or not _spend(made[1]):
        raise Refused("passkey.not-added", NOT_ADDED)
    if member.passkeys.count() >= MOST:
        raise Refused("passkey.too-many", f"{MOST} passkeys are kept at most. Remove one that you no longer use.")
    kept = made[0]
    mark = passkeys.mark_of(member.id, kept.credential.credential_id)
    if member.passkeys.filter(mark=mark).exists():
        raise Refused("passkey.known", "This passkey is here already. Use another device or another key.")
    row = Passkey(id=new_id(), member=member, mark=mark, made_at=clock.this_minute())
    row.sealed = sealed(row, kept)
    row.save()
    audit.record(desks.own_actor(by), "member.passkey-added", member.id)


@transaction.atomic
def remove_passkey(passkey_id: UUID, *, by: Desk) -> None:
    """Let one's own passkey open the door no longer. Nobody takes away their last second factor."""
    member = Member.objects.select_for_update().get(id=by.member_id)
    row = member.passkeys.filter(id=passkey_id).first()
    if row is None:
        raise NotAllowed
    if not member.sealed_second_factor and member.passkeys.count() == 1:
        sentence = "This is your last second factor. Without one you could not sign in; ask a lead for a new way in."
        raise Refused("passkey.last", sentence)
    row.delete()
    audit.record(desks.own_actor(by), "member.passkey-removed", member.id)
    owed.note_later(PASSKEYS, passkey_id)


def holder_through(holder_id: UUID, given: PasskeyAnswer) -> bool:
    """Say whether a passkey of this member answered, and use its challenge up.

    A wrong one costs the same whether the member exists, has passkeys, or neither.
    """
    seen = passkeys.shown(given)
    row = _row(holder_id, seen) if seen else None
    if seen is None or not _answers(row, seen):
        return False
    return row is not None and _spend(seen.challenge) and _counted(row, seen)


def _row(holder_id: UUID, seen: Shown) -> Passkey | None:
    return Passkey.objects.filter(member_id=holder_id, mark=passkeys.mark_of(holder_id, seen.answer.raw_id)).first()


def _answers(row: Passkey | None, seen: Shown) -> bool:
    try:
        kept = opened(row) if row else passkeys.nobodys(seen)
    except DoesNotOpen:
        return False
    return passkeys.proves(seen, kept)


def _spend(challenge: bytes) -> bool:
    """Use a challenge up; of two requests with the same one, one is let on."""
    try:
        with transaction.atomic():
            SpentChallenge.objects.create(mark=passkeys.spent_mark(challenge), ends_at=passkeys.ends_at(challenge))
    except IntegrityError:
        return False
    return True


def _counted(row: Passkey, seen: Shown) -> bool:
    kept = opened(row)._replace(sign_count=passkeys.sign_count(seen))
    # Compare and set in one statement: two answers at once, of a key and of its copy, do not both count.
    same = Passkey.objects.filter(id=row.id, sealed=bytes(row.sealed))
    return bool(same.update(sealed=sealed(row, kept)))
