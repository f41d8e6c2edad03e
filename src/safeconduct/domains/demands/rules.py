"""What must be asked of a demand, what may leave, who must look, and who is told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from safeconduct.kernel.errors import Refused

LONGEST_WORDS = 4_000
LONGEST_NAME = 200
MOST_PIECES = 60
MOST_BYTES = 100 * 1024 * 1024


class Stage(StrEnum):
    """Where a demand stands."""

    LOGGED = "logged"
    PROPOSED = "proposed"
    APPROVED = "approved"
    HANDED_OVER = "handed-over"
    REFUSED = "refused"


ENDED = frozenset({Stage.HANDED_OVER, Stage.REFUSED})


class Step(StrEnum):
    """What is asked of every demand before anything is answered."""

    BASIS = "basis"
    JURISDICTION = "jurisdiction"
    SCOPE = "scope"
    CHALLENGE = "challenge"
    SILENCE = "silence"
    TELLING = "telling"


class Answer(StrEnum):
    """What was found. What is unclear counts as no, wherever a yes is needed."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Demanded:
    """A demand in the words of whoever logged it. ``due_on`` is the authority's own day, if it named one."""

    authority: str = field(repr=False)
    basis: str = field(repr=False)  # the law and the order it names; empty where it names none
    asked: str = field(repr=False)
    received_on: date
    due_on: date | None = None


@dataclass(frozen=True)
class Found:
    """What was found at one step, and on what it rests."""

    answer: Answer
    words: str = field(repr=False)


Steps = Mapping[Step, Found]


def check_logged(said: Demanded, *, today: date) -> None:
    """Refuse a demand that nobody could find again, or that comes from tomorrow."""
    if not said.authority.strip() or not said.asked.strip():
        raise Refused("demand.incomplete", "Say which authority demands it, and what exactly it asks for.")
    if max(map(len, (said.basis, said.asked))) > LONGEST_WORDS or len(said.authority) > LONGEST_NAME:
        raise Refused("demand.too-long", "This is too long. Say it in fewer words; the letter itself stays with you.")
    if said.received_on > today:
        raise Refused("demand.not-yet", "It cannot have come after today. Correct the day.")


def check_open(stage: Stage) -> None:
    """Refuse to change a demand that was answered."""
    if stage in ENDED:
        raise Refused("demand.ended", "This demand was answered. If the authority writes again, log a new one.")


def check_handler(*, mine: bool) -> None:
    """Refuse whoever does not work on it: one person answers for each demand, and a second one looks."""
    if not mine:
        raise Refused("demand.not-yours", "Somebody else works on this demand. A lead can take it over.")


def check_steps(steps: Steps) -> None:
    """Refuse to go on before every step was taken and says on what it rests."""
    if any(step not in steps or not steps[step].words.strip() for step in Step):
        raise Refused("demand.steps-missing", "Take every step first, and write down on what each answer rests.")


def may_be_answered(steps: Steps) -> bool:
    """Answer whether anything may be handed over at all: only on a legal basis that binds us here."""
    needed = (steps.get(Step.BASIS), steps.get(Step.JURISDICTION))
    return all(found is not None and found.answer is Answer.YES for found in needed)


def is_forbidden_to_tell(steps: Steps) -> bool:
    """Answer whether the demand forbids to tell the people concerned. What is unclear forbids nothing."""
    found = steps.get(Step.SILENCE)
    return found is not None and found.answer is Answer.YES


def check_proposal(steps: Steps, *, reading: str, sizes: Collection[int]) -> None:
    """Refuse to propose what has no legal basis, no narrow reading, or no pieces chosen one by one.

    ``sizes`` are the bytes of each piece.
    """
    check_steps(steps)
    if not may_be_answered(steps):
        sentence = "Without a legal basis that binds you here, nothing leaves. Refuse the demand, in words."
        raise Refused("demand.no-basis", sentence)
    if not reading.strip():
        sentence = "Write down the narrowest reading of it: what exactly must be handed over, and what not."
        raise Refused("demand.no-reading", sentence)
    if not sizes:
        raise Refused("demand.nothing-chosen", "Choose piece by piece what would be handed over.")
    check_size(sizes)


def check_size(sizes: Collection[int]) -> None:
    """Refuse more than a second person looks at, or than one file can hold."""
    if len(sizes) > MOST_PIECES:
        sentence = "These are more than 60 pieces. A narrow reading needs fewer; else log it in parts."
        raise Refused("demand.too-much", sentence)
    if sum(sizes) > MOST_BYTES:
        raise Refused("demand.too-big", "These are more than 100 MB in one file. Choose less, or log it in parts.")


def check_second(*, stage: Stage, handler: UUID, second: UUID) -> None:
    """Refuse an approval by whoever proposed it, and of what nobody has proposed."""
    if stage is not Stage.PROPOSED:
        raise Refused("demand.not-proposed", "Nothing waits for a second person here.")
    if handler == second:
        raise Refused("demand.same-person", "A second person must look at it: somebody who did not propose it.")


def check_approved(stage: Stage) -> None:
    """Refuse to let anything leave that no second person has approved."""
    if stage is not Stage.APPROVED:
        raise Refused("demand.not-approved", "Nothing leaves before a second person has approved it.")


def check_unchanged(*, same: bool) -> None:
    """Refuse to hand over what is no longer what was chosen, to the letter."""
    if not same:
        sentence = "Some of this changed or is gone since it was chosen. Choose again, and let the second person look."
        raise Refused("demand.changed", sentence)


def check_same_file(*, same: bool) -> None:
    """Refuse to give out as what left a file that is not the very same."""
    if not same:
        sentence = "What left cannot be made again: some of it changed or is gone since. Its fingerprint stays here."
        raise Refused("demand.file-gone", sentence)


def check_words(words: str) -> None:
    """Refuse a refusal or a message that says nothing, or is longer than anybody reads."""
    if not words.strip():
        raise Refused("demand.no-words", "Write the words that are sent. Nobody can guess them later.")
    if len(words) > LONGEST_WORDS:
        raise Refused("demand.too-long", "This is too long. Say it in fewer words; the letter itself stays with you.")


def check_silence(steps: Steps, *, ask_again_on: date | None, today: date) -> None:
    """Refuse to keep silent without a day on which somebody asks again whether the people may be told."""
    if is_forbidden_to_tell(steps) and (ask_again_on is None or ask_again_on <= today):
        sentence = "It forbids to tell the people concerned. Name a day after today on which you ask again."
        raise Refused("demand.no-day", sentence)
