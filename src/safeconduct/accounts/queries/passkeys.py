"""One's own passkeys, and what a browser needs to make another."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from safeconduct.accounts import passkeys
from safeconduct.accounts.kept_passkeys import kept_of
from safeconduct.accounts.values import Desk


@dataclass(frozen=True)
class PasskeyView:
    """One passkey as its holder knows it."""

    id: UUID
    name: str
    made_at: datetime


@dataclass(frozen=True)
class Enrolment:
    """What a page hands to the browser to make a passkey."""

    challenge: str = field(repr=False)
    handle: str
    service: str
    known: tuple[str, ...]  # ids of passkeys that are here already: a device does not make a second
    algorithms: tuple[int, ...]


def passkeys_for(desk: Desk) -> tuple[PasskeyView, ...]:
    """Return the passkeys of whoever sits at this desk. Nobody sees another's, nor whether there are any."""
    found = [PasskeyView(row.id, kept.name, row.made_at) for row, kept in kept_of(desk.member_id)]
    return tuple(sorted(found, key=lambda one: one.name.casefold()))


def enrolment_for(desk: Desk, browser: str) -> Enrolment:
    """Return what this browser needs to make a passkey for whoever sits at this desk."""
    return Enrolment(
        challenge=passkeys.new_challenge(passkeys.ENROL, browser),
        handle=passkeys.handle_of(desk.member_id),
        service=passkeys.SERVICE,
        known=tuple(passkeys.as_text(kept.credential.credential_id) for _, kept in kept_of(desk.member_id)),
        algorithms=tuple(one.ALGORITHM for one in passkeys.ALGORITHMS),
    )
