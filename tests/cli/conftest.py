"""A founded programme, and a screen on which a test types."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from safeconduct.accounts import patience, second_factor
from tests.programme import Programme, found

LETTERS = re.compile(r"^    ((?:[A-Z2-7]{4} ?)+)$", re.MULTILINE)
WORDS = re.compile(r"^    ((?:[a-z-]+ ){5}[a-z-]+)\n$", re.MULTILINE)


@dataclass
class Script:
    """A screen whose answers are planned; the words and code it was shown can be typed back."""

    answers: list[str]
    consents: bool = True
    shown: list[str] = field(default_factory=list)
    visible: list[str] = field(default_factory=list)
    before_answer: Callable[[str], None] = lambda _question: None

    def say(self, text: str) -> None:
        self.shown.append(text)
        self.visible.append(text)

    def ask(self, question: str, *, default: str | None = None) -> str:
        self.before_answer(question)
        if "six digits" in question and self._last(LETTERS):
            return second_factor.code_now(self._last(LETTERS).replace(" ", ""))
        if "Enter" in question:
            return ""
        return (self.answers.pop(0) if self.answers else "") or default or ""

    def ask_hidden(self, _question: str) -> str:
        return self._last(WORDS) or self.answers.pop(0)

    def agree(self, _question: str) -> bool:
        return self.consents

    def clear(self) -> None:
        self.visible.clear()

    def _last(self, pattern: re.Pattern[str]) -> str:
        found = pattern.findall("\n".join(self.shown))
        return found[-1] if found else ""


@pytest.fixture
def programme(db: None, data_folder: Path) -> Programme:
    return found()


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "REFUSAL_SECONDS", 0.0)
