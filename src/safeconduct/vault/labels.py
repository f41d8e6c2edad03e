"""Names what each key and each ciphertext is for, so that nothing made for one purpose serves another."""

from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_BYTES = 32


def bound(purpose: str, *parts: str | int | bytes | UUID) -> bytes:
    """Return purpose, the programme's context word and the parts, each behind its length: no two lists look alike."""
    pieces = [_raw(part) for part in ("safeconduct", settings.SAFECONDUCT_CONTEXT, purpose, *parts)]
    return b"".join(len(piece).to_bytes(4, "big") + piece for piece in pieces)


def derived(secret: bytes, purpose: str, *parts: str | int | bytes | UUID, size_bytes: int = KEY_BYTES) -> bytes:
    """Return a key for one purpose, by HKDF-SHA256. Neither the secret nor another purpose's key follows from it."""
    return HKDF(SHA256(), size_bytes, None, bound(purpose, *parts)).derive(secret)


def derived_id(secret: bytes, purpose: str) -> UUID:
    """Return an id that only a holder of the secret can compute: UUID version 8, never mistaken for a random one."""
    return as_id(derived(secret, purpose, size_bytes=16))


def as_id(raw: bytes) -> UUID:
    """Return sixteen bytes as a UUID of version 8 (RFC 9562: made by the application's own rule)."""
    marked = bytearray(raw)
    marked[6] = marked[6] & 0x0F | 0x80
    marked[8] = marked[8] & 0x3F | 0x80
    return UUID(bytes=bytes(marked))


def _raw(part: str | int | bytes | UUID) -> bytes:
    if isinstance(part, UUID):
        return part.bytes
    if isinstance(part, int):
        return part.to_bytes(8, "big")
    return part.encode() if isinstance(part, str) else part
