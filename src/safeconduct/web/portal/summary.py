"""What will be sent, in the reporter's own words and ours, form by form."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from safeconduct.web import choices
from safeconduct.web.choices import Choice, Words
from safeconduct.web.portal import steps, words
from safeconduct.web.portal.steps import Kept, Step

_CHOICES: Mapping[str, Sequence[Choice]] = {
    "happened": words.HAPPENED,
    "danger": words.DANGER,
    "about": words.ABOUT,
    "who_else_sees": words.WHO_ELSE,
    "wants": words.WANTS,
}


@dataclass(frozen=True)
class Answer:
    """What was said to one question. Without its question, an attacker's account would look like one to protect."""

    question: Words
    lines: tuple[Words, ...]


@dataclass(frozen=True)
class Told:
    """One form's answers. ``step`` leads back to it."""

    step: Step
    name: Words
    answers: tuple[Answer, ...]


def of(kept: Kept) -> list[Told]:
    """Return what was typed at each form of the road."""
    forms = zip(steps.ROAD[:-1], words.STEP_NAMES[:-1], strict=True)
    return [Told(step, name, tuple(_answers(kept, step))) for step, name in forms]


def _answers(kept: Kept, step: Step) -> Iterator[Answer]:
    for field in (*steps.SEVERAL.get(step, ()), *steps.ONE[step]):
        value = kept.get(field, "")
        lines = tuple(_said(field, value if isinstance(value, list) else [value]))
        if lines:
            yield Answer(words.QUESTIONS.get(field, ""), lines)


def _said(field: str, values: Iterable[str]) -> Iterator[Words]:
    known = choices.countries(values) if field == "not_countries" else _CHOICES.get(field)
    for value in values:
        named = next((choice.words for choice in known if choice.value == value), None) if known else value.strip()
        if named and field != "platform":
            yield named
