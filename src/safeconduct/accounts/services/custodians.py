"""Whose signatures count: said at the machine itself, because that is where the database's word is not taken."""

from django.db import transaction

from safeconduct.accounts import pins, roster
from safeconduct.accounts.models import Member, SigningKey
from safeconduct.accounts.rules import SIGNATURES_NEEDED, sign_in_word
from safeconduct.accounts.services.taken_away import PINNED, PUT_OUT, UNPINNED, id_of
from safeconduct.audit import services as audit
from safeconduct.kernel.actors import OPERATOR
from safeconduct.kernel.errors import Refused
from safeconduct.vault import ledger, owed


def custodian_fingerprint(sign_in_name: str) -> str:
    """Return the fingerprint of the signing key that someone holds, to be compared by voice before pinning."""
    return roster.fingerprint(bytes(_signing_key(sign_in_name).public_key))


@transaction.atomic
def pin_custodian(sign_in_name: str) -> None:
    """Let this custodian's present key sign. Signatures by their former key go on counting.

    Whoever was unpinned by mistake is pinned again: the ledger tells of both, and the later counts.
    """
    key = _signing_key(sign_in_name)
    audit.record(OPERATOR, "custodian.pinned", key.member_id)
    transaction.on_commit(lambda: pins.pin(key.member_id, bytes(key.public_key)))
    owed.note_later(PINNED, id_of(bytes(key.public_key)))


@transaction.atomic
def unpin_custodian(sign_in_name: str) -> None:
    """Let nothing count that this custodian ever signed: for a key that others may hold."""
    member = Member.objects.filter(sign_in_name=sign_in_word(sign_in_name)).first()
    pinned = pins.kept_pins().custodians
    if member is None or member.id not in pinned:
        raise Refused("custodian.not-pinned", "No custodian of this name is pinned.")
    if len(pinned) <= SIGNATURES_NEEDED:
        raise Refused("custodian.too-few", "Pin another custodian first: with fewer than two, no key is handed out.")
    audit.record(OPERATOR, "custodian.unpinned", member.id)
    transaction.on_commit(lambda: pins.unpin(member.id))
    owed.note_later(UNPINNED, id_of(pinned[member.id]))


def bar_whoever_is_out() -> int:
    """Let nobody who was put out sign anything new, where the pins could not be written then; return how many.

    A round calls it. The database's word is not taken: they are in the ledger, too.
    """
    pinned = pins.kept_pins().custodians
    out = {*Member.objects.filter(id__in=pinned, removed_at__isnull=False).values_list("id", flat=True)}
    gone = out & ledger.named_in(ledger.every_line())[PUT_OUT] if out else out
    for one in gone:
        pins.bar(one, pins.kept_pins().oldest_allowed(one) + 1)
    return len(gone)


def _signing_key(sign_in_name: str) -> SigningKey:
    live = SigningKey.objects.filter(retired_at__isnull=True, member__removed_at__isnull=True)
    key = live.filter(member__sign_in_name=sign_in_word(sign_in_name)).first()
    if key is None:
        raise Refused("custodian.no-key", "Nobody of this name holds a signing key. Invite them as a custodian first.")
    return key
