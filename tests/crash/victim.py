"""A process that files reports and is killed at chosen moments; run by ``test_kill``. Prints one JSON line at the end.

Each point is a forked child that files one report and is stopped dead at the k-th call of any function, k drawn from a
seed. A child that gets as far as showing the code writes it to a pipe first, as a browser would have shown it.
"""

import hashlib
import json
import os
import signal
import sys
from dataclasses import dataclass
from types import FrameType
from typing import NoReturn

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - after django.setup()
from django.db import connections  # noqa: E402

from safeconduct.domains.cases import values  # noqa: E402
from safeconduct.domains.cases.services import channel, intake  # noqa: E402
from safeconduct.kernel.actors import OPERATOR  # noqa: E402
from tests import programme  # noqa: E402


@dataclass(frozen=True)
class Point:
    """One filing: its form's nonce, and after how many calls the process is stopped (0: never)."""

    nonce: bytes
    calls: int


def seeded(seed: str, number: int) -> bytes:
    return hashlib.sha256(f"{seed} {number}".encode()).digest()


def answers(number: int) -> values.Answers:
    return values.Answers(text=f"They wrote that they know where I live. {number}", language="en")


class Stop:
    """Counts calls of Python and C functions, and kills the process at the chosen one."""

    def __init__(self, after: int) -> None:
        self.calls = 0
        self.after = after

    def __call__(self, _frame: FrameType, event: str, _what: object) -> None:
        if event not in {"call", "c_call"}:
            return
        self.calls += 1
        if self.calls == self.after:
            os.kill(os.getpid(), signal.SIGKILL)


def child(point: Point, number: int, pipe: int) -> NoReturn:
    stop = Stop(point.calls)
    sys.setprofile(stop)
    receipt = intake.file_report(answers(number), nonce=point.nonce, by=values.ANONYMOUS)
    os.write(pipe, receipt.code.digits.encode())
    sys.setprofile(None)
    os.write(pipe, f" {stop.calls}".encode())
    connections.close_all()
    os._exit(0)


def filed(point: Point, number: int) -> tuple[str, int]:
    """Run one point; return the code that was shown ("" if none) and the calls a whole filing took (0 if killed)."""
    connections.close_all()
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        child(point, number, writing)
    os.close(writing)
    with os.fdopen(reading) as file:
        shown = file.read().split()
    os.waitpid(pid, 0)
    return (shown[0] if shown else ""), (int(shown[1]) if len(shown) > 1 else 0)


def prepare() -> None:
    call_command("migrate", verbosity=0)
    programme.found()
    channel.open_channel("public", by=OPERATOR)


def main(points: int, seed: str) -> None:
    prepare()
    _, whole = filed(Point(seeded(seed, -1), 0), -1)
    shown, again = {}, {}
    for number in range(points):
        nonce = seeded(seed, number)
        after = 1 + int.from_bytes(seeded(seed + " stop", number)[:8]) % whole
        shown[number], _ = filed(Point(nonce, after), number)
        # Every other reporter sends the form again, as people do when the line broke.
        if number % 2:
            again[number], _ = filed(Point(nonce, 0), number)
    print(json.dumps({"whole": whole, "shown": shown, "again": again}))  # noqa: T201 - read by the test


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
