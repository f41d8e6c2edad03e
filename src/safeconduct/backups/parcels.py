"""The sealed file: a line that anyone may read, then pieces that only two paper cards open, then a checksum.

libsodium's secretstream keeps the pieces in order and marks the last; each is bound to the line before them. The
checksum finds a damaged or shortened file without any key.
"""

import base64
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import IO, Any
from uuid import UUID

from nacl import bindings as sodium
from nacl.exceptions import CryptoError

from safeconduct.kernel import clock
from safeconduct.kernel.errors import Refused
from safeconduct.kernel.ids import new_id
from safeconduct.vault.hidden import Hidden
from safeconduct.vault.keypairs import KeyPair, hpke_seal
from safeconduct.vault.labels import KEY_BYTES, bound
from safeconduct.vault.values import DoesNotOpen

FORM = "safeconduct-backup/1"
LONGEST_HEAD = 16_384
CHUNK_BYTES = 64 * 1024
FRAME_BYTES = CHUNK_BYTES + sodium.crypto_secretstream_xchacha20poly1305_ABYTES
START_BYTES = sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES
SUM_BYTES = 32
MORE = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
LAST = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
DAMAGED = "This file is damaged or was cut short. Nothing was changed. Take another copy of it, or another backup."


@dataclass(frozen=True)
class Head:
    """The line in clear: which backup this is, of a programme or a demonstration, from when, and for which cards.

    ``ledger`` is the mark of the erasure ledger's newest line then: an older ledger is found out by any newer backup.
    """

    id: UUID
    context: str
    made_at: datetime
    recipient: UUID
    wrapped_key: bytes
    ledger: UUID

    @property
    def made_on(self) -> date:
        """Return its day."""
        return self.made_at.date()

    def line(self) -> bytes:
        """Return the line as it stands in the file."""
        said = {
            "form": FORM,
            "id": str(self.id),
            "context": self.context,
            "made_at": self.made_at.strftime("%Y-%m-%dT%H:%MZ"),
            "recipient": str(self.recipient),
            "wrapped_key": base64.b64encode(self.wrapped_key).decode(),
            "ledger": str(self.ledger),
        }
        return json.dumps(said).encode() + b"\n"


def new_head(recipient: UUID, public_key: bytes, context: str, *, ledger: UUID) -> tuple[Head, bytes]:
    """Return the head of a new file, and the key of its pieces: known to this process and to the cards alone."""
    backup, key = new_id(), secrets.token_bytes(KEY_BYTES)
    wrapped = hpke_seal(public_key, key, bound("backup", backup))
    return Head(backup, context, clock.this_minute(), recipient, wrapped, ledger), key


def head_of(file: IO[bytes]) -> Head:
    """Read the head, or refuse what is no backup of ours."""
    raw = file.readline(LONGEST_HEAD)
    try:
        said = json.loads(raw)
        head = _parsed(said) if said["form"] == FORM else None
    except (ValueError, KeyError, TypeError):
        head = None
    if head is None:
        raise Refused("backup.foreign", "This file is no backup of this software. Name a file that it wrote.")
    return head


def _parsed(said: dict[str, Any]) -> Head:
    made_at = datetime.strptime(said["made_at"], "%Y-%m-%dT%H:%MZ").replace(tzinfo=UTC)
    wrapped = base64.b64decode(said["wrapped_key"], validate=True)
    return Head(UUID(said["id"]), str(said["context"]), made_at, UUID(said["recipient"]), wrapped, UUID(said["ledger"]))


def key_of(head: Head, seed: bytes) -> bytes:
    """Open the key of a file with the seed that the cards gave."""
    pair = KeyPair.from_seed(seed)
    try:
        return pair.open(head.wrapped_key, bound("backup", head.id))
    except DoesNotOpen:
        sentence = (
            "These cards are right, but they do not open this file: it was made for another set. "
            f"Find the cards of the set {str(head.recipient)[:8]}."
        )
        raise Refused("backup.other-cards", sentence) from None


class Sealing(Hidden):
    """Writes the pieces. What is not finished is no backup: its checksum is missing."""

    __slots__ = ("_binding", "_file", "_pending", "_state", "_sum", "written")

    def __init__(self, file: IO[bytes], head: Head, key: bytes) -> None:
        self._file, self._sum, self._pending, self.written = file, sha256(), bytearray(), 0
        self._binding = _binding(head)
        self._state = sodium.crypto_secretstream_xchacha20poly1305_state()
        self._put(head.line())
        self._put(sodium.crypto_secretstream_xchacha20poly1305_init_push(self._state, key))

    def write(self, piece: bytes) -> None:
        """Take the next bytes."""
        self._pending += piece
        while len(self._pending) > CHUNK_BYTES:
            self._push(bytes(self._pending[:CHUNK_BYTES]), MORE)
            del self._pending[:CHUNK_BYTES]

    def finish(self) -> None:
        """Mark the end and add the checksum."""
        self._push(bytes(self._pending), LAST)
        self._put(self._sum.digest())

    def _push(self, chunk: bytes, tag: int) -> None:
        self._put(sodium.crypto_secretstream_xchacha20poly1305_push(self._state, chunk, self._binding, tag))

    def _put(self, raw: bytes) -> None:
        self._sum.update(raw)
        self._file.write(raw)
        self.written += len(raw)


class Opening(Hidden):
    """Reads the pieces, each checked before it is given out. The end must be reached for all to be known whole."""

    __slots__ = ("_binding", "_buffer", "_ended", "_file", "_left", "_state")

    def __init__(self, file: IO[bytes], head: Head, key: bytes) -> None:
        self._file, self._binding, self._buffer, self._ended = file, _binding(head), bytearray(), False
        at = file.tell()
        self._left = file.seek(0, os.SEEK_END) - at - START_BYTES - SUM_BYTES
        file.seek(at)
        start = file.read(START_BYTES)
        if self._left <= 0:
            raise damaged()
        self._state = sodium.crypto_secretstream_xchacha20poly1305_state()
        sodium.crypto_secretstream_xchacha20poly1305_init_pull(self._state, start, key)

    def read(self, size_bytes: int) -> bytes:
        """Return exactly so many bytes, or refuse the file."""
        while len(self._buffer) < size_bytes and not self._ended:
            self._pull()
        if len(self._buffer) < size_bytes:
            raise damaged()
        taken = bytes(self._buffer[:size_bytes])
        del self._buffer[:size_bytes]
        return taken

    def check_ended(self) -> None:
        """Refuse a file in which anything follows."""
        while not self._ended:
            self._pull()
        if self._buffer or self._left:
            raise damaged()

    def at(self) -> int:
        """Return how far the file was read."""
        return self._file.tell()

    def _pull(self) -> None:
        frame = self._file.read(min(FRAME_BYTES, self._left))
        self._left -= len(frame)
        try:
            chunk, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(self._state, frame, self._binding)
        except (CryptoError, ValueError, TypeError):
            raise damaged() from None
        self._ended = tag == LAST
        self._buffer += chunk


def check_sum(file: IO[bytes]) -> Iterator[int]:
    """Compare the whole file with its checksum, without any key; yield how many bytes were read so far."""
    left = file.seek(0, os.SEEK_END) - SUM_BYTES
    file.seek(0)
    seen, read = sha256(), 0
    while read < left:
        piece = file.read(min(1024 * 1024, left - read))
        if not piece:
            raise damaged()
        seen.update(piece)
        read += len(piece)
        yield read
    if left < 0 or file.read(SUM_BYTES) != seen.digest():
        raise damaged()


def damaged() -> Refused:
    """Return the one sentence for whatever is not as it was written."""
    return Refused("backup.damaged", DAMAGED)


def _binding(head: Head) -> bytes:
    return bound("backup pieces", head.line())


def packed(said: Any) -> bytes:  # noqa: ANN401 - whatever JSON can hold
    """Return a value behind its length."""
    raw = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    return len(raw).to_bytes(8, "big") + raw


def unpacked(opening: Opening, *, longest: int = 64 * 1024 * 1024) -> Any:  # noqa: ANN401 - whatever was packed
    """Return the next value."""
    size = int.from_bytes(opening.read(8), "big")
    if size > longest:
        raise damaged()
    return json.loads(opening.read(size))
