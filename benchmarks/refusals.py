"""Whether a stopwatch tells a code whose way in was closed from one that never was: no better than a coin."""

import secrets
import time
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

from django.db import connection

from benchmarks.crowd import answers_of_all_kinds
from benchmarks.figures import Figure, Goal, middle
from benchmarks.visitor import Visitor, visiting
from safeconduct.accounts import services as accounts
from safeconduct.accounts.values import WayIn
from safeconduct.domains.cases.services import conversation, intake
from safeconduct.domains.cases.values import ANONYMOUS, Answers
from safeconduct.vault import CaseCode
from tests.stories.served import demonstration

CODES = 40
TRIES = 500
WARM = 50
# Twice the standard error of 500 tries against 500 is 0.037; a line that could be used would stand well beyond.
NO_BETTER_THAN = 0.56


def measure(folder: Path) -> Iterator[Figure]:
    """Try both kinds in turn on one line, the order of each pair drawn anew."""
    with demonstration(folder):
        pass  # founds the programme
    closed, never = [_closed(told) for told in islice(answers_of_all_kinds(), CODES)], _never()
    connection.close()
    with demonstration(folder) as served, visiting(served.address) as stranger:
        for code in (*closed, *never)[:WARM]:
            _tried(stranger, code)
        once, again = _pairs(stranger, closed, never), _pairs(stranger, never, never[::-1])
    yield from _told("a code that was closed, a code that never was", once)
    yield from _told("two codes that never were", again)


def _told(what: str, took: tuple[list[float], list[float]]) -> Iterator[Figure]:
    guessed = guess(*took)
    goal = Goal.at_most(NO_BETTER_THAN, guessed, "of all guesses")
    ratio = middle(took[0]) / middle(took[1])
    yield Figure(f"{what}: right guesses", guessed, "of all", goal=goal)
    yield Figure(f"{what}: median", middle(took[0]) * 1000, "ms", ratio, "the other")


def guess(one: Sequence[float], other: Sequence[float]) -> float:
    """Return how often the best rule by time alone would guess right (Mann and Whitney's statistic, 0.5 is a coin)."""
    ranked = sorted((seconds, kind) for kind, values in enumerate((one, other)) for seconds in values)
    ranks = sum(rank for rank, (_, kind) in enumerate(ranked, start=1) if kind == 0)
    share = (ranks - len(one) * (len(one) + 1) / 2) / (len(one) * len(other))
    return max(share, 1 - share)


def _pairs(stranger: Visitor, one: Sequence[CaseCode], other: Sequence[CaseCode]) -> tuple[list[float], list[float]]:
    took: tuple[list[float], list[float]] = ([], [])
    codes = (cycle(one), cycle(other))
    for _ in range(TRIES):
        first = secrets.randbelow(2)
        for kind in (first, 1 - first):
            took[kind].append(_tried(stranger, next(codes[kind])))
    return took


def _tried(stranger: Visitor, code: CaseCode) -> float:
    typed = [*zip(("line1", "line2", "line3"), code.lines, strict=True), ("go", "enter")]
    begun = time.perf_counter()
    page = stranger.post("/help", typed)
    spent = time.perf_counter() - begun
    if page.status != 200 or 'name="line1"' not in page.text:  # noqa: PLR2004 - the one good answer
        raise SystemExit(f"A wrong code was answered {page.status}, and not by the page that asks for one.")
    return spent


def _closed(told: Answers) -> CaseCode:
    code: CaseCode = intake.file_report(told, nonce=secrets.token_bytes(32), by=ANONYMOUS).code
    way = accounts.session_from(conversation.enter(code))
    if not isinstance(way, WayIn):
        raise SystemExit("A fresh code opened nothing.")
    conversation.close_the_way_in(way.holder_id, ring=way.ring, by=way.ring.actor)
    return code


def _never() -> list[CaseCode]:
    return [CaseCode.from_nonce(secrets.token_bytes(32)) for _ in range(CODES)]
