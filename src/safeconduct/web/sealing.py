"""Seals each uploaded picture while it arrives, so that no byte of it touches the disk in the clear.

A file belongs to nobody until a page hands it over: a broken line, an error or a page that never asked for files
leaves nothing behind.
"""

from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from safeconduct.vault import files
from safeconduct.vault.streams import SealedWriter
from safeconduct.vault.values import SealedFile
from safeconduct.web import room
from safeconduct.web.refused_files import RefusedFile, Wrong

ALL_BYTES = 25 * 1024 * 1024
# Beyond this we stop listening. Below it we read on and throw away, so that the words in the same form survive.
PATIENCE_BYTES = 4 * ALL_BYTES

HEAD_BYTES = 12
_SIGNATURES = (
    (b"\xff\xd8\xff", 0, "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png"),
    (b"GIF8", 0, "image/gif"),
    (b"WEBP", 8, "image/webp"),
)


class SealedUpload(UploadedFile):  # type: ignore[type-arg] # generic in the stubs only
    """One sealed file of this request. Closing it, as Django does at the end, deletes it unless it was handed over."""

    def __init__(self, sealed: SealedFile) -> None:
        super().__init__(file=BytesIO(), name="file", content_type=sealed.kind, size=sealed.size_bytes)
        self.sealed = sealed
        self.handed_over = False

    def close(self) -> None:
        """Delete what nobody took."""
        if not self.handed_over:
            files.delete(self.sealed.id)


class SealingUploadHandler(FileUploadHandler):
    """Seals pictures, and throws everything else away as it comes."""

    alone_too_large = Wrong.ONE_TOO_LARGE

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.refused: list[RefusedFile] = []
        self._writer: SealedWriter | None = None
        self._wrong: Wrong | None = None
        self._head = b""
        self._kept_bytes = 0
        self._heard_bytes = 0

    @property
    def file(self) -> "SealingUploadHandler":
        """Return what Django closes when it stops in the middle of a file."""
        return self

    def close(self) -> None:
        """Remove the file that is under way, if one is."""
        if self._writer is not None:
            self._writer.abandon()
            self._writer = None

    def new_file(self, *named: object, **more: object) -> None:
        """Start with nothing: the first bytes show what it is, whatever its name says."""
        super().new_file(*named, **more)  # type: ignore[arg-type] # Django's own arguments, passed on as they came
        self.close()
        self._wrong, self._head = None, b""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's signature
        """Seal the next bytes."""
        self._heard_bytes += len(raw_data)
        if self._heard_bytes > PATIENCE_BYTES:
            self._refuse(Wrong.TOO_LARGE)
            raise StopUpload(connection_reset=True)
        if self._writer is not None or self._wrong is not None:
            self._seal(raw_data)
            return
        self._head += raw_data
        if len(self._head) >= HEAD_BYTES:
            self._begin()

    def file_complete(self, file_size: int) -> SealedUpload | None:
        """Finish the file, or give none where it was not taken. A field left empty never comes here."""
        if self._wrong is None and not file_size:
            self._refuse(Wrong.EMPTY)
        if self._writer is None and self._wrong is None:
            self._begin()
        if self._writer is None:
            return None
        writer, self._writer = self._writer, None
        return SealedUpload(writer.finish())

    def upload_interrupted(self) -> None:
        """Remove the file in whose middle the line broke."""
        self._refuse(Wrong.CUT_OFF)

    def kind_of(self, head: bytes) -> str | None:
        """Return what the first bytes show a file to be, or None for one that is not taken."""
        return _kind(head)

    def _begin(self) -> None:
        kind = self.kind_of(self._head)
        if kind is None:
            self._refuse(Wrong.NOT_A_PICTURE)
            return
        if not room.on_the_disk():
            self._refuse(Wrong.NOT_NOW)
            return
        self._writer = SealedWriter(name=self.file_name or "", kind=kind)
        self._seal(self._head)

    def _seal(self, piece: bytes) -> None:
        if self._kept_bytes + len(piece) > ALL_BYTES and self._wrong is None:
            self._refuse(self._how_large(piece))
        if self._writer is not None and not room.on_the_disk():
            self._refuse(Wrong.NOT_NOW)
        if self._writer is not None:
            self._kept_bytes += len(piece)
            self._writer.write(piece)

    def _how_large(self, piece: bytes) -> Wrong:
        alone = self._writer is not None and self._writer.size_bytes + len(piece) > ALL_BYTES
        return self.alone_too_large if alone else Wrong.TOO_LARGE

    def _refuse(self, wrong: Wrong) -> None:
        self._wrong = wrong
        self.refused.append(RefusedFile(wrong))
        if self._writer is not None:
            self._kept_bytes -= self._writer.size_bytes
        self.close()


class AnyFileHandler(SealingUploadHandler):
    """Seals whatever comes, for members who bring evidence: what is no picture is only ever saved again."""

    alone_too_large = Wrong.FILE_TOO_LARGE

    def kind_of(self, head: bytes) -> str:
        """Call anything that shows no picture plain bytes, whatever its name says."""
        return _kind(head) or "application/octet-stream"


def _kind(head: bytes) -> str | None:
    return next((kind for mark, place, kind in _SIGNATURES if head[place : place + len(mark)] == mark), None)
