"""The whole of it at a real terminal: a programme is founded, and its intake team's cards are typed back unseen."""

import re
from pathlib import Path

import pytest

from tests.stories.founded import RealProgramme, found
from tests.stories.keyboard import Keyboard

NUMBERED = re.compile(r" {3}\d+ ([a-z]+)")


@pytest.mark.one_database
def test_cards_written_down_at_founding_are_typed_back_without_an_echo(tmp_path: Path) -> None:
    programme = RealProgramme(tmp_path / "data")
    first, second, *_ = printed(found(programme).shown, "Intake")
    leyla = programme.people["leyla"]
    lines = iter([*in_lines(first), *in_lines(second)])

    keyboard = Keyboard("teams", "restore", "Intake", env=programme.environment)
    code = keyboard.talk(
        {
            r"Your sign-in name: $": lambda _: "leyla",
            r"Your six words: $": lambda _: leyla.words,
            r"The six digits of your app: $": lambda _: leyla.code(),
            r"Card \d, words \d+ to \d+: $": lambda _: next(lines),
        }
    )

    assert (code, "The cards are right" in keyboard.shown) == (0, True), keyboard.shown
    assert not [line for line in [*in_lines(first), *in_lines(second), leyla.words] if line in keyboard.shown]


def printed(shown: str, team: str) -> list[list[str]]:
    """Return the words of each card of a team as its keeper wrote them down."""
    pages = re.split(r"Card \d of 3 of the team ", shown)[1:]
    return [NUMBERED.findall(page) for page in pages if page.startswith(team)]


def in_lines(words: list[str]) -> list[str]:
    assert len(words) == 33
    return [" ".join(words[start : start + 3]) for start in range(0, 33, 3)]
