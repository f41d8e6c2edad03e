"""The id under which a published file stands in the audit record: it follows from the file's bytes alone."""

from hashlib import sha256
from uuid import UUID

ID_BYTES = 16


def fingerprint_id(document: bytes) -> UUID:
    """Return 122 bits of the SHA-256 of a file as an id of version 8, so that a proof of the id proves the file."""
    marked = bytearray(sha256(document).digest()[:ID_BYTES])
    marked[6] = marked[6] & 0x0F | 0x80
    marked[8] = marked[8] & 0x3F | 0x80
    return UUID(bytes=bytes(marked))
