"""Seals what people tell us, and hands keys only to those they were wrapped for. Cryptography is chosen here."""

from safeconduct.vault.casecode import CaseCode, WrongLine
from safeconduct.vault.keypairs import blind_id, public_key
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.opened import Opened
from safeconduct.vault.values import DoesNotOpen, EnvelopeKind, Place, Recipient, ReporterKey, SealedFile

__all__ = [
    "CaseCode",
    "DoesNotOpen",
    "EnvelopeKind",
    "Keyring",
    "Opened",
    "Place",
    "Recipient",
    "ReporterKey",
    "SealedFile",
    "WrongLine",
    "blind_id",
    "public_key",
]
