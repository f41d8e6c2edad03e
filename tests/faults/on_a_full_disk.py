"""A program for tests, run where it may mount: a real service on a disk that fills up and is emptied again."""

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.reporters import Ready, is_kept, sending, to_the_last_step
from benchmarks.visitor import Visitor, visiting
from tests.stories.served import Served, demonstration, surroundings

MEGABYTES = 24
WORDS = "They published where I live and wrote that they would come tonight, all three of them. " * 100
NOT_MOUNTED = 77


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """Write until the disk has no room, down to its last bytes, and take it away again."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1024 * 1024, 4096, 1):
            with contextlib.suppress(OSError):
                while file.write(b"x" * size):
                    pass
    try:
        yield
    finally:
        ballast.unlink()


def pressed(visitor: Visitor, form: Ready) -> dict[str, object]:
    page = visitor.sent("/help", form.body, form.kind)
    return {"status": page.status, "code": is_kept(page), "says": "Nothing was kept" in page.text, "page": page.text}


def set_up(served: Served) -> None:
    os.environ |= surroundings(served.data, "")
    os.environ["DJANGO_SETTINGS_MODULE"] = "safeconduct.project.settings"
    import django  # noqa: PLC0415 - the settings read the folder that was just made

    django.setup()
    from tests.backups.making import make_cards  # noqa: PLC0415

    make_cards()


def kept_a_file(served: Served) -> list[object]:
    """Seal a picture; return whether it was refused with a sentence, and what of it is left."""
    from safeconduct.kernel.errors import Unavailable  # noqa: PLC0415
    from safeconduct.vault.streams import SealedWriter  # noqa: PLC0415

    refused = False
    try:
        with SealedWriter(name="gate.jpg", kind="image/jpeg") as writer:
            writer.write(os.urandom(2_000_000))
            writer.finish()
    except Unavailable as fault:
        refused = "free space" in fault.sentence
    return [refused, [path.name for path in served.data.glob("files/**/*") if path.is_file()]]


def backed_up(to: Path) -> list[object]:
    """Make a backup; return the sentence against it, and what of it is left."""
    from safeconduct.backups.making import back_up  # noqa: PLC0415
    from safeconduct.kernel.errors import Unavailable  # noqa: PLC0415

    said = ""
    try:
        back_up(to, progress=lambda *_: None)
    except Unavailable as fault:
        said = fault.sentence
    return [said, [path.name for path in to.parent.glob("*copy*")]]


def live(served: Served, folder: Path) -> dict[str, object]:
    told: dict[str, object] = {}
    set_up(served)
    with visiting(served.address) as visitor:
        form = sending(to_the_last_step(visitor, WORDS))
        with full(folder):
            told["read"] = [visitor.get(path).status for path in ("/help", "/sign-in", "/numbers")]
            told["refused"] = pressed(visitor, form)
            told["file"] = kept_a_file(served)
            told["copy"] = backed_up(folder / "copy.backup")
        told["kept"] = pressed(visitor, form)
        told["again"] = pressed(visitor, form)
        told["later"] = backed_up(folder / "copy.backup")
    with sqlite3.connect(served.data / "safeconduct.sqlite3") as line:
        told["reports"] = line.execute("SELECT count(*) FROM cases_report").fetchone()[0]
        told["whole"] = line.execute("PRAGMA integrity_check").fetchone()[0]
    told["alive"] = served.process.poll() is None
    return told


def main(folder: Path) -> int:
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(folder)]
    if subprocess.run(mounting, check=False, capture_output=True).returncode:
        return NOT_MOUNTED
    with demonstration(folder) as served:
        told = live(served, folder)
    print(json.dumps(told))  # noqa: T201 - read by the test
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
