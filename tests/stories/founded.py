"""A real programme: founded by four people at a keyboard, and served as an operator would serve it."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from safeconduct.accounts import second_factor
from tests.cast import CHIARA, INES, KOFI, LEYLA
from tests.stories.keyboard import ROOT, Keyboard
from tests.stories.served import Served, listening, surroundings

WORDS = re.compile(r"^    ((?:[a-z-]+ ){5}[a-z-]+)$", re.MULTILINE)
LETTERS = re.compile(r"^    ((?:[A-Z2-7]{4} ?)+)$", re.MULTILINE)
FOUNDERS = (LEYLA, INES, CHIARA, KOFI)


@dataclass(frozen=True)
class Keeps:
    """What one person wrote on paper and has in the phone."""

    words: str
    secret: str

    def code(self) -> str:
        return second_factor.code_now(self.secret)


@dataclass
class RealProgramme:
    """A programme's folder and settings, and what its people keep."""

    data: Path
    database: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    people: dict[str, Keeps] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        real = {"SAFECONDUCT_DEMONSTRATION": "no", "SAFECONDUCT_HTTPS": "yes"}
        return surroundings(self.data, self.database) | real | self.settings

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-m", "safeconduct", *words]
        return subprocess.run(program, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)

    @contextmanager
    def serving(self) -> Iterator[Served]:
        """Serve it on a free port inside the block, as its proxy reaches it."""
        program = [sys.executable, "-m", "safeconduct", "serve", "--port", "0"]
        process = subprocess.Popen(
            program, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        with listening(Served("", self.data, process, self.database)) as served:
            yield served


def found(programme: RealProgramme) -> Keyboard:
    """Let the founders type ``safeconduct init`` one after the other, and keep what each was shown."""
    keyboard = Keyboard("init", env=programme.environment)
    names = iter(FOUNDERS)
    at_the_screen = [""]

    def comes_forward(question: str) -> str:
        at_the_screen[0] = question.split()[1]
        return ""

    def words(_: str) -> str:
        who = at_the_screen[0]
        programme.people[who] = Keeps(WORDS.findall(keyboard.shown)[-1], _secret(keyboard.shown))
        return programme.people[who].words

    code = keyboard.talk(
        {
            r"  Sign-in name: $": lambda _: next(names).sign_in_name,
            r"Name as colleagues and reporters read it \[\w+\]: $": lambda question: (
                question.split("[")[1].split("]")[0].title()
            ),
            r"Country they work in[^:]+: $": lambda _: "",
            r"Languages they read[^:]+: $": lambda _: "en,ar",
            r"Found the programme with these people\? \[y/N\]: $": lambda _: "y",
            r"Only \w+ may see the screen now\.[^:]+: $": comes_forward,
            r"Your six words: $": words,
            r"The six digits that your app shows: $": lambda _: programme.people[at_the_screen[0]].code(),
            r"Enter[a-z ]*: $": lambda _: "",
        }
    )
    assert code == 0, keyboard.shown
    return keyboard


def _secret(shown: str) -> str:
    return LETTERS.findall(shown)[-1].replace(" ", "")
