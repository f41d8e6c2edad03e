"""Passkeys (WebAuthn) as a second factor: challenges, and what an authenticator answers to them. No tables here.

Any passkey on the device may answer (the list of wanted ones is empty), so a page never says whose keys it knows. Like
the app's codes they guard the door and are no key material: the server opens what it keeps of them alone.
"""

import json
import secrets
import struct
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from fido2.cose import ES256, RS256, CoseKey, EdDSA
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    RegistrationResponse,
)

from safeconduct.accounts import second_factor
from safeconduct.kernel import clock
from safeconduct.vault.hidden import same
from safeconduct.vault.labels import derived

SERVICE = "Desk"  # what a phone shows; it says nothing, in case the phone is seen
ALGORITHMS: tuple[type[CoseKey], ...] = (ES256, EdDSA, RS256)
CHALLENGE_LASTS = timedelta(hours=1)
LONGEST_ANSWER = 8_000
RANDOM_BYTES, TIME_BYTES = 16, 8
SIGN_IN, ENROL = "sign-in", "enrol"

# Whatever a stranger sends instead of an answer, the libraries stumble over it in one of these ways.
_NONSENSE = (
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    AssertionError,
    RuntimeError,  # also: nested too deeply, and a kind of key that the library does not check
    UnsupportedAlgorithm,
    struct.error,
)


@dataclass(frozen=True)
class Site:
    """This service as the visitor's browser sees it: both parts come from the configured hosts."""

    host: str
    origin: str


@dataclass(frozen=True)
class PasskeyAnswer:
    """What a browser brought back. ``browser`` is what the challenge was bound to, besides its purpose."""

    text: str = field(repr=False)
    site: Site
    browser: str = field(repr=False)


class Kept(NamedTuple):
    """What is kept of a passkey, sealed."""

    name: str
    credential: AttestedCredentialData
    sign_count: int


class Shown(NamedTuple):
    """An assertion that was understood, with the challenge it answers. Its signature was not looked at yet."""

    answer: AuthenticationResponse
    challenge: bytes
    site: Site


def new_challenge(purpose: str, browser: str) -> str:
    """Return a challenge for one purpose in one browser. It is kept nowhere: it carries its own proof."""
    ends = int((clock.this_minute() + CHALLENGE_LASTS).timestamp())
    plain = secrets.token_bytes(RANDOM_BYTES) + ends.to_bytes(TIME_BYTES, "big")
    return websafe_encode(plain + _proof(plain, purpose, browser))


def ends_at(challenge: bytes) -> datetime:
    """Return when a challenge of ours is over."""
    seconds = int.from_bytes(challenge[RANDOM_BYTES : RANDOM_BYTES + TIME_BYTES], "big")
    return datetime.fromtimestamp(seconds, tz=clock.now().tzinfo)


def spent_mark(challenge: bytes) -> bytes:
    """Return what is kept of a challenge that was answered rightly, so that it is answered once."""
    return derived(challenge, "accounts: spent challenge")


def shown(given: PasskeyAnswer) -> Shown | None:
    """Return an answer to a sign-in challenge of ours, or None for anything else."""
    try:
        answer = AuthenticationResponse.from_dict(_parsed(given.text))
        challenge = answer.response.client_data.challenge
    except _NONSENSE:
        return None
    return Shown(answer, challenge, given.site) if _is_ours(challenge, SIGN_IN, given.browser) else None


def proves(seen: Shown, kept: Kept) -> bool:
    """Say whether this passkey made that answer, here and now, and was not copied meanwhile."""
    state = {"challenge": websafe_encode(seen.challenge), "user_verification": "discouraged"}
    try:
        _server(seen.site).authenticate_complete(state, [kept.credential], seen.answer)
    except _NONSENSE:
        return False
    return not is_copy(seen, kept)


def is_copy(seen: Shown, kept: Kept) -> bool:
    """Say whether an authenticator that counts has counted backwards. Many count nothing and always say 0."""
    count = sign_count(seen)
    return bool(count or kept.sign_count) and count <= kept.sign_count


def sign_count(seen: Shown) -> int:
    """Return how often the authenticator says it has signed."""
    return int(seen.answer.response.authenticator_data.counter)


def nobodys(seen: Shown) -> Kept:
    """Return a passkey that nobody has under the id that was shown: an unknown one must cost what a known one costs."""
    return Kept("", AttestedCredentialData.create(Aaguid.NONE, seen.answer.raw_id, _nobodys_key()), 0)


def enrolled(given: PasskeyAnswer, name: str) -> tuple[Kept, bytes] | None:
    """Return a new passkey and the challenge that it answered, or None for anything else."""
    try:
        answer = RegistrationResponse.from_dict(_parsed(given.text))
        challenge = answer.response.client_data.challenge
        if not _is_ours(challenge, ENROL, given.browser):
            return None
        state = {"challenge": websafe_encode(challenge), "user_verification": "discouraged"}
        made = _server(given.site).register_complete(state, answer)
        credential = made.credential_data
        if credential is None or credential.public_key.ALGORITHM not in {one.ALGORITHM for one in ALGORITHMS}:
            return None
    except _NONSENSE:
        return None
    return Kept(name, credential, int(made.counter)), challenge


def as_text(credential_id: bytes) -> str:
    """Return an id as browsers write it."""
    return websafe_encode(credential_id)


def handle_of(member_id: UUID) -> str:
    """Return what an authenticator keeps a member under: it tells whoever reads the phone nothing."""
    return websafe_encode(derived(second_factor.server_key(), "accounts: passkey handle", member_id))


def mark_of(member_id: UUID, credential_id: bytes) -> bytes:
    """Return what a member's passkey is found by. Nobody without the server's key file can compute or test one."""
    return derived(second_factor.server_key(), "accounts: passkey mark", member_id, credential_id)


def written(kept: Kept) -> str:
    """Return a passkey as text, to be sealed."""
    return json.dumps([kept.name, websafe_encode(kept.credential), kept.sign_count])


def read(text: str) -> Kept:
    """Return what ``written`` wrote."""
    name, credential, count = json.loads(text)
    return Kept(name, AttestedCredentialData(websafe_decode(credential)), count)


def _parsed(text: str) -> dict[str, Any]:
    found = json.loads(text[:LONGEST_ANSWER])
    if not isinstance(found, dict):
        raise TypeError("not an answer")
    return found


def _is_ours(challenge: bytes, purpose: str, browser: str) -> bool:
    plain, proof = challenge[: RANDOM_BYTES + TIME_BYTES], challenge[RANDOM_BYTES + TIME_BYTES :]
    return same(proof, _proof(plain, purpose, browser)) and ends_at(challenge) > clock.now()


def _proof(plain: bytes, purpose: str, browser: str) -> bytes:
    return derived(second_factor.server_key(), "accounts: passkey challenge", purpose, browser, plain)


def _server(site: Site) -> Fido2Server:
    entity = PublicKeyCredentialRpEntity(name=SERVICE, id=site.host)
    return Fido2Server(entity, verify_origin=lambda origin: origin == site.origin)


@cache
def _nobodys_key() -> CoseKey:
    made: CoseKey = ES256.from_cryptography_key(generate_private_key(SECP256R1()).public_key())  # type: ignore[no-untyped-call] # half typed
    return made
