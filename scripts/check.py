"""Run every check that reads the code without running the service, and say which failed."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BIN = Path(sys.executable).parent
CHECKS: dict[str, list[str]] = {
    "lint": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
    "import contracts": ["lint-imports", "--no-cache"],
    "dependencies": ["deptry", "src"],
    "templates": ["djlint", "src", "--lint", "--quiet"],
    "migrations": ["python", "-m", "django", "makemigrations", "--check", "--dry-run"],
    "deployment": ["python", "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
}


def run(name: str, command: list[str], variables: dict[str, str]) -> bool:
    """Run one check and print its output only when it fails."""
    begun = time.monotonic()
    done = subprocess.run([BIN / command[0], *command[1:]], env=variables, check=False, capture_output=True, text=True)
    word = "passed" if done.returncode == 0 else "FAILED"
    print(f"{name}: {word} ({time.monotonic() - begun:.0f} s)", flush=True)
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n", flush=True)
    return done.returncode == 0


def main() -> int:
    """Run all checks, in an empty data folder, with production settings."""
    with tempfile.TemporaryDirectory(prefix="safeconduct-check-") as folder:
        variables = os.environ | {
            "SAFECONDUCT_DATA": folder,
            "SAFECONDUCT_HOSTS": "help.example",
            "DJANGO_SETTINGS_MODULE": "safeconduct.project.settings",
            "PYTHONPATH": "src",
        }
        results = [run(name, command, variables) for name, command in CHECKS.items()]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
