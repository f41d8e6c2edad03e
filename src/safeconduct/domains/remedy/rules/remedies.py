"""What can be done to make a harm good, and by when."""

from datetime import date, timedelta
from enum import StrEnum

from safeconduct.kernel.errors import Refused

LONGEST_WORDS = 2_000


class Remedy(StrEnum):
    """The catalogue."""

    RESTORE = "restore"
    CORRECT = "correct"
    APOLOGISE = "apologise"
    EXPLAIN = "explain"
    PRESERVE = "preserve"
    REFER = "refer"
    GUARANTEE = "guarantee"


# What changes a practice takes longer than what changes an account.
WITHIN = {each: timedelta(days=7) for each in Remedy} | {Remedy.GUARANTEE: timedelta(days=90)}


def due_on(remedy: Remedy, promised_on: date) -> date:
    """Return the last day on which a remedy is to be delivered."""
    return promised_on + WITHIN[remedy]


def check_promise(words: str) -> None:
    """Refuse a promise that says nothing."""
    if not words.strip():
        raise Refused("remedy.empty", "Say what exactly is promised. The reporter reads these words.")
    _check_length(words)


def check_proof(proof: str) -> None:
    """Refuse to call a remedy delivered without saying what shows it."""
    if not proof.strip():
        raise Refused("remedy.no-proof", "Say what shows that it was done: when, by whom, where it can be seen.")
    _check_length(proof)


def _check_length(words: str) -> None:
    if len(words) > LONGEST_WORDS:
        raise Refused("remedy.too-long", f"This is longer than {LONGEST_WORDS} letters. Say it in fewer words.")
