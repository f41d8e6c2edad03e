"""What an entry was committed to, kept beside it sealed for whoever may prove it, and for nobody else.

This room has no key. Whoever records says how to seal, and whoever proves how to open: those who steal both the
database and its folder have neither, and the process that writes need not be able to read back.
"""

import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from safeconduct.audit.bundles import Told, told_from
from safeconduct.audit.leaves import Facts
from safeconduct.audit.models import SealedFacts
from safeconduct.kernel.errors import Refused

SALT_BYTES = 32

Seal = Callable[[UUID, bytes], bytes]
Unseal = Callable[[UUID, bytes], bytes | None]


@dataclass(frozen=True)
class Confided:
    """Facts to commit to; ``seal`` locks what it is given to the entry of this id, for those who may read it."""

    facts: Facts = field(repr=False)
    seal: Seal = field(repr=False)


def keep(entry_id: UUID, confided: Confided) -> str:
    """Keep the facts and a fresh salt under their seal, and return the commitment that the entry holds."""
    told = Told(secrets.token_bytes(SALT_BYTES), confided.facts)
    SealedFacts.objects.create(entry_id=entry_id, sealed=confided.seal(entry_id, told.as_json().encode()))
    return told.commitment


def told_of(commitments: Mapping[UUID, str], unseal: Unseal) -> dict[UUID, Told]:
    """Return, by entry, what ``unseal`` opens and the entry was truly committed to."""
    rows = SealedFacts.objects.filter(entry_id__in=commitments).values_list("entry_id", "sealed")
    found = {entry_id: _told(unseal(entry_id, bytes(sealed))) for entry_id, sealed in rows}
    return {entry_id: told for entry_id, told in found.items() if told and told.commitment == commitments[entry_id]}


def _told(plain: bytes | None) -> Told | None:
    # To a public key anyone can seal anything, who can write to the table; what is no told facts tells nothing.
    try:
        return told_from(plain) if plain is not None else None
    except Refused:
        return None


def forget(entry_ids: Collection[UUID]) -> int:
    """Delete facts and salts, which makes these entries' commitments mute for ever; return how many there were."""
    forgotten, _ = SealedFacts.objects.filter(entry_id__in=entry_ids).delete()
    return forgotten
