"""Opaque identifiers: random, never counted, never derived from what they name."""

from uuid import UUID, uuid4


def new_id() -> UUID:
    """Return 122 random bits (UUID version 4, RFC 9562)."""
    return uuid4()
