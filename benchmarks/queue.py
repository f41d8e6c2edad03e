"""The console with 10,000 open cases: how soon the queue and a case are shown, and what memory the server holds."""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from benchmarks import crowd
from benchmarks.figures import Figure, Goal, middle, nearly_all
from benchmarks.processes import most_memory_mb, processor_seconds
from benchmarks.visitor import Page, Visitor, visiting
from tests.stories.served import Served, demonstration

CASES = 10_000
FEW = 100  # as many as one page of the queue shows: what more cases cost must come from not being shown
REQUESTS = 100
SOON_MS = 300
MEMORY_MB = 512
CASE = re.compile(r'href="(/console/cases/[0-9a-f-]{36})"')
OK = 200


@dataclass(frozen=True)
class Looked:
    """What looking at pages took, in milliseconds, and what the server's processor worked for each."""

    took_ms: Sequence[float]
    worked_ms: float


@dataclass(frozen=True)
class Seen:
    """One run of the service: the queue, its cases, the memory held at most."""

    queue: Looked
    case: Looked
    memory_mb: float


def measure(folder: Path) -> Iterator[Figure]:
    """Look at few cases, fill up, and look again with the same eyes."""
    with demonstration(folder):
        pass  # founds the programme
    crowd.fill(FEW)
    few = _look(folder)
    begun = time.perf_counter()
    crowd.fill(CASES - FEW)
    yield Figure(f"making {CASES - FEW:,} of the cases", time.perf_counter() - begun, "s")
    many = _look(folder)
    yield from _shown("the queue", few.queue, many.queue)
    yield from _shown("a case", few.case, many.case)
    goal = Goal.at_most(MEMORY_MB, many.memory_mb, "MB")
    yield Figure("most memory", many.memory_mb, "MB", many.memory_mb / few.memory_mb, f"{FEW} cases", goal)


def _shown(what: str, few: Looked, many: Looked) -> Iterator[Figure]:
    slowest, usual = nearly_all(many.took_ms), middle(many.took_ms)
    against = f"{FEW} cases"
    goal = Goal.at_most(SOON_MS, slowest, "ms")
    yield Figure(f"{what}, 95 of {REQUESTS}", slowest, "ms", slowest / nearly_all(few.took_ms), against, goal)
    yield Figure(f"{what}, median", usual, "ms", usual / middle(few.took_ms), against)
    yield Figure(f"{what}, work of a processor", many.worked_ms, "ms", many.worked_ms / few.worked_ms, against)


def _look(folder: Path) -> Seen:
    with demonstration(folder) as served, visiting(served.address) as ines:
        shown = _sign_in(ines)
        cases = cycle(dict.fromkeys(CASE.findall(shown.text)))
        queue = _times(served, lambda: ines.get("/console/"))
        case = _times(served, lambda: ines.get(next(cases)))
        return Seen(queue, case, most_memory_mb(served.process.pid))


def _sign_in(visitor: Visitor) -> Page:
    tour = visitor.get("/tour/")
    return visitor.send(tour, tour.form(where="/ines/"), {})


def _times(served: Served, look: Callable[[], Page]) -> Looked:
    look()  # compiles what is compiled once
    worked = processor_seconds(served.process.pid)
    took = [_ms(look) for _ in range(REQUESTS)]
    return Looked(took, (processor_seconds(served.process.pid) - worked) / REQUESTS * 1000)


def _ms(look: Callable[[], Page]) -> float:
    begun = time.perf_counter()
    page = look()
    spent = time.perf_counter() - begun
    if page.status != OK or b"<h1" not in page.body:
        raise SystemExit(f"The console answered {page.status}.")
    return spent * 1000
