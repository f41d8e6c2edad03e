"""The erasure ledger: what was destroyed, in a file that no backup holds, so that a restored backup loses it again.

Each line is sealed over the line before it, so that a changed, moved or missing line shows. It carries opaque ids and
days. A line is durable before the change that it tells of: were the power cut between the two, the worst is that what
somebody had ordered to be destroyed is gone after a restore. The record keeps a mark of each line, so that lines which
somebody cut off are missed, also where new ones were written in their place.
"""

import fcntl
import json
import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from hmac import compare_digest, digest
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import transaction

from safeconduct.audit import queries as record
from safeconduct.audit import services as audit
from safeconduct.kernel import clock
from safeconduct.kernel.actors import BY_RULE
from safeconduct.kernel.errors import Refused, Unavailable
from safeconduct.kernel.keyfile import OWNER_ONLY, OWNER_ONLY_FOLDER, secret_file
from safeconduct.vault.labels import derived, derived_id

FILE = "erasures.jsonl"
KEY = "ledger.key"
# What this room itself notes: envelopes whose keys were destroyed, among ids about which the record was made mute.
DESTROYED = "vault.destroyed"
BEGUN, DAY = "ledger.begun", "ledger.day"
# The entry in the record about a line, by its mark.
WRITTEN = "ledger.line"
# No backup is older, so what an earlier line told of can come back with none.
MATTERS_FOR = timedelta(days=31)
IDS_A_LINE = 100
LONGEST_LINE = 8192


@dataclass(frozen=True)
class Line:
    """One line: ``ids`` of one ``kind``, destroyed on a day. ``seal`` covers it and every line before."""

    number: int
    day: date
    kind: str
    ids: tuple[UUID, ...]
    seal: str

    @property
    def body(self) -> str:
        """Return what is sealed."""
        ids = [str(each) for each in self.ids]
        return json.dumps([self.number, self.day.isoformat(), self.kind, ids], separators=(",", ":"))

    @property
    def mark(self) -> UUID:
        """Return what stands for it in the record, on backups and wherever else it is to be missed: it says nothing."""
        return mark_of(self.seal)

    @classmethod
    def parsed(cls, text: str) -> "Line":
        """Return the line that stands in the file. Raises ``ValueError`` for anything else."""
        body, seal = json.loads(text)
        number, day, kind, ids = json.loads(body)
        return cls(int(number), date.fromisoformat(day), str(kind), tuple(UUID(each) for each in ids), str(seal))

    def written(self) -> str:
        """Return the line as it stands in the file."""
        return json.dumps([self.body, self.seal]) + "\n"


def ledger_file() -> Path:
    """Return where the ledger lies."""
    folder = Path(settings.LEDGER) if settings.LEDGER else Path(settings.DATA) / "ledger"
    return folder.expanduser() / FILE


def key_file() -> Path:
    """Return the key that the lines are sealed with. A backup holds it, so that its restore can check the ledger."""
    return Path(settings.DATA) / "keys" / KEY


def note(kind: str, ids: Collection[UUID]) -> None:
    """Write down that these were destroyed, for good, before the caller's transaction ends. Call it last."""
    listed = sorted(set(ids))
    starts = range(0, len(listed), IDS_A_LINE)
    if listed:
        _mark(*(_append(kind, tuple(listed[start : start + IDS_A_LINE])) for start in starts))


def every_line() -> list[Line]:
    """Return the lines of the ledger that this service keeps, checked; none before the first."""
    return read(ledger_file(), key_file().read_bytes()) if key_file().exists() else []


def named_in(lines: Iterable[Line]) -> defaultdict[str, set[UUID]]:
    """Return what lines name, by their kind."""
    found = defaultdict[str, set[UUID]](set)
    for line in lines:
        found[line.kind].update(line.ids)
    return found


def begin() -> Line:
    """Return the newest line, making the first one where there is no ledger yet."""
    return newest() or _mark(_append(BEGUN, ()))


def note_day() -> int:
    """Write a line for today unless there is one, so that a ledger which was cut short shows by its last day."""
    last = newest()
    if last is not None and last.day >= clock.now().date():
        return 0
    _mark(_append(DAY if last else BEGUN, ()))
    return 1


def newest() -> Line | None:
    """Return the last line, or None before the first."""
    if not ledger_file().exists() and not key_file().exists():
        return None
    with _held() as file:
        return _last(file)


def _mark(*lines: Line) -> Line:
    """Leave an entry for each line and return the last. All of a day are told at its end, in an order of chance.

    The order and the minutes of lines would else place what was done about names beside what was done about reports.
    """
    with transaction.atomic(), audit.by_the_day():
        for line in lines:
            audit.record(BY_RULE, WRITTEN, line.mark)
    return lines[-1]


def missed(lines: Iterable[Line]) -> int:
    """Return how many lines the record tells of that are not among these, of those that still matter."""
    told = record.subjects_of(WRITTEN, since=clock.now() - MATTERS_FOR)
    return len(told - {line.mark for line in lines})


def _append(kind: str, ids: tuple[UUID, ...]) -> Line:
    with _held() as file:
        last = _last(file)
        line = sealed_after(last, kind, ids, _key())
        file.seek(0, os.SEEK_END)
        file.write(line.written().encode())
        file.flush()
        os.fsync(file.fileno())
    return line


def sealed_after(last: Line | None, kind: str, ids: tuple[UUID, ...], key: bytes) -> Line:
    """Return the line that follows ``last``."""
    bare = Line(last.number + 1 if last else 1, clock.now().date(), kind, ids, "")
    return Line(bare.number, bare.day, kind, ids, _seal(bare, last.seal if last else "", key))


def _seal(line: Line, before: str, key: bytes) -> str:
    return digest(key, f"{before}\n{line.body}".encode(), "sha256").hex()


def _key() -> bytes:
    return key_from(secret_file(key_file()))


def mark_of(seal: str) -> UUID:
    """Return the mark of the line with this seal."""
    return derived_id(seal.encode(), "erasure ledger: mark")


def key_from(secret: bytes) -> bytes:
    """Return what seals lines, from the content of the key file."""
    return derived(secret, "erasure ledger")


@contextmanager
def _held() -> Iterator[IO[bytes]]:
    """Hold the file against everybody else who writes. A ledger that was begun and is gone is never begun anew."""
    path = ledger_file()
    if key_file().exists() and not path.exists():
        raise Unavailable(
            "ledger.missing", f"The erasure ledger {path} is missing. Put it back; until then nothing is erased."
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY_FOLDER)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY)
        with os.fdopen(handle, "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
    except OSError as fault:
        sentence = (
            f"The erasure ledger in {path.parent} cannot be written, so nothing is erased. Mend the disk or its rights."
        )
        raise Unavailable("ledger.unwritable", sentence) from fault


def _last(file: IO[bytes]) -> Line | None:
    """Return the last whole line, and cut off what a power cut left of one: nothing had followed from it."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 2 * LONGEST_LINE))
    tail = file.read()
    whole = tail[: tail.rfind(b"\n") + 1]
    if len(whole) < len(tail):
        file.truncate(size - len(tail) + len(whole))
    try:
        return Line.parsed(whole.splitlines()[-1].decode()) if whole else None
    except (ValueError, TypeError) as fault:
        raise _damaged("its last line cannot be read") from fault


def read(path: Path, secret: bytes) -> list[Line]:
    """Return every line of a ledger, checked with the content of its key file, or raise ``Refused`` and say why."""
    try:
        texts = path.read_text("utf-8").split("\n")[:-1]
        lines = [Line.parsed(text) for text in texts]
    except FileNotFoundError as fault:
        raise Refused("ledger.absent", f"There is no erasure ledger {path}. {BRING_IT}") from fault
    except (OSError, ValueError, TypeError) as fault:
        raise _damaged(f"{path} cannot be read") from fault
    whole = len([*_fitting(lines, secret)])
    if whole < len(lines):
        raise _damaged(f"line {whole + 1} of {path} does not fit the one before")
    return lines


def _fitting(lines: Iterable[Line], secret: bytes) -> Iterator[Line]:
    """Yield the lines for as long as each fits the one before."""
    key, before = key_from(secret), ""
    for number, line in enumerate(lines, start=1):
        if line.number != number or not compare_digest(line.seal, _seal(line, before, key)):
            return
        yield line
        before = line.seal


def sound_part(path: Path, secret: bytes) -> list[Line]:
    """Return the lines of a copy up to the first that does not fit, to compare others with; of none, none."""
    try:
        texts = path.read_text("utf-8", errors="replace").split("\n")[:-1]
    except OSError:
        return []
    return [*_fitting(_parsed_while_it_can_be(texts), secret)]


def _parsed_while_it_can_be(texts: Iterable[str]) -> Iterator[Line]:
    for text in texts:
        try:
            yield Line.parsed(text)
        except (ValueError, TypeError):
            return


BRING_IT = (
    "Without it a restore would bring back what was erased. "
    "Name the newest copy of the ledger with --ledger, from SAFECONDUCT_LEDGER of the lost service or beside a backup."
)


def _damaged(how: str) -> Refused:
    return Refused("ledger.damaged", f"The erasure ledger is damaged or of another programme: {how}. {BRING_IT}")
