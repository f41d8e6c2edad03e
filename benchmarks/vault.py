"""The vault's primitives a second, each against the bare call of ``cryptography`` that it is built on."""

import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey

from benchmarks.figures import Figure, middle
from safeconduct.vault import boxes
from safeconduct.vault.keypairs import SUITE, KeyPair, hpke_seal
from safeconduct.vault.values import Place

BATCH_SECONDS = 0.25
REPEATS = 7
PLAIN = secrets.token_bytes(900)  # about a screen of text; it is padded to 1 kB
PEER = "bare cryptography"
PLACE = Place("benchmark", UUID(int=1), "text", 1)
NONCE = secrets.token_bytes(12)

Call = Callable[[], object]


def measure(_folder: Path) -> Iterator[Figure]:
    """Time ours and the bare call in turn, so that a busy moment meets both."""
    for what, ours, bare in (*_fields(), *_wraps()):
        mine, peer = zip(*((_rate(ours), _rate(bare)) for _ in range(REPEATS)), strict=True)
        yield Figure(
            what, middle(mine), "a second", middle([one / other for one, other in zip(mine, peer, strict=True)]), PEER
        )


def _fields() -> list[tuple[str, Call, Call]]:
    key = secrets.token_bytes(32)
    sealed, bare = (
        boxes.sealed_under(key, PLAIN, PLACE),
        AESGCMSIV(key).encrypt(NONCE, PLAIN.ljust(1024, b"\0"), b"place"),
    )
    return [
        (
            "seal a field of 1 kB",
            lambda: boxes.sealed_under(key, PLAIN, PLACE),
            lambda: AESGCMSIV(key).encrypt(NONCE, PLAIN.ljust(1024, b"\0"), b"place"),
        ),
        (
            "open a field of 1 kB",
            lambda: boxes.opened_under(key, sealed, PLACE),
            lambda: AESGCMSIV(key).decrypt(NONCE, bare, b"place"),
        ),
    ]


def _wraps() -> list[tuple[str, Call, Call]]:
    key, pair = secrets.token_bytes(32), KeyPair.from_seed(secrets.token_bytes(32))
    lattice, curve = MLKEM768PrivateKey.generate(), X25519PrivateKey.generate()
    private = MLKEM768X25519PrivateKey(lattice, curve)
    public = MLKEM768X25519PublicKey(lattice.public_key(), curve.public_key())
    wrapped, bare = hpke_seal(pair.public_key, key, b"info"), SUITE.encrypt(key, public, b"info")
    return [
        (
            "wrap a key",
            lambda: hpke_seal(pair.public_key, key, b"info"),
            lambda: SUITE.encrypt(key, public, b"info"),
        ),
        (
            "unwrap a key",
            lambda: pair.open(wrapped, b"info"),
            lambda: SUITE.decrypt(bare, private, b"info"),
        ),
    ]


def _rate(call: Call) -> float:
    done, begun = 0, time.perf_counter()
    while (spent := time.perf_counter() - begun) < BATCH_SECONDS:
        for _ in range(10):
            call()
        done += 10
    return done / spent
