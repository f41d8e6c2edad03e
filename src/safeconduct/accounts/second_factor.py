"""The second factor: six digits from an app, each good once, and the key file under which the server keeps it.

It must be checked before the passphrase is even looked at, so the server opens it alone. It guards the door; it is no
key material.
"""

import hmac
import unicodedata
from pathlib import Path
from uuid import UUID

import pyotp
from django.conf import settings

from safeconduct.kernel import clock
from safeconduct.kernel.keyfile import secret_file
from safeconduct.vault import boxes
from safeconduct.vault.values import Place

STEP_SECONDS = 30
DRIFT_STEPS = 1  # a phone's clock may be half a minute off
DIGITS = 6


def new_secret() -> str:
    """Return 160 random bits as the base32 text that apps take."""
    return pyotp.random_base32()


def sealed(member_id: UUID, secret: str) -> bytes:
    """Seal a secret under the server's key file, bound to its member."""
    return boxes.sealed_under(server_key(), secret.encode(), _place(member_id))


def opened(member_id: UUID, sealed_secret: bytes) -> str:
    """Open what ``sealed`` made."""
    return boxes.opened_under(server_key(), bytes(sealed_secret), _place(member_id)).decode()


def sealed_passkey(passkey_id: UUID, text: str) -> bytes:
    """Seal what is kept of a passkey under the same key file, bound to its row."""
    return boxes.sealed_under(server_key(), text.encode(), _passkey_place(passkey_id))


def opened_passkey(passkey_id: UUID, sealed_text: bytes) -> str:
    """Open what ``sealed_passkey`` made."""
    return boxes.opened_under(server_key(), bytes(sealed_text), _passkey_place(passkey_id)).decode()


def step_of(secret: str, code: str) -> int | None:
    """Return the half-minute a code belongs to, or None when it is none of now. Compares all, whichever fits."""
    now = int(clock.now().timestamp()) // STEP_SECONDS
    typed = digits_of(code)
    app = pyotp.TOTP(secret)
    made = {step: app.generate_otp(step) for step in range(now - DRIFT_STEPS, now + DRIFT_STEPS + 1)}
    fitting = [step for step, right in made.items() if hmac.compare_digest(right.encode(), typed.encode())]
    return max(fitting, default=None)


def code_now(secret: str) -> str:
    """Return what the app shows now."""
    return pyotp.TOTP(secret).generate_otp(int(clock.now().timestamp()) // STEP_SECONDS)


def address_for_app(secret: str, sign_in_name: str) -> str:
    """Return the otpauth address that a QR code carries. It names only the account, in case the phone is seen."""
    return pyotp.TOTP(secret).provisioning_uri(name=sign_in_name, issuer_name="Desk")


def grouped(secret: str) -> str:
    """Return a secret's letters in groups of four, as people type them."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def digits_of(text: str) -> str:
    """Return the digits of a typed code, whatever script and spacing they came in."""
    return "".join(str(unicodedata.digit(sign)) for sign in text[:40] if unicodedata.digit(sign, None) is not None)


def server_key() -> bytes:
    """Return the key under which the server itself opens what it keeps of second factors."""
    return secret_file(Path(settings.DATA) / "keys" / "second-factor.key")


def _passkey_place(passkey_id: UUID) -> Place:
    return Place("accounts_passkey", passkey_id, "sealed")


def _place(member_id: UUID) -> Place:
    return Place("accounts_member", member_id, "sealed_second_factor")
