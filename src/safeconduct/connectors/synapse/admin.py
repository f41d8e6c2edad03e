"""Calls to a homeserver's admin API, and what can be wrong with its answers."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from safeconduct.connectors.outside import Answer, Limits, NoAnswer, Outside
from safeconduct.kernel.errors import Refused

_OK = 200
_NOT_FOUND = 404


@dataclass(frozen=True)
class Homeserver:
    """Where a homeserver listens, and the token of an administrator's account there."""

    base: str
    token: str = field(repr=False)
    allow_private: bool = False
    limits: Limits = field(default_factory=lambda: Limits(total_seconds=20))

    def open(self) -> Outside:
        """Return a client for one piece of work."""
        return Outside(self.base, allow_private=self.allow_private, limits=self.limits)


class Absent(Refused):
    """The homeserver says that what was asked for is not there."""


class Admin:
    """One open line to one homeserver.

    ``call`` raises ``Refused`` with the homeserver's own reason, ``Absent`` for what is not there, ``NotReached`` when
    nothing was sent, and ``NoAnswer`` for everything that cannot be trusted.
    """

    def __init__(self, homeserver: Homeserver, outside: Outside) -> None:
        """Use ``outside`` for every call, so that the name is resolved once."""
        self._homeserver, self._outside = homeserver, outside

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """Make one call and return its answer."""
        headers = {"Authorization": f"Bearer {self._homeserver.token}", "Content-Type": "application/json"}
        content = None if body is None else json.dumps(body).encode()
        request = self._outside.request(path, content, method=method, headers=headers)
        return _content(self._outside.send(request))


def part(text: str) -> str:
    """Return text as one part of a path: Matrix names hold slashes, question marks and colons."""
    return quote(text, safe="")


def _content(answer: Answer) -> dict[str, Any]:
    content = _json(answer)
    if answer.status_code == _OK:
        return content
    reason, code = str(content.get("error", "no reason given")), str(content.get("errcode", "unknown"))
    if answer.status_code == _NOT_FOUND:
        raise Absent(f"matrix.{code}", reason)
    if 400 <= answer.status_code < 500:  # noqa: PLR2004 - HTTP's own numbers
        raise Refused(f"matrix.{code}", reason)
    raise NoAnswer("matrix.fault", "The homeserver says that it failed. It is not known what it did.")


def _json(answer: Answer) -> dict[str, Any]:
    try:
        content = json.loads(answer.body)
    except (ValueError, RecursionError) as fault:
        raise _nonsense() from fault
    if not isinstance(content, dict):
        raise _nonsense()
    return content


def _nonsense() -> NoAnswer:
    return NoAnswer("matrix.nonsense", "The homeserver's answer cannot be read. It is not known what it did.")
