"""How long a start lasts, from ``./run`` to the first page in a visitor's hands."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.figures import Figure, Goal, middle
from benchmarks.processes import processor_seconds
from benchmarks.visitor import visiting
from tests.stories.served import ADDRESS, ROOT, surroundings

SOON_SECONDS = 3
STARTS = 7
# What the service stands on. Importing it alone is what no start of ours can undercut.
LIBRARIES = (
    "import django.core.wsgi, django.db.models, django.forms, django.template, ninja, httpx, cheroot.wsgi, structlog"
)


def measure(folder: Path) -> Iterator[Figure]:
    """Start once to found the demonstration, then again and again."""
    first, _worked = _start(folder)
    yield Figure("first start, which founds the programme", first, "s")
    _alone()
    again, worked, bare = zip(*((*_start(folder), _alone()) for _ in range(STARTS)), strict=True)
    yield _second(again, bare)
    yield Figure("of it, work of a processor", middle(worked), "s", middle(worked) / middle(again), "second start")


def _second(again: Sequence[float], bare: Sequence[float]) -> Figure:
    seconds = middle(again)
    ratio = middle([one / other for one, other in zip(again, bare, strict=True)])
    goal = Goal.at_most(SOON_SECONDS, seconds, "s")
    return Figure(f"second start, median of {STARTS}", seconds, "s", ratio, "importing its libraries alone", goal)


def _start(folder: Path) -> tuple[float, float]:
    begun = time.perf_counter()
    with _running(folder) as process, visiting(_address(process)) as visitor:
        page = visitor.get("/help")
        spent = time.perf_counter() - begun
        if page.status != 200:  # noqa: PLR2004 - the one good answer
            raise SystemExit(f"The first page answered {page.status}.")
        return spent, processor_seconds(process.pid)


@contextmanager
def _running(folder: Path) -> Iterator[subprocess.Popen[str]]:
    data = folder / "data"
    program = [sys.executable, str(ROOT / "run"), "--port", "0", "--data", str(data)]
    process = subprocess.Popen(program, cwd=ROOT, env=surroundings(data, ""), stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=60)


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(ADDRESS, line):
            return found.group()
    raise SystemExit("The demonstration did not start. Run ./run and read what it says.")


def _alone() -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", LIBRARIES], check=True, timeout=120)
    return time.perf_counter() - begun
