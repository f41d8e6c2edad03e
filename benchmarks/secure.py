"""From pressing *secure now* to the read-back on the page, over HTTP, through the demonstration's real platform."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen
from uuid import uuid4

from benchmarks.figures import Figure, middle, nearly_all
from benchmarks.reporters import prepared, press
from benchmarks.visitor import Page, Visitor, visiting
from safeconduct.connectors.http_contract.client import HttpConnector
from safeconduct.connectors.port import ActOrder, Result
from safeconduct.domains.safety.rules import STEPS, Bundle
from tests.juniper import juniper_square
from tests.stories.served import demonstration

TIMES = 20
CASE = re.compile(r'href="(/console/cases/[0-9a-f-]{36})"')
PLATFORM = re.compile(r"(http://127\.0\.0\.1:\d+)/account/amina")
# The page asks for itself again by itself: when, and where, it says in its own words.
AGAIN = re.compile(r'hx-get="([^"]+)"[^>]*hx-trigger="load delay:(\d+)(m?s)"')
CHECKED = "Every step is done, and checked"
LONGEST_SECONDS = 60
OFTEN_SECONDS = 0.05


def measure(folder: Path) -> Iterator[Figure]:
    """Secure the same account again and again, put back in between, and read as a person and as a program would."""
    bare = _bare(folder / "bare")
    with demonstration(folder) as served, visiting(served.address) as ines:
        tour = ines.get("/tour/")
        ines.send(tour, tour.form(where="/ines/"), {})
        platform = PLATFORM.findall(tour.text)[0]
        reports, taken = prepared(served.address, 2 * TIMES, 1), set[str]()

        def secured(look: Callable[[Visitor, Page], Page]) -> float:
            urlopen(f"{platform}/backstage", urlencode({"do": "reset"}).encode(), timeout=30).close()  # noqa: S310 - loopback
            press(Visitor(served.address), reports.pop())
            return _secured(ines, look, taken)

        shown = [secured(_as_the_page_does) for _ in range(TIMES)]
        ready = [secured(_at_once) for _ in range(TIMES)]
    yield from _figures("on the page by itself", shown, bare)
    yield from _figures("for whoever loads it again", ready, bare)
    yield Figure("the same acts by the connector alone", bare, "s")


def _figures(what: str, seconds: list[float], bare: float) -> Iterator[Figure]:
    usual, slow = middle(seconds), nearly_all(seconds)
    yield Figure(f"{what}, median of {TIMES}", usual, "s", usual / bare, "the connector alone")
    yield Figure(f"{what}, 95th of 100", slow, "s", slow / bare, "the connector alone")


def _secured(ines: Visitor, look: Callable[[Visitor, Page], Page], taken: set[str]) -> float:
    """Take a case nobody has up to the last button, press it, and count until the page says that all is read back."""
    address = next(each for each in CASE.findall(ines.get("/console/?view=open").text) if each not in taken)
    taken.add(address)
    case = ines.get(address)
    case = ines.send(case, case.form(where="/take"), {})
    cost = ines.send(case, case.form(where="/acts/secure-now"), {})
    answers = {"who_else_sees": "nobody", "proofs": "responder-check", "reason": "She asked for it, and I compared."}
    form = next(each for each in cost.forms if any(name == "cost_shown" for name, _ in each.fields))
    begun = time.perf_counter()
    page = ines.send(cost, form, answers)
    while CHECKED not in page.text:
        if time.perf_counter() - begun > LONGEST_SECONDS:
            raise SystemExit(f"After {LONGEST_SECONDS} s nothing was read back. The page answered {page.status}.")
        page = look(ines, page)
    return time.perf_counter() - begun


def _as_the_page_does(ines: Visitor, page: Page) -> Page:
    found = AGAIN.search(page.text)
    if found is None:
        raise SystemExit(f"The page no longer looks by itself. It answered {page.status}.")
    time.sleep(int(found.group(2)) / (1000 if found.group(3) == "ms" else 1))
    return ines.get(found.group(1))


def _at_once(ines: Visitor, page: Page) -> Page:
    time.sleep(OFTEN_SECONDS)
    return ines.get(urlsplit(page.address).path)


def _bare(folder: Path) -> float:
    took = []
    for number in range(5):
        with juniper_square(folder / str(number), patience_seconds=10) as juniper:
            begun = time.perf_counter()
            _perform(juniper.connector)
            took.append(time.perf_counter() - begun)
    return middle(took)


def _perform(connector: HttpConnector) -> None:
    for act in STEPS[Bundle.SECURE_NOW]:
        record = connector.perform(ActOrder(act, "amina", uuid4(), words="Your account was locked to protect it."))
        if record.result not in {Result.DONE_AND_CHECKED, Result.SENT_NOT_CHECKED}:
            raise SystemExit(f"The connector alone could not do {act}: {record.result}.")
