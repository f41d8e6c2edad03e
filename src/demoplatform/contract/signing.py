"""Checking the signature of a question and signing the answer (RFC 9421, Ed25519)."""

import sqlite3
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from http_message_signatures import (
    HTTPMessageSignaturesException,
    HTTPMessageSigner,
    HTTPMessageVerifier,
    MappingKeyResolver,
)
from http_message_signatures.algorithms import ED25519
from werkzeug.wrappers import Request, Response

TAG = "safeconduct-v1"
COVERED = ("@method", "@target-uri", "content-type", "content-digest")
COVERED_IN_ANSWERS = ("@status", "content-type", "content-digest", '"signature";req;key="safeconduct"')
LASTS = timedelta(seconds=60)
LONGEST_LIFE_SECONDS = 300


@dataclass(frozen=True)
class Keys:
    """Whose questions are believed, and what answers are signed with."""

    verify_key: Ed25519PublicKey
    signing_key: Ed25519PrivateKey = field(repr=False)
    verify_key_id: str = "safeconduct-1"
    signing_key_id: str = "platform-1"


class BadSignatureError(Exception):
    """The question was not signed by the key we know, or not in time."""


class ReplayedError(Exception):
    """The question was asked before."""


@dataclass
class _Message:
    """A request as the signature library wants it."""

    method: str
    url: str
    headers: dict[str, str]


@dataclass
class _Reply:
    """An answer as the signature library wants it."""

    status_code: int
    headers: dict[str, str]
    request: _Message


def check(request: Request, body: bytes, *, keys: Keys, db: sqlite3.Connection) -> None:
    """Refuse a question that is not signed, not in time, or not new."""
    verifier = HTTPMessageVerifier(
        signature_algorithm=ED25519,
        key_resolver=MappingKeyResolver(public_keys={keys.verify_key_id: keys.verify_key}, private_keys={}),
    )
    must_cover = (*COVERED, "idempotency-key") if "Idempotency-Key" in request.headers else COVERED
    try:
        found = verifier.verify(
            _message(request), max_age=LASTS, expect_tag=TAG, require_components=must_cover, body=body
        )
    except HTTPMessageSignaturesException as fault:
        raise BadSignatureError from fault
    if len(found) != 1:
        raise BadSignatureError
    _use_once(db, found[0].parameters)


def _use_once(db: sqlite3.Connection, parameters: dict[str, int | str]) -> None:
    nonce, created, expires = (parameters.get(name) for name in ("nonce", "created", "expires"))
    if not isinstance(nonce, str) or not isinstance(created, int) or not isinstance(expires, int):
        raise BadSignatureError
    if not created < expires <= created + LONGEST_LIFE_SECONDS:
        raise BadSignatureError
    db.execute("DELETE FROM nonce WHERE until < ?", (time.time() - LONGEST_LIFE_SECONDS,))
    try:
        db.execute("INSERT INTO nonce VALUES (?, ?)", (nonce, float(expires)))
    except sqlite3.IntegrityError as fault:
        raise ReplayedError from fault


def sign(response: Response, request: Request, *, keys: Keys) -> None:
    """Sign an answer for this question only: our signature covers the question's own, if it has one."""
    signer = HTTPMessageSigner(
        signature_algorithm=ED25519,
        key_resolver=MappingKeyResolver(public_keys={}, private_keys={keys.signing_key_id: keys.signing_key}),
    )
    reply = _Reply(response.status_code, dict(response.headers), _message(request))
    with suppress(HTTPMessageSignaturesException):
        _sign(signer, reply, response.get_data(), keys=keys)
        response.headers.update(reply.headers)


def _sign(signer: HTTPMessageSigner, reply: _Reply, body: bytes, *, keys: Keys) -> None:
    created = datetime.fromtimestamp(int(time.time()), UTC)
    signer.sign(
        reply,
        key_id=keys.signing_key_id,
        created=created,
        expires=created + LASTS,
        label="platform",
        tag=TAG,
        covered_component_ids=COVERED_IN_ANSWERS,
        body=body,
    )


def _message(request: Request) -> _Message:
    address = f"{request.scheme}://{request.host}{request.environ['PATH_INFO']}"
    return _Message(request.method, address, dict(request.headers))
