"""Run the benchmarks one after another, each in a process of its own, and print a table of what they found."""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.table import missed, table

ROOT = Path(__file__).resolve().parents[1]
# What each measures stands in the first line of its module.
NAMES = ("first_page", "vault", "record", "start", "secure", "matrix", "refusals", "reports", "queue", "flood", "kills")
LONGEST_SECONDS = 900
GUIDE = ROOT / "docs" / "guides" / "benchmarks.md"
FOUND = "## What was found\n"


def main() -> int:
    """Run what was asked for. Leaves with 1 when a goal is missed, so that a program can ask too."""
    asked = _asked()
    found = {name: _run(name) for name in asked.names or NAMES}
    if asked.json:
        print(json.dumps({name: [figure.as_json() for figure in figures] for name, figures in found.items()}, indent=1))
    else:
        print(tables := "\n\n".join(table(name, figures) for name, figures in found.items()))
        if asked.write:
            GUIDE.write_text(with_figures(GUIDE.read_text(), tables))
    return 1 if any(missed(figures) for figures in found.values()) else 0


def with_figures(guide: str, tables: str) -> str:
    """Return the guide with these figures in place of the last ones, under the machine they were found on."""
    before, _, _ = guide.partition(FOUND)
    where = (
        f"Python {platform.python_version()} on {platform.system()}, {os.cpu_count()} cores, load {_busy()} at the end."
    )
    return f"{before}{FOUND}\n{where}\n\n```\n{tables}\n```\n"


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"which to run; all, if none: {', '.join(NAMES)}")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/guides/benchmarks.md as well")
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(NAMES):
        parser.error(f"There is no benchmark {', '.join(sorted(unknown))}. There are: {', '.join(NAMES)}.")
    return asked


def _run(name: str) -> list[Figure]:
    begun, busy = time.monotonic(), _busy()
    print(f"{name} ... (load {busy} before)", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(prefix="safeconduct-benchmark-", ignore_cleanup_errors=True) as folder:
        command = [sys.executable, "-m", "benchmarks.alone", name, folder]
        done = subprocess.run(
            command, cwd=ROOT, env=_surroundings(), stdout=subprocess.PIPE, check=False, timeout=LONGEST_SECONDS
        )
    if done.returncode:
        raise SystemExit(f"The benchmark {name} broke off. The lines above say why.")
    print(f"{name}: {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    return [Figure.from_json(json.loads(line)) for line in done.stdout.splitlines()]


def _surroundings() -> dict[str, str]:
    """Return an environment in which Python keeps what it compiled, as it does wherever Safeconduct is installed."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    # Not beside the sources: a measurement leaves nothing in the checkout.
    return kept | {"PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "safeconduct-benchmark-compiled")}


def _busy() -> str:
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


if __name__ == "__main__":
    sys.exit(main())
