"""How a command lays out what it says: 80 columns, a label at the side, whole sentences."""

import sys
import textwrap
from datetime import timedelta
from pathlib import Path

from safeconduct.kernel.errors import Refused

COLUMNS = 80
SIDE = 12
SOMETHING_WRONG = 3
NO_CHANGE = "Nothing was changed. A person decides."


def beside(label: str, sentence: str) -> str:
    """Return ``sentence`` set beside its label. Keys and ids stay whole, to be copied."""
    first, rest = f"{label:<{SIDE}}", " " * SIDE
    lines = textwrap.wrap(sentence, COLUMNS - SIDE, break_long_words=False, break_on_hyphens=False)
    return first + f"\n{rest}".join(lines)


def ending(code: int, meaning: str) -> str:
    """Return the last lines of every check: who decides, and what the exit code says."""
    return f"{NO_CHANGE}\nAs data: --json    Exit code: {code} ({meaning})"


def lasted(time: timedelta) -> str:
    """Return a time to the minute in words, such as ``2 h 5 min``."""
    minutes = round(time.total_seconds() / 60)
    days, hours, minutes = minutes // 1440, minutes % 1440 // 60, minutes % 60
    parts = [f"{count:,} {unit}" for count, unit in ((days, "d"), (hours, "h"), (minutes, "min")) if count]
    return " ".join(parts) or "0 min"


def count_of(count: int, one: str, more: str) -> str:
    """Return a number with its noun."""
    return f"{count:,} {one if count == 1 else more}"


def text_of(file: Path) -> str:
    """Return what a file says; ``-`` is what comes in by the pipe. Raises ``Refused`` if it is not readable text."""
    try:
        raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return raw.decode()
    except FileNotFoundError as fault:
        sentence = f"There is no file {file}. Check its name and the folder you are in, then try again."
        raise Refused("file.absent", sentence) from fault
    except (OSError, UnicodeDecodeError) as fault:
        sentence = f"The file {file} cannot be read as text. Check its name and try again."
        raise Refused("file.unreadable", sentence) from fault
