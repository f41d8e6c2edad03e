"""How this command is called here: ``./run safeconduct`` in a checkout, ``safeconduct`` where it was installed."""

import os
import re

COMMAND = "safeconduct"
# A word of ours after the name, so that a path or a sentence that only names the software stays as it is.
_NAMED = re.compile(r"(?<!run )(?<![\w./-])safeconduct (?=[a-z-])")


def name() -> str:
    """Return what is typed before a command's words."""
    return os.environ.get("SAFECONDUCT_CALLED", COMMAND)


def as_called(text: str) -> str:
    """Return a text whose commands can be typed here as they stand."""
    return _NAMED.sub(f"{name()} ", text)
