"""Marks on wrapped keys: which key they were wrapped to, so that nobody is told of what they can no longer open."""

from hashlib import sha256
from uuid import UUID

from safeconduct.vault.labels import as_id, bound
from safeconduct.vault.values import Recipient


def mark(recipient: Recipient) -> UUID:
    """Return the mark of a recipient with their present key.

    A blind recipient's public key is left out: whoever holds the database could test each organisation's key
    against it. Nothing is lost, for a blind id changes with the key.
    """
    key = b"" if recipient.is_blind else recipient.public_key
    return as_id(sha256(bound("mark", recipient.id, key)).digest()[:16])
