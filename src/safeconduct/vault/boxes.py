"""Seals single fields under a key.

AES-256-GCM-SIV, because its nonces are random and it forgives a repeated one: a restored snapshot of a virtual
machine may hand out the same randomness twice, and plain GCM would then give the key away. Fields are small, so
its second pass costs nothing that anyone would notice.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from safeconduct.vault.labels import bound, derived
from safeconduct.vault.padding import padded, unpadded
from safeconduct.vault.values import DoesNotOpen, Place

VERSION = b"\x01"
NONCE_BYTES = 12
TAG_BYTES = 16
OVERHEAD_BYTES = len(VERSION) + NONCE_BYTES + TAG_BYTES


def sealed_under(key: bytes, plain: bytes, place: Place) -> bytes:
    """Return the padded and sealed value, bound to its place and to this programme."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return VERSION + nonce + _cipher(key).encrypt(nonce, padded(plain), _binding(place))


def opened_under(key: bytes, sealed: bytes, place: Place) -> bytes:
    """Return what was sealed under this key at this place, or raise ``DoesNotOpen``."""
    if sealed[:1] != VERSION or len(sealed) <= OVERHEAD_BYTES:
        raise DoesNotOpen
    start = len(VERSION) + NONCE_BYTES
    try:
        framed = _cipher(key).decrypt(sealed[len(VERSION) : start], sealed[start:], _binding(place))
    except InvalidTag:
        raise DoesNotOpen from None
    return unpadded(framed)


def _cipher(key: bytes) -> AESGCMSIV:
    return AESGCMSIV(derived(key, "fields"))


def _binding(place: Place) -> bytes:
    return bound("field", VERSION, place.table, place.row, place.field, place.revision)
