"""What a responder sees of a flood, and whom it wakes: the queue page looked at again and again, and the calls."""

import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection

from benchmarks.visitor import Visitor, visiting
from safeconduct.domains.cases.models import Page

ROW = re.compile(r'<div class="what"><a href="/console/cases/([0-9a-f-]{36})"')
OFTEN_SECONDS = 0.25
OK = 200


@dataclass
class Seen:
    """When things happened, by ``time.monotonic``; nothing where they did not. Pages of the queue in milliseconds."""

    case: UUID | None = None
    rang: float | None = None
    true_rang: float | None = None
    true_first: float | None = None
    took_ms: list[float] = field(default_factory=list)


@contextmanager
def looking(address: str, seen: Seen) -> Iterator[None]:
    """Look at the queue as Ines does, and at the calls, inside the block."""
    over = threading.Event()
    eyes = [threading.Thread(target=each, args=(address, seen, over)) for each in (_at_the_queue, _at_the_calls)]
    for each in eyes:
        each.start()
    try:
        yield
    finally:
        over.set()
        for each in eyes:
            each.join()


def rings() -> int:
    """Return how often the person called most often was called."""
    # All that one ring says something of is to be said again at one moment, to the microsecond, and not before a flood
    # of this length is over.
    rung = Page.objects.filter(times__gt=0).values_list("member", "next_at").distinct()
    return max(Counter(member for member, _ in rung).values(), default=0)


def sign_in(visitor: Visitor) -> None:
    """Come in by the tour's button for Ines."""
    tour = visitor.get("/tour/")
    visitor.send(tour, tour.form(where="/ines/"), {})


def queue_ms(visitor: Visitor) -> tuple[float, list[str]]:
    """Return how long the queue took, and its cases from the top."""
    begun = time.perf_counter()
    page = visitor.get("/console/")
    spent = (time.perf_counter() - begun) * 1000
    if page.status != OK or "<h1" not in page.text:
        raise SystemExit(f"The queue answered {page.status}.")
    return spent, ROW.findall(page.text)


def _at_the_queue(address: str, seen: Seen, over: threading.Event) -> None:
    with visiting(address) as ines:
        sign_in(ines)
        while not over.wait(OFTEN_SECONDS):
            spent, cases = queue_ms(ines)
            seen.took_ms.append(spent)
            if seen.true_first is None and cases and cases[0] == str(seen.case):
                seen.true_first = time.monotonic()


def _at_the_calls(_address: str, seen: Seen, over: threading.Event) -> None:
    while not over.wait(OFTEN_SECONDS):
        rung = Page.objects.filter(times__gt=0)
        if seen.rang is None and rung.exists():
            seen.rang = time.monotonic()
        if seen.true_rang is None and seen.case and rung.filter(case=seen.case).exists():
            seen.true_rang = time.monotonic()
    connection.close()
