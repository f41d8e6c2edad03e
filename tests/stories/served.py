"""A whole demonstration as its own process, on a database of choice, for stories that browsers and programs live."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


@dataclass
class Served:
    """A running service: where it answers, where it keeps things, and everything it has printed."""

    address: str
    data: Path
    process: subprocess.Popen[str]
    database: str = ""
    printed: list[str] = field(default_factory=list)

    @property
    def platform_data(self) -> Path:
        return self.data.with_name(f"{self.data.name}-platform")

    @property
    def people(self) -> Path:
        return self.data.with_name(f"{self.data.name}-people.json")

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a safeconduct command on the same data."""
        program = [sys.executable, "-m", "safeconduct", *words]
        return subprocess.run(
            program, cwd=ROOT, env=surroundings(self.data, self.database), capture_output=True, text=True, check=False
        )

    def command_without_settings(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command as somebody would in a second terminal: only the folder is named."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SAFECONDUCT_", "DJANGO_"))}
        kept |= {"SAFECONDUCT_DATA": str(self.data), "PYTHONPATH": str(ROOT / "src")}
        program = [sys.executable, "-m", "safeconduct", *words]
        return subprocess.run(program, cwd=ROOT, env=kept, capture_output=True, text=True, check=False)


def surroundings(data: Path, database: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SAFECONDUCT_", "DJANGO_"))}
    own = {
        "SAFECONDUCT_DATA": str(data),
        "SAFECONDUCT_DATABASE": database,
        "SAFECONDUCT_DEMONSTRATION": "yes",
        "SAFECONDUCT_HTTPS": "no",
        "SAFECONDUCT_OPERATOR_NAME": "Juniper Square",
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONWARNINGS": "error",
        "TMPDIR": str(data.parent),
    }
    return kept | own


@contextmanager
def demonstration(folder: Path, *, database: str = "") -> Iterator[Served]:
    """Serve a fresh demonstration on a free port inside the block."""
    data = folder / "data"
    program = [sys.executable, "-m", "safeconduct", "demonstrate", "--port", "0", "--data", str(data)]
    process = subprocess.Popen(
        program, cwd=ROOT, env=surroundings(data, database), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    with listening(Served("", data, process, database)) as served:
        yield served


@contextmanager
def listening(served: Served) -> Iterator[Served]:
    """Wait for the service's address, keep what it prints inside the block, and end it."""
    process = served.process
    listener: threading.Thread | None = None
    try:
        served.address = _address(served)
        listener = threading.Thread(target=_listen, args=(served,), daemon=True)
        listener.start()
        yield served
    finally:
        process.terminate()
        process.wait(timeout=120)
        if listener:
            listener.join(timeout=5)
        if process.stdout:
            process.stdout.close()


def _address(served: Served) -> str:
    assert served.process.stdout is not None
    for line in served.process.stdout:
        served.printed.append(line)
        if found := ADDRESS.search(line):
            return found.group()
    raise AssertionError("The service did not start:\n" + "".join(served.printed))


def _listen(served: Served) -> None:
    assert served.process.stdout is not None
    served.printed.extend(served.process.stdout)
