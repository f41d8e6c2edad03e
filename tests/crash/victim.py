"""A process that files reports and is killed at chosen moments; run by ``test_kill``. Prints one JSON line at the end.

Each point is a forked child that lives what a server lives with one report: it keeps a draft with a picture, files the
report, shows the code, forgets the draft, and gives the record its order. It is stopped dead at the k-th call or return
of any function, k drawn from a seed. What was shown stands in a pipe, as it would stand on the reporter's screen.
"""

import gc
import hashlib
import json
import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from types import FrameType
from typing import NoReturn

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - after django.setup()
from django.db import connections  # noqa: E402

from safeconduct.audit.services import sequence_pending  # noqa: E402
from safeconduct.domains.cases import queries, values  # noqa: E402
from safeconduct.domains.cases.services import intake  # noqa: E402
from safeconduct.vault.casecode import CaseCode  # noqa: E402
from safeconduct.vault.streams import SealedWriter  # noqa: E402
from safeconduct.vault.values import SealedFile  # noqa: E402
from tests.domains.cases.making import make_programme  # noqa: E402

UNWATCHED, TO_THE_END = 0, -1
# Two reports at a time, as they come to a server, and a new server for those who send again after twenty kills.
LANES, BETWEEN_RESENDINGS = 2, 20
PICTURE = b"\x89PNG\r\n\x1a\n a photograph of the gate "


def seeded(seed: str, number: int) -> bytes:
    return hashlib.sha256(f"{seed} {number}".encode()).digest()


@dataclass(frozen=True)
class Point:
    """One filing: its form's nonce, and the moment at which its process is killed."""

    nonce: bytes
    number: int
    chosen: int = UNWATCHED

    @classmethod
    def drawn(cls, seed: str, number: int, whole: int) -> "Point":
        chosen = 1 + int.from_bytes(seeded(f"{seed}, the moment", number)[:8]) % whole
        return cls(seeded(seed, number), number, chosen)


@dataclass(frozen=True)
class Screen:
    """What came through the pipe: the code, or nothing, and how many moments the life had, if it was not cut short."""

    code: str
    moments: int

    @classmethod
    def read(cls, line: str) -> "Screen":
        code, _, moments = line.strip().partition(" ")
        return cls(code, int(moments or 0))


Show = Callable[[CaseCode], None]
Life = Callable[[Point, Show], None]


def answers(number: int) -> values.Answers:
    return values.Answers(text=f"They wrote that they know where I live. {number}", language="en")


def picture(number: int) -> SealedFile:
    with SealedWriter(name="gate.png", kind="image/png") as writer:
        writer.write(PICTURE + str(number).encode())
        return writer.finish()


def whole_life(point: Point, show: Show) -> None:
    receipt = queries.receipt_for(CaseCode.from_nonce(point.nonce)) or filed(point)
    show(receipt.code)
    intake.drop_draft(point.nonce)
    sequence_pending()


def filed(point: Point) -> values.Receipt:
    told, files = answers(point.number), [picture(point.number)]
    intake.keep_draft(point.nonce, {"text": told.text}, files)
    return intake.file_report(told, nonce=point.nonce, files=files, by=values.ANONYMOUS, of_draft=True)


def too_soon(point: Point, show: Show) -> None:
    """Break the promise: show the code before the report is kept."""
    show(CaseCode.from_nonce(point.nonce))
    whole_life(point, lambda _code: None)


def kill_at(chosen: int) -> Callable[[], int]:
    """Kill this process at the chosen call or return of any function, Python's or C's; tell how many there were."""
    happened = 0

    # It runs a hundred thousand times in each life, so it does nothing but count.
    def count(_frame: FrameType, _event: str, _what: object) -> None:
        nonlocal happened
        happened += 1
        if happened == chosen:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    return lambda: happened


def write(pipe: int, text: str) -> None:
    os.write(pipe, text.encode())


def live(life: Life, point: Point, *, pipe: int) -> None:
    counted = kill_at(point.chosen) if point.chosen else int
    life(point, lambda code: write(pipe, code.digits))
    sys.setprofile(None)
    write(pipe, f" {counted()}\n")


def in_a_child(life: Life, points: Sequence[Point]) -> list[Screen]:
    """Let a child process live these points one after the other, until it is killed or through with them."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        _live_and_end(life, points, writing)
    os.close(writing)
    with os.fdopen(reading) as file:
        screens = [Screen.read(line) for line in file]
    _, status = os.waitpid(pid, 0)
    assert status in {0, signal.SIGKILL}, f"A child ended by itself, and wrongly: {status}."
    return screens or [Screen("", 0)]


def _live_and_end(life: Life, points: Sequence[Point], pipe: int) -> NoReturn:
    try:
        for point in points:
            live(life, point, pipe=pipe)
        connections.close_all()
        os._exit(0)
    except BaseException:  # noqa: BLE001 - whatever happens, a forked child must not go on with its parent's work
        traceback.print_exc()
        os._exit(1)


def one_lane(life: Life, seed: str, whole: int, numbers: Sequence[int]) -> dict[str, dict[int, str]]:
    """Kill one process after the other; now and then a new one hears those who send again because the line broke."""
    shown, again = {}, {}
    for start in range(0, len(numbers), BETWEEN_RESENDINGS):
        turn = numbers[start : start + BETWEEN_RESENDINGS]
        for number in turn:
            shown[number] = in_a_child(life, [Point.drawn(seed, number, whole)])[0].code
        resent = turn[::2]
        screens = in_a_child(life, [Point(seeded(seed, number), number) for number in resent])
        again |= {number: screen.code for number, screen in zip(resent, screens, strict=True)}
    return {"shown": shown, "again": again}


def prepare(seed: str, life: Life) -> int:
    """Found a programme, warm what a server has warm, and return how many moments a whole life has."""
    call_command("migrate", verbosity=0)
    make_programme()
    whole_life(Point(seeded(seed, -2), -2), lambda _code: None)
    connections.close_all()
    gc.freeze()
    return in_a_child(life, [Point(seeded(seed, -1), -1, TO_THE_END)])[0].moments


def main(points: int, seed: str, life: Life) -> None:
    whole = prepare(seed, life)
    lanes = [range(lane, points, LANES) for lane in range(LANES)]
    with multiprocessing.get_context("fork").Pool(LANES) as pool:
        told = pool.map(partial(one_lane, life, seed, whole), lanes)
    both = {word: {number: code for lane in told for number, code in lane[word].items()} for word in ("shown", "again")}
    print(json.dumps(both))  # noqa: T201 - read by the test


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], too_soon if "too-soon" in sys.argv else whole_life)
