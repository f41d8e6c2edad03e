"""A command at a real terminal, with people typing: what asks for secrets speaks to nothing less."""

import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 120
MOST_QUESTIONS = 300
ESCAPES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")

Answer = Callable[[str], str]


class Keyboard:
    """Runs one ``safeconduct`` command on a terminal of its own and keeps everything it has shown."""

    def __init__(self, *words: str, env: Mapping[str, str]) -> None:
        ours, its = pty.openpty()
        program = [sys.executable, "-m", "safeconduct", *words]
        # A session of its own has no other terminal, so what is typed unseen is asked for here too.
        self._process = subprocess.Popen(
            program, cwd=ROOT, env=dict(env), stdin=its, stdout=its, stderr=its, start_new_session=True
        )
        os.close(its)
        self._terminal = ours
        self.shown = ""
        self._answered = 0

    def talk(self, answers: Mapping[str, Answer]) -> int:
        """Answer each question that one of the patterns fits until the command ends; return its exit code."""
        try:
            for _ in range(MOST_QUESTIONS):
                if (asked := self._asked(answers)) is None:
                    return self._process.wait(timeout=PATIENCE_SECONDS)
                os.write(self._terminal, f"{asked}\n".encode())
            raise AssertionError(f"The same is asked for ever:\n{self.shown[-500:]}")
        finally:
            self._process.kill()
            self._process.wait()
            os.close(self._terminal)

    def _asked(self, answers: Mapping[str, Answer]) -> str | None:
        """Return what to type at the next question, or nothing once the command has ended."""
        ends = time.monotonic() + PATIENCE_SECONDS
        while self._heard():
            question = self.shown[self._answered :]
            for pattern, answer in answers.items():
                if found := re.search(pattern, question):
                    self._answered = len(self.shown)
                    return answer(found.group())
            if time.monotonic() > ends:
                raise AssertionError(f"Nobody knows the answer:\n{question}")
        return None

    def _heard(self) -> bool:
        """Take in what was shown meanwhile; return whether the command is still there to show more."""
        ready, _, _ = select.select([self._terminal], [], [], 1)
        try:
            new = os.read(self._terminal, 65536) if ready else b""
        except OSError:
            return False  # Linux says so when the other end of a terminal has closed
        self.shown += ESCAPES.sub("", new.decode(errors="replace")).replace("\r\n", "\n")
        return not ready or bool(new)
