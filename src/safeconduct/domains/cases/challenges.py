"""Small questions that anyone can answer without script, sound or picture, in digits of any script."""

import base64
import binascii
import hmac
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from safeconduct.domains.cases.daily import DailyKey
from safeconduct.kernel import clock
from safeconduct.kernel.slate import Slate

LASTS = timedelta(minutes=30)
USED_AT_MOST = 20_000
MAC_BYTES = 16
SALT_BYTES = 8
NUMBERS = 3
_ANSWERED = "answered"


class Question(StrEnum):
    """What is asked of the numbers. The page has the words."""

    ADD = "add"
    LARGEST = "largest"
    SMALLEST = "smallest"


@dataclass(frozen=True)
class Challenge:
    """One question. ``token`` goes into a hidden field and comes back with what was typed."""

    token: str
    kind: Question
    numbers: tuple[int, ...]


_RIGHT: dict[Question, Callable[[bytes], int]] = {Question.ADD: sum, Question.LARGEST: max, Question.SMALLEST: min}
_ORDER = list(Question)


class Challenges:
    """Makes questions and checks answers. A token carries its own question, so asking costs no memory."""

    def __init__(self, key: DailyKey, slate: Slate | None = None) -> None:
        self._key, self._slate = key, slate or Slate()

    def make(self) -> Challenge:
        """Return a fresh question."""
        kind = secrets.choice(_ORDER)
        numbers = _distinct(2 if kind is Question.ADD else NUMBERS)
        ends = int((clock.now() + LASTS).timestamp()).to_bytes(6, "big")
        body = secrets.token_bytes(SALT_BYTES) + ends + bytes([_ORDER.index(kind), *numbers])
        return Challenge(base64.urlsafe_b64encode(body + self._mac(body)).decode(), kind, numbers)

    def answered(self, token: str, typed: str) -> bool:
        """Return whether the answer is right, in time, and not used before."""
        body = self._body(token)
        if body is None:
            return False
        salt, ends = body[:SALT_BYTES], int.from_bytes(body[SALT_BYTES : SALT_BYTES + 6], "big")
        kind, numbers = _ORDER[body[SALT_BYTES + 6]], body[SALT_BYTES + 7 :]
        if clock.now().timestamp() > ends or _number(typed) != _RIGHT[kind](numbers):
            return False
        until = datetime.fromtimestamp(ends, UTC) + timedelta(seconds=1)
        # When very many were used the oldest is forgotten: who is right is never refused because of strangers.
        return self._slate.once(_ANSWERED, salt, ends=until, most=USED_AT_MOST)

    def give_back(self, token: str) -> None:
        """Let a right answer serve again, since what it was for did not come about."""
        if (body := self._body(token)) is not None:
            self._slate.forget(_ANSWERED, body[:SALT_BYTES])

    def _body(self, token: str) -> bytes | None:
        try:
            raw = base64.urlsafe_b64decode(token.encode())
        except (binascii.Error, ValueError):
            return None
        body, mac = raw[:-MAC_BYTES], raw[-MAC_BYTES:]
        return body if hmac.compare_digest(mac, self._mac(body)) else None

    def _mac(self, body: bytes) -> bytes:
        _, key = self._key.today()
        return hmac.digest(key, b"challenge" + body, "sha256")[:MAC_BYTES]


def _distinct(how_many: int) -> tuple[int, ...]:
    drawn: list[int] = []
    while len(drawn) < how_many:
        number = 2 + secrets.randbelow(18)
        if number not in drawn:
            drawn.append(number)
    return tuple(drawn)


def _number(typed: str) -> int | None:
    digits = [unicodedata.decimal(letter, None) for letter in typed.strip()[:4]]
    if not digits or None in digits:
        return None
    return int("".join(str(digit) for digit in digits))
