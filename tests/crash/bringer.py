"""Restores a backup and is killed at a moment of it, if there is one; run by ``test_kill_backup``."""

import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from safeconduct.cli import restore

LINE = 3


@dataclass
class Keeper:
    """Whoever types two cards; counting begins after the last line."""

    lines: list[str]
    moment: int
    counted: list[Callable[[], int]] = field(default_factory=list)

    def say(self, _text: str) -> None:
        """Hear it."""

    def ask(self, _question: str, *, default: str | None = None) -> str:
        return default or ""

    def ask_hidden(self, _question: str) -> str:
        line = self.lines.pop(0)
        if not self.lines:
            self.counted.append(kill_once_reading(self.moment))
        return line

    def agree(self, _question: str) -> bool:
        return False

    def clear(self) -> None:
        """Nothing was shown."""


def kill_once_reading(moment: int) -> Callable[[], int]:
    """Count from where the file's content is read, and kill this process at that moment; tell how many there were.

    What comes before (modules, tables) takes more moments the first time than later.
    """
    from safeconduct.backups.reading import read  # noqa: PLC0415 - by now settings stand, which it needs

    happened, reading = 0, False

    def count(frame: FrameType, _event: str, _what: object) -> None:
        nonlocal happened, reading
        reading = reading or frame.f_code is read.__code__
        happened += reading
        if reading and happened == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    return lambda: happened


def main(file: Path, ledger: Path, cards: list[str], moment: int) -> dict[str, object]:
    if restore.finish_broken_off():
        return {"finished": True, "moments": 0}
    lines = [" ".join(card.split()[at : at + LINE]) for card in cards[:2] for at in range(0, len(card.split()), LINE)]
    keeper = Keeper(lines, moment)
    restore.bring_back(keeper, restore.Asked(file, ledger))
    sys.setprofile(None)
    return {"finished": False, "moments": keeper.counted[0]()}


if __name__ == "__main__":
    told = main(Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3]), int(sys.argv[4]))
    print(json.dumps(told))  # noqa: T201 - read by the test
