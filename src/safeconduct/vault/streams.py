"""Seals files while they arrive and reads them piece by piece: no plaintext byte touches the disk.

libsodium's secretstream (XChaCha20-Poly1305) keeps the pieces in order and marks the last one, so a file that was
cut, reordered or altered does not open. Zeros fill the file up to the same sizes as fields.
"""

import secrets
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from types import TracebackType
from typing import IO, Self
from uuid import UUID

from nacl import bindings as sodium
from nacl.exceptions import CryptoError

from safeconduct.kernel.ids import new_id
from safeconduct.vault import files
from safeconduct.vault.hidden import Hidden
from safeconduct.vault.labels import KEY_BYTES, bound
from safeconduct.vault.padding import bucket
from safeconduct.vault.values import DoesNotOpen, SealedFile

VERSION = b"\x01"
CHUNK_BYTES = 64 * 1024
FRAME_BYTES = CHUNK_BYTES + sodium.crypto_secretstream_xchacha20poly1305_ABYTES
HEADER_BYTES = sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES
MORE = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
LAST = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL


class SealedWriter(Hidden):
    """Seals one file under a key of its own. Use it in a ``with`` block: what is not finished is removed."""

    __slots__ = ("_digest", "_file", "_key", "_kind", "_name", "_pending", "_state", "id", "size_bytes")

    def __init__(self, *, name: str, kind: str) -> None:
        self.id, self.size_bytes = new_id(), 0
        self._name, self._kind = name, kind
        self._key, self._pending, self._digest = secrets.token_bytes(KEY_BYTES), bytearray(), sha256()
        self._state = sodium.crypto_secretstream_xchacha20poly1305_state()
        header = sodium.crypto_secretstream_xchacha20poly1305_init_push(self._state, self._key)
        self._file: IO[bytes] | None = files.create_part(self.id)
        self._put(VERSION + header)

    def write(self, piece: bytes) -> None:
        """Take the next bytes of the file."""
        self.size_bytes += len(piece)
        self._digest.update(piece)
        self._feed(piece)

    def finish(self) -> SealedFile:
        """Pad, mark the end, make the file durable under its id, and return what opens it."""
        padding = bucket(self.size_bytes) - self.size_bytes
        for start in range(0, padding, CHUNK_BYTES):
            self._feed(bytes(min(CHUNK_BYTES, padding - start)))
        self._push(bytes(self._pending), LAST)
        files.keep_part(self.id, self._open_file())
        self._file = None
        return SealedFile(
            id=self.id,
            key=self._key,
            size_bytes=self.size_bytes,
            name=self._name,
            kind=self._kind,
            sha256=self._digest.hexdigest(),
        )

    def abandon(self) -> None:
        """Remove what was written, unless it was finished."""
        if self._file is not None:
            unfinished, self._file = self._file, None
            files.drop_part(self.id)
            # On a full disk the last bytes cannot be written out; the file is gone already, so nothing is lost.
            with suppress(OSError):
                unfinished.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.abandon()

    def _feed(self, piece: bytes) -> None:
        # One chunk is held back, because only the end of the file shows which chunk is the last.
        self._pending += piece
        while len(self._pending) > CHUNK_BYTES:
            self._push(bytes(self._pending[:CHUNK_BYTES]), MORE)
            del self._pending[:CHUNK_BYTES]

    def _push(self, chunk: bytes, tag: int) -> None:
        self._put(sodium.crypto_secretstream_xchacha20poly1305_push(self._state, chunk, _binding(self.id), tag))

    def _put(self, raw: bytes) -> None:
        with files.faults_told():
            self._open_file().write(raw)

    def _open_file(self) -> IO[bytes]:
        if self._file is None:
            raise ValueError("This file is finished or abandoned.")
        return self._file


class SealedReader(Hidden):
    """Reads one sealed file. Pieces come as they are checked, so a damaged end shows only when it is reached."""

    __slots__ = ("_sealed",)

    def __init__(self, sealed: SealedFile) -> None:
        self._sealed = sealed

    def __iter__(self) -> Iterator[bytes]:
        """Yield the file in pieces of at most 64 KiB, and raise ``DoesNotOpen`` where it is not what was sealed."""
        left = self._sealed.size_bytes
        with files.open_kept(self._sealed.id) as file:
            for chunk in _chunks(file, self._sealed):
                if piece := chunk[:left]:
                    yield piece
                left -= len(piece)
        if left:
            raise DoesNotOpen

    def everything(self) -> bytes:
        """Return the whole file, checked to its end."""
        return b"".join(self)


def _chunks(file: IO[bytes], sealed: SealedFile) -> Iterator[bytes]:
    state = _begun(file, sealed.key)
    tag = MORE
    while tag != LAST:
        chunk, tag = _pulled(state, _read(file, FRAME_BYTES), _binding(sealed.id))
        if tag == LAST and _read(file, 1):
            raise DoesNotOpen
        yield chunk


def _begun(file: IO[bytes], key: bytes) -> sodium.crypto_secretstream_xchacha20poly1305_state:
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    version, header = _read(file, len(VERSION)), _read(file, HEADER_BYTES)
    if version != VERSION or len(header) != HEADER_BYTES:
        raise DoesNotOpen
    sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, header, key)
    return state


def _pulled(
    state: sodium.crypto_secretstream_xchacha20poly1305_state, frame: bytes, binding: bytes
) -> tuple[bytes, int]:
    try:
        return sodium.crypto_secretstream_xchacha20poly1305_pull(state, frame, binding)
    except CryptoError:
        raise DoesNotOpen from None


def _read(file: IO[bytes], size_bytes: int) -> bytes:
    with files.faults_told():
        return file.read(size_bytes)


def _binding(file_id: UUID) -> bytes:
    return bound("file", VERSION, file_id)
