"""What a data folder is: a demonstration or a real programme, as the file ``kind.json`` in it says."""

import json
from pathlib import Path

from safeconduct.cli.init import KIND

DEMONSTRATION, PROGRAMME = "demonstration", "programme"


def mark_of(data: Path) -> dict[str, object]:
    """Return what the folder says of itself; nothing where it says nothing that can be read."""
    try:
        said = json.loads((data / KIND).read_text())
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def kind_of(data: Path) -> object:
    """Return ``demonstration`` or ``programme``, or something else where no founding has left its word."""
    return mark_of(data).get("kind")
