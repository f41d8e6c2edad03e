"""One signed question and its signed answer. Everything that can be wrong with an answer is found here."""

import json
from dataclasses import dataclass, field
from typing import Any

from safeconduct.connectors.http_contract import schemas
from safeconduct.connectors.outside import Answer, Limits, NoAnswer, Outside
from safeconduct.connectors.signatures import OurKey, TheirKeys, check_answer, sign
from safeconduct.kernel.errors import Refused

JSON = "application/json"


@dataclass(frozen=True)
class Line:
    """How to reach one platform: where it listens, what we sign with, and whose signature we believe."""

    base: str
    our_key: OurKey
    their_keys: TheirKeys = field(repr=False)
    allow_private: bool = False
    limits: Limits = field(default_factory=Limits)

    def open(self) -> Outside:
        """Return a client for one piece of work; the platform's name is resolved once for all its questions."""
        return Outside(self.base, allow_private=self.allow_private, limits=self.limits)


def ask(
    line: Line, outside: Outside, question: str, body: dict[str, Any], *, answer: str, key: str = ""
) -> dict[str, Any]:
    """Ask one question and return the answer, checked against its schema.

    Raises ``Refused`` with the platform's own reason, ``NotReached`` when nothing was sent, and ``NoAnswer`` for
    everything that cannot be trusted.
    """
    headers = {"Content-Type": JSON, "Accept": JSON, **({"Idempotency-Key": key} if key else {})}
    request = outside.request(f"{schemas.VERSION}/{question}", _bytes(body), headers=headers)
    sign(request, key=line.our_key, covering=("idempotency-key",) if key else ())
    received = outside.send(request)
    check_answer(received, keys=line.their_keys)
    return _content(received, answer)


def _bytes(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _content(received: Answer, name: str) -> dict[str, Any]:
    content = _json(received)
    if received.status_code == 200:  # noqa: PLR2004 - HTTP's own number
        return _conforming(content, name)
    problem = _conforming(content, "problem")
    if not 400 <= received.status_code < 500:  # noqa: PLR2004 - HTTP's own numbers
        raise NoAnswer("contract.fault", "The platform says that it failed. It is not known what it did.")
    raise Refused(f"platform.{problem['code']}", problem.get("detail") or problem["title"])


def _json(received: Answer) -> object:
    try:
        return json.loads(received.body)
    except (ValueError, RecursionError) as fault:
        raise _nonsense() from fault


def _conforming(content: object, name: str) -> dict[str, Any]:
    if schemas.faults(name, content) or not isinstance(content, dict):
        raise _nonsense()
    return content


def _nonsense() -> NoAnswer:
    return NoAnswer(
        "contract.nonsense", "The platform's answer does not follow the contract. It is not known what it did."
    )
