"""What a request costs and what it answers, so that two refusals can be laid side by side without a stopwatch."""

import re
import sys
from collections import Counter
from dataclasses import dataclass
from types import CodeType, FrameType
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from safeconduct.vault import boxes, passphrases
from safeconduct.vault.keypairs import KeyPair

# The calls that take long enough for a stopwatch at the other end of a line.
DEAR: dict[CodeType, str] = {
    KeyPair.open.__code__: "unwrapped",
    KeyPair.from_seed.__func__.__code__: "key pair made",  # type: ignore[attr-defined] # a class method's function
    boxes.opened_under.__code__: "field opened",
    passphrases.derive.__code__: "slow hash",
}
FRESH_EACH_TIME = re.compile(r'value="[A-Za-z0-9_=-]{32,}"|[0-9a-f]{8}-[0-9a-f-]{27}|\d{3} ?\d{3} ?\d{4}')


@dataclass(frozen=True)
class Refusal:
    """One answer with everything of it that could differ, and the work behind it."""

    status: int
    headers: tuple[tuple[str, str], ...]
    cookies: tuple[str, ...]
    body: str
    queries: tuple[str, ...]
    dear: tuple[tuple[str, int], ...]


def refusal(ask: Any) -> Refusal:
    """Ask, and return what came back, with what is fresh in every answer blotted out."""
    counted: Counter[str] = Counter()

    def count(frame: FrameType, event: str, _what: object) -> None:
        if event == "call" and frame.f_code in DEAR:
            counted[DEAR[frame.f_code]] += 1

    with CaptureQueriesContext(connection) as queries:
        sys.setprofile(count)
        try:
            answer = ask()
        finally:
            sys.setprofile(None)
    return Refusal(
        status=answer.status_code,
        headers=tuple(sorted((name, value) for name, value in answer.headers.items() if name != "Date")),
        cookies=tuple(answer.cookies),
        body=FRESH_EACH_TIME.sub("…", answer.content.decode()),
        queries=tuple(re.sub(r"'[^']*'|\d+|X'[0-9a-f]*'|\\x[0-9a-f]+", "…", each["sql"]) for each in queries),
        dear=tuple(sorted(counted.items())),
    )
