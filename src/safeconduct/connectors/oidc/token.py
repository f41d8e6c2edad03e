"""Whether an ID token is what it claims to be: signed by this provider, for us, for this journey, and now."""

import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

# Chosen here and never from the token or the provider's document: "none" and shared secrets are not among them.
ALGORITHMS = ("RS256", "PS256", "ES256")
KEY_KINDS = frozenset({"RSA", "EC"})
DRIFT = timedelta(minutes=1)
FRESH = timedelta(minutes=10)
LONGEST_SUBJECT = 255


@dataclass(frozen=True)
class Expected:
    """What a token must say to count."""

    issuer: str
    client_id: str
    nonce: str = field(repr=False)
    now: datetime


def proven(token: str, keys: Iterable[Mapping[str, Any]], expected: Expected) -> Mapping[str, Any] | None:
    """Return the claims of a token, or None when anything at all is wrong with it."""
    claims = _signed_claims(token, keys)
    return claims if claims is not None and all(_faultless(claims, expected)) else None


def _signed_claims(token: str, keys: Iterable[Mapping[str, Any]]) -> dict[str, Any] | None:
    from joserfc import errors, jwk, jws  # noqa: PLC0415 - a service without a provider never loads it

    usable: Any = [dict(key) for key in keys if key.get("kty") in KEY_KINDS and key.get("use", "sig") == "sig"]
    try:
        signed = jws.deserialize_compact(token, jwk.KeySet.import_key_set({"keys": usable}), algorithms=[*ALGORITHMS])
        claims = json.loads(signed.payload)
    except (errors.JoseError, ValueError, TypeError, KeyError):
        return None
    return claims if isinstance(claims, dict) else None


def _faultless(claims: Mapping[str, Any], expected: Expected) -> Iterable[bool]:
    audience, subject = claims.get("aud"), claims.get("sub")
    yield claims.get("iss") == expected.issuer
    # A token that others may use too is none of ours: they could hand it on to us.
    yield audience in (expected.client_id, [expected.client_id])
    yield claims.get("azp", expected.client_id) == expected.client_id
    yield _same(claims.get("nonce"), expected.nonce)
    yield isinstance(subject, str) and 0 < len(subject) <= LONGEST_SUBJECT
    yield _in_time(claims, expected.now)


def _in_time(claims: Mapping[str, Any], now: datetime) -> bool:
    moments = [claims.get(name) for name in ("exp", "iat")] + [claims.get("nbf", 0)]
    if not all(type(each) in {int, float} for each in moments):
        return False
    ends, made, begins = (float(each or 0) for each in moments)
    second, drift = now.timestamp(), DRIFT.total_seconds()
    fresh = second - FRESH.total_seconds() - drift <= made <= second + drift
    return second < ends + drift and begins <= second + drift and fresh


def _same(told: object, expected: str) -> bool:
    return isinstance(told, str) and hmac.compare_digest(told.encode(), expected.encode())
