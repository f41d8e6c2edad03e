"""People who report what never happened, each from an address of their own. Half copy one text, half write one."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from http.client import HTTPException

from benchmarks.reporters import Ready, answering, is_asked, is_kept, sending, to_the_last_step, words
from benchmarks.visitor import Page, visiting

FALSE = 1000
COPIED = "They are outside my house with stones, come at once, everyone must see this. Number {number}, {more}."
TRIES = 4  # what the portal asks of a person in a flood, and a little more
PAUSE_SECONDS = 2.0
REFUSED = 'class="wrong"'


class Outcome(StrEnum):
    """What became of one report."""

    KEPT = "kept"
    REFUSED = "refused with a sentence"
    LOST = "neither"


@dataclass(frozen=True)
class Liar:
    """One of them, with a form of which only the last button is left to press."""

    place: str
    form: Ready


def place_of(number: int) -> str:
    """Return an address of this machine that no other of them comes from."""
    return f"127.{10 + number // 62500}.{number // 250 % 250}.{1 + number % 250}"


def walked(address: str, how_many: int, at_once: int) -> list[Liar]:
    """Walk them all up to the last button."""

    def one(number: int) -> Liar:
        copied = COPIED.format(number=number, more=words()[:12])
        with visiting(address, coming_from=place_of(number)) as visitor:
            page = to_the_last_step(visitor, copied if number % 2 else words())
            return Liar(place_of(number), sending(page))

    with ThreadPoolExecutor(at_once) as pool:
        return [*pool.map(one, range(how_many))]


def pressed(address: str, liars: Sequence[Liar], at_once: int, within_seconds: float) -> list[Outcome]:
    """Press all last buttons at an even pace, whatever is answered, and return what became of each."""
    begun = time.monotonic()

    def one(number: int) -> Outcome:
        due = begun + number * within_seconds / len(liars)
        time.sleep(max(0.0, due - time.monotonic()))
        return _insisted(address, liars[number])

    with ThreadPoolExecutor(at_once) as pool:
        return [*pool.map(one, range(len(liars)))]


def _insisted(address: str, liar: Liar) -> Outcome:
    """Press, answer what the door asks, and press again where it says to come again."""
    form, outcome = liar.form, Outcome.LOST
    with visiting(address, coming_from=liar.place) as visitor:
        for _ in range(TRIES):
            try:
                page = visitor.sent("/help", form.body, form.kind)
            except (OSError, HTTPException):
                return Outcome.LOST
            outcome = _outcome(page)
            if outcome is Outcome.KEPT:
                return outcome
            if is_asked(page):
                form = answering(page)
            else:
                time.sleep(PAUSE_SECONDS)
    return outcome


def _outcome(page: Page) -> Outcome:
    if is_kept(page):
        return Outcome.KEPT
    return Outcome.REFUSED if is_asked(page) or REFUSED in page.text else Outcome.LOST
