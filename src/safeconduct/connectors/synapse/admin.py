"""One call to a homeserver's own API, and what may be believed of its answer."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from safeconduct.connectors import patience
from safeconduct.connectors.outside import Answer, Busy, Limits, NoAnswer, NotReached, Outside
from safeconduct.kernel.errors import Refused, Unavailable

_OK, _NOT_FOUND, _TOO_MANY = 200, 404, 429
# All that one piece of work may spend waiting when the homeserver says that it is asked too often.
PATIENCE_SECONDS = 8.0
_UNSAID_SECONDS = 1.0


@dataclass(frozen=True)
class Homeserver:
    """Where a homeserver answers, and our administrator's token there."""

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
    nothing was sent, ``Busy`` when it wants us to wait too long, and ``NoAnswer`` for all that cannot be trusted.
    """

    def __init__(
        self, homeserver: Homeserver, outside: Outside, *, pause: Callable[[float], None] = time.sleep
    ) -> None:
        """Use ``outside`` for every call, so that the name is resolved once."""
        self._homeserver, self._outside, self._pause = homeserver, outside, pause
        self._patience = PATIENCE_SECONDS
        self._changed_something = False

    def call(
        self, method: str, path: str, body: dict[str, Any] | None = None, *, token: str | None = None
    ) -> dict[str, Any]:
        """Make one call and return its answer; ``token`` takes the place of ours, and an empty one stands for none."""
        used = self._homeserver.token if token is None else token
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {used}"} if used else {})
        content = None if body is None else json.dumps(body).encode()
        try:
            answer = self._sent(method, path, content, headers)
        except NotReached as fault:
            raise self._honest(fault) from fault
        told = _content(answer)
        self._changed_something |= method != "GET"
        return told

    def _sent(self, method: str, path: str, content: bytes | None, headers: dict[str, str]) -> Answer:
        while True:
            answer = self._outside.send(self._outside.request(path, content, method=method, headers=headers))
            if answer.status_code != _TOO_MANY:
                return answer
            self._wait(answer)

    def _honest(self, fault: NotReached) -> Unavailable:
        """Return what may be said when a call did not go out: *nothing was changed* only where none went before it."""
        if not self._changed_something:
            return fault
        return NoAnswer("matrix.half-done", "The homeserver was lost half-way. It is not known what it did.")

    def _wait(self, answer: Answer) -> None:
        """Wait as long as it asks, out of what patience is left. It did nothing, so asking again is harmless."""
        seconds = _asked_to_wait(answer)
        if seconds > patience.left(self._patience):
            raise Busy("matrix.busy", "The homeserver takes no more requests now. Try again in a few minutes.")
        self._patience -= seconds
        self._pause(seconds)


def part(text: str) -> str:
    """Return text as one part of a path: Matrix names hold slashes, question marks and colons."""
    return quote(text, safe="")


def _asked_to_wait(answer: Answer) -> float:
    """Return the seconds asked for, in the header or, as older homeservers do, in the answer; never less than a bit."""
    try:
        asked = float(answer.headers.get("Retry-After") or _json(answer)["retry_after_ms"] / 1000)
    except (KeyError, TypeError, ValueError, NoAnswer):
        asked = _UNSAID_SECONDS
    return max(asked, 0.1)


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


def text_of(answer: dict[str, Any], name: str) -> str:
    """Return one text of an answer. Raises ``NoAnswer`` where there is none."""
    value = answer.get(name)
    if not isinstance(value, str):
        raise _nonsense()
    return value


def list_of(answer: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """Return one list of objects of an answer. Raises ``NoAnswer`` where there is none."""
    value = answer.get(name)
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise _nonsense()
    return value
