"""For whom backups are sealed: a public key in the data folder, whose private half is on three paper cards only.

It lies outside the database, so that whoever can write there alone cannot have backups sealed to a key of their own.
"""

import base64
import json
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from safeconduct.audit import services as audit
from safeconduct.kernel import clock
from safeconduct.kernel.actors import Actor
from safeconduct.kernel.errors import Refused, Unavailable
from safeconduct.kernel.ids import new_id
from safeconduct.kernel.keyfile import replace_file
from safeconduct.vault import cards, keypairs
from safeconduct.vault.labels import KEY_BYTES

FILE = "backup-recipient.json"


@dataclass(frozen=True)
class BackupRecipient:
    """The set of cards that opens backups made from now on."""

    id: UUID
    public_key: bytes
    made_on: date


def recipient_file() -> Path:
    """Return where the public key lies."""
    return Path(settings.DATA) / "keys" / FILE


def present_recipient() -> BackupRecipient:
    """Return for whom backups are sealed now, or say that there is nobody yet."""
    try:
        said = json.loads(recipient_file().read_text("utf-8"))[settings.SAFECONDUCT_CONTEXT]
        public = base64.b64decode(said["public_key"], validate=True)
        return BackupRecipient(UUID(said["id"]), public, date.fromisoformat(said["made_on"]))
    except FileNotFoundError as fault:
        sentence = "No cards open backups yet, so none is made. Make them first: safeconduct backup cards"
        raise Refused("backup.no-cards", sentence) from fault
    except (OSError, ValueError, KeyError, TypeError) as fault:
        sentence = f"The file {recipient_file()} cannot be read. Put back your copy, or make new cards."
        raise Unavailable("backup.recipient-unreadable", sentence) from fault


def new_cards(*, by: Actor, agreed: Actor) -> tuple[UUID, tuple[str, str, str]]:
    """Return three cards that open every backup from now on. Show each once; earlier backups need earlier cards."""
    seed, made = secrets.token_bytes(KEY_BYTES), new_id()
    printed = cards.split(seed)
    said = {
        "id": str(made),
        "public_key": base64.b64encode(keypairs.public_key(seed)).decode(),
        "made_on": clock.now().date().isoformat(),
    }
    content = {settings.SAFECONDUCT_CONTEXT: said}
    with transaction.atomic():
        audit.record(agreed, "backup.cards-agreed", made)
        audit.record(by, "backup.cards-made", made)
        replace_file(recipient_file(), json.dumps(content, indent=1).encode())
    return made, printed
