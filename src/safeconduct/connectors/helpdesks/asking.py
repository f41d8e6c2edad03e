"""Asks a helpdesk one thing, over the client for addresses that an operator typed."""

import json
from base64 import b64encode
from dataclasses import dataclass, field
from typing import Any

from safeconduct.connectors.outside import Limits, Outside
from safeconduct.kernel.errors import Refused, Unavailable

_ACCEPTED = range(200, 300)
LIMITS = Limits(total_seconds=10, size_bytes=500_000)


@dataclass(frozen=True)
class Line:
    """Where a helpdesk answers, and the secret that it knows us by: ``name:secret``, or a token alone."""

    base: str
    secret: str = field(repr=False)
    allow_private: bool = False

    @property
    def authorization(self) -> str:
        """Return the header for either kind of secret."""
        if ":" in self.secret:
            return f"Basic {b64encode(self.secret.encode()).decode()}"
        return f"Bearer {self.secret}"

    def ask(self, method: str, path: str, said: object, **headers: str) -> dict[str, Any]:
        """Return what the helpdesk answers. Raises ``Unavailable`` unless it said that it took it."""
        given = {"Content-Type": "application/json", "Authorization": self.authorization} | headers
        try:
            with Outside(self.base, allow_private=self.allow_private, limits=LIMITS) as outside:
                answer = outside.send(outside.request(path, json.dumps(said).encode(), method=method, headers=given))
        except Refused as fault:
            raise Unavailable(fault.code, fault.sentence) from fault
        if answer.status_code not in _ACCEPTED:
            sentence = f"The helpdesk answered with {answer.status_code}. Check its address, its token and its table."
            raise Unavailable("helpdesk.refused", sentence)
        return _object(answer.body)


def reference_in(said: object) -> str:
    """Return a reference as text, or raise ``Unavailable`` where the helpdesk gave none that fits an address."""
    text = str(said) if isinstance(said, str | int) else ""
    if not text or len(text) > 64 or not text.replace("-", "").isalnum():  # noqa: PLR2004 - as the column is wide
        raise Unavailable("helpdesk.reference", "The helpdesk made a record and did not say which. Look there.")
    return text


def _object(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body or b"{}")
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
