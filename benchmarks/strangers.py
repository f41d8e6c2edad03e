"""Strangers at the sign-in page, in a process of their own: so many wrong log-ins a second, whatever is answered.

    python -m benchmarks.strangers ADDRESS [--phones PEOPLE.json]

Without phones all three fields are wrong. With phones the second factor is right each time and only the passphrase
is wrong, as when somebody holds a colleague's phone. It says "knocking" and goes on until its input is closed.
"""

import argparse
import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyotp

from benchmarks.visitor import Visitor, visiting

A_SECOND = 50
AT_ONCE = 16
LONGEST_SECONDS = 300

Attempt = dict[str, str]


class Flood:
    """Wrong log-ins at an even pace, answered or not: a slow answer holds up nobody who comes after."""

    def __init__(self, address: str, attempts: Iterator[Attempt]) -> None:
        self.answers: Counter[int] = Counter()
        self._address = address
        self._attempts = attempts
        self._lock = threading.Lock()
        self._begun = time.monotonic()
        self._drawn = 0
        self.over = threading.Event()

    def knock(self) -> None:
        """Be one of the strangers until it is over."""
        with visiting(self._address) as visitor:
            token = _token(visitor)
            while not self.over.is_set():
                due, attempt = self._next()
                if self.over.wait(max(0.0, due - time.monotonic())):
                    return
                self._try(visitor, attempt | {"csrfmiddlewaretoken": token})

    def _next(self) -> tuple[float, Attempt]:
        with self._lock:
            self._drawn += 1
            return self._begun + self._drawn / A_SECOND, next(self._attempts)

    def _try(self, visitor: Visitor, attempt: Attempt) -> None:
        page = visitor.post("/sign-in", [*attempt.items()])
        with self._lock:
            self.answers[page.status] += 1


def wrong_everywhere() -> Iterator[Attempt]:
    """Guess names that exist, codes and passphrases, all wrong."""
    for number in range(A_SECOND * LONGEST_SECONDS):
        name = ("ines", "idris", "leyla", "nobody")[number % 4]
        yield {"name": name, "words": "one two three four five six", "code": f"{number % 1000000:06d}"}


def with_phones(people: Path) -> Iterator[Attempt]:
    """Guess passphrases only: the digits are those on each colleague's phone at this moment."""
    held = json.loads(people.read_text())
    for number in range(A_SECOND * LONGEST_SECONDS):
        person = held[number % len(held)]
        code = pyotp.TOTP(person["second_factor_secret"]).now()
        yield {"name": person["sign_in_name"], "words": "one two three four five six", "code": code}


def main() -> None:
    """Knock until the input is closed, then say what was answered and how often a second."""
    parser = argparse.ArgumentParser()
    parser.add_argument("address")
    parser.add_argument("--phones", type=Path)
    asked = parser.parse_args()
    flood = Flood(asked.address, with_phones(asked.phones) if asked.phones else wrong_everywhere())
    threads = [threading.Thread(target=flood.knock, daemon=True) for _ in range(AT_ONCE)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    limit = threading.Timer(LONGEST_SECONDS, flood.over.set)
    limit.daemon = True
    limit.start()
    print("knocking", flush=True)
    sys.stdin.read()
    flood.over.set()
    spent = time.monotonic() - begun
    print(json.dumps({"a_second": flood.answers.total() / spent, "answers": flood.answers}), flush=True)


def _token(visitor: Visitor) -> str:
    fields = dict(visitor.get("/sign-in").form(where="/sign-in").fields)
    return fields["csrfmiddlewaretoken"]


if __name__ == "__main__":
    main()
