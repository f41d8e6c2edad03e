"""Runs one benchmark in this process, Django set up on a data folder of its own, and prints its figures as JSON."""

import importlib
import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main(name: str, folder: Path) -> None:
    """Measure. The data folder is where ``tests.stories.served`` keeps a demonstration served from ``folder``."""
    data = folder / "data"
    os.environ |= {
        "SAFECONDUCT_DATA": str(data),
        "SAFECONDUCT_DATABASE": "",
        "SAFECONDUCT_DEMONSTRATION": "yes",
        "SAFECONDUCT_HTTPS": "no",
        "DJANGO_SETTINGS_MODULE": "safeconduct.project.settings",
    }
    sys.path.insert(0, str(ROOT / "src"))
    data.mkdir(mode=0o700)
    importlib.import_module("django").setup()
    for figure in importlib.import_module(f"benchmarks.{name}").measure(folder):
        print(json.dumps(figure.as_json()), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
