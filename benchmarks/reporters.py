"""Reporters as a load: each walks the portal's whole road by its forms, up to the last button and through it."""

import re
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.visitor import Form, Page, Visitor, encoded, visiting
from safeconduct.vault.passphrases import generate

OK = 200
DIGITS = re.compile(r'class="keep digits".*?</div>', re.DOTALL)
QUESTION = re.compile(r'name="question" value="([^"]+)".*?<label for="answer">([^<]+)', re.DOTALL)
# What is asked in between stands in web/portal/steps.py.
ROAD: Sequence[Mapping[str, str]] = (
    {"happened": "T5", "go": "on"},
    {"danger": "today", "who_in_danger": "two of us", "country": "BR", "go": "on"},
    {"mine": "amina", "others": "patriot.eye.01", "who_else_sees": "nobody", "go": "on"},
    {"wants": "secure", "go": "on"},
)


class NotKept(SystemExit):
    """A report that the service did not keep: the measurement is worth nothing then."""


@dataclass(frozen=True)
class Ready:
    """A report of which only the last button is left to press."""

    body: bytes
    kind: str


def words() -> str:
    """Return some sixty words that no other report shares, as different people write different things."""
    return ". ".join(generate() for _ in range(10))


def walk(visitor: Visitor) -> Ready | None:
    """Fill in every form and answer what the door asks; None when the door let it straight through."""
    page = to_the_last_step(visitor, words())
    page = visitor.send(page, _form(page), {"go": "send"})
    return None if is_kept(page) else answering(page)


def to_the_last_step(visitor: Visitor, text: str) -> Page:
    """Fill in every form and return the page with the last button on it."""
    page = visitor.post("/help", [("go", "report")])
    for number, answers in enumerate(ROAD):
        typed = {"text": text} if number == 0 else {}
        page = visitor.send(page, _form(page), {**answers, **typed})
    return page


def sending(page: Page) -> Ready:
    """Return the last page's form as it goes out."""
    form = _form(page)
    return Ready(*encoded(form.filled({"go": "send"}), multipart=form.multipart))


def is_asked(page: Page) -> bool:
    """Say whether the door asks its question first."""
    return QUESTION.search(page.text) is not None


def answering(page: Page) -> Ready:
    """Return the form with the door's question answered."""
    form = _form(page)
    return Ready(*encoded(form.filled({"go": "send", "answer": _answer(page)}), multipart=form.multipart))


def press(visitor: Visitor, report: Ready) -> float:
    """Press the last button and return how many seconds the case code took."""
    begun = time.perf_counter()
    page = visitor.sent("/help", report.body, report.kind)
    if not is_kept(page):
        raise NotKept(f"A report was not kept: the portal answered {page.status}.")
    return time.perf_counter() - begun


def is_kept(page: Page) -> bool:
    """Say whether a page shows a case code."""
    return page.status == OK and DIGITS.search(page.text) is not None


def prepared(address: str, how_many: int, at_once: int) -> list[Ready]:
    """Walk until so many reports are ready. The first few from one place are let through without a question."""
    ready: list[Ready] = []

    def walking(visitor: Visitor) -> None:
        while len(ready) < how_many:
            if report := walk(visitor):
                ready.append(report)

    _together(address, at_once, lambda visitor, _number: walking(visitor))
    return ready[:how_many]


def pressed(address: str, reports: Sequence[Ready], at_once: int) -> tuple[float, list[float]]:
    """Press all last buttons, so many at once, and return the seconds in all and of each."""
    took: list[float] = []
    begun = time.perf_counter()
    _together(
        address,
        at_once,
        lambda visitor, number: took.extend(press(visitor, each) for each in reports[number::at_once]),
    )
    spent = time.perf_counter() - begun
    if len(took) != len(reports):
        raise NotKept(f"Only {len(took)} of {len(reports)} reports were kept.")
    return spent, took


def _together(address: str, at_once: int, act: Callable[[Visitor, int], None]) -> None:
    def one(number: int) -> None:
        with visiting(address) as visitor:
            act(visitor, number)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _form(page: Page) -> Form:
    return next(form for form in page.forms if any(name == "nonce" for name, _ in form.fields))


def _answer(page: Page) -> str:
    asked = QUESTION.search(page.text)
    if asked is None:
        raise NotKept(f"The portal answered {page.status} with neither a code nor a question.")
    question = asked.group(2)
    numbers = [int(number) for number in re.findall(r"\d+", question)]
    if question.startswith("Add"):
        return str(sum(numbers))
    return str(max(numbers) if "largest" in question else min(numbers))
