"""Lets the identity providers that the operator named in ``sign-in.toml`` in the data folder introduce people.

One table ``[[provider]]`` each; ``docs/guides/sign-in.md`` shows one. Without the file everybody signs in by name,
words and code.
"""

import re
from pathlib import Path

from safeconduct.accounts.values import MemberKind
from safeconduct.connectors import introductions
from safeconduct.connectors.introductions import IdentityProvider
from safeconduct.connectors.oidc.provider import Client, OidcProvider
from safeconduct.connectors.outside import checked_base
from safeconduct.kernel.errors import Refused
from safeconduct.project.tables import Table, line_of, secret_in, tables_in

FILE = "sign-in.toml"
SHORT_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def connect_providers(data: Path) -> None:
    """Register each provider. Raises ``Refused`` with a sentence that names the table."""
    for provider in named_providers(data):
        introductions.register(provider)


def named_providers(data: Path) -> list[IdentityProvider]:
    """Return the providers of the file. Nothing is asked of them yet."""
    return [_provider(table, data) for table in tables_in(data / FILE, "provider")]


def _provider(table: Table, data: Path) -> IdentityProvider:
    short_id = line_of(table, "id", FILE)
    if not SHORT_ID.fullmatch(short_id):
        raise Refused("providers.id", f"In {FILE}, give each id as a few small letters, digits and dashes.")
    allow_private = bool(table.get("allow_private", False))
    issuer = line_of(table, "issuer", FILE)
    checked_base(issuer, allow_private=allow_private)
    secret = secret_in(data / line_of(table, "secret_file", FILE)) if "secret_file" in table else ""
    return OidcProvider(
        short_id,
        line_of(table, "name", FILE),
        Client(issuer, line_of(table, "client_id", FILE), secret),
        serves=_kinds(table, short_id),
        second_factor=_second_factor(table, short_id),
        allow_private=allow_private,
    )


def _kinds(table: Table, short_id: str) -> frozenset[MemberKind]:
    named = table.get("serves", [MemberKind.STAFF.value])
    if not isinstance(named, list) or not named or not set(named) <= {kind.value for kind in MemberKind}:
        sentence = f'In {FILE}, {short_id} serves ["staff"], ["partner"] or ["staff", "partner"]. Mend that line.'
        raise Refused("providers.serves", sentence)
    return frozenset(MemberKind(kind) for kind in named)


def _second_factor(table: Table, short_id: str) -> frozenset[str]:
    named = table.get("second_factor", [])
    if not isinstance(named, list) or not all(isinstance(each, str) and each for each in named):
        sentence = f'In {FILE}, write the second_factor of {short_id} as a list, such as ["mfa"]. Mend that line.'
        raise Refused("providers.second-factor", sentence)
    return frozenset(named)
