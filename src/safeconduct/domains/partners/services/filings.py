"""The same filing sent twice is one report, and the same key with other words is refused."""

import hashlib
import hmac
from uuid import UUID

from django.db import transaction

from safeconduct.domains.partners.models import Filing
from safeconduct.domains.partners.rules import FILINGS_KEPT
from safeconduct.kernel import clock
from safeconduct.kernel.errors import Refused
from safeconduct.vault.labels import derived, derived_id


def nonce_of(filing_secret: bytes, key: str) -> bytes:
    """Return the nonce that makes a repeated filing the same report, and that nobody else can compute."""
    return derived(filing_secret, "partners: nonce", key)


def message_id_of(filing_secret: bytes, report_id: UUID, key: str) -> UUID:
    """Return the id that makes a repeated message the same letter."""
    return derived_id(filing_secret, f"partners: message {report_id} {key}")


@transaction.atomic
def check_filing(filing_secret: bytes, key: str, body: bytes) -> None:
    """Refuse a key that came before with another body. The database learns neither key, body nor organisation."""
    tag = derived(filing_secret, "partners: filing tag", key)
    digest = hmac.digest(derived(filing_secret, "partners: filing body", key), body, hashlib.sha256)
    row, _ = Filing.objects.get_or_create(tag=tag, defaults={"digest": digest, "made_on": clock.now().date()})
    if not hmac.compare_digest(bytes(row.digest), digest):
        sentence = "This Idempotency-Key was used for another report. Send this one under a new key."
        raise Refused("filing.key-reused", sentence)


def forget_old_filings() -> int:
    """Delete what is kept to recognise a repeat, after thirty days. A repeat after that is still the same report."""
    return Filing.objects.filter(made_on__lt=clock.now().date() - FILINGS_KEPT).delete()[0]
