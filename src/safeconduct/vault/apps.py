"""Names the vault to Django."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """The vault's tables: envelopes, wrapped keys and the outbox's public keys."""

    name = "safeconduct.vault"
    label = "vault"
