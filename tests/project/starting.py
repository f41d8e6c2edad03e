"""Starts the ``safeconduct`` command as people do, and says what came of it."""

import hashlib
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.stories.served import ROOT, surroundings


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    said: str

    @property
    def refused_in_one_sentence(self) -> bool:
        return self.code != 0 and self.said.count("\n") == 1 and self.said.endswith(".\n")


def ended(*words: str, data: Path, **settings: str) -> Ended:
    """Run a command to its end."""
    program = [sys.executable, "-m", "safeconduct", *words]
    environment = surroundings(data, "") | settings
    done = subprocess.run(program, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120)
    return Ended(done.returncode, done.stdout + done.stderr)


def everything_in(*folders: Path) -> dict[str, str]:
    """Return every file below, each with a fingerprint of what it holds."""
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
