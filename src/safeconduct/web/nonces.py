"""The random words that a hidden field carries, so that a form sent twice is one report, one appeal, one statement."""

import base64
import secrets

from safeconduct.vault.casecode import NONCE_BYTES


def fresh() -> bytes:
    """Return a nonce that no other form has."""
    return secrets.token_bytes(NONCE_BYTES)


def written(nonce: bytes) -> str:
    """Return a nonce as a hidden field carries it."""
    return base64.urlsafe_b64encode(nonce).decode()


def read(token: str) -> bytes | None:
    """Return the nonce that a field carried, or nothing where it was damaged or is too short to be random."""
    try:
        nonce = base64.urlsafe_b64decode(token.encode())
    except ValueError:
        return None
    return nonce if len(nonce) >= NONCE_BYTES else None


def read_or_fresh(token: str) -> bytes:
    """Return the nonce that a field carried, or a new one: a damaged field must not cost anybody their words."""
    return read(token) or fresh()
