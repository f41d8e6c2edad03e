"""HTTP message signatures (RFC 9421, Ed25519) on what we send, and the check of those on what comes back."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from http_message_signatures import (
    HTTPMessageSignaturesException,
    HTTPMessageSigner,
    HTTPMessageVerifier,
    MappingKeyResolver,
)
from http_message_signatures.algorithms import ED25519

from safeconduct.connectors.outside import Answer, NoAnswer
from safeconduct.kernel.errors import Unavailable

LABEL = "safeconduct"
TAG = "safeconduct-v1"
LASTS = timedelta(seconds=60)
CLOCKS_MAY_DIFFER = timedelta(seconds=60)
COVERED = ("@method", "@target-uri", "content-type", "content-digest")
# An answer is bound to the very request it answers: its own signature covers ours, nonce included.
COVERED_IN_ANSWERS = ("@status", "content-type", "content-digest", '"signature";req;key="safeconduct"')


@dataclass(frozen=True)
class OurKey:
    """The key this programme signs with, and the id under which a platform knows its public half."""

    id: str
    private: Ed25519PrivateKey = field(repr=False)


TheirKeys = Mapping[str, Ed25519PublicKey]


def sign(request: httpx.Request, *, key: OurKey, covering: tuple[str, ...] = (), age: timedelta = timedelta(0)) -> None:
    """Sign a request in place, body included, for one minute and one use; ``age`` is for tests of the other side."""
    created = _wire_time() - age
    signer = HTTPMessageSigner(
        signature_algorithm=ED25519, key_resolver=MappingKeyResolver(public_keys={}, private_keys={key.id: key.private})
    )
    signer.sign(
        request,
        key_id=key.id,
        created=created,
        expires=created + LASTS,
        nonce=secrets.token_urlsafe(18),
        label=LABEL,
        tag=TAG,
        covered_component_ids=(*COVERED, *covering),
        body=request.content,
        use_existing_digest=False,
    )


def check_answer(answer: Answer, *, keys: TheirKeys) -> None:
    """Refuse an answer that the platform did not sign for this very request. Raises ``NoAnswer``."""
    verifier = HTTPMessageVerifier(
        signature_algorithm=ED25519, key_resolver=MappingKeyResolver(public_keys=keys, private_keys={})
    )
    verifier.max_clock_skew = CLOCKS_MAY_DIFFER
    try:
        verifier.verify(answer, max_age=LASTS, expect_tag=TAG, require_components=COVERED_IN_ANSWERS, body=answer.body)
    except HTTPMessageSignaturesException as fault:
        sentence = "The answer was not signed by the platform for this request. It is not known what was done."
        raise NoAnswer("signature.answer", sentence) from fault


def our_key(path: Path, *, key_id: str) -> OurKey:
    """Read the key we sign with from a PEM file."""
    try:
        key = load_pem_private_key(_content(path), None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as fault:
        raise _wrong_key(path) from fault
    if not isinstance(key, Ed25519PrivateKey):
        raise _wrong_key(path)
    return OurKey(key_id, key)


def their_key(path: Path) -> Ed25519PublicKey:
    """Read a platform's public key from a PEM file."""
    try:
        key = load_pem_public_key(_content(path))
    except (ValueError, UnsupportedAlgorithm) as fault:
        raise _wrong_key(path) from fault
    if not isinstance(key, Ed25519PublicKey):
        raise _wrong_key(path)
    return key


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise Unavailable("key.unreadable", f"The key file {path} cannot be read.") from fault


def _wrong_key(path: Path) -> Unavailable:
    return Unavailable("key.wrong", f"The file {path} does not hold an Ed25519 key in PEM without a passphrase.")


def _wire_time() -> datetime:
    """Return the machine's own time. A drill that turns ``kernel.clock`` must not make real signatures stale."""
    return datetime.fromtimestamp(int(time.time()), UTC)
