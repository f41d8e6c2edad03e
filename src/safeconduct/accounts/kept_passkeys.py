"""Passkeys as rows: sealed under the key file of second factors, each bound to its own row."""

from uuid import UUID

from safeconduct.accounts import passkeys, second_factor
from safeconduct.accounts.models import Passkey
from safeconduct.accounts.passkeys import Kept
from safeconduct.vault.values import DoesNotOpen


def kept_of(member_id: UUID) -> list[tuple[Passkey, Kept]]:
    """Return a member's passkeys, oldest first. One that was tampered with is passed over."""
    found = []
    for row in Passkey.objects.filter(member_id=member_id).order_by("made_at", "id"):
        try:
            found.append((row, opened(row)))
        except DoesNotOpen:
            continue
    return found


def sealed(row: Passkey, kept: Kept) -> bytes:
    """Seal what is kept of a passkey for its row."""
    return second_factor.sealed_passkey(row.id, passkeys.written(kept))


def opened(row: Passkey) -> Kept:
    """Open what ``sealed`` made."""
    return passkeys.read(second_factor.opened_passkey(row.id, bytes(row.sealed)))
