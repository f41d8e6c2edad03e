"""Key pairs and wrapping: HPKE (RFC 9180) with the hybrid of ML-KEM-768 and X25519.

Both halves must fall before a wrapped key does: X25519 guards against a flaw in the young lattice scheme, ML-KEM
against those who record today what a quantum computer may open later. One suite, named by the first byte.
"""

from typing import Self
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from safeconduct.vault.hidden import Hidden
from safeconduct.vault.labels import KEY_BYTES, bound, derived, derived_id
from safeconduct.vault.values import DoesNotOpen

VERSION = b"\x01"
# ChaCha20-Poly1305, because it takes the same time on processors that have no instructions for AES.
SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
MLKEM_SEED_BYTES = 64
MLKEM_PUBLIC_BYTES = 1184
PUBLIC_KEY_BYTES = len(VERSION) + MLKEM_PUBLIC_BYTES + KEY_BYTES


class KeyPair(Hidden):
    """A private key in memory, made from its 32-byte seed, with its public half."""

    __slots__ = ("_private", "public_key")

    def __init__(self, private: MLKEM768X25519PrivateKey, public_key: bytes) -> None:
        self._private = private
        self.public_key = public_key

    @classmethod
    def from_seed(cls, seed: bytes) -> Self:
        """Return the key pair that this seed gives in this programme, and in no other."""
        if len(seed) != KEY_BYTES:
            raise ValueError("A seed has 32 bytes.")
        lattice = MLKEM768PrivateKey.from_seed_bytes(derived(seed, "key pair: ML-KEM-768", size_bytes=MLKEM_SEED_BYTES))
        curve = X25519PrivateKey.from_private_bytes(derived(seed, "key pair: X25519"))
        public = VERSION + lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()
        return cls(MLKEM768X25519PrivateKey(lattice, curve), public)

    def open(self, sealed: bytes, info: bytes) -> bytes:
        """Return what was sealed to this key for this very ``info``, or raise ``DoesNotOpen``."""
        if sealed[:1] != VERSION:
            raise DoesNotOpen
        try:
            return SUITE.decrypt(sealed[1:], self._private, bound("hpke", VERSION, info))
        except (InvalidTag, ValueError):
            raise DoesNotOpen from None


def public_key(seed: bytes) -> bytes:
    """Return the public key that others wrap to."""
    return KeyPair.from_seed(seed).public_key


def blind_id(seed: bytes) -> UUID:
    """Return the recipient id that only holders of the seed can compute: a stolen table does not say who they are."""
    return derived_id(seed, "hint")


def hpke_seal(public_key: bytes, plain: bytes, info: bytes) -> bytes:
    """Seal to a public key. ``info`` says what for; the programme's context is added here."""
    return VERSION + SUITE.encrypt(plain, _loaded(public_key), bound("hpke", VERSION, info))


def hpke_open(seed: bytes, sealed: bytes, info: bytes) -> bytes:
    """Open what was sealed to the key pair of this seed for this ``info``, or raise ``DoesNotOpen``."""
    return KeyPair.from_seed(seed).open(sealed, info)


def _loaded(public_key: bytes) -> MLKEM768X25519PublicKey:
    if len(public_key) != PUBLIC_KEY_BYTES or public_key[:1] != VERSION:
        raise ValueError("This is not a public key of the suite in use.")
    lattice, curve = public_key[1 : 1 + MLKEM_PUBLIC_BYTES], public_key[1 + MLKEM_PUBLIC_BYTES :]
    return MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(lattice), X25519PublicKey.from_public_bytes(curve)
    )
